"""A specification as text in the form of the fill-in templates: Markdown for numbered units, the sheet for every
unit.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence

from talkthrough.question_bank.reading import labels
from talkthrough.question_bank.reading.sheet import COLUMNS, MANY_BY
from talkthrough.question_bank.specification import (
    AssessmentCriterion,
    EvidenceMethod,
    Guidance,
    LearningOutcome,
    Specification,
    Unit,
)

REMARK = "Assessment requirements specified by a sector or regulatory body"
STARS = re.compile(r"([\\*_<&`])")


def unit_as_markdown(unit: Unit) -> str:
    """The unit's front matter, outcomes, criteria, guidance, evidence and notes; reading it gives the same unit
    again.
    """
    return "\n".join(_unit_lines(unit)) + "\n"


def _unit_lines(unit: Unit) -> Iterator[str]:
    if unit.number and re.fullmatch(r"\d+\w?", unit.number):
        yield f"# Unit {unit.number}: {_escaped(unit.title)}\n"
    else:
        yield f"Title: {_escaped(unit.title)}\n"
        yield f"Unit number: {unit.number or ''}\n"
    yield f"Unit reference number: {unit.reference or ''}\n"
    yield f"Level: {unit.level or ''}\n"
    yield f"Credit value: {'' if unit.credit_value is None else unit.credit_value}\n"
    yield f"Guided learning hours: {'' if unit.glh is None else unit.glh}\n"
    for note in unit.notes:
        if not _is_told_by_its_words(note.text):
            yield f"{REMARK}: {_escaped(note.text)}\n"
    if unit.aim:
        yield f"Aim: {_escaped(unit.aim)}\n"
    shown: set[tuple[int, int]] = set()
    for outcome in unit.outcomes:
        yield from _outcome_lines(outcome, shown)
    for note in (*unit.requirements, *unit.notes):
        if _is_told_by_its_words(note.text):
            yield f"{_escaped(note.text)}\n"


def _is_told_by_its_words(text: str) -> bool:
    """Whether a note is known as one wherever it stands ("Note: ...", "* ...")."""
    return bool(labels.NOTE.match(text)) or text.startswith("*")


def _outcome_lines(outcome: LearningOutcome, shown: set[tuple[int, int]]) -> Iterator[str]:
    yield "## Learning outcome\n"
    yield f"The learner will: {outcome.printed_number or outcome.number} {_escaped(outcome.text)}\n"
    yield "## Assessment criteria\n"
    yield "The learner can:\n"
    for criterion in outcome.criteria:
        yield f"- {criterion.printed_number or criterion.number} {_marked(criterion)}"
        yield from (f"  - {_escaped(point)}" for point in criterion.sub_points)
    guidance = [each for criterion in outcome.criteria for each in criterion.guidance if not each.display_only]
    own = [each for each in dict.fromkeys(guidance) if (each.span.first, each.span.last) not in shown]
    if own:
        yield "\n## Assessment guidance\n"
        for each in sorted(own, key=lambda one: one.span.first):
            shown.add((each.span.first, each.span.last))
            yield from _guidance_lines(each, [one for one in outcome.criteria if each in one.guidance])
    if outcome.evidence_methods:
        yield "\n## Evidence may be supplied by:\n"
        yield from (f"- {_method(method)}" for method in outcome.evidence_methods)
        yield ""


def _guidance_lines(guidance: Guidance, criteria: Sequence[AssessmentCriterion]) -> Iterator[str]:
    if guidance.heading:
        yield f"### {_escaped(guidance.heading)}:\n"
    if guidance.is_open and not guidance.text and guidance.items:
        yield "eg\n"
    if guidance.text:
        yield "\n\n".join(_with_term(part, guidance.heading, criteria) for part in guidance.text.split("\n")) + "\n"
    yield from (f"- {_escaped(item.text)}" for item in guidance.items)
    yield ""


def _marked(criterion: AssessmentCriterion) -> str:
    """The criterion with the headings of its own guidance in bold, as the publisher marked them."""
    text = criterion.text
    for guidance in criterion.guidance:
        term = guidance.heading or _shared_words(text, guidance.text or "")
        start = text.lower().find(term.lower())
        if guidance.attached_by == "marked term" and term and start >= 0:
            end = start + len(term)
            return f"{_escaped(text[:start])}**{_escaped(text[start:end])}**{_escaped(text[end:])}"
    return _escaped(text)


def _with_term(text: str, heading: str | None, criteria: Sequence[AssessmentCriterion]) -> str:
    """Guidance without a heading names its term in bold."""
    term = _shared_words(criteria[0].text, text) if criteria and not heading else ""
    before, found, after = text.partition(term) if term else (text, "", "")
    return f"{_escaped(before)}**{_escaped(found)}**{_escaped(after)}" if found else _escaped(text)


def _shared_words(first: str, second: str) -> str:
    """The longest run of words that both texts have."""
    words = first.split()
    runs = (" ".join(words[start:end]) for start in range(len(words)) for end in range(start + 1, len(words) + 1))
    return max((run for run in runs if f" {run} " in f" {second} "), key=len, default="")


def _method(method: EvidenceMethod) -> str:
    return _escaped(method.name) + ("\\*" if method.workplace_held else "")


def _escaped(text: str) -> str:
    return STARS.sub(r"\\\1", text)


def specification_as_sheet(specification: Specification) -> str:
    """Every unit, outcome and criterion as rows of the fill-in sheet."""
    sheet = io.StringIO(newline="")
    writer = csv.DictWriter(sheet, COLUMNS, restval="")
    writer.writeheader()
    for unit in specification.units:
        for outcome in unit.outcomes:
            for place, criterion in enumerate(outcome.criteria):
                writer.writerow(_row(unit, outcome, criterion, outcome.evidence_methods if not place else ()))
    return sheet.getvalue()


def _row(
    unit: Unit, outcome: LearningOutcome, criterion: AssessmentCriterion, evidence: Sequence[EvidenceMethod]
) -> dict[str, object]:
    return {
        "unit_number": unit.number,
        "unit_title": unit.title,
        "unit_reference": unit.reference,
        "level": unit.level,
        "credit_value": unit.credit_value,
        "glh": unit.glh,
        "aim": unit.aim,
        "awarding_body": unit.awarding_body,
        "outcome_number": outcome.printed_number,
        "outcome": outcome.text,
        "criterion_number": criterion.printed_number,
        "criterion": criterion.text,
        "sub_points": f"{MANY_BY} ".join(criterion.sub_points),
        "evidence_methods": f"{MANY_BY} ".join(f"{each.name}{'*' if each.workplace_held else ''}" for each in evidence),
    }
