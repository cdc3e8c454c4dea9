"""Apprenticeship standards: knowledge, skill and behaviour statements K1, S1, B1 under headings, in tables or as
bullets.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from talkthrough.question_bank.reading import labels
from talkthrough.question_bank.reading.labels import Section
from talkthrough.question_bank.reading.lines import Line
from talkthrough.question_bank.reading.roles import Layout, Marked, Role
from talkthrough.question_bank.reading.section_reader import SectionReader
from talkthrough.question_bank.reading.unit_reader import Statement

STATEMENT = re.compile(r"\(?([KSB]\d{1,3}(?:\.\d{1,2})?)[.:)]*\s*[-–—:]?\s+(?![KSB]\d)(\S.*)", re.DOTALL)
CODES_ONLY = re.compile(r"(?:[KSB]\d{1,3}(?:\.\d{1,2})?[,;:&\s]*(?:and\s+)?)+")
HEADING_CODE = re.compile(r"([KSB]\d{1,3})[.:)]?")
HEADING = re.compile(
    r"(?:core |technical |the )?(knowledge|skills?|behaviou?rs?)(?: statements?"
    r"| requirements?| and understanding)?(?: \([ksb]\))?",
    re.IGNORECASE,
)
KIND = re.compile(r"(?:knowledge|skills|behaviou?rs)\s*[-–—:]\s*what you need to \w+\b.{0,60}", re.IGNORECASE)
NAMES = {"K": "Knowledge", "S": "Skills", "B": "Behaviours"}


def claim(lines: Sequence[Line]) -> int:
    """K, S and B statements, if at least two of the three kinds are there."""
    statements = [
        match.group(1) for line in lines if (match := STATEMENT.match(line.text) or HEADING_CODE.fullmatch(line.text))
    ]
    return 2 * len(statements) if len({code[0] for code in statements}) > 1 else 0


def mark(lines: Sequence[Line]) -> list[Marked]:
    """Give every line its role."""
    return _Reader().mark(list(_with_headings_joined(lines)))


def _with_headings_joined(lines: Sequence[Line]) -> Iterator[Line]:
    """A heading "### K1" and the text below it are one statement."""
    heading: Line | None = None
    for line in lines:
        if heading is not None and not STATEMENT.match(line.text):
            yield replace(line, first=heading.first, text=f"{heading.text} {line.text}")
            heading = None
        elif line.looks_like_heading and HEADING_CODE.fullmatch(line.text):
            heading = line
        else:
            yield line


class _Reader(SectionReader):
    def __init__(self) -> None:
        super().__init__()
        self._letter = ""
        self._has_own_outcomes = False
        self._head_row: int | None = None

    def certain_outcome(self, line: Line) -> Statement | None:
        if named := super().certain_outcome(line):
            self._has_own_outcomes = True
            return named
        if self._has_own_outcomes:
            return None
        match = HEADING.fullmatch(labels.key(line.text))
        if not match or line.is_bullet:
            return None
        self._letter = match.group(1)[0].upper()
        return None, line.text.strip(" :")

    def criterion(self, line: Line) -> Statement | None:
        match = STATEMENT.match(line.text)
        return (match.group(1), match.group(2)) if match else None

    def outcome_kind(self, text: str) -> str:
        del text
        return "" if self._has_own_outcomes else "knowledge" if self._letter == "K" else "competence"

    def _read(self, line: Line) -> Iterator[Marked]:
        if CODES_ONLY.fullmatch(line.text):
            yield Marked(Role.STRUCTURE, line)  # which statements a duty or a method covers
            return
        if HEADING.fullmatch(labels.key(line.text)) or KIND.fullmatch(labels.key(line.text)):
            self._head_row = line.row
            if self._has_own_outcomes:
                yield Marked(Role.STRUCTURE, line)
                return
        elif line.row is not None and line.row == self._head_row:
            yield Marked(Role.STRUCTURE, line)  # "What is required" beside "Knowledge"
            return
        statement = self.criterion(line)
        if (
            not self._has_own_outcomes
            and statement
            and statement[0]
            and statement[0][0] != self._letter
            and statement[0] not in self._taken
        ):
            self._letter = statement[0][0]
            self.section = Section.OUTCOMES
            yield from self._take_outcome(replace(line, bold=()), (None, NAMES[self._letter]))
        if statement and statement[0] in self._taken:
            yield Marked(Role.STRUCTURE, line)  # repeated where the assessment methods are mapped
        else:
            yield from super()._read(line)


LAYOUT = Layout("apprenticeship standard", claim, mark)
