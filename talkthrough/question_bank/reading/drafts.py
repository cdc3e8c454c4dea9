"""Units while they are being read."""

from dataclasses import dataclass, field

from talkthrough.question_bank.reading.guidance import GuidanceBlock
from talkthrough.question_bank.reading.lines import Line
from talkthrough.question_bank.reading.roles import Marked
from talkthrough.question_bank.specification import (
    ContentTopic,
    EvidenceMethod,
    Finding,
    Guidance,
    NosLink,
    Note,
    SourceSpan,
)


@dataclass(slots=True)
class CriterionDraft:
    printed: str | None
    text: str
    span: SourceSpan
    bold: tuple[str, ...] = ()
    sub_points: list[str] = field(default_factory=list)
    guidance: list[Guidance] = field(default_factory=list)
    requirements: list[Note] = field(default_factory=list)

    def extend(self, marked: Marked) -> None:
        self.text = f"{self.text} {marked.text}".strip()
        self.bold += marked.line.bold
        self.reach(marked.line)

    def reach(self, line: Line) -> None:
        self.span = SourceSpan(self.span.first, max(self.span.last, line.last))


@dataclass(slots=True)
class OutcomeDraft:
    printed: str | None
    text: str
    span: SourceSpan
    criteria: list[CriterionDraft] = field(default_factory=list)
    evidence: list[EvidenceMethod] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    kind_hint: str = ""


@dataclass(slots=True)
class UnitDraft:
    first: int
    last: int
    number: str | None = None
    title: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    blanks: set[str] = field(default_factory=set)
    nos_links: list[NosLink] = field(default_factory=list)
    outcomes: list[OutcomeDraft] = field(default_factory=list)
    blocks: list[tuple[int, GuidanceBlock]] = field(default_factory=list)
    evidence: list[EvidenceMethod] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    requirements: list[Note] = field(default_factory=list)
    topics: list[ContentTopic] = field(default_factory=list)
    resources: list[Note] = field(default_factory=list)
    content_outcome: str | None = None
    findings: list[Finding] = field(default_factory=list)

    @property
    def criteria(self) -> list[CriterionDraft]:
        return [criterion for outcome in self.outcomes for criterion in outcome.criteria]
