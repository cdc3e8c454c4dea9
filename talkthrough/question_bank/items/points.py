"""What a full answer to a criterion mentions: the points the document lists, and what its command verb asks for."""

from collections.abc import Iterable

from talkthrough.question_bank.command_verbs import slot_text, slots_for, verb_of
from talkthrough.question_bank.identity import slug
from talkthrough.question_bank.items.lists import definition_sentences, is_definition, lists_of_criterion
from talkthrough.question_bank.items.question import ExpectedPoint
from talkthrough.question_bank.specification import AssessmentCriterion, GuidanceItem, SourceSpan, Unit


def expected_points(criterion: AssessmentCriterion, unit: Unit) -> tuple[ExpectedPoint, ...]:
    """Published points in printed order, then the verb's slots (not published); keys are unique in the criterion.

    `unit` is the criterion's unit, with keys: points never come from another criterion of it (model-questions.md
    section N), nor from what shared guidance says of another one. Guidance for display only gives no point.
    """
    published = [
        point for listed in lists_of_criterion(criterion, unit) for point in points_of(criterion, listed.items)
    ]
    published += [
        published_point(criterion, sentence, guidance.span)
        for guidance in criterion.guidance
        if is_definition(guidance) and not guidance.display_only
        for sentence in definition_sentences(guidance)
    ]
    slots = slot_points(criterion, slots_for(verb_of(criterion), criterion.kind))
    return tuple({point.key: point for point in (*published, *slots)}.values())


def published_point(
    criterion: AssessmentCriterion, text: str, span: SourceSpan, children: tuple[str, ...] = ()
) -> ExpectedPoint:
    """One listed point; its key comes from its first wording and stays."""
    return ExpectedPoint(f"{criterion.key}/{slug(text)}", text, span, children=children)


def points_of(criterion: AssessmentCriterion, items: Iterable[GuidanceItem]) -> tuple[ExpectedPoint, ...]:
    """The points of one list."""
    return tuple(published_point(criterion, item.text, item.span, item.children) for item in items)


def slot_points(criterion: AssessmentCriterion, slots: Iterable[str]) -> tuple[ExpectedPoint, ...]:
    """What to look for beside listed points: "a strength", "your own judgement"."""
    return tuple(
        ExpectedPoint(f"{criterion.key}/slot-{slot}", slot_text(slot), is_published=False, slot=slot) for slot in slots
    )
