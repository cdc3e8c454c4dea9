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

DEMAND = re.compile(r"\b(?:must|needs? to|required to|has to|have to|should)\b", re.IGNORECASE)
SUB_POINT = re.compile(r"(?:\(?[a-z][.)]|\(?[ivx]{1,4}[.)])\s+")
STEM_OF_OUTCOMES = re.compile(r"\b(?:will|should)\b", re.IGNORECASE)
RANGE_STATEMENT = re.compile(r"range\b(?! of)\s*(?:[:–-]|may|includes?|must|is|are|covers?)", re.IGNORECASE)
LONGEST_UNIT_HEADING = 160
LONGEST_EVIDENCE_METHOD = 90
LONGEST_TITLE = 140
MANY_LINES = frozenset({"aim", "nos"})  # fields whose value may be several paragraphs

Statement = tuple[str | None, str]  # printed number, text


class SectionReader:
    """Reads one document. Subclasses say what an outcome and a criterion look like."""

    def __init__(self) -> None:
        self.unit_number: str | None = None
        self._is_begun = False
        self._head_rows: set[int | None] = set()
        self._label_rows: set[int | None] = set()
        self._row_after: dict[int, int] = {}
        self._title_line: Line | None = None
        self._start_unit(has_title=False)

    def _start_unit(self, *, has_title: bool) -> None:
        self.section = Section.FRONT
        self.has_outcome = False
        self.has_criterion = False
        self.expects_outcome = False
        self.expects_criteria = False
        self._has_title = has_title
        self._field: tuple[str, Line] | None = None
        self._field_has_value = False
        self._starts_guidance = False
        self._outcome_column: int | None = None
        self._lacks_text: Role | None = None
        self._taken: dict[str, str] = {}
        self._last_number: str | None = None
        self._columns: dict[int | None, Section | None] = {}
        self._column_fields: dict[tuple[int, int | None], str] = {}

    # What a layout says

    def outcome(self, line: Line) -> Statement | None:
        """The outcome on this line, where outcomes may stand."""
        return self.certain_outcome(line)

    def certain_outcome(self, line: Line) -> Statement | None:
        """An outcome that its own label tells, in whatever section it stands ("Learning aim B")."""
        match = labels.CERTAIN_OUTCOME.match(line.text)
        return (match.group(1), match.group(2).strip()) if match else None

    def criterion(self, line: Line) -> Statement | None:
        """The criterion on this line."""
        raise NotImplementedError

    def opens_outcomes(self, line: Line) -> bool:
        """Whether an outcome without any label before it stands on this line."""
        del line
        return False

    def run_together(self, statement: Statement) -> list[Statement]:
        """Several criteria that run on in one line."""
        return [statement]

    def returns_to_outcomes(self, line: Line) -> bool:
        """Whether the line ends a guidance or evidence list because the next outcome or criterion stands on it."""
        del line
        return False

    # The walk

    def mark(self, lines: Sequence[Line]) -> list[Marked]:
        rows = list(dict.fromkeys(line.row for line in lines if line.row is not None))
        self._row_after = dict(pairwise(rows))
        self._title_line = next((line for line in _front(lines) if line.heading), None)
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
        elif outcome := self.certain_outcome(line):
            yield from self._close_field()
            self.section = Section.OUTCOMES
            yield from self._take_outcome(line, outcome)
        else:
            yield from self._in_section(line)

    def _unit_start(self, line: Line) -> Marked | None:
        field = labels.field_of(line.text)
        if field and self.section is not Section.GUIDANCE and self._begins_unit(field[0]):
            return Marked(Role.UNIT, line, name=field[0])
        if len(line.text) > LONGEST_UNIT_HEADING or line.is_bullet or labels.CONTENTS_ENTRY.fullmatch(line.text):
            return None
        match = labels.UNIT_HEADING.fullmatch(line.text)
        if not match or match.group(2)[:1].islower():
            return None
        return Marked(Role.UNIT, line, match.group(2).strip(), match.group(1))

    def _begins_unit(self, field: str) -> bool:
        """Whether the label "Title" or "Unit number" begins the next unit, and does not just describe this one."""
        is_next = self.has_outcome or (field == "title" and self._has_title)
        return field in {"title", "number"} and (is_next or not (self._is_begun or self._column_fields))

    def _begin_unit(self, unit: Marked) -> Iterator[Marked]:
        yield from self._close_field()
        if unit.number and unit.number == self.unit_number:
            yield Marked(Role.STRUCTURE, unit.line)  # the running head of the next page
            return
        self.unit_number = unit.number
        self._start_unit(has_title=bool(unit.text))
        self._is_begun = True
        yield unit
        if unit.name:
            yield from self._in_front(unit.line)

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
            yield Marked(Role.PROSE, line, line.text)  # a column of content, evidence or dates beside the criteria
            return
        rest = labels.without_stem(line.text)
        if rest is None:
            yield from self._handlers()[self.section](line)
            return
        yield from self._close_field()
        self.section = Section.OUTCOMES
        self._expect(outcome=bool(STEM_OF_OUTCOMES.search(line.text[: len(line.text) - len(rest)])))
        if rest:
            yield from self._in_outcomes(replace(line, text=rest))
        else:
            yield Marked(Role.STRUCTURE, line)

    def _handlers(self) -> dict[Section, Callable[[Line], Iterator[Marked]]]:
        return {
            Section.FRONT: self._in_front,
            Section.OUTCOMES: self._in_outcomes,
            Section.GUIDANCE: self._in_guidance,
            Section.EVIDENCE: self._in_evidence,
            Section.CONTENT: later_sections.content,
            Section.ASSESSMENT: later_sections.assessment,
            Section.RESOURCES: self._in_resources,
            Section.PROSE: self._in_prose,
        }

    # Front matter

    def _in_front(self, line: Line) -> Iterator[Marked]:
        field = labels.field_of(line.text)
        above = (line.row or 0, line.column)
        if above in self._column_fields and not (field and not field[1]):
            self._field = None
            yield from self._named_value(self._column_fields.pop(above), line)
        elif field:
            yield from self._close_field()
            self._field, self._field_has_value = (field[0], line), False
            if line.row in self._label_rows and line.row is not None and not field[1]:
                self._column_fields[self._row_after.get(line.row, 0), line.column] = field[0]
            if field[1]:
                yield from self._value(replace(line, text=field[1]))
            else:
                yield Marked(Role.STRUCTURE, line)
        elif self._opens(line):
            yield from self._close_field()
            yield from self._return(line)
        elif self._field and self._takes_value(line):
            self._column_fields.pop((self._row_after.get(self._field[1].row or 0, 0), self._field[1].column), None)
            yield from self._value(line)
        elif not self._has_title and self._may_be_title(line):
            self._has_title = self._is_begun = True
            yield Marked(Role.FIELD, line, line.text, name="title")
        else:
            yield Marked(Role.PROSE, line, line.text)

    def _opens(self, line: Line) -> bool:
        """Whether the criteria begin here although no label says so."""
        return self.criterion(line) is not None or self.opens_outcomes(line)

    def _takes_value(self, line: Line) -> bool:
        name, label = self._field or ("", line)
        is_same_row = label.row is not None and label.row == line.row
        if label.row is not None and not is_same_row and line.row is not None:
            return False  # the value stands below its own label, not below another one
        return not self._field_has_value or name in MANY_LINES or is_same_row

    def _may_be_title(self, line: Line) -> bool:
        """The first heading above all labels, else the first short line; under a unit's number the next short line."""
        is_better = self._title_line is None or self._title_line == line or self.unit_number is not None
        return is_better and _may_be_title(line)

    def _value(self, line: Line) -> Iterator[Marked]:
        self._field_has_value = True
        yield from self._named_value(self._field[0] if self._field else "other", line)

    def _named_value(self, name: str, line: Line) -> Iterator[Marked]:
        self._is_begun = True
        if name == "nos":
            yield Marked(Role.NOS_LINK, line, line.text)
        elif name == "endorsement":
            yield Marked(Role.UNIT_NOTE, line, line.text)
        elif name == "aim" and labels.key(line.text) == "this unit concerns":
            yield Marked(Role.BLANK, line, name=name)
        else:
            yield Marked(Role.FIELD, line, line.text, name=name)
            self._has_title = self._has_title or name == "title"
            self.unit_number = line.text if name == "number" else self.unit_number

    def _close_field(self) -> Iterator[Marked]:
        if self._field and not self._field_has_value and self._field[1].row not in self._label_rows:
            yield Marked(Role.BLANK, self._field[1], name=self._field[0])
        self._field, self._field_has_value = None, False

    # Outcomes and criteria

    def _in_outcomes(self, line: Line) -> Iterator[Marked]:
        if criterion := self.criterion(line):
            yield from self._take_criteria(line, criterion)
        elif (outcome := self.outcome(line)) and not (outcome[0] is None and self._lacks_text):
            yield from self._take_outcome(line, outcome)
        elif self._lacks_text and not labels.field_of(line.text):
            yield Marked(self._lacks_text, line, line.text)
            self._lacks_text = None
        elif self.has_criterion and (line.is_bullet or SUB_POINT.match(line.text)):
            yield Marked(Role.SUB_POINT, line, SUB_POINT.sub("", line.text))
        elif self.has_criterion and line.column is not None and line.column == self._outcome_column:
            yield Marked(Role.OUTCOME_CONTINUATION, line, line.text)
        elif line.text[:1].islower() and self.has_outcome and not line.is_bullet:
            yield Marked(Role.CONTINUATION, line, line.text)
        elif self.has_outcome and labels.field_of(line.text):
            self.section = Section.FRONT
            yield from self._in_front(line)
        elif self._last_number and RANGE_STATEMENT.match(line.text):
            yield Marked(Role.CRITERION_GUIDANCE, line, line.text, self._last_number)
        elif self.has_outcome:
            yield Marked(Role.OUTCOME_NOTE, line, line.text)
        else:
            yield Marked(Role.REQUIREMENT if DEMAND.search(line.text) else Role.PROSE, line, line.text)

    def _take_outcome(self, line: Line, outcome: Statement) -> Iterator[Marked]:
        number, text = outcome
        self.has_outcome, self.has_criterion, self.expects_outcome = True, False, False
        first, *rest = self.run_together((None, labels.without_stem(text) or text))
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
        if number and text and _wording(self._taken.get(number, "")) == _wording(text):
            return Marked(Role.STRUCTURE, line)  # printed a second time, in a summary or a recording form
        self.has_outcome = self.has_criterion = True
        self._taken[number or ""] = text
        self._last_number = number
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
        elif split := guidance_lines.term_with_example(line):
            yield from split
        elif guidance_lines.is_heading(line):
            yield Marked(Role.GUIDANCE_HEADING, line, line.text.rstrip(": "))
        else:
            yield Marked(Role.GUIDANCE_TEXT, line, line.text, name=new)

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

    def _in_prose(self, line: Line) -> Iterator[Marked]:
        if not self.has_outcome and self._opens(line):
            yield from self._return(line)
            return
        yield Marked(Role.PROSE, line, line.text)


def _wording(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def _may_be_title(line: Line) -> bool:
    """Whether a line without a label can be the unit's title."""
    is_short = len(line.text) <= LONGEST_TITLE and not line.text.endswith(".")
    return line.row is None and is_short and re.search(r"[A-Za-z]{3}", line.text) is not None


def _front(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines that can be the title of a document without unit headings, as far as the first label."""
    for line in lines:
        if labels.is_structural(line.text):
            return
        if _may_be_title(line):
            yield line
