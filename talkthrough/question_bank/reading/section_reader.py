"""The shared mechanism of all layouts of outcomes and criteria: walk over the lines, know the section, give each line
its role.

A layout says what its outcomes and criteria look like (`outcome`, `criterion`, `certain_outcome`); everything around
them (front
matter, guidance, evidence lists, content, assessment notes, resources) is told by its labels, never by markup,
because heading
levels, bold type, tables and bullets differ even within one document.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from talkthrough.question_bank.reading import guidance_lines, labels, later_sections
from talkthrough.question_bank.reading.labels import Section
from talkthrough.question_bank.reading.lines import Line
from talkthrough.question_bank.reading.roles import Marked, Role
from talkthrough.question_bank.reading.tables import is_head_cell, rows_of_heads, rows_of_labels
from talkthrough.question_bank.reading.unit_reader import Statement, UnitReader, front_lines
from talkthrough.question_bank.reading.wording import DEMAND, words_alone

SUB_POINT = re.compile(r"(?:\(?[a-z][.)]|\(?[ivx]{1,4}[.)])\s+")
STEM_OF_OUTCOMES = re.compile(r"\b(?:will|should)\b", re.IGNORECASE)
RANGE_STATEMENT = re.compile(
    r"range\b(?! of)\s*(?:[:–-]|may|includes?|must|is|are|covers?)|range {3,}\S", re.IGNORECASE
)
DETAILS_OF = re.compile(
    r"(?:topic|criterion|assessment criterion|ac|range|depth)\s*(\d{1,2}\.\d{1,2})[.:]?", re.IGNORECASE
)
LISTED = re.compile(r"(\d{1,2})[.)]\s+(\S.*)", re.DOTALL)
FORM = re.compile(r"_{4,}|\.{8,}|…{3,}")  # to be filled in by hand
LONGEST_EVIDENCE_METHOD = 90


class SectionReader(UnitReader):
    """Reads one document. Subclasses say what an outcome and a criterion look like."""

    # The walk

    def mark(self, lines: Sequence[Line]) -> list[Marked]:
        rows = list(dict.fromkeys(line.row for line in lines if line.row is not None))
        self._row_after = dict(pairwise(rows))
        self._title_line = next((line for line in front_lines(lines) if line.heading), None)
        self._label_rows = rows_of_labels(lines)
        self._head_rows = rows_of_heads(lines)
        marked = [one for line in lines for one in self._read(line)]
        return [*marked, *self._close_field()]

    def _read(self, line: Line) -> Iterator[Marked]:
        if line.text.startswith("\N{REPLACEMENT CHARACTER}"):
            yield Marked(Role.COMMENT, line, line.text.lstrip("\N{REPLACEMENT CHARACTER} "))
        elif unit := self._unit_start(line):
            yield from self._begin_unit(unit)
        elif line.row in self._head_rows and is_head_cell(line):
            yield from self._enter_column(line)
        elif section := self._label(line):
            yield from self._enter(section, line)
        elif (details := DETAILS_OF.fullmatch(line.text)) and details.group(1) in self._taken:
            self.section, self._details_of = Section.DETAILS, details.group(1)
            yield Marked(Role.STRUCTURE, line)
        elif outcome := self.certain_outcome(line):
            yield from self._close_field()
            self.section = Section.OUTCOMES
            yield from self._take_outcome(line, outcome)
        else:
            yield from self._in_section(line)

    def _label(self, line: Line) -> Section | None:
        section = labels.section_of(line.text)
        if section is None or (line.is_bullet and not line.looks_like_heading):
            return None
        if section is Section.RESOURCES and self.section in {Section.GUIDANCE, Section.EVIDENCE}:
            return None  # "Resources:" is a term of the guidance (401, 323)
        if labels.key(line.text) == "by" and self.section is not Section.EVIDENCE:
            return None
        return section

    def _enter(self, section: Section, line: Line) -> Iterator[Marked]:
        yield from self._close_field()
        if section is Section.OUTCOMES:
            self._expect(outcome="criteri" not in labels.key(line.text))
            if line.column is not None and self.expects_outcome:
                self._outcome_column = line.column
        self._starts_guidance = section is Section.GUIDANCE
        self._below_strange_heading = False
        self.section = section
        yield Marked(Role.STRUCTURE, line)

    def _enter_column(self, line: Line) -> Iterator[Marked]:
        """The head of a table says what stands in each column."""
        section = labels.section_of(line.text)
        is_criteria = section is Section.OUTCOMES or labels.without_stem(line.text) == ""
        holds_statements = is_criteria or labels.STATEMENT_HEAD.fullmatch(labels.key(line.text)) is not None
        self._columns[line.column] = Section.OUTCOMES if holds_statements else section
        if is_criteria:
            yield from self._close_field()
            self.section = Section.OUTCOMES
            is_stem = labels.without_stem(line.text) == ""
            names_outcomes = STEM_OF_OUTCOMES.search(line.text) if is_stem else "criteri" not in labels.key(line.text)
            self._expect(outcome=bool(names_outcomes))
            if self.expects_outcome:
                self._outcome_column = line.column
        yield Marked(Role.STRUCTURE, line)

    def _expect(self, *, outcome: bool) -> None:
        self.expects_outcome, self.expects_criteria = outcome, not outcome

    def _in_section(self, line: Line) -> Iterator[Marked]:
        if line.row is not None and self._columns.get(line.column, Section.OUTCOMES) is not Section.OUTCOMES:
            # a column of content, evidence or dates beside the criteria
            yield Marked(Role.PROSE, line, line.text, name="column")
            return
        if self._taken and (named := self._about_criteria(line)):
            yield from named
            return
        rest = labels.without_stem(line.text)
        if rest is None or (rest and self.section is Section.DETAILS):
            yield from self._handlers()[self.section](line)
            return
        yield from self._close_field()
        self.section = Section.OUTCOMES
        self._expect(outcome=bool(STEM_OF_OUTCOMES.search(line.text[: len(line.text) - len(rest)])))
        if rest:
            yield from self._in_outcomes(replace(line, text=rest))
        else:
            yield Marked(Role.STRUCTURE, line)

    def _about_criteria(self, line: Line) -> list[Marked]:
        """Guidance that names its criteria or the evidence in so many words, in whatever section it stands."""
        if any(number in self._taken for number in labels.criteria_named(line.text)):
            pieces = ((piece, ",".join(labels.criteria_named(piece))) for piece in labels.guidance_pieces(line.text))
            return [Marked(Role.CRITERION_GUIDANCE, line, piece, numbers) for piece, numbers in pieces]
        return list(later_sections.assessment(line)) if later_sections.EVIDENCE_SENTENCE.match(line.text) else []

    def _handlers(self) -> dict[Section, Callable[[Line], Iterator[Marked]]]:
        return {
            Section.FRONT: self._in_front,
            Section.OUTCOMES: self._in_outcomes,
            Section.GUIDANCE: self._in_guidance,
            Section.EVIDENCE: self._in_evidence,
            Section.DETAILS: self._in_details,
            Section.CONTENT: later_sections.content,
            Section.ASSESSMENT: later_sections.assessment,
            Section.RESOURCES: self._in_resources,
            Section.PROSE: self._in_prose,
        }

    # Outcomes and criteria

    def _in_outcomes(self, line: Line) -> Iterator[Marked]:
        if self._listed is not None and (item := LISTED.match(line.text)) and int(item.group(1)) == self._listed + 1:
            self._listed += 1
            yield Marked(Role.SUB_POINT, line, item.group(2))
        elif criterion := self.criterion(line):
            yield from self._take_criteria(line, criterion)
        elif self.has_criterion and self._last_number and labels.NEEDS_TO_KNOW.fullmatch(line.text):
            self.section, self._details_of = Section.DETAILS, self._last_number
            yield Marked(Role.STRUCTURE, line)
        elif (outcome := self.outcome(line)) and not (outcome[0] is None and self._lacks_text):
            yield from self._take_outcome(line, outcome)
        elif self._lacks_text and not labels.field_of(line.text):
            yield Marked(self._lacks_text, line, line.text)
            self._lacks_text = None
        elif self.has_criterion and (line.is_bullet or SUB_POINT.match(line.text)):
            yield Marked(Role.SUB_POINT, line, SUB_POINT.sub("", line.text))
        elif self.has_criterion and line.column is not None and line.column == self._outcome_column:
            yield Marked(Role.OUTCOME_CONTINUATION, line, line.text)
        elif self._in_note and line.text[:1].islower():
            yield Marked(Role.OUTCOME_NOTE, line, line.text, name="heading")
        elif line.text[:1].islower() and self.has_outcome and not line.is_bullet:
            yield Marked(Role.CONTINUATION, line, line.text)
        elif self.has_outcome and labels.field_of(line.text):
            self.section = Section.FRONT
            yield from self._in_front(line)
        elif self.has_outcome and (note := guidance_lines.note(line)):
            yield note
        elif self._last_number and RANGE_STATEMENT.match(line.text):
            yield Marked(Role.CRITERION_GUIDANCE, line, line.text, self._last_number)
        elif self.has_outcome and (FORM.search(line.text) or labels.key(line.text) in labels.WITHOUT_MEANING):
            yield Marked(Role.STRUCTURE, line)
        elif self.has_outcome:
            self._in_note = True
            if line.heading and self.has_criterion:
                self.section, self._below_strange_heading = Section.PROSE, True
            yield Marked(Role.OUTCOME_NOTE, line, line.text)
        else:
            yield Marked(Role.REQUIREMENT if DEMAND.search(line.text) else Role.PROSE, line, line.text)

    def _take_outcome(self, line: Line, outcome: Statement) -> Iterator[Marked]:
        number, text = outcome
        self._in_note = False
        self.has_outcome, self.has_criterion, self.expects_outcome = True, False, False
        after_stem = labels.without_stem(text)
        text = labels.STEM_AT_END.sub("", text) if after_stem is None else after_stem
        first, *rest = self.run_together((None, text))
        first = (None, labels.STEM_AT_END.sub("", first[1]))
        self._lacks_text = None if first[1] else Role.OUTCOME_CONTINUATION
        yield Marked(Role.OUTCOME, line, first[1], number, name=self.outcome_kind(first[1]))
        for statement in rest:
            yield self._one_criterion(line, statement)

    def outcome_kind(self, text: str) -> str:
        """The kind where the layout knows it from more than the wording."""
        del text
        return ""

    def _take_criteria(self, line: Line, criterion: Statement) -> Iterator[Marked]:
        self.expects_outcome = False
        for statement in self.run_together(criterion):
            yield self._one_criterion(line, statement)

    def _one_criterion(self, line: Line, statement: Statement) -> Marked:
        number, text = statement
        if number and text and words_alone(self._taken.get(number, "")) == words_alone(text):
            return Marked(Role.STRUCTURE, line)  # printed a second time, in a summary or a recording form
        self.has_outcome, self.has_criterion, self._in_note = True, True, False
        self._taken[number or ""] = text
        self._last_number = number
        self._listed = 0 if text.endswith(":") else None
        self._lacks_text = None if text else Role.CONTINUATION
        own = tuple(phrase for phrase in line.bold if phrase in text)
        return Marked(Role.CRITERION, replace(line, bold=own), text.strip(), number)

    # After the criteria

    def _in_guidance(self, line: Line) -> Iterator[Marked]:
        new = "new" if self._starts_guidance else ""
        self._starts_guidance = False
        statement = self.criterion(line)
        if note := guidance_lines.note(line):
            yield note
        elif statement and statement[0] in self._taken and not self.returns_to_outcomes(line):
            yield Marked(Role.CRITERION_GUIDANCE, line, statement[1], statement[0])
        elif line.is_bullet:
            yield Marked(Role.GUIDANCE_ITEM, line, line.text, name=new)
        elif self.returns_to_outcomes(line):
            yield from self._return(line)
        elif split := guidance_lines.term_with_list(line) or guidance_lines.list_in_a_row(line):
            yield from split
        elif guidance_lines.is_heading(line):
            yield Marked(Role.GUIDANCE_HEADING, line, line.text.rstrip(": "))
        else:
            opens_with_term = bool(line.bold) and line.text.startswith(line.bold[0])
            yield Marked(Role.GUIDANCE_TEXT, line, line.text, name="new" if opens_with_term else new)

    def _return(self, line: Line) -> Iterator[Marked]:
        self.section = Section.OUTCOMES
        yield from self._in_outcomes(line)

    def _in_evidence(self, line: Line) -> Iterator[Marked]:
        if note := guidance_lines.note(line):
            yield note
        elif not line.is_bullet and self.returns_to_outcomes(line):
            yield from self._return(line)
        elif line.is_bullet or len(line.text) < LONGEST_EVIDENCE_METHOD:
            yield Marked(Role.EVIDENCE, line, line.text)
        else:
            yield Marked(Role.UNIT_NOTE, line, line.text)

    def _in_resources(self, line: Line) -> Iterator[Marked]:
        yield Marked(Role.RESOURCE, line, line.text)

    def _in_details(self, line: Line) -> Iterator[Marked]:
        """What the document says under the number of a criterion that stands further up."""
        if self.resumes(line):
            yield from self._return(line)
        else:
            yield Marked(Role.CRITERION_GUIDANCE, line, line.text, self._details_of)

    def _in_prose(self, line: Line) -> Iterator[Marked]:
        may_open = self._below_strange_heading or not self.has_outcome
        if may_open and self.resumes(line):
            yield from self._return(line)
            return
        yield Marked(Role.PROSE, line, line.text, name="strange" if self._below_strange_heading else "")
