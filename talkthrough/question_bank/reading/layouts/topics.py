"""Topic areas with statements numbered 1.1 or 1.1.1."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from talkthrough.question_bank.reading import labels
from talkthrough.question_bank.reading.labels import Section
from talkthrough.question_bank.reading.lines import Line
from talkthrough.question_bank.reading.roles import Layout, Marked, Role
from talkthrough.question_bank.reading.section_reader import SectionReader
from talkthrough.question_bank.reading.unit_reader import Statement
from talkthrough.question_bank.reading.wording import command_verbs

TOPIC = re.compile(
    r"(?:topic|content|subject|knowledge|skills?)(?: area)?\s+([A-Z]?\d{1,2})(?!\.\d)\b\s*[-–—:.)]*\s*(.*)",
    re.IGNORECASE | re.DOTALL,
)
DEEP = re.compile(
    r"(?:AC\s*)?(\d{1,2}\.\d{1,2}\.\d{1,2}|\d{1,2}\.\d{1,2}[a-z](?=[.:)]?\s))[.:)]?\s+(\S.*)", re.IGNORECASE | re.DOTALL
)


def claim(lines: Sequence[Line]) -> int:
    """Three-part numbers and labels of topic areas."""
    deep = sum(1 for line in lines if DEEP.match(line.text))
    topics = sum(1 for line in lines if TOPIC.match(line.text) and not line.is_bullet)
    plain = sum(1 for line in lines if labels.CRITERION.match(line.text))
    if deep > 1:
        return 3 * deep + plain
    return plain + topics if topics > 0 and plain > 1 else 0


def mark(lines: Sequence[Line]) -> list[Marked]:
    """Give every line its role."""
    return _Reader(lines).mark(lines)


class _Reader(SectionReader):
    """Statements are the deepest numbers, unless the level above starts with command verbs and the deepest only
    details it.
    """

    def __init__(self, lines: Sequence[Line]) -> None:
        self._topic_is_labelled = False
        super().__init__()
        deep = Counter(_above(match.group(1)) for line in lines if (match := DEEP.match(line.text)))
        parents = [match for line in lines if (match := labels.CRITERION.match(line.text)) and match.group(1) in deep]
        led_by_verb = sum(
            1 for match in parents if command_verbs(match.group(2)) and not labels.OUTCOME_STEM.match(match.group(2))
        )
        self._details = bool(parents) and led_by_verb * 2 > len(parents)
        self._headings = set() if self._details else set(deep)

    def certain_outcome(self, line: Line) -> Statement | None:
        match = TOPIC.match(line.text)
        if not match or line.is_bullet or (match.group(2)[:1].islower() and not line.looks_like_heading):
            return super().certain_outcome(line)
        return match.group(1), match.group(2).strip()

    def outcome(self, line: Line) -> Statement | None:
        if certain := self.certain_outcome(line):
            return certain
        match = labels.OUTCOME.match(line.text)
        return (match.group(1), match.group(2)) if match and not line.is_bullet else None

    def criterion(self, line: Line) -> Statement | None:
        deep = DEEP.match(line.text)
        if deep:
            return None if self._details else (deep.group(1), deep.group(2))
        plain = labels.CRITERION.match(line.text)
        return (plain.group(1), plain.group(2)) if plain and plain.group(1) not in self._headings else None

    def _read(self, line: Line) -> Iterator[Marked]:
        deep, plain = DEEP.match(line.text), labels.CRITERION.match(line.text)
        if self.section in {Section.PROSE, Section.ASSESSMENT, Section.RESOURCES}:
            yield from super()._read(line)
        elif deep and self._details:
            yield Marked(Role.SUB_POINT, line, deep.group(2))
        elif plain and plain.group(1) in self._headings:
            yield from self._heading(line, plain)
        elif deep:
            self.section = Section.OUTCOMES
            yield from self._in_outcomes(line)
        else:
            yield from super()._read(line)

    def _heading(self, line: Line, match: re.Match[str]) -> Iterator[Marked]:
        """1.1 above 1.1.1: a heading within the topic area, or the outcome itself where no topic area is printed."""
        yield from self._close_field()
        self.section = Section.OUTCOMES
        if self.has_outcome and self._topic_is_labelled:
            yield Marked(Role.OUTCOME_NOTE, line, line.text, name="heading")
        else:
            yield from self._take_outcome(line, (match.group(1), match.group(2)))
            self._topic_is_labelled = False

    def _take_outcome(self, line: Line, outcome: Statement) -> Iterator[Marked]:
        self._topic_is_labelled = True
        yield from super()._take_outcome(line, outcome)

    def _start_unit(self, *, has_title: bool) -> None:
        super()._start_unit(has_title=has_title)
        self._topic_is_labelled = False


def _above(number: str) -> str:
    """1.2 for 1.2.3 and for 1.2c."""
    return number[:-1] if number[-1].isalpha() else number.rpartition(".")[0]


LAYOUT = Layout("topic areas", claim, mark)
