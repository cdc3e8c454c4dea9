"""Reading an edited spreadsheet back: every row is checked, and either all of them are taken or none."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import count

from talkthrough.question_bank.exchange.table import (
    COLUMNS,
    FORMULA_STARTS,
    LETTERS,
    SEPARATOR,
    points_cell,
    rows_of,
    unguarded,
)
from talkthrough.question_bank.identity import slug
from talkthrough.question_bank.items.question import Demand, ExpectedPoint, Option, Question, QuestionKind
from talkthrough.question_bank.items.wording import OPTION_LIMIT, STEM_LIMIT
from talkthrough.question_bank.specification import AssessmentCriterion, Unit

MOST_CHARACTERS, MOST_ROWS, MOST_PROBLEMS = 2_000_000, 5_000, 20
FEWEST_OPTIONS = 3
NEEDED = ("key", "criterion", "kind", "question", "right", "points", *(f"option {letter}" for letter in LETTERS))

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CsvImport:
    """What a file would change. With any problem nothing is taken over, and each problem is a sentence for the tutor.

    `changed` are known questions with new wording and the same keys; `added` are the tutor's own with new keys.
    """

    changed: tuple[Question, ...] = ()
    added: tuple[Question, ...] = ()
    unchanged: int = 0
    problems: tuple[str, ...] = ()

    @property
    def questions(self) -> tuple[Question, ...]:
        """Everything to be saved."""
        return (*self.changed, *self.added)


class _RowError(ValueError):
    """A sentence about one row, without its line."""


def from_csv(text: str, unit: Unit, known: Iterable[Question]) -> CsvImport:
    """Read what `to_csv` wrote and a tutor edited; `known` are the unit's questions in the bank,
    retired ones included, so that no key is given twice.

    An empty key adds a question of the tutor's own. What comes from the document (criterion, kind, points, lines)
    cannot be changed here.
    """
    if len(text) > MOST_CHARACTERS:
        size = f"{len(text) / 1_000_000:.1f} million characters"
        return CsvImport(problems=(f"The file has {size}; two million fit. Export the unit again and edit that file.",))
    try:
        rows = _rows(text)
    except (csv.Error, _RowError) as error:
        return CsvImport(problems=(f"This is not the table that the export writes: {error}",))
    return _taken(rows, unit, {question.key: question for question in known})


def _rows(text: str) -> list[tuple[int, Row]]:
    reader = rows_of(text)
    missing = [column for column in NEEDED if column not in (reader.fieldnames or ())]
    if missing:
        raise _RowError(f"the columns {', '.join(missing)} are missing. Export the unit and edit that file.")
    rows: list[tuple[int, Row]] = []
    for row in reader:
        if len(rows) == MOST_ROWS:
            raise _RowError(f"it has more than {MOST_ROWS} rows. Split it by unit.")
        if None in row or None in row.values():
            raise _RowError(f"line {reader.line_num} has more or fewer cells than the first line.")
        if any(cell.strip() for cell in row.values()):
            rows.append((reader.line_num, row))
    return rows


def _taken(rows: list[tuple[int, Row]], unit: Unit, known: Mapping[str, Question]) -> CsvImport:
    read: dict[str, Question] = {}
    problems: list[str] = []
    for line, row in rows:
        try:
            question = _question(row, unit, known, read)
        except _RowError as error:
            problems.append(f"Line {line}: {error}.")
        else:
            read[question.key] = question
    if problems:
        more = len(problems) - MOST_PROBLEMS
        rest = (f"And {more} more lines with problems.",) if more > 0 else ()
        return CsvImport(problems=(*problems[:MOST_PROBLEMS], *rest))
    changed = tuple(one for key, one in read.items() if key in known and one != known[key])
    added = tuple(one for key, one in read.items() if key not in known)
    return CsvImport(changed, added, unchanged=len(read) - len(changed) - len(added))


def _question(row: Row, unit: Unit, known: Mapping[str, Question], read: Mapping[str, Question]) -> Question:
    cells = {column: _cell(column, row.get(column, "")) for column in COLUMNS}
    key = cells["key"].strip()
    criterion = _criterion(_as_typed(cells["criterion"].strip(), known.get(key)), unit)
    if not key:
        return _own(cells, criterion, {*known, *read})
    if key in read:
        raise _RowError(f"the key {key[:40]} stands in the file twice. Remove one of the rows")
    if key not in known:
        raise _RowError(f"no question has the key {key[:40]}. Leave the key empty to add a question of your own")
    return _edited(cells, criterion, known[key])


def _cell(column: str, cell: str) -> str:
    if cell.startswith(FORMULA_STARTS):
        raise _RowError(f"“{column}” starts with “{cell[0].strip() or 'a tab'}”, which a spreadsheet runs as a formula")
    if "\x00" in cell:
        raise _RowError(f"“{column}” holds a character that is no text")
    return unguarded(cell)


def _as_typed(number: str, question: Question | None) -> str:
    """1.10, which a spreadsheet takes for an amount and saves as 1.1."""
    own = question.criterion_number if question else ""
    return own if own.endswith("0") and own.rstrip("0") == number else number


def _criterion(number: str, unit: Unit) -> AssessmentCriterion:
    found = next((one for one in unit.criteria if one.number == number.strip()), None)
    if found is None:
        raise _RowError(f"{unit.label} has no criterion {number.strip()[:20] or '(empty)'}")
    return found


def _edited(cells: Row, criterion: AssessmentCriterion, question: Question) -> Question:
    if criterion.key != question.criterion_key:
        raise _RowError(f"this question belongs to {question.criterion_number} and cannot move to {criterion.number}")
    if cells["kind"].strip() != question.kind.value:
        raise _RowError(f"its kind is “{question.kind.value}” and cannot be changed")
    is_own = ":own-" in question.key
    if not is_own and cells["points"] != points_cell(question):
        raise _RowError("its points come from the document and cannot be changed. Add a question of your own instead")
    options = _options(cells, question.options, criterion)
    if bool(options) != question.is_tapped:
        raise _RowError(f"a “{question.kind.value}” question has no options")
    feedback = cells["feedback"] if cells["feedback"].strip() else question.feedback
    return replace(
        question,
        stem=_stem(cells),
        options=options,
        expected_points=question.expected_points
        if cells["points"] == points_cell(question)
        else _points(cells["points"], criterion),
        feedback=feedback,
        feedback_for=question.feedback_for if feedback == question.feedback else (),
    )


def _own(cells: Row, criterion: AssessmentCriterion, taken: set[str]) -> Question:
    options = _options(cells, (), criterion)
    kind = cells["kind"].strip() or (QuestionKind.CHOICE if options else QuestionKind.SHORT_ANSWER).value
    if kind not in {one.value for one in QuestionKind}:
        raise _RowError(f"there is no kind “{kind[:40]}”. Use “choice” or “short answer”")
    keys = (f"{criterion.key}:own-{number}" for number in count(1))
    return Question(
        key=next(key for key in keys if key not in taken),
        kind=QuestionKind(kind),
        stem=_stem(cells),
        criterion_key=criterion.key,
        criterion_number=criterion.number,
        source=criterion.span,
        demand=Demand.RECALL if options else Demand.EXPLAIN,
        expected_points=() if options else _points(cells["points"], criterion),
        options=options,
        supports=f"A question of your tutor for {criterion.number}.",
        feedback=cells["feedback"],
    )


def _stem(cells: Row) -> str:
    stem = cells["question"].strip()
    if not stem:
        raise _RowError("the question is empty")
    if len(stem) > STEM_LIMIT:
        raise _RowError(f"the question has {len(stem)} characters; {STEM_LIMIT} fit on a phone")
    return stem


def _options(cells: Row, before: tuple[Option, ...], criterion: AssessmentCriterion) -> tuple[Option, ...]:
    texts = [(letter, cells[f"option {letter}"].strip()) for letter in LETTERS]
    given = [(letter, text) for letter, text in texts if text]
    right = cells["right"].strip().upper()
    if not given and not before:
        return ()
    if len(given) < FEWEST_OPTIONS or len({text.lower() for _, text in given}) < len(given):
        raise _RowError("it needs three or four different options")
    if long := [text for _, text in given if len(text) > OPTION_LIMIT]:
        raise _RowError(f"the option “{long[0][:30]}…” has {len(long[0])} characters; {OPTION_LIMIT} fit on a button")
    if right not in {letter for letter, _ in given}:
        raise _RowError(f"“right” must be the letter of one of the options, not “{right[:10]}”")
    return tuple(_option(letter, text, right, cells, before, criterion) for letter, text in given)


def _option(
    letter: str, text: str, right: str, cells: Row, before: tuple[Option, ...], criterion: AssessmentCriterion
) -> Option:
    place = LETTERS.index(letter)
    old = before[place] if place < len(before) else Option("", span=criterion.span)
    why = cells[f"why {letter}"]
    if letter != right and not why.strip():
        raise _RowError(f"say in “why {letter}” what makes “{text[:30]}” wrong")
    return replace(old, text=text, is_key=letter == right, why=why)


def _points(cell: str, criterion: AssessmentCriterion) -> tuple[ExpectedPoint, ...]:
    texts = tuple(dict.fromkeys(part.strip() for part in cell.split(SEPARATOR.strip()) if part.strip()))
    return tuple(ExpectedPoint(f"{criterion.key}/own-{slug(text)}", text, is_published=False) for text in texts)
