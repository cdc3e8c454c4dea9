"""What a tutor sees before anything enters the bank: units, counts, the first criteria word for word, findings."""

from dataclasses import dataclass

from talkthrough.question_bank.specification import Specification, Unit

FIRST_CRITERIA = 3
MOST_FINDINGS = 8
SEVERITIES = ("error", "warning", "info")


@dataclass(frozen=True, slots=True)
class OutcomePreview:
    """One outcome and how many criteria were read under it."""

    number: str
    text: str
    criteria: int


@dataclass(frozen=True, slots=True)
class UnitPreview:
    """One unit in short; `first_criteria` are (number, text) exactly as published."""

    label: str
    title: str
    reference: str | None
    status: str
    criteria: int
    outcomes: tuple[OutcomePreview, ...]
    first_criteria: tuple[tuple[str, str], ...]

    @property
    def is_blank(self) -> bool:
        """Nothing can be asked about it."""
        return self.criteria == 0


def preview(specification: Specification) -> tuple[UnitPreview, ...]:
    """Every unit of the document in short, in printed order."""
    return tuple(_unit(unit) for unit in specification.units)


def _unit(unit: Unit) -> UnitPreview:
    return UnitPreview(
        label=unit.label,
        title=unit.title,
        reference=unit.reference,
        status=unit.status,
        criteria=len(unit.criteria),
        outcomes=tuple(OutcomePreview(each.number, each.text, len(each.criteria)) for each in unit.outcomes),
        first_criteria=tuple((each.number, each.text) for each in unit.criteria[:FIRST_CRITERIA]),
    )


def findings_in_words(specification: Specification, most: int = MOST_FINDINGS) -> tuple[str, ...]:
    """The findings that matter most first, each a sentence with its line; the last says how many are left out."""
    ranked = sorted(specification.findings, key=lambda each: (SEVERITIES.index(each.severity), each.line))
    shown = tuple(f"Line {each.line}: {each.message}" for each in ranked[:most])
    rest = len(ranked) - most
    return (*shown, f"And {rest} more. The full list is in: talkthrough read FILE") if rest > 0 else shown
