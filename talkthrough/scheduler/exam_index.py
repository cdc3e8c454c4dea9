"""What asking a memory today is worth on the morning of the assessment: a two-step index with a price.

Far from the date, a memory that is answered today may be answered once more in a last pass before it; near the date it
will not. Its gain is how much more recall can be expected on the day if it is asked today than if it is not.

A look in the last pass has a price, half of what the last question that fits into today is worth, because it takes
the place of another. So memories that hold by themselves are left out of the last pass, the pass becomes shorter and
starts later, and the days before it go to what needs them. Simulated against the plain two-step index of the
scheduling facts (section 4) this gains up to 1.5 points of recall and needs no table (`tests/benchmarks`).
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from talkthrough.scheduler.forgetting import AGAIN, DEFAULT, GOOD, Forgetting
from talkthrough.scheduler.memory import MemoryState

FIRST_RECALL = 0.7
PRICE_SHARE, HIGHEST_PRICE = 0.5, 0.2
SLACK = 1.3


@dataclass(frozen=True, slots=True)
class Horizon:
    """The way to the assessment as one learner goes it.

    `days_left` until the assessment; `pass_days` that one look at every memory takes; `price` of a look in the last
    pass (a share of one memory recalled); how the learner forgets.
    """

    today: int
    days_left: int
    pass_days: float
    price: float = 0.0
    forgetting: Forgetting = DEFAULT

    @property
    def last_look(self) -> float:
        """How many days before the assessment a memory is asked for the last time: the middle of the last pass."""
        return max(1.0, self.pass_days / 2)

    @property
    def is_last_pass(self) -> bool:
        """Whether the last pass has begun; with slack, as some answers in it are wrong and want another look."""
        return self.days_left <= max(1.0, SLACK * self.pass_days, self.last_look)

    def unasked(self, stability: float, elapsed: float) -> float:
        """Recall on the day of a memory last answered `elapsed` days ago that is not asked again."""
        return self.forgetting.recall(stability, elapsed + self.days_left)

    def asked_last(self, stability: float, difficulty: float, elapsed: float) -> float:
        """Expected recall on the day of a memory that is asked once more, in the last pass, less the price."""
        forgetting, last_look = self.forgetting, self.last_look
        then = forgetting.recall(stability, elapsed + self.days_left - last_look)
        missed, _ = forgetting.after(stability, difficulty, then, AGAIN)
        recalled, _ = forgetting.after(stability, difficulty, then, GOOD)
        on_the_day = then * forgetting.recall(recalled, last_look) + (1 - then) * forgetting.recall(missed, last_look)
        return on_the_day - self.price

    def worth(self, stability: float, difficulty: float, elapsed: float) -> float:
        """The better of the two, or what is left of them in the last pass."""
        unasked = self.unasked(stability, elapsed)
        return unasked if self.is_last_pass else max(unasked, self.asked_last(stability, difficulty, elapsed))


def gains(states: Iterable[MemoryState | None], horizon: Horizon) -> Mapping[MemoryState | None, float]:
    """What asking each memory (None: never asked) today adds to recall on the day, as a share of one memory."""
    counts = Counter(states)
    marginal = _marginal(_gains(counts, horizon), counts, counts.total() / horizon.pass_days)
    priced = replace(horizon, price=min(PRICE_SHARE * max(marginal, 0.0), HIGHEST_PRICE))
    wanted = sum(number for state, number in counts.items() if _wants_last_look(state, priced)) / counts.total()
    return _gains(counts, replace(priced, pass_days=priced.pass_days * wanted))


def _gains(states: Iterable[MemoryState | None], horizon: Horizon) -> dict[MemoryState | None, float]:
    new = _first_answer(horizon)
    return {state: _gain(state, horizon) if state else new for state in states}


def _gain(state: MemoryState, horizon: Horizon) -> float:
    elapsed = horizon.today - state.last_day
    now = horizon.forgetting.recall(state.stability, elapsed)
    missed, recalled = (
        horizon.worth(*horizon.forgetting.after(state.stability, state.difficulty, now, rating), 0.0)
        for rating in (AGAIN, GOOD)
    )
    return now * recalled + (1 - now) * missed - horizon.worth(state.stability, state.difficulty, elapsed)


def _first_answer(horizon: Horizon) -> float:
    """The gain of asking something for the first time today, not in the last pass or never."""
    first = [horizon.forgetting.first(rating) for rating in (AGAIN, GOOD)]
    today = _mixed(*(horizon.worth(*state, 0.0) for state in first))
    if horizon.is_last_pass:
        return today
    later = _mixed(*(horizon.forgetting.recall(stability, horizon.last_look) for stability, _ in first))
    return today - max(0.0, later - horizon.price)


def _mixed(missed: float, recalled: float) -> float:
    return FIRST_RECALL * recalled + (1 - FIRST_RECALL) * missed


def _marginal(
    gains_: Mapping[MemoryState | None, float], counts: Mapping[MemoryState | None, int], a_day: float
) -> float:
    """The gain of the last of so many memories, best first."""
    gain = 0.0
    for state in sorted(gains_, key=gains_.__getitem__, reverse=True):
        gain, a_day = gains_[state], a_day - counts[state]
        if a_day <= 0:
            break
    return gain


def _wants_last_look(state: MemoryState | None, horizon: Horizon) -> bool:
    if state is None or horizon.days_left <= horizon.last_look:
        return True
    elapsed = horizon.today - state.last_day
    return horizon.asked_last(state.stability, state.difficulty, elapsed) > horizon.unasked(state.stability, elapsed)
