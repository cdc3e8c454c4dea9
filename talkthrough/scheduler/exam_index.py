"""What asking a card today is worth on the morning of the assessment: the two-step index.

Far from the date, a card that is answered today will be answered once more in the last pass before it; near the date
it will not. The index is the gain in expected recall on the day, given one of the two (scheduling facts, section 4:
never worse than a due-first or new-first FSRS queue in 18 simulated cases, and it needs no table).
"""

from collections.abc import Callable
from dataclasses import dataclass

from talkthrough.scheduler.forgetting import AGAIN, DEFAULT, GOOD, Forgetting
from talkthrough.scheduler.memory import MemoryState

FIRST_RECALL = 0.7


@dataclass(frozen=True, slots=True)
class Horizon:
    """`days_left` until the assessment, `pass_days` that one look at every card takes, `last_pass` days before it."""

    days_left: int
    pass_days: float

    @property
    def last_pass(self) -> float:
        """How long before the assessment a card is answered for the last time, on average over the last pass."""
        return max(1.0, self.pass_days / 2)

    @property
    def is_last_pass(self) -> bool:
        """Whether there is time for one more look at each card and no more."""
        return self.days_left <= max(1.0, self.pass_days)


def index_of(horizon: Horizon, today: int, forgetting: Forgetting = DEFAULT) -> Callable[[MemoryState | None], float]:
    """The function from a card's memory (None: never asked) to its gain (share of one card) if it is asked today."""
    worth = (
        _worth_on_the_day(horizon, forgetting) if horizon.is_last_pass else _worth_with_last_pass(horizon, forgetting)
    )
    first = [forgetting.first(rating) for rating in (AGAIN, GOOD)]
    new_today = (1 - FIRST_RECALL) * worth(*first[0], 0.0) + FIRST_RECALL * worth(*first[1], 0.0)
    new_later = 0.0 if horizon.is_last_pass else _first_answer(horizon.last_pass, forgetting)

    def gain(state: MemoryState | None) -> float:
        if state is None:
            return new_today - new_later
        elapsed = today - state.last_day
        now = forgetting.recall(state.stability, elapsed)
        missed = worth(*forgetting.after(state.stability, state.difficulty, now, AGAIN), 0.0)
        recalled = worth(*forgetting.after(state.stability, state.difficulty, now, GOOD), 0.0)
        return now * recalled + (1 - now) * missed - worth(state.stability, state.difficulty, elapsed)

    return gain


def _worth_on_the_day(horizon: Horizon, forgetting: Forgetting) -> Callable[[float, float, float], float]:
    """Recall on the day of a memory that is `elapsed` days old today and is not asked again."""

    def worth(stability: float, _difficulty: float, elapsed: float) -> float:
        return forgetting.recall(stability, elapsed + horizon.days_left)

    return worth


def _worth_with_last_pass(horizon: Horizon, forgetting: Forgetting) -> Callable[[float, float, float], float]:
    """Expected recall on the day of a memory that is asked once more, in the last pass."""
    last_pass = horizon.last_pass
    until_then = horizon.days_left - last_pass

    def worth(stability: float, difficulty: float, elapsed: float) -> float:
        then = forgetting.recall(stability, elapsed + until_then)
        missed, _ = forgetting.after(stability, difficulty, then, AGAIN)
        recalled, _ = forgetting.after(stability, difficulty, then, GOOD)
        return then * forgetting.recall(recalled, last_pass) + (1 - then) * forgetting.recall(missed, last_pass)

    return worth


def _first_answer(days: float, forgetting: Forgetting) -> float:
    """Expected recall `days` after a first answer."""
    missed, recalled = (forgetting.recall(forgetting.first(rating)[0], days) for rating in (AGAIN, GOOD))
    return FIRST_RECALL * recalled + (1 - FIRST_RECALL) * missed
