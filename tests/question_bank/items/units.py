"""Units for tests: the five sample documents as read, and hand-built ones from their real lines."""

from functools import cache
from pathlib import Path

from talkthrough.question_bank.identity import with_first_keys
from talkthrough.question_bank.items import questions_for
from talkthrough.question_bank.items.question import Question
from talkthrough.question_bank.reading import read_text
from talkthrough.question_bank.specification import (
    AssessmentCriterion,
    CriterionKind,
    Guidance,
    GuidanceItem,
    LearningOutcome,
    SourceSpan,
    Unit,
)

SAMPLES = Path(__file__).resolve().parents[3] / "samples"


@cache
def sample_units() -> tuple[Unit, ...]:
    """The units of the five sample documents, keyed as at a first import."""
    texts = (path.read_text(encoding="utf-8") for path in sorted(SAMPLES.glob("*.txt")))
    return tuple(with_first_keys(unit) for text in texts for unit in read_text(text).units)


def unit_called(label: str) -> Unit:
    return next(unit for unit in sample_units() if unit.label == label)


@cache
def questions_of(label: str) -> tuple[Question, ...]:
    return questions_for(unit_called(label))


def asked(label: str, number: str, role: str) -> Question:
    """The question with this role; a role that ends in "*" may be any with this beginning."""
    found = [
        question
        for question in questions_of(label)
        if question.criterion_number == number
        and (question.key.split(":")[1] == role or (role.endswith("*") and f":{role[:-1]}" in question.key))
    ]
    assert found, f"{label} {number} has no {role}"
    return found[0]


def has_role(label: str, number: str, role: str) -> bool:
    return any(question.criterion_number == number and f":{role}" in question.key for question in questions_of(label))


def points(question: Question) -> list[str]:
    return [point.text for point in question.expected_points]


def listed(heading: str | None, *texts: str, first: int = 10, is_open: bool = False) -> Guidance:
    items = tuple(GuidanceItem(text, SourceSpan(first + place, first + place)) for place, text in enumerate(texts, 1))
    return Guidance(heading, "list", SourceSpan(first, first + len(texts)), items=items, is_open=is_open)


def criterion(
    text: str, *guidance: Guidance, number: str = "1.1", kind: CriterionKind = "knowledge", **more: object
) -> AssessmentCriterion:
    verbs = (text.split(maxsplit=1)[0].lower(),)
    return AssessmentCriterion(number, number, text, kind, SourceSpan(1, 1), verbs=verbs, guidance=guidance, **more)  # type: ignore[arg-type]


def unit_of(*criteria: AssessmentCriterion, label: str = "901") -> Unit:
    outcome = LearningOutcome("1", "1", "understand the work", "knowledge", SourceSpan(1, 1), criteria=criteria)
    return with_first_keys(Unit("A unit", SourceSpan(1, 99), number=label, reference=f"X/{label}", outcomes=(outcome,)))
