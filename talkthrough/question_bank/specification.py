"""A published specification as data: Specification > Unit > LearningOutcome > AssessmentCriterion > Guidance.

Text is kept as published (no correction), with markup, line wraps and page furniture removed.
Every part carries the physical lines (1-based, as `cat -n` prints them) that it was read from.
What the document does not print is None, never an empty string.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

OutcomeKind = Literal["knowledge", "competence"]
CriterionKind = Literal["knowledge", "competence-doing", "competence-thinking"]
GuidanceKind = Literal["list", "definition", "narrative"]
Severity = Literal["info", "warning", "error"]
Status = Literal["published", "draft", "unknown"]


@dataclass(frozen=True, slots=True)
class SourceSpan:
    """Physical lines of the document, first and last included."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class GuidanceItem:
    """One listed point; `children` where one line nests a list ("staff- rotas, schedules, workloads")."""

    text: str
    span: SourceSpan
    children: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Guidance:
    """What the document says about a term of one or more criteria.

    `is_open`: the list is introduced or ended by eg, e.g. or etc, so unlisted answers are never wrong.
    `display_only`: shown beside the criterion but nothing is asked from it (323 2.1).
    `attached_by`: why it belongs to the criterion ("bold term", "named in the criterion", "adjacent heading", ...).
    """

    heading: str | None
    kind: GuidanceKind
    span: SourceSpan
    items: tuple[GuidanceItem, ...] = ()
    is_open: bool = False
    text: str | None = None
    display_only: bool = False
    attached_by: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceMethod:
    """A way in which evidence may be supplied; `workplace_held` for starred documents that may stay at work."""

    name: str
    span: SourceSpan
    workplace_held: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """A remark or requirement of the document that is no criterion."""

    text: str
    span: SourceSpan


@dataclass(frozen=True, slots=True)
class NosLink:
    """A National Occupational Standard that the unit names."""

    code: str
    title: str
    span: SourceSpan


@dataclass(frozen=True, slots=True)
class AssessmentCriterion:
    """One assessment criterion (or P, K, S, B statement), worded exactly as published.

    `key` is the permanent key given at first import (see `identity.py`); printed numbers are shown, never keys.
    `number` is unique in its unit ("3.6"); `printed_number` is what the document prints ("1.6"), None where unnumbered.
    `required_items` is the quantity asked for ("at least three" -> 3); `all_required` means every listed item.
    """

    number: str
    printed_number: str | None
    text: str
    kind: CriterionKind
    span: SourceSpan
    verbs: tuple[str, ...] = ()
    sub_points: tuple[str, ...] = ()
    inline_items: tuple[str, ...] = ()
    required_items: int | None = None
    all_required: bool = False
    guidance: tuple[Guidance, ...] = ()
    requirements: tuple[Note, ...] = ()
    key: str = ""


@dataclass(frozen=True, slots=True)
class LearningOutcome:
    """What the learner will understand or be able to do."""

    number: str
    printed_number: str | None
    text: str
    kind: OutcomeKind
    span: SourceSpan
    criteria: tuple[AssessmentCriterion, ...] = ()
    evidence_methods: tuple[EvidenceMethod, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class ContentTopic:
    """A paragraph of unit content, grouped by topic and not by criterion (Pearson)."""

    outcome: str | None
    heading: str
    text: str
    span: SourceSpan


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit. `key` names it permanently ("m-506-2898"); an ambiguous number is resolved by asking.

    `issuer` is the organisation that the document says wrote or submitted it, which need not award anything.
    """

    title: str
    span: SourceSpan
    number: str | None = None
    reference: str | None = None
    level: str | None = None
    credit_value: int | None = None
    glh: int | None = None
    aim: str | None = None
    awarding_body: str | None = None
    issuer: str | None = None
    status: Status = "unknown"
    nos_links: tuple[NosLink, ...] = ()
    evidence_methods: tuple[EvidenceMethod, ...] = ()
    notes: tuple[Note, ...] = ()
    requirements: tuple[Note, ...] = ()
    outcomes: tuple[LearningOutcome, ...] = ()
    content_topics: tuple[ContentTopic, ...] = ()
    resources: tuple[Note, ...] = ()
    key: str = ""

    @property
    def criteria(self) -> tuple[AssessmentCriterion, ...]:
        """All criteria in printed order."""
        return tuple(criterion for outcome in self.outcomes for criterion in outcome.criteria)

    @property
    def label(self) -> str:
        """What people call it: "Unit 401", "CS 37", or the title where no number is printed."""
        if self.number and self.number.isdigit():
            return f"Unit {self.number}"
        return self.number or self.title


def units_called(words: str, units: Iterable[Unit]) -> tuple[Unit, ...]:
    """The units that a person may mean by "401", "CS 37", "M/506/2898", or else by words of the title."""
    wanted, every = _plain(words).removeprefix("unit "), tuple(units)
    exact = tuple(unit for unit in every if wanted in map(_plain, _names_of(unit)))
    return exact or tuple(unit for unit in every if wanted and wanted in unit.title.lower())


def _names_of(unit: Unit) -> Iterable[str]:
    return filter(None, (unit.number, unit.reference, unit.title, unit.key))


def _plain(words: str) -> str:
    return " ".join(words.lower().split())


@dataclass(frozen=True, slots=True)
class Finding:
    """A line that was not understood or needs a person's eye. `code` is stable, `message` plain English."""

    line: int
    text: str
    code: str
    message: str
    severity: Severity


@dataclass(frozen=True, slots=True)
class Specification:
    """One document: its units, the notes that belong to none of them, and what was not understood."""

    units: tuple[Unit, ...]
    notes: tuple[Note, ...] = ()
    findings: tuple[Finding, ...] = ()
