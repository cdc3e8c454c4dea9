"""What a group of learners mentioned of each criterion: a grid in words and shades, for a phone and a spreadsheet.

Every cell has a word (its letter in the picture), so nothing depends on colours. It is practice, never a decision.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from talkthrough.storage.records.glyphs import printable
from talkthrough.storage.records.sheet import markup_safe
from talkthrough.storage.records.tables import csv_file, inert

BANNER = "PRACTICE - NOT ASSESSED"
TEMPLATE = Path(__file__).parent / "templates" / "progress.typ"
ON_A_PICTURE = 30
WIDTH, NAME_ROOM, ROW, TOP, MARGIN, LEGEND = 1080, 260, 40, 190, 24, 44
LONGEST_NAME = 18


@dataclass(frozen=True, slots=True)
class Standing:
    """How a cell stands: a word, its letter in the picture, the background and the text colour (contrast over 7:1)."""

    word: str
    letter: str
    fill: str
    ink: str


STANDINGS = {
    standing.word: standing
    for standing in (
        Standing("all", "A", "#1b4332", "#ffffff"),
        Standing("part", "P", "#b7e4c7", "#000000"),
        Standing("not yet", "N", "#ffd8a8", "#000000"),
        Standing("no answer", "?", "#e9ecef", "#000000"),
        Standing("not asked", "", "#ffffff", "#000000"),
    )
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A learner and a criterion: the word, and the mean share mentioned (0..1) where there is an answer."""

    word: str
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A criterion."""

    number: str
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A learner, with a cell for each column."""

    name: str
    cells: tuple[Cell, ...]

    @property
    def mean(self) -> float:
        """The mean of the answered cells; below any score where nothing is answered: such learners come first."""
        scores = [cell.score for cell in self.cells if cell.score is not None]
        return sum(scores) / len(scores) if scores else -1.0


@dataclass(frozen=True, slots=True)
class HeatMap:
    """The grid. `lines` come in the order in which learners may need help, who answered nothing first."""

    title: str
    subtitle: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]

    def share(self, place: int) -> float | None:
        """The mean of a column, None where nobody answered."""
        scores = [line.cells[place].score for line in self.lines]
        given = [score for score in scores if score is not None]
        return sum(given) / len(given) if given else None


def heat_map(title: str, subtitle: str, columns: Iterable[Column], lines: Iterable[Line]) -> HeatMap:
    """A grid with its lines in order."""
    return HeatMap(title, subtitle, tuple(columns), tuple(sorted(lines, key=lambda line: (line.mean, line.name))))


def in_words(grid: HeatMap) -> str:
    """What the picture shows, for a screen reader: one sentence a criterion."""
    return " ".join(
        f"{column.number}: {percent(grid.share(place)) or 'no answers'}." for place, column in enumerate(grid.columns)
    )


def percent(share: float | None) -> str:
    """A share in words; empty where there is none."""
    return "" if share is None else f"{round(100 * share)}%"


def as_picture(grid: HeatMap) -> bytes:
    """A PNG of the first learners, who may need help most; more would be too small to read."""
    from talkthrough.storage.records.html import environment
    from talkthrough.storage.records.pdf import compiled

    svg = environment().get_template("heat_map.svg").render(_drawing(grid))
    data = {"svg": svg, "alt": printable(markup_safe(f"{grid.title}. {in_words(grid)}"))}
    return compiled(TEMPLATE, data, format="png", ppi=216)


def _drawing(grid: HeatMap) -> dict[str, Any]:
    room = (WIDTH - NAME_ROOM - 2 * MARGIN) / max(len(grid.columns), 1)
    lines = grid.lines[:ON_A_PICTURE]
    return {
        "width": WIDTH,
        "height": TOP + ROW * len(lines) + LEGEND + MARGIN,
        "margin": MARGIN,
        "title": drawn(grid.title, 60),
        "subtitle": drawn(grid.subtitle, 80),
        "banner": BANNER,
        "standings": [standing for standing in STANDINGS.values() if standing.letter],
        "columns": [
            (NAME_ROOM + MARGIN + room * (place + 0.5), column.number) for place, column in enumerate(grid.columns)
        ],
        "column_font": min(22, room * 0.42),
        "heads": TOP - 16,
        "cell": round(room - 2, 1),
        "row": ROW,
        "lines": [_drawn_line(line, TOP + ROW * place, room) for place, line in enumerate(lines)],
        "legend": TOP + ROW * len(lines) + LEGEND,
        "left_out": len(grid.lines) - len(lines),
    }


def _drawn_line(line: Line, top: int, room: float) -> dict[str, Any]:
    return {
        "top": top,
        "name": drawn(line.name, LONGEST_NAME),
        "cells": [
            (round(NAME_ROOM + MARGIN + room * place, 1), STANDINGS[cell.word]) for place, cell in enumerate(line.cells)
        ],
    }


def drawn(text: str, longest: int) -> str:
    """A text as a picture can show it."""
    plain = printable(markup_safe(text)).replace("\u200b", "")
    return plain if len(plain) <= longest else f"{plain[: longest - 3]}..."


def as_html(grid: HeatMap) -> bytes:
    """A page of its own, for a screen reader, a keyboard and a printer."""
    from talkthrough.storage.records.html import environment

    page = environment().get_template("heat_map.html")
    shares = [percent(grid.share(place)) for place in range(len(grid.columns))]
    return page.render(grid=grid, banner=BANNER, standings=STANDINGS, shares=shares, percent=percent).encode()


def as_csv(grid: HeatMap) -> bytes:
    """One row a learner, one column a criterion, a word in each cell."""
    return csv_file(_header(grid), _rows(grid))


def _header(grid: HeatMap) -> list[str]:
    return ["status", "learner", "mean", *(f"{column.number} {column.text}" for column in grid.columns)]


def _rows(grid: HeatMap) -> list[list[str]]:
    rows = [
        [BANNER, line.name, percent(line.mean) if line.mean >= 0 else "", *(cell.word for cell in line.cells)]
        for line in grid.lines
    ]
    return [*rows, [BANNER, "everybody", "", *(percent(grid.share(place)) for place in range(len(grid.columns)))]]


def as_xlsx(grid: HeatMap) -> bytes:
    """A workbook with the grid in words and shades. Text from outside is never a formula."""
    from openpyxl import Workbook
    from openpyxl.formatting.rule import CellIsRule
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Heat map"
    sheet.append([inert(cell) for cell in _header(grid)])
    for row in _rows(grid):
        sheet.append([inert(cell) for cell in row])
    place = f"D2:{get_column_letter(max(len(grid.columns) + 3, 4))}{len(grid.lines) + 2}"
    for each in STANDINGS.values():
        shade, ink = PatternFill(bgColor=each.fill.strip("#")), Font(color=each.ink.strip("#"))
        rule = CellIsRule(operator="equal", formula=[f'"{each.word}"'], fill=shade, font=ink)
        sheet.conditional_formatting.add(place, rule)
    for cell in sheet[1]:
        cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "C2"
    sheet.column_dimensions["A"].width = 26
    sheet.column_dimensions["B"].width = 24
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def cells_for(columns: Sequence[str], scores: dict[str, tuple[str, float | None]]) -> tuple[Cell, ...]:
    """The cells of a learner in the order of the criteria; what was not put to them is "not asked"."""
    return tuple(Cell(*scores.get(key, ("not asked", None))) for key in columns)
