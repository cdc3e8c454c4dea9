"""The outlook and the calibration plot as pictures for a phone: 720 pixels wide, large text, readable without colours.

What they show is also there in words: `forecast.sentences` and `prediction.calibration_sentences`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING

from talkthrough.scheduler.forecast import Outlook, sentences
from talkthrough.scheduler.prediction import calibration_sentences

if TYPE_CHECKING:
    from jinja2 import Template

TEMPLATE = Path(__file__).parent / "templates" / "bars.svg"
WIDTH, MARGIN, BAR, LINE = 720, 36, 112, 38
LONGEST_LINE = 46


@dataclass(frozen=True, slots=True)
class Bar:
    """A labelled share (0..1) of the full width, and a share that is marked on it."""

    label: str
    share: float
    tick: float | None = None


def outlook_picture(outlook: Outlook, more_minutes: int) -> bytes:
    """A PNG of what two paces lead to by the assessment."""
    bars = [
        Bar(f"{a_day} questions a day: about {expected:.0%}", expected)
        for a_day, expected in (
            (outlook.a_day, outlook.expected),
            (outlook.more_a_day, outlook.expected_with_more),
        )
    ]
    day = f"{outlook.exam_date.day} {outlook.exam_date:%B}"
    learner, _ = sentences(outlook, more_minutes)
    return _picture(
        "What practice leads to", bars, f"Expected to be remembered on {day}. This is an estimate.", learner
    )


def calibration_picture(table: Sequence[tuple[float, float, int]]) -> bytes:
    """A PNG of the table of `prediction.calibration`: what was forecast (marks) and what happened (bars)."""
    bars = [
        Bar(f"We say {forecast:.0%}. You remember {recalled:.0%}.", recalled, forecast)
        for forecast, recalled, _ in table
    ]
    footer = "The bar is what happened. The mark is what we said." if bars else "There are too few answers yet."
    return _picture("How good the forecast is", bars, footer, " ".join(calibration_sentences(table)) or footer)


def _picture(title: str, bars: Sequence[Bar], footer: str, in_words: str) -> bytes:
    from talkthrough.storage.records.pdf import compiled
    from talkthrough.storage.records.progress import TEMPLATE as PAGE

    return compiled(PAGE, {"svg": _drawing(title, bars, footer), "alt": in_words}, format="png", ppi=144)


def _drawing(title: str, bars: Sequence[Bar], footer: str) -> str:
    room, lines = WIDTH - 2 * MARGIN, wrap(footer, LONGEST_LINE)
    bottom = 90 + BAR * len(bars)
    return _template().render(
        width=WIDTH,
        height=bottom + LINE * len(lines) + 44,
        margin=MARGIN,
        room=room,
        title=title,
        bars=[
            {
                "top": 90 + BAR * place,
                "label": bar.label,
                "width": round(room * min(max(bar.share, 0.0), 1.0), 1),
                "tick": None if bar.tick is None else round(room * bar.tick, 1),
            }
            for place, bar in enumerate(bars)
        ],
        footer=lines,
        footer_top=bottom + 34,
    )


@cache
def _template() -> "Template":
    from jinja2 import Environment, StrictUndefined

    return Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True).from_string(TEMPLATE.read_text())
