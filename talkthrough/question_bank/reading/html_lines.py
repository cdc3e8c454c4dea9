"""HTML -> lines, with the physical line of every piece; tolerant of unclosed and misplaced tags."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from talkthrough.question_bank.reading.lines import BULLET, HEADING_TAG, Line, clean

BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "caption",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
    ]
)
SKIPPED = frozenset({"script", "style", "head", "template", "noscript", "svg", "nav"})
BOLD = frozenset({"b", "strong"})
LONGEST_SPAN = 10  # digits
CELLS = frozenset({"td", "th"})


def html_lines(text: str) -> list[Line]:
    """Lines of an HTML document as a reader sees them; scripts, styles and the head are left out."""
    walker = _Walker()
    walker.feed(text)
    walker.close()
    walker.break_line()
    return walker.lines


@dataclass(slots=True)
class _Table:
    """Counts rows and columns; `held` are columns kept busy by a rowspan from above, with the rows that remain."""

    row: int
    column: int = -1
    width: int = 1  # columns of the cell before
    held: dict[int, int] = field(default_factory=dict)

    def next_row(self, row: int) -> None:
        self.row, self.column, self.width = row, -1, 1
        self.held = {column: left - 1 for column, left in self.held.items() if left > 1}

    def next_cell(self, row_span: int, column_span: int) -> None:
        self.column += self.width
        self.width = column_span
        while self.column in self.held:
            self.column += 1
        if row_span > 1:
            self.held.update({self.column + extra: row_span for extra in range(column_span)})


class _Walker(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[Line] = []
        self._text: list[str] = []
        self._bold: list[str] = []
        self._first = 0
        self._last = 0
        self._bold_depth = 0
        self._skipped = 0
        self._heading = 0
        self._is_bullet = False
        self._rows = 0
        self._tables: list[_Table] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SKIPPED:
            self._skipped += 1
        if tag in BLOCKS:
            self.break_line()
        if tag in BOLD:
            self._bold_depth += 1
            self._bold.append("")
        elif tag == "li":
            self._is_bullet = True
        elif HEADING_TAG.fullmatch(tag):
            self._heading = int(tag[1])
        else:
            self._in_table(tag, dict(attrs))

    def _in_table(self, tag: str, attributes: dict[str, str | None]) -> None:
        if tag == "table":
            self._tables.append(_Table(self._rows))
        elif tag == "tr" and self._tables:
            self._rows += 1
            self._tables[-1].next_row(self._rows)
        elif tag in CELLS and self._tables:
            self._tables[-1].next_cell(_span(attributes.get("rowspan")), _span(attributes.get("colspan")))

    def handle_endtag(self, tag: str) -> None:
        if tag in SKIPPED and self._skipped:
            self._skipped -= 1
        if tag in BLOCKS:
            self.break_line()
        if tag in BOLD and self._bold_depth:
            self._bold_depth -= 1
        elif tag == "table" and self._tables:
            self._tables.pop()
        elif tag == "li" or tag.startswith("h"):
            self._is_bullet, self._heading = False, 0

    def handle_data(self, data: str) -> None:
        if self._skipped or not data:
            return
        words = clean(data)
        if not words.strip():
            self._text.append(" ")
            return
        first = self.getpos()[0] + data[: len(data) - len(data.lstrip())].count("\n")
        self._first = self._first or first
        self._last = self.getpos()[0] + data.rstrip().count("\n")
        self._text.append(words)
        if self._bold_depth and self._bold:
            self._bold[-1] += words

    def break_line(self) -> None:
        text = " ".join("".join(self._text).split())
        if bullet := BULLET.match(text):
            text, self._is_bullet = text[bullet.end() :], True
        if text:
            bold = tuple(" ".join(phrase.split()) for phrase in self._bold if phrase.strip())
            table = self._tables[-1] if self._tables and self._tables[-1].column >= 0 else None
            self.lines.append(
                Line(
                    self._first,
                    max(self._first, self._last),
                    text,
                    bold,
                    self._heading,
                    self._is_bullet,
                    row=table.row if table else None,
                    column=table.column if table else None,
                    is_fresh=True,
                )
            )
            self._is_bullet = False
        self._text.clear()
        self._bold = [""] if self._bold_depth else []
        self._first = self._last = 0


def _span(value: str | None) -> int:
    """A row or column span, at most 100 (a hostile 1000000000 would fill the memory)."""
    return min(int(value), 100) if value and value.isdecimal() and len(value) < LONGEST_SPAN else 1
