"""Running heads, running feet and page numbers of text that was taken from pages."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from talkthrough.question_bank.reading import labels
from talkthrough.question_bank.reading.lines import Line

FOOT = re.compile(r"(\S.{12,120}\S) {3,}(\d{1,4})")
LINK_BACK = re.compile(
    r"(?<=[.;:\w)])\s+\(?back to (?:the )?(?:dut(?:y|ies)|top|contents?|list|start)\)?\s*$", re.IGNORECASE
)
BARE_NUMBER = re.compile(r"\d{1,4}")
RUNNING_NUMBER = re.compile(r"^\d{1,4}\s|\s\d{1,4}$")
NUMBERED_PART = re.compile(
    r"\b(?:outcome|criteri(?:on|a)|element|topic|area|aim|unit|section|question|activity|task|duty|statement|range|level|\w+:)\s*\d+$",
    re.IGNORECASE,
)
SHORTEST_HEAD = 12  # characters; "CS 37" is no running head
LEAST_REPEATS = 3
NEAR = 2  # lines between a running head and its page number


def without_furniture(lines: Sequence[Line]) -> list[Line]:
    """The lines without page furniture; what a page break tore apart can be joined again."""
    dropped = _furniture(lines)
    kept: list[Line] = []
    for place, line in enumerate(lines):
        if place in dropped:
            continue
        if LINK_BACK.search(line.text):
            line = replace(line, text=LINK_BACK.sub("", line.text))  # noqa: PLW2901
        is_torn = place - 1 in dropped and line.text[:1].islower()
        kept.append(replace(line, gap=False) if is_torn else line)
    return kept


def _furniture(lines: Sequence[Line]) -> set[int]:
    counts = Counter(line.text for line in lines)
    numbered = Counter(_shape(line) for line in lines if _has_page_number(line))
    page_numbers = {place for place, line in enumerate(lines) if labels.PAGE_NUMBER.fullmatch(line.text)}
    page_numbers |= _ascending_numbers(lines) | _numbered_feet(lines)
    torn = _torn(lines)
    found = set(page_numbers)
    for place, line in enumerate(lines):
        if _is_part_of_specification(line):
            continue
        repeats = counts[line.text]
        near_page_number = any(other in page_numbers for other in range(place - NEAR, place + NEAR + 1))
        has_running_number = _has_page_number(line) and numbered[_shape(line)] >= LEAST_REPEATS and repeats == 1
        if (repeats > 1 and near_page_number) or has_running_number or (repeats > 1 and line.text in torn):
            found.add(place)
    return found | {0 for place in found if place and counts[lines[0].text] > 1 and lines[place].text == lines[0].text}


def _ascending_numbers(lines: Sequence[Line]) -> set[int]:
    """Bare numbers on lines of their own that count up by one through the document."""
    places = [place for place, line in enumerate(lines) if BARE_NUMBER.fullmatch(line.text) and line.row is None]
    numbers = [int(lines[place].text) for place in places]
    counts_up = all(after == before + 1 for before, after in pairwise(numbers))
    return set(places) if len(places) >= LEAST_REPEATS and counts_up else set()


def _numbered_feet(lines: Sequence[Line]) -> set[int]:
    """Feet of pages that differ in nothing but the number at their far end, which counts up by one."""
    feet = [(place, match) for place, line in enumerate(lines) if (match := FOOT.fullmatch(line.text))]
    return {
        place
        for (first, foot), (second, following) in pairwise(feet)
        if not labels.is_structural(foot.group())
        and foot.group(1) == following.group(1)
        and int(following.group(2)) == int(foot.group(2)) + 1
        for place in (first, second)
    }


def _torn(lines: Sequence[Line]) -> set[str]:
    """Texts that stand somewhere in the middle of a sentence."""
    return {
        line.text
        for before, line, after in zip(lines, lines[1:], lines[2:], strict=False)
        if _is_open(before.text) and after.text[:1].islower() and not after.is_bullet
    }


def _is_open(text: str) -> bool:
    return text[-1:] not in ".:;?!" and bool(labels.CRITERION.match(text) or labels.OUTCOME.match(text))


def _has_page_number(line: Line) -> bool:
    return (
        len(line.text) >= SHORTEST_HEAD
        and bool(RUNNING_NUMBER.search(line.text))
        and not NUMBERED_PART.search(line.text)
    )


def _shape(line: Line) -> str:
    return RUNNING_NUMBER.sub("#", line.text)


def _is_part_of_specification(line: Line) -> bool:
    """Numbered lines, labels, stems and list items may come many times and are never furniture."""
    return line.is_bullet or line.row is not None or labels.is_structural(line.text)
