"""What a group did week by week: a picture for a phone, the same in words, as a page, a table and a workbook.

Every bar and shade stands beside its number, so nothing depends on colours. It is practice, never a decision.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from talkthrough.storage.records.glyphs import printable
from talkthrough.storage.records.heat_map import BANNER, drawn, percent
from talkthrough.storage.records.sheet import markup_safe
from talkthrough.storage.records.tables import csv_file, inert

TEMPLATE = Path(__file__).parent / "templates" / "progress.typ"
ON_A_PICTURE, WEEKS_ON_A_PICTURE = 30, 12
WIDTH, MARGIN, ROW, TOP, NAME_ROOM, BAR_ROOM = 1080, 24, 44, 200, 260, 170
LONGEST_NAME = 18
HEADS = (
    "status",
    "week from",
    "learners who practised",
    "learners",
    "answers",
    "everything mentioned at first go",
    "discussions begun",
    "round questions answered",
    "round questions asked",
)


@dataclass(frozen=True, slots=True)
class Week:
    """One week of a group. `complete`: how many answers mentioned everything asked for at the first go."""

    monday: date
    practised: int
    learners: int
    answers: int
    complete: int
    discussions: int
    round_answered: int
    round_asked: int

    @property
    def first_go(self) -> str:
        """The share of complete answers as people read it; empty without answers."""
        return percent(self.complete / self.answers if self.answers else None)


@dataclass(frozen=True, slots=True)
class Learner:
    """A learner's number of answers, week by week."""

    name: str
    answers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class WeeklyReport:
    """The weeks, oldest first, and the learners, who practised least lately first.

    `remembered`: the mean chance (0..1) that something which was asked before is recalled today; None before any was.
    """

    title: str
    weeks: tuple[Week, ...]
    learners: tuple[Learner, ...]
    remembered: float | None = None

    @property
    def subtitle(self) -> str:
        """What memory promises today, in words."""
        if self.remembered is None:
            return "Nothing was asked yet."
        return f"Of what was asked so far, about {percent(self.remembered)} is remembered today."

    @property
    def quiet(self) -> tuple[str, ...]:
        """Who gave no answer this week and the week before."""
        return tuple(each.name for each in self.learners if not any(each.answers[-2:]))


def in_words(report: WeeklyReport) -> tuple[str, ...]:
    """A sentence a week, newest first."""
    return tuple(_sentence(week) for week in reversed(report.weeks))


def _sentence(week: Week) -> str:
    parts = [f"{week.practised} of {week.learners} learners practised", _counted(week.answers, "answer")]
    if week.first_go:
        parts[-1] += f" ({week.first_go} mentioned everything at the first go)"
    if week.discussions:
        parts.append(_counted(week.discussions, "discussion"))
    if week.round_asked:
        parts.append(f"{week.round_answered} of {week.round_asked} round questions answered")
    return f"Week of {week.monday:%-d %B}: {', '.join(parts)}."


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def as_picture(report: WeeklyReport) -> bytes:
    """A PNG of the weeks, and of the first learners, who may need a word most."""
    from talkthrough.storage.records.html import environment
    from talkthrough.storage.records.pdf import compiled

    svg = environment().get_template("weekly.svg").render(_drawing(report))
    words = " ".join((f"{report.title}.", report.subtitle, *in_words(report)))
    return compiled(TEMPLATE, {"svg": svg, "alt": printable(markup_safe(words))}, format="png", ppi=216)


def _drawing(report: WeeklyReport) -> dict[str, Any]:
    shown, weeks = report.learners[:ON_A_PICTURE], report.weeks[-WEEKS_ON_A_PICTURE:]
    grid = TOP + ROW * len(weeks) + 110
    room = (WIDTH - NAME_ROOM - 2 * MARGIN) / max(len(weeks), 1)
    bottom = grid + ROW * len(shown) + 20
    return {
        "width": WIDTH,
        "height": bottom + 50,
        "margin": MARGIN,
        "title": drawn(report.title, 60),
        "subtitle": drawn(report.subtitle, 80),
        "banner": BANNER,
        "top": TOP,
        "row": ROW,
        "bar_room": BAR_ROOM,
        "weeks": [_drawn_week(week, TOP + ROW * place) for place, week in enumerate(weeks)],
        "grid": grid,
        "cell": round(room - 4, 1),
        "columns": [
            (round(MARGIN + NAME_ROOM + room * place, 1), f"{week.monday:%-d/%-m}") for place, week in enumerate(weeks)
        ],
        "learners": [
            (grid + ROW * place, drawn(each.name, LONGEST_NAME), _shaded(each.answers[-len(weeks) :]))
            for place, each in enumerate(shown)
        ],
        "bottom": bottom + 20,
        "left_out": len(report.learners) - len(shown),
    }


def _drawn_week(week: Week, top: int) -> dict[str, Any]:
    return {
        "top": top,
        "name": f"{week.monday:%-d %b}",
        "bar": round(BAR_ROOM * week.practised / max(week.learners, 1)),
        "practised": f"{week.practised} of {week.learners}",
        "answers": week.answers,
        "first_go": week.first_go,
        "discussions": week.discussions,
        "round": f"{week.round_answered} of {week.round_asked}" if week.round_asked else "none",
    }


def _shaded(counts: Sequence[int]) -> list[tuple[int, str]]:
    return [(count, _shade(count)) for count in counts]


def _shade(count: int) -> str:
    return "#ffffff" if not count else "#d8f3dc" if count < 10 else "#95d5b2"  # noqa: PLR2004 - black on each is 12:1


def as_html(report: WeeklyReport) -> bytes:
    """A page of its own, for a screen reader, a keyboard and a printer."""
    from talkthrough.storage.records.html import environment

    return environment().get_template("weekly.html").render(report=report, banner=BANNER).encode()


def as_csv(report: WeeklyReport) -> bytes:
    """One row a week; after the group's columns one column a learner, with their answers."""
    return csv_file(_header(report), _rows(report))


def _header(report: WeeklyReport) -> list[str]:
    return [*HEADS, *(f"answers of {learner.name}" for learner in report.learners)]


def _rows(report: WeeklyReport) -> Iterator[list[str | int]]:
    for place, week in enumerate(report.weeks):
        group = (week.practised, week.learners, week.answers, week.first_go, week.discussions)
        own = (learner.answers[place] for learner in report.learners)
        yield [BANNER, week.monday.isoformat(), *group, week.round_answered, week.round_asked, *own]


def as_xlsx(report: WeeklyReport) -> bytes:
    """A workbook with the same table; numbers are numbers, and text from outside is never a formula."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Weeks"
    sheet.append([inert(cell) for cell in _header(report)])
    for row in _rows(report):
        sheet.append(row)
    for cell in sheet[1]:
        cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "C2"
    sheet.column_dimensions["A"].width = 26
    sheet.column_dimensions["B"].width = 14
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()
