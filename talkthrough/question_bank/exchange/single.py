"""One question as one row of the table: what a tutor types in a chat passes the same checks as a spreadsheet."""

import csv
from collections.abc import Iterable
from io import StringIO

from talkthrough.question_bank.exchange.table import COLUMNS, LETTERS, SEPARATOR, guarded, to_csv
from talkthrough.question_bank.exchange.table_import import FEWEST_OPTIONS, CsvImport, from_csv
from talkthrough.question_bank.items.question import Question
from talkthrough.question_bank.items.wording import number_word
from talkthrough.question_bank.specification import Unit

RIGHT, BECAUSE = "*", "|"


def cells_of(question: Question, unit: Unit) -> dict[str, str]:
    """The row of a question, by column."""
    return next(csv.DictReader(StringIO(to_csv((question,), unit), newline="")))


def reworded(question: Question, unit: Unit, column: str, text: str, known: Iterable[Question]) -> CsvImport:
    """The question with other words in one column ("question", "option A", "why B", "feedback", "points")."""
    return from_csv(_table(cells_of(question, unit) | {column: guarded(text)}), unit, known)


def in_words_of(question: Question, other: Question, unit: Unit) -> CsvImport:
    """The question in the words of another version of it; what comes from the document stays as it is now."""
    words = {name: cell for name, cell in cells_of(other, unit).items() if name in _WORDS or name[:3] in {"opt", "why"}}
    return from_csv(_table(cells_of(question, unit) | words), unit, [question])


_WORDS = {"question", "feedback", "right"}


def own_question(unit: Unit, criterion: str, question: str, answer: str, known: Iterable[Question]) -> CsvImport:
    """A tutor's own question. `answer`: one expected point a line; or options, one a line, the right one after a star
    and each wrong one with its reason after a bar ("colour of the uniform | it is not on the list").
    """
    lines = [line.strip() for line in answer.splitlines() if line.strip()]
    cells = {"criterion": criterion, "question": guarded(question)}
    if any(line.startswith(RIGHT) or BECAUSE in line for line in lines):
        if problem := _options_problem(lines):
            return CsvImport(problems=(problem,))
        return from_csv(_table(cells | _options(lines)), unit, known)
    return from_csv(_table(cells | {"points": guarded(SEPARATOR.join(lines))}), unit, known)


def _options_problem(lines: list[str]) -> str:
    """What is missing for a question to tap, in the marks that the chat asks for; "" where nothing is."""
    stars = sum(line.startswith(RIGHT) for line in lines)
    if not stars:
        return "Put a star (*) before the right line."
    if stars > 1:
        return "Put a star (*) before one line only: one answer is right."
    if not FEWEST_OPTIONS <= len(lines) <= len(LETTERS):
        return f"A question to tap has three or four lines. Yours has {number_word(len(lines))}."
    bare = (line for line in lines if not line.startswith(RIGHT) and not line.partition(BECAUSE)[2].strip())
    text = next(bare, "").partition(BECAUSE)[0].strip()
    return f"After “{text}” write | and why it is wrong." if text else ""


def _options(lines: list[str]) -> dict[str, str]:
    cells: dict[str, str] = {}
    for letter, line in zip(LETTERS, lines, strict=False):
        text, _, why = line.removeprefix(RIGHT).partition(BECAUSE)
        cells |= {f"option {letter}": guarded(text.strip()), f"why {letter}": guarded(why.strip())}
        if line.startswith(RIGHT):
            cells["right"] = cells.get("right", "") + letter
    return cells


def _table(cells: dict[str, str]) -> str:
    file = StringIO(newline="")
    writer = csv.DictWriter(file, COLUMNS, restval="")
    writer.writeheader()
    writer.writerow(cells)
    return file.getvalue()


def sentence(problem: str) -> str:
    """A problem of a row as a sentence of its own: there is no line to speak of in a chat."""
    _, line, rest = problem.partition(": ") if problem.startswith("Line ") else ("", "", problem)
    text = rest if line else problem
    return f"{text[:1].upper()}{text[1:]}"
