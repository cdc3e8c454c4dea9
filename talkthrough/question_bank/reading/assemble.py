"""Lines with roles -> units. The only place where units are built, whatever the layout."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from talkthrough.question_bank.reading import findings as say
from talkthrough.question_bank.reading.guidance import GuidanceBlock, Term, guidance_item, link_guidance, marked_phrases
from talkthrough.question_bank.reading.lines import Line
from talkthrough.question_bank.reading.roles import Marked, Role
from talkthrough.question_bank.reading.wording import (
    asks_for_all,
    command_verbs,
    criterion_kind,
    inline_items,
    outcome_kind,
    required_quantity,
)
from talkthrough.question_bank.specification import (
    AssessmentCriterion,
    ContentTopic,
    EvidenceMethod,
    Finding,
    Guidance,
    LearningOutcome,
    NosLink,
    Note,
    SourceSpan,
    Specification,
    Status,
    Unit,
)

REFERENCE = re.compile(
    r"[A-Z]/\d{3}/\d{4}|[A-Z]{2,}[A-Z0-9.-]*\d+(?:\.\d+)?[A-Z]?|ST\d{4}(?:/\w+)?|\d{4,6}|[A-Z]\d{2,4} ?\d{2}"
)
NOS_CODE = re.compile(r"\s*([A-Z][A-Z0-9]{2,}\d[A-Z0-9.]*)\s*[-–—:]?\s+(\S.*)")
STAR = re.compile(r"\s*\*+\s*(?=[.;,]?$)")
DEMAND = re.compile(r"\b(?:must|should|needs? to|required to|has to|have to|will need)\b", re.IGNORECASE)
SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")


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


def assemble(marked: Sequence[Marked]) -> Specification:
    """Build the specification from lines with roles; the layout has decided what every line is."""
    builder = Builder()
    for one in marked:
        builder.take(one)
    return builder.finished()


class Builder:
    """Takes lines with roles in printed order."""

    def __init__(self) -> None:
        self._units: list[UnitDraft] = []
        self._notes: list[Note] = []
        self._findings: list[Finding] = []
        self._takers = {
            Role.FIELD: self._take_field,
            Role.NOS_LINK: self._take_nos_link,
            Role.OUTCOME: self._take_outcome,
            Role.CRITERION: self._take_criterion,
            Role.SUB_POINT: self._take_sub_point,
            Role.CONTINUATION: self._take_continuation,
            Role.OUTCOME_CONTINUATION: self._take_outcome_continuation,
            Role.GUIDANCE_HEADING: self._take_guidance_heading,
            Role.GUIDANCE_TEXT: self._take_guidance_text,
            Role.GUIDANCE_ITEM: self._take_guidance_item,
            Role.CRITERION_GUIDANCE: self._take_criterion_guidance,
            Role.EVIDENCE: self._take_evidence,
            Role.OUTCOME_NOTE: self._take_outcome_note,
            Role.UNIT_NOTE: self._take_unit_note,
            Role.REQUIREMENT: self._take_requirement,
            Role.CONTENT_OUTCOME: self._take_content_outcome,
            Role.CONTENT: self._take_content,
            Role.RESOURCE: self._take_resource,
            Role.BLANK: self._take_blank,
        }

    def take(self, marked: Marked) -> None:
        if marked.role is Role.COMMENT:
            self._notes.append(_note(marked))
            self._findings.append(say.comment(marked))
        elif marked.role is Role.UNREAD:
            self._findings.append(say.unread(marked))
        elif marked.role is Role.UNIT:
            self._units.append(UnitDraft(marked.line.first, marked.line.last, marked.number, marked.text))
        elif marked.role in self._takers:
            unit = self._unit(marked)
            unit.last = max(unit.last, marked.line.last)
            self._takers[marked.role](unit, marked)

    def finished(self) -> Specification:
        drafts = [draft for draft in self._units if draft.outcomes or draft.blanks or set(draft.fields) - {"title"}]
        units = tuple(finished_unit(draft) for draft in drafts)
        found = [*self._findings, *(finding for draft in drafts for finding in draft.findings)]
        return Specification(
            units, tuple(self._notes), tuple(sorted(found, key=lambda finding: (finding.line, finding.code)))
        )

    def _unit(self, marked: Marked) -> UnitDraft:
        if not self._units:
            self._units.append(UnitDraft(marked.line.first, marked.line.last))
        return self._units[-1]

    def _take_field(self, unit: UnitDraft, marked: Marked) -> None:
        if marked.name == "reference" and not REFERENCE.fullmatch(marked.text.strip()):
            unit.notes.append(_note(marked))
            unit.findings.append(say.not_a_reference(marked))
            return
        if marked.name == "title":
            unit.title = unit.title or marked.text
        elif marked.name in unit.fields:
            unit.fields[marked.name] += f"\n{marked.text}"
        else:
            unit.fields[marked.name] = marked.text
            unit.findings.extend(say.unclear_field(marked))

    def _take_nos_link(self, unit: UnitDraft, marked: Marked) -> None:
        match = NOS_CODE.match(marked.text)
        if match:
            unit.nos_links.append(NosLink(match.group(1), match.group(2).strip(), _span(marked)))

    def _take_outcome(self, unit: UnitDraft, marked: Marked) -> None:
        unit.outcomes.append(OutcomeDraft(marked.number, marked.text, _span(marked), kind_hint=marked.name))

    def _take_criterion(self, unit: UnitDraft, marked: Marked) -> None:
        if not unit.outcomes:
            unit.outcomes.append(OutcomeDraft(None, "", _span(marked)))
            unit.findings.append(say.no_outcome(marked))
        unit.outcomes[-1].criteria.append(CriterionDraft(marked.number, marked.text, _span(marked), marked.line.bold))

    def _take_sub_point(self, unit: UnitDraft, marked: Marked) -> None:
        if unit.criteria:
            unit.criteria[-1].sub_points.append(marked.text)
            unit.criteria[-1].reach(marked.line)

    def _take_continuation(self, unit: UnitDraft, marked: Marked) -> None:
        criteria = unit.outcomes[-1].criteria if unit.outcomes else []
        if criteria and criteria[-1].sub_points:
            criteria[-1].sub_points[-1] += f" {marked.text}"
            criteria[-1].reach(marked.line)
        elif criteria:
            criteria[-1].extend(marked)
        else:
            self._take_outcome_continuation(unit, marked)

    def _take_outcome_continuation(self, unit: UnitDraft, marked: Marked) -> None:
        if unit.outcomes:
            outcome = unit.outcomes[-1]
            outcome.text = f"{outcome.text} {marked.text}".strip()
            outcome.span = SourceSpan(outcome.span.first, max(outcome.span.last, marked.line.last))

    def _take_guidance_heading(self, unit: UnitDraft, marked: Marked) -> None:
        unit.blocks.append((len(unit.outcomes) - 1, _block(marked, heading=marked.text)))

    def _take_guidance_text(self, unit: UnitDraft, marked: Marked) -> None:
        block = self._open_block(unit, marked)
        block.texts.append(marked.text)
        block.last = marked.line.last

    def _take_guidance_item(self, unit: UnitDraft, marked: Marked) -> None:
        block = self._open_block(unit, marked)
        block.items.append(guidance_item(marked.text, _span(marked)))
        block.last = marked.line.last

    def _open_block(self, unit: UnitDraft, marked: Marked) -> GuidanceBlock:
        """The block being read; text right under the label "Assessment guidance" opens one without a heading."""
        outcome = len(unit.outcomes) - 1
        if not unit.blocks or unit.blocks[-1][0] != outcome or marked.name == "new":
            unit.blocks.append((outcome, _block(marked, heading=None)))
        return unit.blocks[-1][1]

    def _take_criterion_guidance(self, unit: UnitDraft, marked: Marked) -> None:
        wanted = (marked.number or "").split(",")
        guidance = Guidance(None, "narrative", _span(marked), text=marked.text, attached_by="named by number")
        for criterion in unit.criteria:
            if criterion.printed in wanted:
                criterion.guidance.append(guidance)
                sentences = SENTENCE_END.split(marked.text)
                criterion.requirements.extend(Note(text, _span(marked)) for text in sentences if DEMAND.search(text))

    def _take_evidence(self, unit: UnitDraft, marked: Marked) -> None:
        method = EvidenceMethod(STAR.sub("", marked.text).strip(), _span(marked), bool(STAR.search(marked.text)))
        owner = unit.evidence if marked.name == "unit" or not unit.outcomes else unit.outcomes[-1].evidence
        owner.append(method)

    def _take_outcome_note(self, unit: UnitDraft, marked: Marked) -> None:
        owner = unit.outcomes[-1].notes if unit.outcomes else unit.notes
        owner.append(_note(marked))
        if marked.name != "heading":
            unit.findings.append(say.note_among_criteria(marked))

    def _take_unit_note(self, unit: UnitDraft, marked: Marked) -> None:
        unit.notes.append(_note(marked))

    def _take_requirement(self, unit: UnitDraft, marked: Marked) -> None:
        unit.requirements.append(_note(marked))

    def _take_content_outcome(self, unit: UnitDraft, marked: Marked) -> None:
        unit.content_outcome = marked.number

    def _take_content(self, unit: UnitDraft, marked: Marked) -> None:
        unit.topics.append(ContentTopic(unit.content_outcome, marked.name, marked.text, _span(marked)))

    def _take_resource(self, unit: UnitDraft, marked: Marked) -> None:
        unit.resources.append(_note(marked))

    def _take_blank(self, unit: UnitDraft, marked: Marked) -> None:
        unit.blanks.add(marked.name)


def finished_unit(draft: UnitDraft) -> Unit:
    """The unit, with numbers made unique, guidance linked and what looks wrong reported in `draft.findings`."""
    _drop_blank_template(draft)
    merge_repeated_outcomes(draft)
    links = _linked(draft)
    numbers = _outcome_numbers(draft)
    outcomes, position, taken = [], 0, set[str]()
    for number, outcome in zip(numbers, draft.outcomes, strict=True):
        guidance = [links.get(place, ()) for place in range(position, position + len(outcome.criteria))]
        outcomes.append(_finished_outcome(number, outcome, guidance, taken))
        position += len(outcome.criteria)
    draft.findings.extend(say.stars_differ([outcome.evidence for outcome in draft.outcomes]))
    if not outcomes:
        draft.findings.append(say.blank_unit(draft.first, draft.title))
    reference, level = draft.fields.get("reference"), draft.fields.get("level")
    return Unit(
        title=draft.title or draft.number or reference or "Untitled unit",
        span=SourceSpan(draft.first, draft.last),
        number=draft.number or draft.fields.get("number"),
        reference=reference,
        level=level,
        credit_value=_whole_number(draft.fields.get("credit_value")),
        glh=_whole_number(draft.fields.get("glh")),
        aim=draft.fields.get("aim"),
        awarding_body=draft.fields.get("awarding_body"),
        status=_status(draft),
        nos_links=tuple(draft.nos_links),
        evidence_methods=tuple(draft.evidence),
        notes=tuple(draft.notes),
        requirements=tuple(draft.requirements),
        outcomes=tuple(outcomes),
        content_topics=tuple(draft.topics),
        resources=tuple(draft.resources),
    )


def _drop_blank_template(draft: UnitDraft) -> None:
    """A unit whose criteria are all numbers without words is a template that nobody filled in (CS 47)."""
    for outcome in draft.outcomes:
        outcome.criteria = [criterion for criterion in outcome.criteria if criterion.text or criterion.sub_points]
    if not draft.criteria and all(_is_bare_stem(outcome.text) for outcome in draft.outcomes):
        draft.outcomes = []


def merge_repeated_outcomes(draft: UnitDraft) -> None:
    """An outcome printed twice (in an overview and above its criteria) is one; criteria go to the outcome of their number."""
    kept: list[OutcomeDraft] = []
    places: list[int] = []
    for outcome in draft.outcomes:
        place = next((at for at, other in enumerate(kept) if _is_same_outcome(other, outcome)), len(kept))
        if place == len(kept):
            kept.append(outcome)
        else:
            _absorb(kept[place], outcome)
        places.append(place)
    draft.blocks = [(places[outcome] if outcome >= 0 else outcome, block) for outcome, block in draft.blocks]
    draft.outcomes = kept
    _give_criteria_to_their_outcomes(kept)


def _is_same_outcome(first: OutcomeDraft, second: OutcomeDraft) -> bool:
    if first.printed != second.printed:
        return False
    same_words = _words(first.text) == _words(second.text)
    return same_words or (first.printed is not None and not (first.text and second.text))


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def _absorb(first: OutcomeDraft, second: OutcomeDraft) -> None:
    if second.criteria and not first.criteria:
        first.span = second.span
    first.text = first.text or second.text
    first.criteria.extend(second.criteria)
    first.evidence.extend(second.evidence)
    first.notes.extend(second.notes)


def _give_criteria_to_their_outcomes(outcomes: list[OutcomeDraft]) -> None:
    """A criterion 2.1 or 2A.P1 read before its outcome's line (a centred cell, a grid) belongs to outcome 2 or A."""
    printed = [outcome.printed for outcome in outcomes]
    codes = [criterion.printed for outcome in outcomes for criterion in outcome.criteria]
    if len(set(printed)) < len(printed) or len(set(codes)) < len(codes):
        return
    by_number = {outcome.printed: outcome for outcome in outcomes if outcome.printed}
    for outcome in outcomes:
        for criterion in list(outcome.criteria):
            owner = by_number.get(_outcome_named_by(criterion.printed))
            if owner is not None and owner is not outcome:
                outcome.criteria.remove(criterion)
                owner.criteria.append(criterion)


def _outcome_named_by(code: str | None) -> str | None:
    match = re.match(r"(\d{1,2})\.\d|\d?([A-H])[A-H]*\.[PMD]?\d", code or "")
    return (match.group(1) or match.group(2)) if match else None


def _is_bare_stem(text: str) -> bool:
    return re.fullmatch(r"(?:understand|be able to|know)?\W*(?:how to)?\W*", text, re.IGNORECASE) is not None


def _linked(draft: UnitDraft) -> dict[int, tuple[Guidance, ...]]:
    terms: list[Term] = []
    for outcome_place, outcome in enumerate(draft.outcomes):
        for criterion in outcome.criteria:
            marked = tuple(phrase for phrase in criterion.bold if not re.fullmatch(r"[\W\d]*|.{0,2}\d+", phrase))
            is_term = sum(map(len, marked)) < len(criterion.text) - 2
            terms.append(
                Term(
                    len(terms), outcome_place, criterion.text, marked_phrases(criterion.text, marked if is_term else ())
                )
            )
    by_criterion: dict[int, list[Guidance]] = {place: list(each.guidance) for place, each in enumerate(draft.criteria)}
    for link in link_guidance(terms, draft.blocks):
        by_criterion[link.criterion].append(link.guidance)
    draft.findings.extend(say.unexplained_terms(terms, by_criterion, draft.criteria, has_guidance=bool(draft.blocks)))
    draft.findings.extend(say.odd_lists([block for _, block in draft.blocks]))
    return {place: tuple(found) for place, found in by_criterion.items()}


def _outcome_numbers(draft: UnitDraft) -> list[str]:
    """Printed numbers where they are unique in the unit; else the order (CS 45 prints 1, 2, 1)."""
    printed = [outcome.printed for outcome in draft.outcomes]
    if all(printed) and len(set(printed)) == len(printed):
        return [number or "" for number in printed]
    for place, outcome in enumerate(draft.outcomes, start=1):
        if outcome.printed and Counter(printed[:place])[outcome.printed] > 1:
            draft.findings.append(say.repeated_outcome_number(outcome.span.first, outcome.printed, place))
    return [str(place) for place in range(1, len(printed) + 1)]


def _finished_outcome(
    number: str, draft: OutcomeDraft, guidance: Sequence[tuple[Guidance, ...]], taken: set[str]
) -> LearningOutcome:
    kind = outcome_kind(draft.text, tuple(criterion.text for criterion in draft.criteria))
    if draft.kind_hint in {"knowledge", "competence"}:
        kind = "knowledge" if draft.kind_hint == "knowledge" else "competence"
    printed = [criterion.printed or "" for criterion in draft.criteria]
    is_own = all(printed) and len(set(printed)) == len(printed) and not taken & set(printed) and not _is_local(printed)
    criteria = []
    for place, (criterion, attached) in enumerate(zip(draft.criteria, guidance, strict=True), start=1):
        own_number = printed[place - 1] if is_own else f"{number}.{place}"
        criteria.append(_finished_criterion(own_number, criterion, attached, criterion_kind(kind, criterion.text)))
    taken.update(criterion.number for criterion in criteria)
    return LearningOutcome(
        number, draft.printed, draft.text, kind, draft.span, tuple(criteria), tuple(draft.evidence), tuple(draft.notes)
    )


def _is_local(printed: Sequence[str]) -> bool:
    """Numbers that count within their outcome only ("1", "a") are no numbers of the unit."""
    return any(re.fullmatch(r"\d{1,2}|[a-z]{1,4}", number) for number in printed)


def _finished_criterion(
    number: str, draft: CriterionDraft, guidance: tuple[Guidance, ...], kind: str
) -> AssessmentCriterion:
    asked = [each for each in guidance if not each.display_only]
    listed = sum(len(each.items) for each in asked)
    needs_all = any(asks_for_all(each.text or "") for each in asked) or asks_for_all(draft.text)
    quantities = [required_quantity(text) for text in (draft.text, *(each.text or "" for each in asked))]
    quantity = listed if needs_all and listed else next((each for each in quantities if each), None)
    return AssessmentCriterion(
        number=number,
        printed_number=draft.printed,
        text=draft.text,
        kind=kind,  # type: ignore[arg-type]
        span=draft.span,
        verbs=command_verbs(draft.text),
        sub_points=tuple(draft.sub_points),
        inline_items=inline_items(draft.text),
        required_items=quantity,
        all_required=needs_all or bool(draft.sub_points),
        guidance=guidance,
        requirements=tuple(draft.requirements),
    )


def _status(draft: UnitDraft) -> Status:
    """A template with its credit value or reference left empty is a draft; a printed reference means published."""
    if draft.blanks & {"credit_value", "reference"} or "draft" in draft.fields.get("status", "").lower():
        return "draft"
    return "published" if draft.fields.get("reference") or draft.fields.get("status") else "unknown"


def _whole_number(text: str | None) -> int | None:
    match = re.match(r"\d{1,4}\b", text.strip()) if text else None
    return int(match.group()) if match else None


def _block(marked: Marked, heading: str | None) -> GuidanceBlock:
    return GuidanceBlock(heading, marked.line.bold, marked.line.first, marked.line.last)


def _note(marked: Marked) -> Note:
    return Note(marked.text, _span(marked))


def _span(marked: Marked) -> SourceSpan:
    return SourceSpan(marked.line.first, marked.line.last)
