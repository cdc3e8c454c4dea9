"""A specification as plain JSON data, in the shape that `talkthrough read --json` prints."""

from typing import Any

from talkthrough.question_bank.specification import (
    AssessmentCriterion,
    EvidenceMethod,
    Guidance,
    LearningOutcome,
    SourceSpan,
    Specification,
    Unit,
)


def specification_as_json(specification: Specification) -> dict[str, Any]:
    """The whole document; lists of notes are lists of strings, lines are [first, last]."""
    return {
        "units": [_unit(unit) for unit in specification.units],
        "notes": [note.text for note in specification.notes],
        "findings": [
            {
                "line": each.line,
                "text": each.text,
                "code": each.code,
                "message": each.message,
                "severity": each.severity,
            }
            for each in specification.findings
        ],
    }


def _unit(unit: Unit) -> dict[str, Any]:
    requirements = [*unit.requirements, *(note for criterion in unit.criteria for note in criterion.requirements)]
    return {
        "title": unit.title,
        "number": unit.number,
        "reference": unit.reference,
        "level": unit.level,
        "credit_value": unit.credit_value,
        "glh": unit.glh,
        "aim": unit.aim,
        "awarding_body": unit.awarding_body,
        "status": unit.status,
        "nos_links": [{"code": link.code, "title": link.title} for link in unit.nos_links],
        "evidence_methods": _evidence(unit.evidence_methods),
        "notes": [note.text for note in unit.notes],
        "outcomes": [_outcome(outcome) for outcome in unit.outcomes],
        "content_topics": [
            {"outcome": topic.outcome, "heading": topic.heading, "text": topic.text, "lines": _lines(topic.span)}
            for topic in unit.content_topics
        ],
        "requirements": list(
            dict.fromkeys(note.text for note in sorted(requirements, key=lambda note: note.span.first))
        ),
        "resources": [note.text for note in unit.resources],
    }


def _outcome(outcome: LearningOutcome) -> dict[str, Any]:
    return {
        "number": outcome.number,
        "printed_number": outcome.printed_number,
        "text": outcome.text,
        "kind": outcome.kind,
        "evidence_methods": _evidence(outcome.evidence_methods),
        "notes": [note.text for note in outcome.notes],
        "criteria": [_criterion(criterion) for criterion in outcome.criteria],
    }


def _criterion(criterion: AssessmentCriterion) -> dict[str, Any]:
    return {
        "number": criterion.number,
        "printed_number": criterion.printed_number,
        "text": criterion.text,
        "verbs": list(criterion.verbs),
        "kind": criterion.kind,
        "sub_points": list(criterion.sub_points),
        "inline_items": list(criterion.inline_items),
        "required_items": criterion.required_items,
        "all_required": criterion.all_required,
        # What is only shown beside a criterion (323 2.1) is no link: the criterion neither marks the term nor rests
        # on it.
        "guidance": [_guidance(guidance) for guidance in criterion.guidance if not guidance.display_only],
        "lines": _lines(criterion.span),
    }


def _guidance(guidance: Guidance) -> dict[str, Any]:
    return {
        "heading": guidance.heading,
        "kind": guidance.kind,
        "items": [item.text for item in guidance.items],
        "open": guidance.is_open,
        "text": guidance.text,
        "lines": _lines(guidance.span),
    }


def _evidence(methods: tuple[EvidenceMethod, ...]) -> list[dict[str, Any]]:
    return [{"name": method.name, "workplace_held": method.workplace_held} for method in methods]


def _lines(span: SourceSpan) -> list[int]:
    return [span.first, span.last]
