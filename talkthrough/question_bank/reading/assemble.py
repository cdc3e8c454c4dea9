"""Lines with roles -> units. The only place where units are built, whatever the layout."""

import re
from collections.abc import Sequence
from dataclasses import replace

from talkthrough.question_bank.reading import findings as say
from talkthrough.question_bank.reading.drafts import CriterionDraft, OutcomeDraft, UnitDraft
from talkthrough.question_bank.reading.finish import finished_unit
from talkthrough.question_bank.reading.guidance import GuidanceBlock, guidance_item
from talkthrough.question_bank.reading.roles import Marked, Role
from talkthrough.question_bank.reading.wording import DEMAND, SENTENCE_END, words_alone
from talkthrough.question_bank.specification import (
    ContentTopic,
    EvidenceMethod,
    Finding,
    Guidance,
    NosLink,
    Note,
    SourceSpan,
    Specification,
)

REFERENCE = re.compile(
    r"[A-Z]/\d{3}/\d{4}|[A-Z]{2,}[A-Z0-9.-]*\d+(?:\.\d+)?[A-Z]?|ST\d{4}(?:/\w+)?|\d{4,6}|[A-Z]\d{2,4} ?\d{2}"
)
NOS_CODE = re.compile(r"\s*([A-Z][A-Z0-9]{2,}\d[A-Z0-9.]*)\s*[-–—:]?\s+(\S.*)")
WHOLE_SENTENCE = re.compile(r"[A-Z].{20,}\.", re.DOTALL)
STAR = re.compile(r"\s*\*+\s*(?=[.;,]?$)")


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
        for draft in drafts:
            draft.findings = [finding for finding in draft.findings if not _says_nothing_new(finding, draft)]
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
        if marked.name == "reference":
            marked = replace(marked, text=marked.text.rstrip(". "))
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
        if block.items and WHOLE_SENTENCE.fullmatch(marked.text):  # a list is over when a sentence follows it
            block = self._open_block(unit, replace(marked, name="new"))
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


def _says_nothing_new(finding: Finding, unit: UnitDraft) -> bool:
    """Whether a remark only repeats an outcome or the title (an overview of the outcomes, a running head)."""
    if finding.code != "note-among-criteria":
        return False
    known = {words_alone(text) for text in (unit.title or "", *(outcome.text for outcome in unit.outcomes))}
    return words_alone(re.sub(r"^\d{1,2}[.)]?\s+", "", finding.text)) in known


def _block(marked: Marked, heading: str | None) -> GuidanceBlock:
    return GuidanceBlock(heading, marked.line.bold, marked.line.first, marked.line.last)


def _note(marked: Marked) -> Note:
    return Note(marked.text, _span(marked))


def _span(marked: Marked) -> SourceSpan:
    return SourceSpan(marked.line.first, marked.line.last)
