"""PDF -> lines: ruled tables cell by cell, borderless two-column pages column by column, the rest line by line."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import groupby, pairwise
from statistics import median
from typing import Any

from talkthrough.question_bank.reading import labels
from talkthrough.question_bank.reading.lines import BULLET, Line, clean

MAX_PAGES = 300
LINE_HEIGHT = 3.0  # points: words whose tops differ by less stand on one line
LARGE = 1.2  # times the usual size: a heading
LEAST_STARTS = 4  # lines that begin where the right column begins
GUTTER = 9.0  # points of white between two columns
EDGE = 3  # lines at the top and at the foot of a page that may be its running head or foot
BULLET_SIZE = (1.5, 6.5)  # points
BULLET_REACH = 20.0  # points between a drawn bullet and its words
MOST_CURVES = 500  # a page; the rest is a drawing
LEAST_TEXT = 20  # characters a page; below that it is a picture
PAGE_NUMBER = re.compile(r"(?:page )?\d{1,4}(?: (?:of|/) \d{1,4})?|[-–] \d{1,4} [-–]", re.IGNORECASE)
PARAGRAPH_GAP = 1.45  # times the usual line distance
FIRST_CRITERION = re.compile(r"(?:AC\s*)?\d{1,2}\.1\b(?!\.\d)", re.IGNORECASE)
NUMBER = re.compile(r"(?:\d+(?:\.\d+)*|[A-Z]{1,3}\d+(?:\.\d+)?|[a-z]\)|\([a-z]\))[.:)]?\s")


class PdfError(Exception):
    """The PDF cannot be read; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    is_bold: bool
    size: float


@dataclass(frozen=True, slots=True)
class Row:
    """Words on one visual line."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def top(self) -> float:
        return self.words[0].top

    @property
    def bold(self) -> tuple[str, ...]:
        groups = groupby(self.words, lambda word: word.is_bold)
        return tuple(" ".join(word.text for word in words) for is_bold, words in groups if is_bold)


def pdf_lines(content: bytes) -> list[Line]:
    """Lines in reading order, numbered from 1; page heads, feet and page numbers are left out."""
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    try:
        with pdfplumber.open(BytesIO(content)) as pdf:
            if len(pdf.pages) > MAX_PAGES:
                raise PdfError(f"This PDF has {len(pdf.pages)} pages. Send the pages of one unit, at most {MAX_PAGES}.")
            pages = [_page(page) for page in pdf.pages]
    except (PDFPasswordIncorrect, PdfminerException) as error:
        is_locked = isinstance(error, PDFPasswordIncorrect) or isinstance(
            error.__cause__ or error.args[0], PDFPasswordIncorrect
        )
        reason = (
            "This PDF is locked with a password. Save a copy without one"
            if is_locked
            else "This PDF is damaged. Save it again"
        )
        raise PdfError(f"{reason} and send that.") from error
    if sum(len(word.text) for page in pages for word in page.words) < LEAST_TEXT * min(len(pages), 3):
        raise PdfError(
            "This PDF is a scan: it has pictures of pages, but no text. Send a PDF with text, or the Word file."
        )
    cleaned = without_page_furniture(pages)
    gutters = [gutter for page in cleaned if (gutter := _gutter(_rows(page.words), page.width)) is not None]
    numbered: list[Line] = []
    for page in cleaned:
        numbered += _continuing(numbered, _in_reading_order(page, gutters))
    return [replace(line, first=number, last=number) for number, line in enumerate(numbered, start=1)]


@dataclass(frozen=True, slots=True)
class Page:
    """The words of one page and its ruled tables."""

    words: tuple[Word, ...]
    tables: tuple[Any, ...]
    width: float

    @property
    def body_size(self) -> float:
        """The usual size of its letters."""
        return median(word.size for word in self.words) if self.words else 0.0


def _page(page: Any) -> Page:
    words = tuple(
        Word(
            clean(each["text"]),
            each["x0"],
            each["x1"],
            each["top"],
            each["bottom"],
            "bold" in each["fontname"].lower(),
            each["size"],
        )
        for each in page.extract_words(extra_attrs=["fontname", "size"], use_text_flow=False, x_tolerance=1.5)
    )
    words += tuple(_drawn_bullets(page.curves[:MOST_CURVES], words))
    tables = tuple(
        table for table in page.find_tables() if table.rows and max(len(row.cells) for row in table.rows) > 1
    )
    page.close()
    return Page(words, tables, float(page.width))


def _drawn_bullets(curves: Sequence[Any], words: Sequence[Word]) -> Iterator[Word]:
    """Browsers draw the bullets of a list as small discs, not as letters."""
    for curve in curves:
        if not (BULLET_SIZE[0] < curve["width"] < BULLET_SIZE[1] and abs(curve["width"] - curve["height"]) < 1):
            continue
        middle = (curve["top"] + curve["bottom"]) / 2
        beside = (
            each for each in words if each.top < middle < each.bottom and 0 < each.x0 - curve["x1"] < BULLET_REACH
        )
        if word := min(beside, key=lambda each: each.x0, default=None):
            yield replace(word, text="•", x0=curve["x0"], x1=curve["x1"])


def _in_reading_order(page: Page, gutters: Sequence[float]) -> list[Line]:
    """Text above each table, the table, and so on down the page; `gutters` are those of all pages of the document."""
    lines: list[Line] = []
    rest = [word for word in page.words if not any(_inside(word, table.bbox) for table in page.tables)]
    for table in sorted(page.tables, key=lambda each: each.bbox[1]):
        above = [word for word in rest if word.top < table.bbox[1]]
        rest = [word for word in rest if word.top >= table.bbox[1]]
        lines.extend(_free_text(above, page, gutters))
        lines.extend(_table(table, [word for word in page.words if _inside(word, table.bbox)]))
    return [*lines, *_free_text(rest, page, gutters)]


def _continuing(before: Sequence[Line], page: list[Line]) -> list[Line]:
    """A page's lines; a table row that the page break tore apart is one row again, without the head printed anew."""
    last = before[-1] if before else None
    if last is None or last.row is None or not page or page[0].row is None:
        return page
    head = [line.text for line in page if line.row == page[0].row]
    cells = set(head)
    is_repeated = len(head) > 1 and head == [line.text for line in before if line.text in cells][: len(head)]
    rest = [line for line in page if line.row != page[0].row] if is_repeated else page
    torn = [line for line in rest if line.row == rest[0].row] if rest else []
    if not torn or any(line.column != last.column for line in torn) or not torn[0].text[:1].islower():
        return rest
    return [*(replace(line, row=last.row, is_fresh=line.is_bullet) for line in torn), *rest[len(torn) :]]


def _inside(word: Word, box: tuple[float, float, float, float]) -> bool:
    middle, height = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return box[0] <= middle <= box[2] and box[1] <= height <= box[3]


def _table(table: Any, words: Sequence[Word]) -> Iterator[Line]:
    for position, row in enumerate(table.rows):
        for column, cell in enumerate(row.cells):
            inside = [word for word in words if cell and _inside(word, cell)]
            place = round(table.bbox[1]) * 1000 + position
            yield from (replace(line, row=place, column=column) for line in _paragraphs(_rows(inside), in_cell=True))


def _rows(words: Sequence[Word]) -> list[Row]:
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda each: (each.top, each.x0)):
        if rows and abs(rows[-1][0].top - word.top) < LINE_HEIGHT:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [Row(tuple(sorted(row, key=lambda word: word.x0))) for row in rows]


def _free_text(words: Sequence[Word], page: Page, gutters: Sequence[float]) -> Iterator[Line]:
    rows = _rows(words)
    gutter = _gutter(rows, page.width) or _known_gutter(rows, gutters)
    if gutter is None:
        yield from _with_headings(rows, page.body_size)
        return
    start = next(place for place, row in enumerate(rows) if _is_column_head(row, gutter) or _splits(row, gutter))
    yield from _with_headings(rows[:start], page.body_size)
    for block in _blocks(rows[start:], gutter):
        for column, own in enumerate(block):
            place = round(own[0].top * 10) if own else 0
            yield from (replace(line, row=-place, column=column) for line in _paragraphs(own, in_cell=True))


def _gutter(rows: Sequence[Row], width: float) -> float | None:
    """Where the right column begins: most numbered items start there, and text stands left of it on other lines."""
    starts = Counter(
        round(word.x0)
        for row in rows
        for before, word in zip((None, *row.words), row.words, strict=False)
        if 0.2 * width < word.x0 < 0.75 * width and (before is None or word.x0 - before.x1 > GUTTER)
    )
    if not starts:
        return None
    left, count = starts.most_common(1)[0]
    numbered = sum(1 for row in rows if (right := _right(row, left)) and NUMBER.match(f"{right.text} "))
    has_left = any(_left(row, left) and _right(row, left) for row in rows)
    return float(left) if count >= LEAST_STARTS and numbered > 1 and has_left else None


def _known_gutter(rows: Sequence[Row], gutters: Sequence[float]) -> float | None:
    """A page with little left of the table uses the gutter of another page, if its columns stand there."""
    return next(
        (each for each in gutters if any(_is_column_head(row, each) or _splits(row, each) for row in rows)), None
    )


def _left(row: Row, gutter: float) -> Row | None:
    words = tuple(word for word in row.words if word.x1 < gutter)
    return Row(words) if words else None


def _right(row: Row, gutter: float) -> Row | None:
    words = tuple(word for word in row.words if word.x0 >= gutter - 2)
    return Row(words) if words else None


def _splits(row: Row, gutter: float) -> bool:
    left, right = _left(row, gutter), _right(row, gutter)
    return bool(left and right and NUMBER.match(f"{right.text} ") and right.words[0].x0 - left.words[-1].x1 > GUTTER)


def _is_column_head(row: Row, gutter: float) -> bool:
    right = _right(row, gutter)
    return bool(right and _left(row, gutter) and labels.section_of(right.text))


def _blocks(rows: Sequence[Row], gutter: float) -> Iterator[tuple[list[Row], list[Row]]]:
    """Pairs of (left column, right column): a block begins where a numbered item or heading starts on the left."""
    left: list[Row] = []
    right: list[Row] = []
    has_firsts = any((text := _right(row, gutter)) and FIRST_CRITERION.match(text.text) for row in rows)
    for row in rows:
        crosses = any(word.x0 < gutter - 2 < word.x1 for word in row.words)
        own_left = row if crosses else _left(row, gutter)
        own_right = None if crosses else _right(row, gutter)
        is_item = _begins_block(own_left, own_right, has_firsts=has_firsts)
        if crosses or is_item or (own_left and labels.section_of(own_left.text)):
            yield left, right
            left, right = [], []
        if own_left:
            left.append(own_left)
        if own_right:
            right.append(own_right)
    yield left, right


def _begins_block(left: Row | None, right: Row | None, *, has_firsts: bool) -> bool:
    """A block begins with the criterion x.1, whose outcome may be centred beside it; without such numbers, on the
    left.
    """
    if has_firsts:
        return right is not None and FIRST_CRITERION.match(right.text) is not None
    return left is not None and NUMBER.match(f"{left.text} ") is not None


def _with_headings(rows: Sequence[Row], body_size: float) -> Iterator[Line]:
    """Paragraphs and, in clearly larger letters, headings."""
    large = {row.text for row in rows if row.words[0].size > LARGE * body_size}
    for line in _paragraphs(rows):
        yield replace(line, heading=1) if line.text in large else line


def _paragraphs(rows: Sequence[Row], *, in_cell: bool = False) -> Iterator[Line]:
    """Visual lines with their bullets; a wider distance than usual is a gap."""
    distances = sorted(round(after.top - before.top, 1) for before, after in pairwise(rows))
    usual = distances[len(distances) // 3] if distances else 0.0
    before: Row | None = None
    for row in rows:
        bullet = BULLET.match(f"{row.text} ")
        text = row.text[bullet.end() :] if bullet else row.text
        gap = before is not None and row.top - before.top > usual * PARAGRAPH_GAP
        if text.strip():
            yield Line(
                0,
                0,
                text.strip(),
                row.bold,
                0,
                bool(bullet),
                gap=gap,
                is_fresh=bool(bullet) or (in_cell and before is None),
            )
        before = row


def without_page_furniture(pages: Sequence[Page]) -> list[Page]:
    """Drop the lines that stand at the top or foot of most pages, and page numbers."""
    edges = [_edge_rows(page) for page in pages]
    counts = Counter(shape for rows in edges for shape in {_shape(row.text) for row in rows})
    least = max(2, len(pages) // 2)
    repeated = {shape for shape, count in counts.items() if shape and count >= least}
    return [
        replace(page, words=tuple(word for word in page.words if word not in dropped))
        for page, rows in zip(pages, edges, strict=True)
        for dropped in [{word for row in rows if _is_furniture(row.text, repeated) for word in row.words}]
    ]


def _edge_rows(page: Page) -> list[Row]:
    rows = [row for row in _rows(page.words) if not _is_part_of_cell(row, page)]
    return [*rows[:EDGE], *rows[max(EDGE, len(rows) - EDGE) :]]


def _is_part_of_cell(row: Row, page: Page) -> bool:
    """Words that go on in a ruled table, however often they come."""
    return row.text[:1].islower() and any(_inside(row.words[0], table.bbox) for table in page.tables)


def _is_furniture(text: str, repeated: set[str]) -> bool:
    return _shape(text) in repeated or PAGE_NUMBER.fullmatch(text) is not None


def _shape(text: str) -> str:
    """The line without its page number; what a specification is made of is never furniture."""
    if labels.is_structural(text):
        return ""
    return re.sub(r"\d+", "#", text.lower())
