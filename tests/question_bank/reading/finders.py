"""Short ways to name one part of a specification in a test."""

from talkthrough.question_bank.specification import (
    AssessmentCriterion,
    Finding,
    Guidance,
    LearningOutcome,
    Specification,
    Unit,
)


def cs_unit(specification: Specification, number: int) -> Unit:
    return next(unit for unit in specification.units if unit.number == f"CS {number}")


def criterion(unit: Unit, number: str) -> AssessmentCriterion:
    return next(each for each in unit.criteria if each.number == number)


def outcome(unit: Unit, number: str) -> LearningOutcome:
    return next(each for each in unit.outcomes if each.number == number)


def guidance(unit: Unit, number: str, heading: str | None) -> Guidance:
    return next(each for each in criterion(unit, number).guidance if each.heading == heading)


def items(one: Guidance) -> list[str]:
    return [item.text for item in one.items]


def links(unit: Unit) -> list[tuple[str, str | None]]:
    """(criterion, heading) of every guidance that counts; what is only displayed does not."""
    return [(each.number, found.heading) for each in unit.criteria for found in each.guidance if not found.display_only]


def findings(specification: Specification, code: str) -> list[Finding]:
    return [each for each in specification.findings if each.code == code]


def read_as(specification: Specification) -> list[tuple[str | None, str, list[tuple[str | None, str]]]]:
    """(printed outcome number, outcome, [(printed criterion number, criterion)]) of a document with one unit."""
    (unit,) = specification.units
    return [
        (each.printed_number, each.text, [(one.printed_number, one.text) for one in each.criteria])
        for each in unit.outcomes
    ]


def warnings(specification: Specification) -> list[tuple[int, str]]:
    return [(each.line, each.code) for each in specification.findings if each.severity != "info"]
