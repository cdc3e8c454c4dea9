"""The outlook and the calibration plot as pictures for a phone: 720 pixels wide, large text, readable without colours.

What they show is also there in words: `forecast.learner_sentence` and `prediction.calibration_sentences`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING

from talkthrough.languages import ENGLISH, Language
from talkthrough.scheduler.forecast import Outlook, learner_sentence
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


def outlook_picture(outlook: Outlook, more_minutes: int, say: Language = ENGLISH) -> bytes:
    """A PNG of what two paces lead to by the assessment."""
    paces = ((outlook.a_day, outlook.expected), (outlook.more_a_day, outlook.expected_with_more))
    bars = [
        Bar(say("%(count)s questions a day: about %(share)s", count=a_day, share=f"{expected:.0%}"), expected)
        for a_day, expected in paces
    ]
    day = say.day(outlook.exam_date, has_year=False)
    footer = say("Expected to be remembered on %(day)s. This is an estimate.", day=day)
    return _picture(say("What practice leads to"), bars, footer, learner_sentence(outlook, more_minutes, say))


def calibration_picture(table: Sequence[tuple[float, float, int]], say: Language = ENGLISH) -> bytes:
    """A PNG of the table of `prediction.calibration`: what was forecast (marks) and what happened (bars)."""

    def label(forecast: float, recalled: float) -> str:
        said, was = f"{forecast:.0%}", f"{recalled:.0%}"
        return say("We say %(forecast)s. You remember %(recalled)s.", forecast=said, recalled=was)

    bars = [Bar(label(forecast, recalled), recalled, forecast) for forecast, recalled, _ in table]
    footer = say("The bar is what happened. The mark is what we said.")
    return _picture(say("How good the forecast is"), bars, footer, " ".join(calibration_sentences(table, say)))


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
