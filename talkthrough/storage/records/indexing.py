"""Where each criterion and each of its points was spoken about, and what the learner named as evidence.

A turn stands under a criterion for what it was credited with there, or because a person says so.
"""

from collections.abc import Iterator, Mapping, Sequence

from talkthrough.question_bank.discussion.model import Plan, PlannedCriterion, Standing, Turn
from talkthrough.question_bank.discussion.standing import SLOT_WORDS, facts, marks_of, published, slots
from talkthrough.question_bank.specification import AssessmentCriterion, Unit
from talkthrough.storage.records.answers import answers_about, evidence_answers, replies
from talkthrough.storage.records.claimed import is_claiming
from talkthrough.storage.records.model import (
    ClaimedBy,
    CriterionIndex,
    EvidenceLocation,
    LoggedTurn,
    SaidPoint,
    TurnReference,
)

OTHERS = "something that is not on the unit's list"

Credits = Mapping[str, Mapping[str, tuple[int, ...]]]
"""By criterion key: what was said, in the words of the standing, and the turns that say it."""


def credits_of(plan: Plan, standings: Sequence[Standing], spoken: Sequence[Turn]) -> Credits:
    """What each criterion was credited with, and in which of these turns. Only turns that its standing rests on."""
    resting = {standing.criterion_key: frozenset(standing.turn_numbers) for standing in standings}
    return {
        criterion.key: _credited(criterion, [turn for turn in spoken if turn.number in resting.get(criterion.key, ())])
        for criterion in plan.criteria
    }


def _credited(criterion: PlannedCriterion, spoken: Sequence[Turn]) -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for turn in spoken:
        for words in _shown(criterion, turn):
            found[words] = tuple(dict.fromkeys((*found.get(words, ()), turn.number)))
    told = (found.get(SLOT_WORDS["own_action"]), found.get(SLOT_WORDS["when"]))
    if all(told) and "real_event" in slots(criterion):  # an action and its time together tell of a real event
        found.setdefault(SLOT_WORDS["real_event"], tuple(sorted({turn for turns in told for turn in turns or ()})))
    return found


def _shown(criterion: PlannedCriterion, turn: Turn) -> Iterator[str]:
    """What a turn says of what is asked for: listed points, slots of the verb, and more where the list is open."""
    asked = {point.key: point.text for point in published(criterion)}
    asked |= {slot: SLOT_WORDS[slot] for slot in slots(criterion)}
    for mark in marks_of(turn, criterion.key):
        yield from (words for fact, words in asked.items() if fact in facts(mark))
        if mark.others and criterion.is_open:
            yield OTHERS


def turns_of(credited: Credits, key: str) -> frozenset[int]:
    """The turns that are credited to a criterion."""
    return frozenset(number for turns in credited.get(key, {}).values() for number in turns)


def criteria_index(
    plan: Plan, unit: Unit, standings: Sequence[Standing], turns: Sequence[LoggedTurn], credited: Credits
) -> tuple[CriterionIndex, ...]:
    """The index of a log, in the order of the plan."""
    by_key = {standing.criterion_key: standing for standing in standings}
    published_texts = {criterion.key: criterion for criterion in unit.criteria}
    return tuple(
        _criterion_index(
            planned,
            by_key.get(planned.key, Standing(planned.key)),
            published_texts.get(planned.key),
            turns,
            credited.get(planned.key, {}),
        )
        for planned in plan.criteria
    )


def _criterion_index(
    planned: PlannedCriterion,
    standing: Standing,
    text: AssessmentCriterion | None,
    turns: Sequence[LoggedTurn],
    credited: Mapping[str, tuple[int, ...]],
) -> CriterionIndex:
    spoken = _turn_references(planned.number, turns)
    named = {turn.number for turn in spoken}
    answered = tuple(number for number in replies(turns, planned.key) if number not in named)
    return CriterionIndex(
        key=planned.key,
        number=planned.number,
        text=text.text if text else planned.text,
        verb=planned.verb,
        kind=planned.kind,
        standing="mentioned" if spoken else "asked and answered" if answered else "not yet mentioned",
        mentioned=tuple(SaidPoint(words, credited[words]) for words in standing.mentioned if words in credited),
        not_yet_mentioned=standing.not_yet_mentioned,
        answered=_answered(planned, standing, turns, answered or tuple(sorted(named))),
        quantity_mentioned=standing.quantity_mentioned,
        quantity_needed=standing.quantity_needed or planned.quantity,
        turns=spoken,
        replies=answered,
        source_lines=_lines(text) if text else "",
        opening=planned.openings[0] if planned.openings else None,
    )


def _answered(
    planned: PlannedCriterion, standing: Standing, turns: Sequence[LoggedTurn], other_turns: tuple[int, ...]
) -> tuple[SaidPoint, ...]:
    """What was asked for and answered in words that the tool does not know, with the answers to just that question."""
    asked = {SLOT_WORDS[slot]: slot for slot in slots(planned)}
    return tuple(
        SaidPoint(words, answers_about(turns, planned.key, asked.get(words, "")) or other_turns)
        for words in standing.answered
    )


def _lines(text: AssessmentCriterion) -> str:
    first, last = text.span.first, text.span.last
    return f"{first}" if first == last else f"{first}-{last}"


def _turn_references(number: str, turns: Sequence[LoggedTurn]) -> tuple[TurnReference, ...]:
    """Where a learner spoke to the criterion: who says so at each of these turns."""
    return tuple(
        TurnReference(turn.number, turn.local_time, by)
        for turn in turns
        if turn.speaker == "learner" and turn.text is not None and not is_claiming(turn)
        if (by := _claims(number, turn))
    )


def _claims(number: str, turn: LoggedTurn) -> tuple[ClaimedBy, ...]:
    return tuple(dict.fromkeys(reference.by for reference in turn.references if reference.number == number))


def evidence_locations(plan: Plan, turns: Sequence[LoggedTurn]) -> tuple[EvidenceLocation, ...]:
    """What the learner said about evidence, and the items that the outcome lists."""
    asked = evidence_answers(turns)
    spoken = tuple(turn.number for turn in turns if turn.number in asked or "evidence_named" in turn.signals)
    held = tuple(EvidenceLocation(name, "may stay at work: say where it is kept") for name in plan.workplace_held)
    others = [name for name in plan.evidence_methods if name not in plan.workplace_held]
    named = tuple(EvidenceLocation(name, "listed for this outcome") for name in others)
    said = (EvidenceLocation("What the learner named as evidence", "see the turns", spoken),) if spoken else ()
    return said + held + named
