"""Joins lines that were broken only to fit a page or a column."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from talkthrough.question_bank.reading import labels
from talkthrough.question_bank.reading.lines import Line
from talkthrough.question_bank.reading.wording import command_verbs

WIDEST = 130  # characters; text with longer lines is not wrapped at all
NARROWEST = 40
SLACK = 4  # characters of markup around the next word
BROKEN_COMPOUND = re.compile(r"[a-z]-$")  # "post-" before "transaction"
LETTERED = re.compile(r"(?:\([a-z]\)|\([ivx]{2,4}\)|[a-z][.)]|[ivx]{2,4}[.)])\s+\S")
STOPS = ".:;?!"
FULL = 0.7  # share of the width from which a line counts as about equally long
MOST = 0.6  # share of the lines that go on with a small letter which must be about equally long


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
        last_part = line.width
    return joined


def _wrap_width(lines: Sequence[Line]) -> int:
    """The width at which this document breaks its lines, told by lines that go on with a small letter; 0: it does
    not.
    """
    lengths = [
        before.width
        for before, line in pairwise(lines)
        if _may_continue(before, line) and line.row is None and line.text[:1].islower()
    ]
    width = max(lengths, default=0)
    alike = sum(1 for length in lengths if length >= FULL * width)
    return width if NARROWEST <= width <= WIDEST and alike >= MOST * len(lengths) else 0


def _may_continue(before: Line, line: Line) -> bool:
    if (
        line.is_fresh
        or line.gap
        or before.heading != line.heading
        or (before.row, before.column) != (line.row, line.column)
    ):
        return False
    if _bold_goes_on(before, line) and line.text[:1].islower():
        return True
    return not (_begins_something(line) or labels.section_of(before.text) or labels.without_stem(before.text) == "")


def _continues(before: Line, line: Line, last_part: int, width: int) -> bool:
    if not _may_continue(before, line):
        return False
    if line.row is not None or line.heading:
        return True
    is_item = before.is_bullet or bool(labels.CRITERION.match(before.text) or labels.OUTCOME.match(before.text))
    is_complete = is_item and before.text[-1:] in STOPS
    if is_item and line.text[:1].islower() and not is_complete:
        return True
    next_word = line.text.split(maxsplit=1)[0]
    had_no_room = last_part + 1 + len(next_word) + SLACK >= width
    return bool(width) and had_no_room and not (is_complete and line.text[:1].isupper())


def _bold_goes_on(before: Line, line: Line) -> bool:
    return bool(
        before.bold and line.bold and before.text.endswith(before.bold[-1]) and line.text.startswith(line.bold[0])
    )


def _begins_something(line: Line) -> bool:
    text = line.text
    if LETTERED.match(text):
        return True
    if text[:1].islower() and text[-1:] != ":" and not line.looks_like_heading:
        return False  # "delivery" at the start of a wrapped line is no label
    return bool(
        labels.CRITERION.match(text)
        or _is_outcome(text)
        or labels.CODED.match(text)
        or labels.SELF_QUESTION.match(text)
        or labels.section_of(text)
        or labels.field_of(text)
        or labels.UNIT_HEADING.fullmatch(text)
        or labels.STEM.match(text)
    )


def _is_outcome(text: str) -> bool:
    """Whether it is an outcome: "2. be able to plan" and "3 identify" are; "24 hours" at the start of a wrapped line
    is not.
    """
    match = labels.OUTCOME.match(text)
    if not match:
        return False
    is_amount = re.match(r"\d+\s+[a-z]", text) is not None
    return not is_amount or bool(labels.OUTCOME_STEM.match(match.group(2)) or command_verbs(match.group(2)))


def _join(before: Line, line: Line) -> Line:
    bold = before.bold + line.bold
    if _bold_goes_on(before, line):
        bold = (*before.bold[:-1], f"{before.bold[-1]} {line.bold[0]}", *line.bold[1:])
    is_compound = BROKEN_COMPOUND.search(before.text) is not None and line.text[:1].islower()
    space = "" if is_compound else " "
    return replace(before, last=line.last, text=f"{before.text}{space}{line.text}", bold=bold)
