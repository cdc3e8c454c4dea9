"""National unit standards: "Specific outcome 1" with "Assessment criterion 1", each label on a line of its own or
before its text.
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

OUTCOME = re.compile(r"specific outcome\s*(\d{1,2})\b\s*[-–—:.)]*\s*(.*)", re.IGNORECASE | re.DOTALL)
CRITERION = re.compile(
    r"assessment criteri(?:on|a)\s*(\d{1,2})(?!\.\d)\b\s*[-–—:.)]*\s*(.*)", re.IGNORECASE | re.DOTALL
)
ASIDE = re.compile(r"(?:outcome|assessment criterion|criterion)?\s*(?:range|notes?)(?: statements?)?", re.IGNORECASE)
AFTER = re.compile(
    r"(?:critical cross[- ]field|unit standard (?:assessor|accreditation|essential|developmental"
    r"|linkages|range)|assessor|moderation|essential embedded).*",
    re.IGNORECASE,
)
REPEATED_NUMBER = re.compile(r"\(?\d{1,2}[.)]\s+")


def claim(lines: Sequence[Line]) -> int:
    """Both labels count."""
    return (
        2 * sum(1 for line in lines if OUTCOME.match(line.text) or CRITERION.match(line.text))
        if _has_both(lines)
        else 0
    )


def _has_both(lines: Sequence[Line]) -> bool:
    return any(OUTCOME.match(line.text) for line in lines) and any(CRITERION.match(line.text) for line in lines)


def mark(lines: Sequence[Line]) -> list[Marked]:
    """Give every line its role."""
    return _Reader().mark(lines)


class _Reader(SectionReader):
    def __init__(self) -> None:
        super().__init__()
        self._is_aside = False

    def certain_outcome(self, line: Line) -> Statement | None:
        match = OUTCOME.match(line.text)
        return (match.group(1), match.group(2).strip()) if match else None

    def criterion(self, line: Line) -> Statement | None:
        match = CRITERION.match(line.text)
        return (match.group(1), REPEATED_NUMBER.sub("", match.group(2))) if match else None

    def _read(self, line: Line) -> Iterator[Marked]:
        if ASIDE.fullmatch(labels.key(line.text)) and self.has_outcome:
            self._is_aside = True
            yield Marked(Role.STRUCTURE, line)
        elif AFTER.fullmatch(labels.key(line.text)):
            self.section = Section.PROSE
            yield Marked(Role.STRUCTURE, line)
        elif self.criterion(line) and self.section is not Section.PROSE:
            self._is_aside = False
            self.section = Section.OUTCOMES
            yield from self._in_outcomes(line)
        elif self.certain_outcome(line) or labels.section_of(line.text):
            self._is_aside = False
            yield from super()._read(line)
        elif self._is_aside:
            yield Marked(Role.OUTCOME_NOTE, line, line.text, name="heading")
        elif self._lacks_text:
            yield from super()._read(replace(line, text=REPEATED_NUMBER.sub("", line.text, count=1)))
        else:
            yield from super()._read(line)


LAYOUT = Layout("unit standard", claim, mark)
