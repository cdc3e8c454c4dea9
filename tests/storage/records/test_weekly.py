"""The weekly report in every form: the same numbers everywhere, in words beside every bar, hostile names harmless."""

import csv
from datetime import date
from io import BytesIO, StringIO

from openpyxl import load_workbook

from talkthrough.storage.records import weekly as w
from tests.storage.records.test_heat_map import HOSTILE, Cells

REPORT = w.WeeklyReport(
    "Monday: week by week",
    (
        w.Week(date(2026, 11, 9), 0, 2, 0, 0, 0, 0, 0),
        w.Week(date(2026, 11, 16), 2, 2, 14, 7, 1, 9, 10),
        w.Week(date(2026, 11, 23), 1, 2, 3, 3, 0, 0, 0),
    ),
    (w.Learner("Ada", (5, 0, 0)), w.Learner(HOSTILE, (0, 14, 3))),
    0.61,
)


def test_each_week_is_a_sentence_and_who_was_quiet_is_named() -> None:
    newest, before, first = w.in_words(REPORT)
    assert (
        newest
        == "Week of 23 November: 1 of 2 learners practised, 3 answers (100% mentioned everything at the first go)."
    )
    assert before.endswith(
        "14 answers (50% mentioned everything at the first go), 1 discussion, 9 of 10 round questions answered."
    )
    assert first == "Week of 9 November: 0 of 2 learners practised, 0 answers."
    assert REPORT.quiet == ("Ada",)
    assert "61%" in REPORT.subtitle


def test_the_page_holds_every_number_and_runs_nothing() -> None:
    page = Cells()
    page.feed(w.as_html(REPORT).decode())
    assert {"2 of 2", "14", "50%", "9 of 10", "no round", "no answers", "none", w.BANNER, HOSTILE} <= set(page.words)
    assert "script" not in page.tags


def test_the_table_and_the_workbook_hold_the_same_and_no_formula() -> None:
    table = list(csv.reader(StringIO(w.as_csv(REPORT).decode("utf-8-sig"))))
    sheet = load_workbook(BytesIO(w.as_xlsx(REPORT))).active
    book = [["" if cell.value is None else str(cell.value) for cell in row] for row in sheet.iter_rows()]
    assert book == table
    assert "f" not in {cell.data_type for row in sheet.iter_rows() for cell in row}
    assert table[2][:7] == [w.BANNER, "2026-11-16", "2", "2", "14", "50%", "1"]


def test_the_picture_is_drawn_also_before_anything_has_happened() -> None:
    for report in (REPORT, w.WeeklyReport("New", (w.Week(date(2026, 11, 23), 0, 0, 0, 0, 0, 0, 0),), ())):
        assert w.as_picture(report).startswith(b"\x89PNG")
