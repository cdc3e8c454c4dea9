"""A table that comes back from a spreadsheet program: semicolons, tabs, or the program's own file."""

import csv
import io
import zipfile

import openpyxl
import pytest

from talkthrough.question_bank.exchange import from_csv, to_csv
from talkthrough.question_bank.exchange.table import is_table
from talkthrough.question_bank.exchange.workbook import as_csv, is_workbook, workbook_as_csv
from talkthrough.question_bank.reading import UnreadableDocument
from tests.question_bank.exchange.samples import QUESTIONS, UNIT

TABLE = to_csv(QUESTIONS, UNIT)
ROWS = list(csv.reader(io.StringIO(TABLE, newline="")))


def _workbook(rows: list[list[str]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize("mark", [";", "\t"])
def test_a_table_parted_by_another_mark_comes_back_unchanged(mark: str) -> None:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=mark).writerows(ROWS)

    read = from_csv(file.getvalue(), UNIT, QUESTIONS)

    assert is_table(file.getvalue().encode("utf-8-sig"))
    assert (read.problems, read.unchanged) == ((), len(QUESTIONS))


def test_an_excel_workbook_comes_back_unchanged() -> None:
    content = _workbook(ROWS)
    text = workbook_as_csv(content)

    assert is_workbook(content, "unit-401.XLSX")
    assert is_table(text)
    assert from_csv(text.decode(), UNIT, QUESTIONS).unchanged == len(QUESTIONS)


def test_a_formula_in_a_workbook_is_never_run_and_refused_by_its_column() -> None:
    rows = [ROWS[0], ["=1+1" if name == "question" else cell for name, cell in zip(ROWS[0], ROWS[1], strict=True)]]

    (problem,) = from_csv(as_csv(_workbook(rows)).decode(), UNIT, QUESTIONS).problems

    assert "“question” starts with “=”" in problem


def _archive(**parts: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", text)
    return file.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04 no archive at all",
        _archive(word__document="<a/>"),
        _archive(xl__workbook="<a/>"),
        _archive(xl__workbook="<a/>", xl__worksheets__sheet1="<a/>"),
        _archive(xl__workbook="<a/>", xl__bomb="0" * 30_000_000),
        _archive(xl__workbook='<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
    ],
    ids=["no archive", "Word", "empty", "made up", "bomb", "entities"],
)
def test_a_harmful_or_broken_workbook_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(UnreadableDocument, match=r"[a-z]\.$"):
        as_csv(content)


def test_what_is_refused_in_the_process_apart_is_refused_with_the_same_sentence() -> None:
    with pytest.raises(UnreadableDocument, match="This is an archive, not a workbook"):
        workbook_as_csv(_archive(word__document="<a/>"))
