"""Text with light markup -> lines. One physical line may hold several (list items, table cells); a wrapped one spans
several.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from talkthrough.question_bank.reading.columns import Cell, side_by_side

TAGS = "b|strong|i|em|u|p|li|ul|ol|br|span|div|sup|sub|font|a|h[1-6]|blockquote|dl|dt|dd|table|thead|tbody|tr|td|th"
TOKEN = re.compile(
    rf"""\\(?P<escaped>[!-/:-@\[-`{{-~])
    |<(?P<close>/?)(?P<tag>{TAGS})(?:\s[^<>]{{0,500}})?/?>
    |(?P<emphasis>\*\*+|(?<![_\w])__(?=[^_\s])|(?<=[^_\s])__(?![_\w]))
    |&(?P<entity>\#?\w{{1,31}});
    |(?P<glyph>[•▪●◦‣■♦◆\uf0b7\uf0a7](?:\s+|(?=\w)))""",
    re.VERBOSE | re.IGNORECASE,
)
ITALIC = re.compile(
    r"(?<![\\*\w])\*(?=[^\s*])([^*]*[^\s*\\])\*(?![\w*])|(?<![\\_\w])_(?=[^\s_])([^_]*[^\s_\\])_(?![\w_])"
)
TORN_OPEN = re.compile(r"(?<![\\*\w])\*(?=[^\s*])([^*]*)$")
TORN_CLOSE = re.compile(r"^([^*]*[^\s*\\])\*(?![\w*])")
HEADING_TAG = re.compile(r"h[1-6]")
HEADING = re.compile(r"[ ]{0,3}(#{1,6})(?:[ \t]+|$)")
BULLET = re.compile(r"\s*(?:>\s*)?(?:[-+*–—‐‑−·•▪●◦‣■♦◆✓✔➢❖☐☑□\uf0b7\uf0a7]|\[[ xX]?\]|o(?=\t| {2,}))\s+(?=\S)")
RULE = re.compile(r"[\s|:=_*~+\-–—]+")
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
NO_BREAK_SPACES = re.compile("[\u00a0\u2007\u202f]")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text as a reader sees it.

    `first`, `last`: physical lines (1-based). `bold`: the bold phrases in order. `row`, `column`: the table cell
    (None outside
    tables). `heading`: its level, 0 for none. `gap`: a blank line stands before it. `is_fresh`: it cannot continue
    the line
    before (a new cell, list item, paragraph or heading).
    """

    first: int
    last: int
    text: str
    bold: tuple[str, ...] = ()
    heading: int = 0
    is_bullet: bool = False
    row: int | None = None
    column: int | None = None
    gap: bool = False
    is_fresh: bool = False
    printed_width: int = 0

    @property
    def width(self) -> int:
        """Characters of its last physical line with all markup, as far as that is known."""
        return self.printed_width or len(self.text)

    @property
    def is_all_bold(self) -> bool:
        """Whether every word of it is bold (then bold marks a heading, not a term)."""
        return bool(self.bold) and sum(map(len, self.bold)) >= len(self.text.replace("*", "").strip()) - 2

    @property
    def looks_like_heading(self) -> bool:
        """Whether the markup alone says that it is a heading."""
        return self.heading > 0 or self.is_all_bold


def text_lines(text: str) -> list[Line]:
    """Lines of plain text, Markdown, or text with inline HTML; table cells from tabs and pipes."""
    raw_lines = with_whole_emphasis(physical_lines(text))
    columns = side_by_side(raw_lines)
    if columns is not None:
        return _lines_of_columns(columns)
    lines: list[Line] = []
    gap = False
    has_pipes = any("|" in raw and "-" in raw and RULE.fullmatch(raw) for raw in raw_lines)
    for number, raw in enumerate(raw_lines, start=1):
        found = list(_lines_of(raw, number, has_pipes=has_pipes))
        if not found:
            gap = True
            continue
        lines.append(replace(found[0], gap=gap))
        lines.extend(found[1:])
        gap = False
    return lines


def physical_lines(text: str) -> list[str]:
    """The lines that `cat -n` numbers, without carriage returns; a form feed counts as a blank."""
    if "\n" not in text:
        text = text.replace("\r", "\n")
    return _without_comments(clean(text).replace("\r", "").replace("\f", "  ")).split("\n")


def _without_comments(text: str) -> str:
    """Text without <!-- comments -->, on the same lines."""
    kept, start = [], 0
    while (begin := text.find("<!--", start)) >= 0 and (end := text.find("-->", begin)) >= 0:
        kept += [text[start:begin], "\n" * text.count("\n", begin, end)]
        start = end + 3
    return "".join([*kept, text[start:]])


def with_whole_emphasis(raw_lines: list[str]) -> list[str]:
    """Emphasis that a line break tore apart is closed on the first line and opened again on the next."""
    whole = list(raw_lines)
    for place in range(len(whole) - 1):
        line, following = whole[place], whole[place + 1]
        if "*" not in line and "<b>" not in line and "<strong>" not in line:
            continue
        if not following.strip() or BULLET.match(following) or HEADING.match(following) or "\t" in following:
            continue
        whole[place], whole[place + 1] = _mended(line, following)
    return whole


def _mended(line: str, following: str) -> tuple[str, str]:
    if line.count("**") % 2 and following.count("**") % 2:
        return f"{line.rstrip()}**", f"**{following.lstrip()}"
    for tag in ("b", "strong"):
        if line.count(f"<{tag}>") > line.count(f"</{tag}>") and f"</{tag}>" in following:
            return f"{line}</{tag}>", f"<{tag}>{following}"
    if TORN_OPEN.search(line) and TORN_CLOSE.match(following):
        return TORN_OPEN.sub(r"\1", line), TORN_CLOSE.sub(r"\1", following)
    return line, following


def clean(text: str) -> str:
    """Text without invisible characters, with ordinary spaces."""
    return INVISIBLE.sub("", NO_BREAK_SPACES.sub(" ", text))


def _lines_of_columns(cells: list[Cell]) -> list[Line]:
    """Lines of text whose columns are kept apart by spaces; blank lines do not part what stands in one column."""
    lines: list[Line] = []
    before = (0, 0)
    for number, block, column, text in cells:
        found = list(_lines_of(text, number, has_pipes=False))
        if block:
            begins = (block, column) != before
            found = [replace(line, row=block, column=column, is_fresh=begins or line.is_bullet) for line in found]
        lines += found
        before = (block, column)
    return lines


def _lines_of(raw: str, number: int, *, has_pipes: bool) -> Iterator[Line]:
    cells = _cells(raw, has_pipes=has_pipes)
    in_table = len(cells) > 1
    for column, cell in cells:
        for segment in _segments(cell):
            yield replace(
                segment,
                first=number,
                last=number,
                row=number if in_table else None,
                column=column if in_table else None,
                is_fresh=segment.is_fresh or in_table or raw.startswith("\t"),
                printed_width=len(raw.rstrip()),
            )


def _cells(raw: str, *, has_pipes: bool) -> list[tuple[int, str]]:
    """The non-empty cells with their columns; a line without cell marks is its only cell."""
    if RULE.fullmatch(raw) and raw.strip() not in {"-", "*", "+"}:
        return []
    stripped = raw.strip()
    if stripped.startswith("|") and stripped.count("|") > 1:
        parts = re.split(r"(?<!\\)\|", stripped.removesuffix("|"))[1:]
    elif (has_pipes and " |" in raw) or raw.count(" |") > 1:
        parts = re.split(r"(?<!\\)\|", raw)
    elif BULLET.match(raw):
        parts = [raw]
    else:
        parts = raw.split("\t")
    return [(column, part) for column, part in enumerate(parts) if part.strip()]


def _segments(cell: str) -> Iterator[Line]:
    """The lines within one cell: list items, paragraphs, breaks and bullets inside the text begin new ones."""
    heading = HEADING.match(cell)
    body = cell[heading.end() :] if heading else cell
    bullet = None if heading else BULLET.match(body)
    scan = _Scan(heading=len(heading.group(1)) if heading else 0, is_bullet=bool(bullet))
    scan.read(ITALIC.sub(lambda match: match.group(1) or match.group(2), body[bullet.end() :] if bullet else body))
    yield from scan.lines


class _Scan:
    """Walks over one cell's markup and collects its lines."""

    def __init__(self, heading: int, is_bullet: bool) -> None:
        self.lines: list[Line] = []
        self._heading = heading
        self._is_bullet = is_bullet
        self._is_fresh = bool(heading) or is_bullet
        self._text: list[str] = []
        self._bold: list[str] = []
        self._is_bold = False
        self._just_closed = False

    def read(self, body: str) -> None:
        position = 0
        for token in TOKEN.finditer(body):
            self._add(body[position : token.start()])
            self._take(token, following=body[token.end() : token.end() + 1])
            position = token.end()
        self._add(body[position:])
        self._finish()

    def _take(self, token: re.Match[str], following: str) -> None:
        if token["escaped"]:
            self._add(token["escaped"])
        elif token["entity"]:
            self._add(html.unescape(token.group()))
        elif token["glyph"]:
            self._begin(is_bullet=True)
        elif token["emphasis"]:
            self._take_emphasis(token.group(), following)
        else:
            self._take_tag(token["tag"].lower(), is_end=bool(token["close"]), following=following)

    def _take_emphasis(self, marks: str, following: str) -> None:
        if len(marks) == len("****") and self._is_bold:
            self._switch_bold(False, following)
            self._switch_bold(True, following)
        else:
            self._switch_bold(not self._is_bold, following)

    def _take_tag(self, tag: str, is_end: bool, following: str) -> None:
        if tag in {"b", "strong"}:
            self._switch_bold(not is_end, following)
        elif tag == "li":
            self._begin(is_bullet=not is_end)
        elif tag in {"p", "br", "div", "ul", "ol", "dt", "dd", "blockquote", "table", "tr", "td", "th"}:
            self._begin(is_bullet=False)
        elif HEADING_TAG.fullmatch(tag):
            self._begin(is_bullet=False)
            self._heading = 0 if is_end else int(tag[1])

    def _switch_bold(self, is_bold: bool, following: str) -> None:
        if is_bold and not self._is_bold:
            fused = self._just_closed and following[:1].isupper()
            if fused and not self._text[-1][-1:].isspace():
                self._begin(is_bullet=False)
            if not self._just_closed:
                self._bold.append("")
        self._just_closed = self._is_bold and not is_bold
        self._is_bold = is_bold
        if is_bold and not self._bold:
            self._bold.append("")

    def _add(self, text: str) -> None:
        if not text:
            return
        self._text.append(html.unescape(text) if "&" in text else text)
        self._just_closed = False
        if self._is_bold and self._bold:
            self._bold[-1] += text

    def _begin(self, is_bullet: bool) -> None:
        if "".join(self._text).strip():
            self._finish()
            self._is_fresh = True
            self._heading = 0
            self._is_bullet = False
        self._text.clear()
        self._bold = [""] if self._is_bold else []
        self._is_bullet = is_bullet or (self._is_bullet and not self.lines)
        self._is_fresh = True

    def _finish(self) -> None:
        text = "".join(self._text).strip()
        if text:
            bold = tuple(phrase.strip() for phrase in self._bold if phrase.strip())
            self.lines.append(Line(0, 0, text, bold, self._heading, self._is_bullet, is_fresh=self._is_fresh))
