"""Joins lines that were broken only to fit a page or a column."""

from collections.abc import Sequence
from dataclasses import replace

from talkthrough.question_bank.reading import labels
from talkthrough.question_bank.reading.lines import Line

WIDEST = 130  # characters; text with longer lines is not wrapped at all
NARROWEST = 55
FULL = 0.7  # share of the width from which a line may have been broken before a small letter
FULL_BEFORE_CAPITAL = 0.85
STOPS = ".:;?!"


def unwrap(lines: Sequence[Line]) -> list[Line]:
    """The same lines with broken ones joined; a joined line spans from its first to its last physical line."""
    width = _wrap_width(lines)
    joined: list[Line] = []
    last_part = 0
    for line in lines:
        if joined and _continues(joined[-1], line, last_part, width):
            joined[-1] = _join(joined[-1], line)
        else:
            joined.append(line)
        last_part = len(line.text)
    return joined


def _wrap_width(lines: Sequence[Line]) -> int:
    """The width at which this document breaks its lines (its 95th percentile)."""
    lengths = sorted(len(line.text) for line in lines)
    return min(lengths[len(lengths) * 95 // 100], WIDEST) if lengths else 0


def _continues(before: Line, line: Line, last_part: int, width: int) -> bool:
    if line.is_fresh or line.gap or before.heading or (before.row, before.column) != (line.row, line.column):
        return False
    if _begins_something(line.text) or labels.section_of(before.text) or labels.without_stem(before.text) == "":
        return False
    if line.row is not None:
        return True
    if before.text[-1:] in STOPS:
        return False
    is_item = before.is_bullet or labels.CRITERION.match(before.text) or labels.OUTCOME.match(before.text)
    is_small = line.text[:1].islower()
    full = FULL if is_small else FULL_BEFORE_CAPITAL
    return bool(is_small and is_item) or (last_part >= full * width and width >= NARROWEST)


def _begins_something(text: str) -> bool:
    return bool(
        labels.CRITERION.match(text)
        or labels.OUTCOME.match(text)
        or labels.CODED.match(text)
        or labels.SELF_QUESTION.match(text)
        or labels.section_of(text)
        or labels.field_of(text)
        or labels.UNIT_HEADING.fullmatch(text)
        or labels.STEM.match(text)
    )


def _join(before: Line, line: Line) -> Line:
    return replace(before, last=line.last, text=f"{before.text} {line.text}", bold=before.bold + line.bold)
