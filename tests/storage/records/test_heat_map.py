"""The heat map in every form: the same words everywhere, read by independent readers, hostile names harmless."""

import csv
from html.parser import HTMLParser
from io import BytesIO, StringIO

from openpyxl import load_workbook

from talkthrough.storage.records import heat_map as h

HOSTILE = "=HYPERLINK(\"x\")<script>alert('a')</script>"
GRID = h.heat_map(
    "Monday: Unit 401",
    "All rounds so far",
    [h.Column("1.1", "explain tea"), h.Column("1.2", "list teas")],
    [
        h.Line("Bob", (h.Cell("all", 1.0), h.Cell("not asked"))),
        h.Line(HOSTILE, (h.Cell("part", 0.5), h.Cell("not yet", 0.0))),
        h.Line("Ada", (h.Cell("no answer"), h.Cell("no answer"))),
    ],
)


class Cells(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.words += [data.strip()] if data.strip() else []


def test_who_answered_nothing_comes_first_then_who_mentioned_least() -> None:
    assert [line.name for line in GRID.lines] == ["Ada", HOSTILE, "Bob"]


def test_the_page_says_every_standing_in_words_and_runs_nothing() -> None:
    page = Cells()
    page.feed(h.as_html(GRID).decode())
    assert {"all", "part", "not yet", "no answer", "not asked"} <= set(page.words)
    assert HOSTILE in page.words
    assert "script" not in page.tags
    assert h.BANNER in page.words


def test_the_table_and_the_workbook_hold_the_same_words_and_no_formula() -> None:
    table = list(csv.reader(StringIO(h.as_csv(GRID).decode("utf-8-sig"))))
    sheet = load_workbook(BytesIO(h.as_xlsx(GRID))).active
    book = [[cell.value or "" for cell in row] for row in sheet.iter_rows()]
    assert book == table
    assert table[2][1].startswith("'=")
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}


def test_the_workbook_shades_each_word_as_the_picture_does() -> None:
    sheet = load_workbook(BytesIO(h.as_xlsx(GRID))).active
    rules = {
        rule.formula[0].strip('"'): rule.dxf.fill.bgColor.rgb[-6:].lower()
        for ranges in sheet.conditional_formatting
        for rule in ranges.rules
    }
    assert rules == {word: each.fill.strip("#") for word, each in h.STANDINGS.items()}


def test_the_picture_is_a_png_and_its_content_is_also_there_in_words() -> None:
    assert h.as_picture(GRID).startswith(b"\x89PNG")
    assert h.in_words(GRID) == "1.1: 75%. 1.2: 0%."
