"""A picture of a learner's progress for a phone, and the same in words."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from textwrap import shorten
from typing import Any

from talkthrough.languages import ENGLISH, Language
from talkthrough.storage.records.glyphs import drawable, printable
from talkthrough.storage.records.sheet import markup_safe

TEMPLATE = Path(__file__).parent / "templates" / "progress.typ"
WIDTH = 720
MARGIN = 36
LINE = 46
LONGEST_LINE = 46
LONGEST_TITLE = 70


@dataclass(frozen=True, slots=True)
class CriterionProgress:
    """Counts of points (memories) of one criterion; shares 0..1 of all its points, `expected` None without a date."""

    number: str
    text: str
    seen: int
    total: int
    recall_now: float
    expected: float | None = None
    is_mentioned: bool = False


@dataclass(frozen=True, slots=True)
class OutcomeProgress:
    """Counts of points (memories) of one outcome. `strong` and `weak` are among `seen`; the rest is in between.

    `recall_now`, `expected`: shares 0..1 of all its points, today and on the date. `mentioned_in_discussions` counts
    criteria.
    """

    number: str
    title: str
    seen: int
    total: int
    strong: int
    weak: int
    recall_now: float = 0.0
    expected: float | None = None
    mentioned_in_discussions: int = 0
    criteria: tuple[CriterionProgress, ...] = ()


@dataclass(frozen=True, slots=True)
class Version:
    """Which version of a unit a learner's group uses; `left_out`: criteria that the bank's has no more."""

    number: int
    added_on: date
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a learner has come with a unit. `expected_recall`: 0..1 on the assessment date, None where unknown.

    `version` is named where the bank has another one.
    """

    unit_label: str
    unit_title: str
    outcomes: tuple[OutcomeProgress, ...]
    expected_recall: float | None = None
    assessment_date: date | None = None
    version: Version | None = None


def progress_text(progress: Progress, say: Language = ENGLISH) -> str:
    """The picture's content in words, for screen readers and for chats without pictures."""
    lines = [f"{progress.unit_label}: {progress.unit_title}"]
    for outcome in progress.outcomes:
        title = shorten(outcome.title, LONGEST_TITLE, placeholder=" ...")
        lines += [_heading(outcome, title, say), *(f"  {words}" for words in _words(outcome, say))]
    return "\n".join([*lines, *_notes(progress, say)])


def criteria_text(outcome: OutcomeProgress, say: Language = ENGLISH) -> str:
    """The same of one outcome, criterion by criterion."""
    lines = [_heading(outcome, outcome.title, say)]
    for each in outcome.criteria:
        said = say("Mentioned in a discussion.") if each.is_mentioned else say("Not yet mentioned in a discussion.")
        remembered = f"{_seen(each, say)} {_remembered(each, say)}" if each.total else say("No questions.")
        lines += [f"{each.number}  {each.text}", f"  {remembered}", f"  {said}"]
    return "\n".join(lines)


def progress_picture(progress: Progress, say: Language = ENGLISH) -> bytes:
    """A PNG, 720 pixels wide, text at least 24 pixels high, readable without colours."""
    from talkthrough.storage.records.html import environment
    from talkthrough.storage.records.pdf import compiled

    svg = environment().get_template("progress.svg").render(_drawing(progress, say))
    return compiled(
        TEMPLATE,
        {"svg": svg, "alt": printable(markup_safe(progress_text(progress, say)))},
        format="png",
        ppi=144,
    )


def _heading(outcome: OutcomeProgress, title: str, say: Language) -> str:
    return say("Outcome %(number)s: %(title)s", number=outcome.number, title=title)


def _words(outcome: OutcomeProgress, say: Language) -> list[str]:
    """Three short lines; the states have words, not only shades."""
    mentioned, criteria = outcome.mentioned_in_discussions, len(outcome.criteria)
    discussed = say("In discussions: %(count)s of %(all)s criteria mentioned.", count=mentioned, all=criteria)
    return [_seen(outcome, say), _remembered(outcome, say), discussed]


def _seen(part: OutcomeProgress | CriterionProgress, say: Language) -> str:
    return say.plural("%(seen)s of %(num)s point seen.", "%(seen)s of %(num)s points seen.", part.total, seen=part.seen)


def _remembered(part: OutcomeProgress | CriterionProgress, say: Language) -> str:
    if not part.seen:
        return say("Not started yet.")
    now = f"{part.recall_now:.0%}"
    if part.expected is None:
        return say("Remembered now: about %(now)s.", now=now)
    return say("Remembered now: about %(now)s, on the day %(then)s.", now=now, then=f"{part.expected:.0%}")


def _notes(progress: Progress, say: Language) -> list[str]:
    """What is said under the outcomes."""
    return [*_expectation(progress, say), *_version(progress.version, say)]


def _version(version: Version | None, say: Language) -> list[str]:
    if version is None:
        return []
    day = say.day(version.added_on)
    used = say("Your group uses version %(number)s of this unit, from %(day)s.", number=version.number, day=day)
    numbers = ", ".join(version.left_out)
    left_out = say("The newest version has no %(numbers)s, so I do not ask about that any more.", numbers=numbers)
    return [used, left_out] if version.left_out else [used]


def _expectation(progress: Progress, say: Language) -> list[str]:
    if progress.expected_recall is None or progress.assessment_date is None:
        return []
    then, day = f"{progress.expected_recall:.0%}", say.day(progress.assessment_date)
    return [
        say("If you stopped now: about %(then)s of all points remembered on %(day)s.", then=then, day=day),
        say("This is an estimate."),
    ]


def _drawing(progress: Progress, say: Language = ENGLISH) -> dict[str, Any]:
    """Everything the SVG template places: lines of text with their height, and bars as parts of the width."""
    unit_title = _wrapped(progress.unit_title)
    legend_top = 128 + LINE * (len(unit_title) - 1)
    bottom, rows = legend_top + 66, []
    for outcome in progress.outcomes:
        title = _wrapped(_heading(outcome, outcome.title, say))
        rows.append({"top": bottom, "title": title, "bar": _bar(outcome), "words": _words(outcome, say)})
        bottom += LINE * (len(title) + 3) + 96
    footer = [line for sentence in _notes(progress, say) for line in _wrapped(sentence)]
    return {
        "width": WIDTH,
        "height": bottom + LINE * len(footer) + 40,
        "margin": MARGIN,
        "line": LINE,
        "label": drawable(progress.unit_label),
        "title": unit_title,
        "legend_top": legend_top,
        "legend": [say("strong"), say("growing"), say("weak"), say("not seen")],
        "rows": rows,
        "footer": footer,
        "footer_top": bottom,
    }


def _bar(outcome: OutcomeProgress) -> dict[str, float]:
    """Where each part of the bar begins and how wide it is, in pixels."""
    room, total = WIDTH - 2 * MARGIN, max(outcome.total, 1)
    strong, seen, weak = (room * count / total for count in (outcome.strong, outcome.seen, outcome.weak))
    return {"room": room, "strong": round(strong, 1), "growing": round(seen - strong - weak, 1), "weak": round(weak, 1)}


def _wrapped(text: str) -> list[str]:
    """Lines that fit the width; at most three, the last one ending in dots where there is more."""
    import textwrap

    return textwrap.wrap(drawable(text), LONGEST_LINE, max_lines=3, placeholder=" ...") or [""]
