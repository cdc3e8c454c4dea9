"""The bank as a spreadsheet: CSV that comes back unchanged, and that no spreadsheet takes for formulas."""

import csv
from io import StringIO

from talkthrough.question_bank.exchange.provenance import lines
from talkthrough.question_bank.items.question import Question
from talkthrough.question_bank.specification import Unit

LETTERS = "ABCD"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
GUARD = "'"
SEPARATOR = " | "
MARKS_OF_TABLE = 3
HEAD = 2000  # characters in which the names of the columns stand
COLUMNS = (
    "key",
    "criterion",
    "kind",
    "question",
    *(f"option {letter}" for letter in LETTERS),
    *(f"why {letter}" for letter in LETTERS),
    "right",
    "points",
    "quantity",
    "feedback",
    "unit",
    "lines",
)


def to_csv(questions: tuple[Question, ...], unit: Unit) -> str:
    """One row a question; cells that a spreadsheet would run as a formula start with an apostrophe."""
    file = StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    for question in questions:
        writer.writerow([guarded(cell) for cell in _row(question, unit)])
    return file.getvalue()


def is_table(content: bytes) -> bool:
    """Whether a file is meant as this table: its first line names at least half of the columns that matter."""
    return any(map(_marks, _heads(decoded(content[:HEAD])).values()))


def rows_of(text: str) -> "csv.DictReader[str]":
    """The rows by column, whatever mark parts the cells: spreadsheets of some countries write semicolons."""
    parted_by = next((mark for mark, names in _heads(text).items() if _marks(names)), ",")
    return csv.DictReader(StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=parted_by, strict=True)


def _heads(text: str) -> dict[str, set[str]]:
    """The names in the first line, by the mark that parts them."""
    first = text[:HEAD].removeprefix("\ufeff").split("\n", 1)[0].strip()
    return {mark: {name.strip().strip('"').lower() for name in first.split(mark)} for mark in ",;\t"}


def _marks(names: set[str]) -> bool:
    return len(names & {"key", "criterion", "kind", "question", "right", "points"}) >= MARKS_OF_TABLE


def decoded(content: bytes) -> str:
    """The text of a CSV file: UTF-8, or what older spreadsheets write on Windows."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def guarded(cell: str) -> str:
    """With an apostrophe before what would start a formula, or before an apostrophe of its own."""
    return f"{GUARD}{cell}" if cell.startswith((*FORMULA_STARTS, GUARD)) else cell


def unguarded(cell: str) -> str:
    """What `guarded` was given."""
    return cell[1:] if cell.startswith(GUARD) and cell[1:].startswith((*FORMULA_STARTS, GUARD)) else cell


def points_cell(question: Question) -> str:
    """The points in one cell."""
    return SEPARATOR.join(point.text for point in question.expected_points)


def right_letter(question: Question) -> str:
    """The letter of the right option, or "" where nothing is tapped."""
    places = (letter for letter, option in zip(LETTERS, question.options, strict=False) if option.is_key)
    return next(places, "")


def _row(question: Question, unit: Unit) -> list[str]:
    texts = [option.text for option in question.options]
    reasons = [option.why for option in question.options]
    blank = [""] * (len(LETTERS) - len(texts))
    return [
        question.key,
        question.criterion_number,
        question.kind.value,
        question.stem,
        *texts,
        *blank,
        *reasons,
        *blank,
        right_letter(question),
        points_cell(question),
        "" if question.quantity is None else str(question.quantity),
        question.feedback,
        unit.label,
        lines(question),
    ]
