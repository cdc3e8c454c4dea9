"""What was said so far, per criterion: mentioned / not yet mentioned, with quantities and turns. Never a verdict."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from talkthrough.question_bank.discussion.model import Plan, PlannedCriterion, Standing, Turn
from talkthrough.question_bank.items.question import ExpectedPoint
from talkthrough.question_bank.marking.model import Mark, Signals

SLOT_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "reason": "the reason",
        "example": "an example",
        "strength": "what is good about it",
        "weakness": "what is less good",
        "comparison": "how they compare",
        "judgement": "your own view",
        "steps": "the steps",
        "own_action": "what you did",
        "real_event": "a real event",
        "when": "when it was",
        "result": "the result",
        "evidence_named": "what your assessor could look at",
    }
)
ASKING = frozenset({"open", "probe", "ask again"})
SHORT_ANSWER = 4
SLOT_OF_TARGET: Mapping[str, str] = MappingProxyType({"evidence": "evidence_named"})
_NEEDS_REALITY = frozenset({"own_action", "real_event", "when", "result"})


def published(criterion: PlannedCriterion) -> tuple[ExpectedPoint, ...]:
    """The points that the document lists."""
    return tuple(point for point in criterion.expected_points if point.is_published)


def slots(criterion: PlannedCriterion) -> tuple[str, ...]:
    """The slots that the command verb asks for, in the order in which they are asked about."""
    asked = (point.slot for point in criterion.expected_points if point.slot and not point.is_published)
    return tuple(dict.fromkeys(slot for slot in asked if slot in SLOT_WORDS))


def needed(criterion: PlannedCriterion) -> int | None:
    """How many listed points are asked for; None where the document asks for no number."""
    if criterion.all_required:
        return len(published(criterion)) or None
    return criterion.quantity


def shown_slots(signals: Signals) -> frozenset[str]:
    """The slots that an answer showed; what somebody would do shows no event, action or result."""
    shown = frozenset(slot for slot in SLOT_WORDS if getattr(signals, slot))
    return shown - _NEEDS_REALITY if signals.hypothetical and not signals.real_event else shown


def facts(mark: Mark) -> frozenset[str]:
    """What a mark adds: keys of the points that were surely mentioned, and the slots shown."""
    return frozenset(point.point_key for point in mark.points if point.is_mentioned) | shown_slots(mark.signals)


def marks_of(turn: Turn, key: str) -> Iterator[Mark]:
    """The marks of one turn for one criterion."""
    return (found.mark for found in turn.marks if found.criterion_key == key)


def standings(plan: Plan, transcript: Sequence[Turn]) -> tuple[Standing, ...]:
    """Where each planned criterion stands after the turns so far, in the plan's order."""
    learner = tuple(turn for turn in transcript if turn.speaker == "learner" and turn.marks)
    answered = frozenset(_answered_at_length(transcript))
    return tuple(_standing(criterion, learner, answered) for criterion in plan.criteria)


def _answered_at_length(transcript: Sequence[Turn]) -> Iterator[tuple[str, str]]:
    """(criterion key, slot) of every probe that got a whole sentence. What somebody would do answers none on doing."""
    question: Turn | None = None
    for turn in transcript:
        if turn.speaker == "tool" and turn.kind in ASKING:
            question = turn
        elif question and turn.speaker == "learner" and is_whole_sentence(turn):
            slot = SLOT_OF_TARGET.get(question.target, question.target.replace(" ", "_"))
            yield from (
                (key, slot)
                for key in question.criterion_keys[:1]
                for mark in marks_of(turn, key)
                if not mark.signals.dont_know
                and (not (mark.signals.hypothetical or mark.signals.we) or slot not in _NEEDS_REALITY)
            )


def is_whole_sentence(turn: Turn) -> bool:
    """Whether a learner turn says more than a few words, and not only a question."""
    return turn.wish == "answer" and len(turn.text.split()) > SHORT_ANSWER + 1 and not turn.text.rstrip().endswith("?")


def _standing(criterion: PlannedCriterion, turns: Sequence[Turn], answered: frozenset[tuple[str, str]]) -> Standing:
    found = [(turn.number, each) for turn in turns for each in turn.marks if each.criterion_key == criterion.key]
    marked = tuple((number, each.mark) for number, each in found if each.is_about)
    replies = tuple((number, each.mark) for number, each in found if not each.is_about and facts(each.mark))
    shown = frozenset[str]().union(*(facts(mark) for _, mark in marked))
    replied = frozenset[str]().union(*(facts(mark) for _, mark in replies))
    if {"own_action", "when"} <= shown:
        shown |= {"real_event"}
    listed = published(criterion)
    mentioned = tuple(point for point in listed if point.key in shown)
    asked_slots = slots(criterion)
    unsure = tuple(
        slot for slot in asked_slots if slot not in shown and (slot in replied or (criterion.key, slot) in answered)
    )
    return Standing(
        criterion_key=criterion.key,
        mentioned=(
            *(point.text for point in mentioned),
            *(SLOT_WORDS[slot] for slot in asked_slots if slot in shown),
        ),
        not_yet_mentioned=(
            *(point.text for point in listed if point not in mentioned),
            *(SLOT_WORDS[slot] for slot in asked_slots if slot not in shown and slot not in unsure),
        ),
        quantity_mentioned=len(mentioned),
        quantity_needed=needed(criterion),
        signals=tuple(slot for slot in SLOT_WORDS if slot in shown),
        turn_numbers=tuple(dict.fromkeys(number for number, _ in marked)),
        reply_numbers=tuple(dict.fromkeys(number for number, _ in replies)),
        answered=tuple(SLOT_WORDS[slot] for slot in unsure),
        others=tuple(dict.fromkeys(words.text for _, mark in marked for words in mark.others)),
    )
