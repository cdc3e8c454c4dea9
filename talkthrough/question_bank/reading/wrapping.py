"""Joins lines that were broken only to fit a page."""

from collections.abc import Sequence
from dataclasses import replace

from talkthrough.question_bank.reading import labels
from talkthrough.question_bank.reading.lines import Line


def unwrap(lines: Sequence[Line]) -> list[Line]:
    """The same lines with broken ones joined; a joined line spans from its first to its last physical line."""
    width = _wrap_width(lines)
    joined: list[Line] = []
    for line in lines:
        if joined and _continues(joined[-1], line, width):
            joined[-1] = _join(joined[-1], line)
        else:
            joined.append(line)
    return joined


def _wrap_width(lines: Sequence[Line]) -> int:
    """The width at which this document breaks its lines (its 95th percentile), at most 130 characters."""
    lengths = sorted(len(line.text) for line in lines)
    return min(lengths[len(lengths) * 95 // 100], 130) if lengths else 0


def _continues(before: Line, line: Line, width: int) -> bool:
    if line.is_fresh or line.gap or before.heading or before.row is not None:
        return False
    if _begins_something(line.text) or labels.section_of(before.text) or before.text[-1:] in ":.;?!":
        return False
    if line.text[:1].islower() and (
        before.is_bullet or labels.CRITERION.match(before.text) or labels.OUTCOME.match(before.text)
    ):
        return True
    last_part = len(before.text)
    return last_part >= 0.7 * width and width >= 40


def _begins_something(text: str) -> bool:
    return bool(
        labels.CRITERION.match(text)
        or labels.OUTCOME.match(text)
        or labels.section_of(text)
        or labels.field_of(text)
        or labels.UNIT_HEADING.fullmatch(text)
        or labels.STEM.match(text)
    )


def _join(before: Line, line: Line) -> Line:
    return replace(before, last=line.last, text=f"{before.text} {line.text}", bold=before.bold + line.bold)
