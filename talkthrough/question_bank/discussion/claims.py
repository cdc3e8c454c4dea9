"""What the learner says that they said already. A claim stands beside the tool's own list and never changes it.

Who connects words with a criterion is shown separately in the log: learner, tutor or tool (assessment-practice.md
section 1.6). A claim made in the discussion is about what was just asked; a later one names the turn that says it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from talkthrough.question_bank.discussion.model import Plan, PlannedCriterion, Turn
from talkthrough.question_bank.discussion.standing import ASKING, SLOT_OF_TARGET, SLOT_WORDS, slots, standings

WHOLE = "all"
QUANTITY = "quantity"
_POINT_OF_TARGET = {"opening": WHOLE, "quantity": QUANTITY, "more": QUANTITY, **SLOT_OF_TARGET}


@dataclass(frozen=True, slots=True)
class Claim:
    """`point`: a slot of the command verb, "quantity" for more of what is listed, or "all" for the whole criterion."""

    turn: int
    criterion_key: str
    point: str


@dataclass(frozen=True, slots=True)
class Unmentioned:
    """Something that the tool did not hear and that the learner can claim, in words for the learner."""

    criterion_key: str
    number: str
    point: str
    words: str


def claims_in(transcript: Sequence[Turn]) -> Iterator[Claim]:
    """Claims that were made while the discussion ran, each with the turn that makes it."""
    question: Turn | None = None
    for turn in transcript:
        if turn.speaker == "tool" and turn.kind in ASKING:
            question = turn
        elif turn.speaker == "learner" and turn.wish == "said already" and question and question.criterion_keys:
            point = point_of(question.target)
            if point in {WHOLE, QUANTITY, *SLOT_WORDS}:
                yield Claim(turn.number, question.criterion_keys[0], point)


def point_of(target: str) -> str:
    """The point that a question after this target asks for."""
    return _POINT_OF_TARGET.get(target, target.replace(" ", "_"))


def claimable(criterion: PlannedCriterion) -> tuple[str, ...]:
    """The points of a criterion that a learner can claim."""
    return (WHOLE, QUANTITY, *slots(criterion))


def claim_words(criterion: PlannedCriterion, point: str) -> str:
    """What a claim says was said: "more methods", "your own view"."""
    if point == WHOLE:
        return "something about it"
    if point == QUANTITY:
        return f"more {criterion.counted}" if criterion.counted else "more about it"
    return SLOT_WORDS[point]


def unmentioned(plan: Plan, transcript: Sequence[Turn]) -> tuple[Unmentioned, ...]:
    """What the tool did not hear, in the plan's order. It stays the same when something is claimed."""
    by_key = {standing.criterion_key: standing for standing in standings(plan, transcript)}
    found: list[Unmentioned] = []
    for criterion in plan.criteria:
        standing = by_key[criterion.key]
        if not standing.turn_numbers:
            points: tuple[str, ...] = (WHOLE,)
        else:
            is_short = (standing.quantity_needed or 0) > standing.quantity_mentioned
            missing = [slot for slot in slots(criterion) if SLOT_WORDS[slot] in standing.not_yet_mentioned]
            points = (*((QUANTITY,) if is_short else ()), *missing)
        found += [Unmentioned(criterion.key, criterion.number, p, claim_words(criterion, p)) for p in points]
    return tuple(found)
