"""DOCX -> lines: paragraphs and table cells in document order, with the numbers that Word would print."""

import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from itertools import groupby
from typing import Any

from talkthrough.question_bank.reading.lines import BULLET, Line, clean

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OFF = {"0", "false", "none"}
LETTERS = "abcdefghijklmnopqrstuvwxyz"
ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def docx_lines(content: bytes) -> list[Line]:
    """Lines of a DOCX file, numbered in reading order; merged cells stand where they begin."""
    from docx import Document

    document = Document(BytesIO(content))
    walker = _Walker(_Numbering(document))
    walker.walk(document.element.body, row=None, column=None)
    return walker.lines


class _Walker:
    def __init__(self, numbering: "_Numbering") -> None:
        self.lines: list[Line] = []
        self._numbering = numbering
        self._rows = 0
        self._gap = False

    def walk(self, container: Any, row: int | None, column: int | None) -> None:
        for element in container:
            if element.tag == f"{W}p":
                self._paragraph(element, row, column)
            elif element.tag == f"{W}tbl":
                self._table(element)
            elif element.tag == f"{W}sdt":
                for content in element.findall(f"{W}sdtContent"):
                    self.walk(content, row, column)
            elif element.tag in {f"{W}ins", f"{W}smartTag", f"{W}customXml"}:
                self.walk(element, row, column)

    def _table(self, table: Any) -> None:
        for table_row in table.iter(f"{W}tr"):
            if table_row.getparent() is not table and _owner(table_row, "tbl") is not table:
                continue
            self._rows += 1
            column = 0
            for cell in table_row.iterchildren(f"{W}tc"):
                properties = cell.find(f"{W}tcPr")
                if not _continues_merge(properties):
                    self.walk(cell, self._rows, column)
                column += _grid_span(properties)

    def _paragraph(self, paragraph: Any, row: int | None, column: int | None) -> None:
        label, is_bullet = self._numbering.label(paragraph)
        heading = self._numbering.heading_level(paragraph)
        number = len(self.lines) + 1
        for place, (text, bold) in enumerate(_broken(_runs(paragraph, self._numbering))):
            own = label if not place else ""
            line = _line(text, bold, number, own, is_bullet=is_bullet and not place, heading=heading)
            if line:
                for cell in _tabbed(replace(line, row=row, column=column, gap=self._gap and row is None)):
                    self.lines.append(
                        replace(
                            cell,
                            first=len(self.lines) + 1,
                            last=len(self.lines) + 1,
                            is_fresh=not place or cell.is_bullet,
                        )
                    )
        self._gap = number == len(self.lines) + 1


def _tabbed(line: Line) -> Iterator[Line]:
    """A paragraph with tabs outside a table is a row of its own ("Level:<tab>4")."""
    parts = [part.strip() for part in line.text.split("\t")]
    if line.row is not None or len(parts) == 1 or re.fullmatch(r"[\w.()]{1,6}", parts[0]):
        yield replace(line, text=" ".join(filter(None, parts)))
        return
    for column, part in enumerate(parts):
        if part:
            yield replace(
                line, text=part, bold=tuple(each for each in line.bold if each in part), row=-line.first, column=column
            )


def _line(text: str, bold: tuple[str, ...], number: int, label: str, *, is_bullet: bool, heading: int) -> Line | None:
    bullet = BULLET.match(text)
    if bullet and not label:
        text, is_bullet = text[bullet.end() :], True
    text = f"{label} {text.strip()}".strip() if text.strip() else ""
    return Line(number, number, text, bold, heading, is_bullet) if text else None


def _runs(paragraph: Any, numbering: "_Numbering") -> Iterator[tuple[str, bool]]:
    """Text and boldness of each run; deleted text is left out, inserted and linked text is kept."""
    style_is_bold = numbering.style_is_bold(paragraph)
    for run in paragraph.iter(f"{W}r"):
        if _owner(run, "p") is not paragraph or any(parent.tag == f"{W}del" for parent in run.iterancestors()):
            continue
        bold = run.find(f"{W}rPr/{W}b")
        is_bold = style_is_bold if bold is None else bold.get(f"{W}val", "1") not in OFF
        text = "".join(_text(child) for child in run)
        if text:
            yield clean(text), is_bold


def _text(child: Any) -> str:
    if child.tag == f"{W}t":
        return child.text or ""
    return {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}.get(child.tag, "")


def _broken(runs: Iterator[tuple[str, bool]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The paragraph's lines (a soft break begins one) with their bold phrases."""
    pieces = [(part, is_bold, place) for text, is_bold in runs for place, part in enumerate(text.split("\n"))]
    lines: list[list[tuple[str, bool]]] = [[]]
    for part, is_bold, place in pieces:
        if place:
            lines.append([])
        lines[-1].append((part, is_bold))
    for line in lines:
        phrases = (
            "".join(part for part, _ in group).strip()
            for is_bold, group in groupby(line, lambda each: each[1])
            if is_bold
        )
        yield "".join(part for part, _ in line), tuple(phrase for phrase in phrases if phrase)


def _owner(element: Any, name: str) -> Any:
    return next((parent for parent in element.iterancestors() if parent.tag == f"{W}{name}"), None)


def _continues_merge(properties: Any) -> bool:
    merge = properties.find(f"{W}vMerge") if properties is not None else None
    return merge is not None and merge.get(f"{W}val", "continue") == "continue"


def _grid_span(properties: Any) -> int:
    span = properties.find(f"{W}gridSpan") if properties is not None else None
    value = span.get(f"{W}val", "1") if span is not None else "1"
    return min(int(value), 100) if value.isdecimal() else 1


class _Numbering:
    """Word prints list numbers that are not in the text; this counts them."""

    def __init__(self, document: Any) -> None:
        self._styles = {style.style_id: style for style in document.styles}
        self._levels: dict[tuple[str, int], tuple[str, str, int]] = {}
        self._abstract: dict[str, str] = {}
        self._counters: dict[str, list[int]] = {}
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return
        self._load(root)

    def _load(self, root: Any) -> None:
        for abstract in root.findall(f"{W}abstractNum"):
            for level in abstract.findall(f"{W}lvl"):
                place = (abstract.get(f"{W}abstractNumId"), int(level.get(f"{W}ilvl")))
                start = int(_value(level, "start") or 1)
                self._levels[place] = (_value(level, "numFmt") or "decimal", _value(level, "lvlText") or "", start)
        for number in root.findall(f"{W}num"):
            self._abstract[number.get(f"{W}numId")] = _value(number, "abstractNumId") or ""

    def label(self, paragraph: Any) -> tuple[str, bool]:
        """(the number that Word prints, whether it is a bullet)."""
        properties = self._number_properties(paragraph)
        if properties is None:
            return "", "bullet" in self._style_name(paragraph)
        number, depth = _value(properties, "numId") or "0", int(_value(properties, "ilvl") or 0)
        kind, pattern, start = self._levels.get((self._abstract.get(number, ""), depth), ("none", "", 1))
        if kind in {"none", "bullet"}:
            return "", kind == "bullet"
        counters = self._counters.setdefault(self._abstract[number], [])
        del counters[depth + 1 :]
        while len(counters) <= depth:
            counters.append(0 if len(counters) == depth else 1)
        counters[depth] = counters[depth] + 1 if counters[depth] else start
        return self._printed(pattern, number, counters), False

    def _printed(self, pattern: str, number: str, counters: list[int]) -> str:
        def one(match: re.Match[str]) -> str:
            depth = int(match.group(1)) - 1
            kind = self._levels.get((self._abstract[number], depth), ("decimal", "", 1))[0]
            return _in_format(counters[depth], kind) if depth < len(counters) else ""

        return re.sub(r"%(\d)", one, pattern)

    def _number_properties(self, paragraph: Any) -> Any:
        own = paragraph.find(f"{W}pPr/{W}numPr")
        if own is not None:
            return own
        style = self._style(paragraph)
        while style is not None:
            found = style.element.find(f"{W}pPr/{W}numPr")
            if found is not None:
                return found
            style = style.base_style
        return None

    def heading_level(self, paragraph: Any) -> int:
        """1 to 9 for heading styles, 1 for a title, 0 for text."""
        name = self._style_name(paragraph)
        match = re.match(r"heading (\d)", name)
        return int(match.group(1)) if match else int(name == "title")

    def style_is_bold(self, paragraph: Any) -> bool:
        style = self._style(paragraph)
        return bool(style is not None and style.font.bold) and not self.heading_level(paragraph)

    def _style_name(self, paragraph: Any) -> str:
        style = self._style(paragraph)
        return (style.name or "").lower() if style is not None else ""

    def _style(self, paragraph: Any) -> Any:
        named = paragraph.find(f"{W}pPr/{W}pStyle")
        return self._styles.get(named.get(f"{W}val")) if named is not None else None


def _value(element: Any, name: str) -> str | None:
    found = element.find(f"{W}{name}")
    return found.get(f"{W}val") if found is not None else None


def _in_format(number: int, kind: str) -> str:
    if kind == "lowerLetter":
        return LETTERS[(number - 1) % 26]
    if kind == "upperLetter":
        return LETTERS[(number - 1) % 26].upper()
    if kind in {"lowerRoman", "upperRoman"}:
        roman = _roman(number)
        return roman if kind == "lowerRoman" else roman.upper()
    return str(number)


def _roman(number: int) -> str:
    for value, letters in ROMAN:
        if number >= value:
            return letters + _roman(number - value)
    return ""
