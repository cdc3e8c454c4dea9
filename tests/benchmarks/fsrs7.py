"""FSRS-7 as the truth of a simulation: a memory that works otherwise than the one our schedules believe in.

Formulas and default parameters are those of its authors (srs-benchmark, minimal/fsrs_v7.py, commit 3d2ba6e); the code
is ours. Not used by the product: no library ships this model, and its authors still change it.
"""

from math import exp

from talkthrough.scheduler.forgetting import AGAIN, EASY, HARD
from talkthrough.scheduler.memory import MemoryState

FIRST = (0.041, 2.4175, 4.1283, 11.9709)
EASIEST, HARDEST = 1.0, 10.0
SHORTEST, LONGEST = 0.0001, 36500.0


class Growth:
    """How stability changes with an answer, once for the long term and once for the short: nine parameters."""

    def __init__(
        self, base: float, s: float, r: float, miss: float, miss_d: float, miss_s: float, miss_r: float, *buttons: float
    ) -> None:
        self.base, self.s, self.r = exp(base - 1.5), s, r
        self.miss, self.miss_d, self.miss_s, self.miss_r = miss, miss_d, miss_s, miss_r
        self.hard, self.easy = buttons

    def after(self, stability: float, difficulty: float, recall: float, rating: int) -> float:
        """Stability after an answer."""
        fresh = self.miss * difficulty**-self.miss_d * ((stability + 1) ** self.miss_s - 1)
        missed = min(stability, fresh * exp((1 - recall) * self.miss_r))
        if rating == AGAIN:
            return missed
        gain = self.base * (11 - difficulty) * stability**-self.s * (exp((1 - recall) * self.r) - 1)
        gain *= {HARD: self.hard, EASY: self.easy}.get(rating, 1.0)
        return max(missed, stability * (1 + gain))


class Fsrs7:
    """The truth: two forgetting curves, mixed by stability, and two ways to grow, mixed by elapsed time."""

    long_term = Growth(2.3054, 0.1688, 1.3325, 0.3524, 0.0049, 0.7503, 0.0896, 0.6625, 1.3)
    short_term = Growth(0.882, 0.3072, 3.5875, 0.303, 0.0107, 0.2279, 2.6413, 0.5594, 1.3)

    def recall(self, stability: float, days: float) -> float:
        """The probability (0..1) of recalling `days` after the last answer."""
        fast, slow = 0.2245 * stability**-0.1362, 0.6232 * stability**0.3862
        mixed = fast * _curve(0.5, 0.0723, days / stability) + slow * _curve(0.9555, 0.1634, days / stability)
        return float(mixed / (fast + slow))

    def answered(self, state: MemoryState | None, rating: int, day: int) -> MemoryState:
        """The memory after an answer."""
        if state is None:
            return MemoryState(FIRST[rating - 1], _bounded(_first_difficulty(rating)), day)
        days = day - state.last_day
        recall = self.recall(state.stability, days)
        share = 1 - exp(-2.5 * days)
        stability = share * self.long_term.after(state.stability, state.difficulty, recall, rating)
        stability += (1 - share) * self.short_term.after(state.stability, state.difficulty, recall, rating)
        moved = state.difficulty - 3.262 * (rating - 3) * (10 - state.difficulty) / 9
        difficulty = _bounded(0.01 * _first_difficulty(EASY) + 0.99 * moved)
        return MemoryState(min(max(stability, SHORTEST), LONGEST), difficulty, day)


def _curve(base: float, decay: float, elapsed: float) -> float:
    """A power law that has sunk to `base` once as much time as the stability has passed."""
    return float((1 + (base ** (-1 / decay) - 1) * elapsed) ** -decay)


def _first_difficulty(rating: int) -> float:
    return 5.6385 - exp(0.4468 * (rating - 1)) + 1


def _bounded(difficulty: float) -> float:
    return min(max(difficulty, EASIEST), HARDEST)
