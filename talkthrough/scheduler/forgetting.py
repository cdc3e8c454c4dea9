"""FSRS-6 in closed form, for weighing thousands of answers that might be given.

What has happened goes through the `fsrs` library (`memory.review`); what might happen is computed here, 20 times
faster. `tests/scheduler/test_memory.py` holds the two to 1e-9. Formulas: FSRS-6, as in fsrs 6.3 `Scheduler`.
"""

from collections.abc import Sequence
from math import exp

from fsrs.scheduler import DEFAULT_PARAMETERS as DEFAULT_PARAMETERS  # noqa: PLC0414 - re-exported

AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4
LEAST_STABILITY = 0.001
EASIEST, HARDEST = 1.0, 10.0


class Forgetting:
    """How one learner forgets: the 21 FSRS-6 parameters as functions of stability (days) and difficulty (1-10)."""

    __slots__ = ("_decay", "_easy_difficulty", "_factor", "_growth", "_relearned_cap", "parameters")

    def __init__(self, parameters: Sequence[float] = DEFAULT_PARAMETERS) -> None:
        w = self.parameters = tuple(parameters)
        self._decay = -w[20]
        self._factor = 0.9 ** (1 / self._decay) - 1
        self._growth = exp(w[8])
        self._relearned_cap = exp(-w[17] * w[18])
        self._easy_difficulty = w[4] - exp(w[5] * 3) + 1

    def recall(self, stability: float, days: float) -> float:
        """The probability (0..1) of recalling `days` after the last answer."""
        return float((1.0 + self._factor * days / stability) ** self._decay)

    def days_until(self, stability: float, recall: float) -> float:
        """After how many days the probability has sunk to `recall`."""
        return float(stability / self._factor * (recall ** (1 / self._decay) - 1))

    def first(self, rating: int) -> tuple[float, float]:
        """Stability and difficulty after a first answer."""
        w = self.parameters
        difficulty = w[4] - exp(w[5] * (rating - 1)) + 1
        return max(w[rating - 1], LEAST_STABILITY), min(max(difficulty, EASIEST), HARDEST)

    def after(self, stability: float, difficulty: float, recall: float, rating: int) -> tuple[float, float]:
        """Stability and difficulty after an answer given when the probability was `recall`, on a later day."""
        forgotten = rating == AGAIN
        step = (
            self._relearned(stability, difficulty, recall)
            if forgotten
            else self._strengthened(stability, difficulty, recall, rating)
        )
        return max(step, LEAST_STABILITY), self._next_difficulty(difficulty, rating)

    def _strengthened(self, stability: float, difficulty: float, recall: float, rating: int) -> float:
        w = self.parameters
        gain = self._growth * (11.0 - difficulty) * stability ** -w[9] * (exp((1.0 - recall) * w[10]) - 1.0)
        if rating == HARD:
            gain *= w[15]
        elif rating == EASY:
            gain *= w[16]
        return float(stability * (1.0 + gain))

    def _relearned(self, stability: float, difficulty: float, recall: float) -> float:
        w = self.parameters
        fresh = w[11] * difficulty ** -w[12] * ((stability + 1.0) ** w[13] - 1.0) * exp((1.0 - recall) * w[14])
        return float(min(fresh, stability * self._relearned_cap))

    def _next_difficulty(self, difficulty: float, rating: int) -> float:
        w = self.parameters
        moved = difficulty - w[6] * (rating - 3) * (10.0 - difficulty) / 9.0
        return float(min(max(w[7] * self._easy_difficulty + (1.0 - w[7]) * moved, EASIEST), HARDEST))


DEFAULT = Forgetting()
