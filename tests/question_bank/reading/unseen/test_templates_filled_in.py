"""The two templates as tutors send them back: from a spreadsheet, and pasted into a word processor."""

import csv
import io

import docx
import pytest

from talkthrough.question_bank.reading import read_bytes
from talkthrough.question_bank.reading.template import csv_template, markdown_template
from talkthrough.question_bank.specification import Specification

ROWS = list(csv.reader(io.StringIO(csv_template())))
HEAD = ROWS[0]


def sheet(rows: list[list[str]], delimiter: str = ",") -> str:
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=delimiter).writerows(rows)
    return written.getvalue()


def assert_is_the_template(specification: Specification) -> None:
    assert specification.findings == ()
    (unit,) = specification.units
    assert (unit.number, unit.reference, unit.level, unit.credit_value, unit.glh) == ("101", "A/123/4567", "2", 3, 20)
    assert [criterion.printed_number for criterion in unit.criteria] == ["1.1", "1.2", "2.1", "2.2"]
    assert [len(criterion.guidance) for criterion in unit.criteria] == [1, 0, 0, 0]
    assert [len(outcome.evidence_methods) for outcome in unit.outcomes] == [3, 2]


@pytest.mark.parametrize(
    "content",
    [
        sheet(ROWS, ";").encode(),
        sheet(ROWS, "\t").encode("utf-16"),
        ("\ufeff" + sheet([[*row, "", ""] for row in ROWS] + [[""] * 20] * 5)).encode(),
        ("sep=,\r\n" + sheet(ROWS)).encode(),
        (sheet([["My first unit"]]) + sheet(ROWS)).encode(),
    ],
    ids=["semicolons", "tabs", "empty cells and rows", "separator line", "line above"],
)
def test_sheet_is_read_however_the_spreadsheet_saved_it(content: bytes) -> None:
    assert_is_the_template(read_bytes(content, "template.csv"))


def test_sheet_saved_with_windows_letters_keeps_dashes_and_accents() -> None:
    content = csv_template().replace("the second criterion", "a café – twice").encode("cp1252")

    (unit,) = read_bytes(content, "template.csv").units

    assert unit.criteria[1].text == "describe what a café – twice asks for"


def test_criterion_1_10_that_a_spreadsheet_saved_as_1_1_is_1_10_again() -> None:
    rows = [HEAD, ROWS[1]]
    for number in ["1.2", "1.3", "1.4", "1.5", "1.6", "1.7", "1.8", "1.9", "1.1", "1.11"]:
        row = dict.fromkeys(HEAD, "") | {"criterion_number": number, "criterion": f"explain reason {len(rows)}"}
        rows.append(list(row.values()))

    (unit,) = read_bytes(sheet(rows).encode(), "template.csv").units

    assert [criterion.number for criterion in unit.criteria] == [f"1.{place}" for place in range(1, 12)]


def test_markdown_template_pasted_into_a_word_processor_is_read() -> None:
    document = docx.Document()
    for line in markdown_template().split("\n"):
        document.add_paragraph(line)
    saved = io.BytesIO()
    document.save(saved)

    assert_is_the_template(read_bytes(saved.getvalue(), "template.docx"))
