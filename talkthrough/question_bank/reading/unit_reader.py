"""Units and their front matter: what a layout says, where a unit begins, and the fields printed before its criteria."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from talkthrough.question_bank.reading import labels
from talkthrough.question_bank.reading.labels import Section
from talkthrough.question_bank.reading.lines import Line
from talkthrough.question_bank.reading.roles import Marked, Role
from talkthrough.question_bank.reading.wording import words_alone

REFERENCE = re.compile(r"[A-Z]/\d{3}/\d{4}")
SHORT_NUMBER = re.compile(r"[A-Z]{0,3}\d{1,3}")
REFERENCE_AFTER = re.compile(r"\s*\(?\b([A-Z]/\d{3}/\d{4})\)?$")
LONGEST_UNIT_HEADING = 160
LONGEST_TITLE = 140
MANY_LINES = frozenset({"aim", "nos"})  # fields whose value may be several paragraphs

Statement = tuple[str | None, str]  # printed number, text


class UnitReader:
    """Begins units and reads their fields. `SectionReader` reads the rest, layouts know outcomes and criteria."""

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
        self._title = ""
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
        self._details_of: str | None = None
        self._in_note = False
        self._listed: int | None = None
        self._below_strange_heading = False
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

    def resumes(self, line: Line) -> bool:
        """Whether the criteria go on here, below a heading that no label explains."""
        criterion = self.criterion(line)
        return self._opens(line) and not (criterion and criterion[0] in self._taken)

    def _unit_start(self, line: Line) -> Marked | None:
        field = labels.field_of(line.text)
        is_same = field is not None and field[0] == "title" and "" != words_alone(field[1]) == self._title
        if field and self.section is not Section.GUIDANCE and not is_same and self._begins_unit(field[0]):
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
        yield replace(unit, text=REFERENCE_AFTER.sub("", unit.text))
        if printed := REFERENCE_AFTER.search(unit.text):
            yield Marked(Role.FIELD, unit.line, printed.group(1), name="reference")
        if unit.name:
            yield from self._in_front(unit.line)

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
        if name == "number" and REFERENCE.fullmatch(line.text):
            name = "reference"
        elif name == "reference" and self.unit_number is None and SHORT_NUMBER.fullmatch(line.text):
            name = "number"  # "Unit ref: 312"
        if name == "nos":
            yield Marked(Role.NOS_LINK, line, line.text)
        elif name == "endorsement":
            yield Marked(Role.UNIT_NOTE, line, line.text)
        elif name == "aim" and labels.key(line.text) == "this unit concerns":
            yield Marked(Role.BLANK, line, name=name)
        else:
            yield Marked(Role.FIELD, line, line.text, name=name)
            self._has_title = self._has_title or name == "title"
            self._title = words_alone(line.text) if name == "title" else self._title
            self.unit_number = line.text if name == "number" else self.unit_number

    def _close_field(self) -> Iterator[Marked]:
        if self._field and not self._field_has_value and self._field[1].row not in self._label_rows:
            yield Marked(Role.BLANK, self._field[1], name=self._field[0])
        self._field, self._field_has_value = None, False

    def _return(self, line: Line) -> Iterator[Marked]:
        """Read the line as one of the outcomes and criteria."""
        raise NotImplementedError


def _may_be_title(line: Line) -> bool:
    """Whether a line without a label can be the unit's title."""
    is_short = len(line.text) <= LONGEST_TITLE and not line.text.endswith(".")
    return line.row is None and is_short and re.search(r"[A-Za-z]{3}", line.text) is not None


def front_lines(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines that can be the title of a document without unit headings, as far as the first label."""
    for line in lines:
        if labels.is_structural(line.text):
            return
        if _may_be_title(line):
            yield line
