"""How a learner stands with a set of memories (a criterion, an outcome, a unit): counts and two shares, no verdict."""

from collections.abc import Sequence
from dataclasses import dataclass

from talkthrough.scheduler.forecast import expected_recall
from talkthrough.scheduler.forgetting import AGAIN, DEFAULT, Forgetting
from talkthrough.scheduler.memory import MemoryState, recall
from talkthrough.scheduler.recalibration import Recalibration

STRONG, WEAK = 0.9, 0.7
AHEAD = 7  # days
LAST_ANSWERS = 5


@dataclass(frozen=True, slots=True)
class Standing:
    """`seen` of `total` memories were asked for; of those `strong` (90% or more in a week) and `weak` (under 70%).

    A week ahead, because on the day of an answer everything is remembered, even what was just missed.
    Shares are means over all memories, 0..1; `expected` is None without a date ahead.
    """

    total: int
    seen: int
    strong: int
    weak: int
    recall_now: float
    expected: float | None = None


def standing(
    states: Sequence[MemoryState | None],
    *,
    today: int,
    exam_day: int | None = None,
    calibrated: Recalibration | None = None,
    forgetting: Forgetting = DEFAULT,
) -> Standing:
    """The standing on a learning day. `expected` assumes no more practice (`forecast.at_pace` assumes some)."""
    seen = [state for state in states if state]
    recalls = [recall(state, today + AHEAD, forgetting) for state in seen]
    is_ahead = exam_day is not None and exam_day > today
    return Standing(
        total=len(states),
        seen=len(seen),
        strong=sum(chance >= STRONG for chance in recalls),
        weak=sum(chance < WEAK for chance in recalls),
        recall_now=expected_recall(states, today, calibrated, forgetting),
        expected=expected_recall(states, exam_day, calibrated, forgetting) if exam_day and is_ahead else None,
    )


def recent_misses(ratings: Sequence[int]) -> int:
    """How many of a card's last five answers (FSRS ratings, oldest first) were misses; three make a leech."""
    return sum(rating == AGAIN for rating in ratings[-LAST_ANSWERS:])
