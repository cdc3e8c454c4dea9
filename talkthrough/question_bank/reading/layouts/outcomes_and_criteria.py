"""Learning outcomes with criteria numbered 1.1, 1.2 ...: City & Guilds, Skills CFA, Pearson and many others."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from talkthrough.question_bank.reading import labels
from talkthrough.question_bank.reading.labels import Section
from talkthrough.question_bank.reading.lines import Line
from talkthrough.question_bank.reading.roles import Layout, Marked, Role
from talkthrough.question_bank.reading.section_reader import SectionReader
from talkthrough.question_bank.reading.unit_reader import Statement

Pair = tuple[int, int]


def claim(lines: Sequence[Line]) -> int:
    """Every numbered criterion counts."""
    return sum(labels.numbered_criteria(line.text) for line in lines)


def mark(lines: Sequence[Line]) -> list[Marked]:
    """Give every line its role."""
    return set_remarks_aside(_Reader(lines).mark(lines))


class _Reader(SectionReader):
    def __init__(self, lines: Sequence[Line]) -> None:
        super().__init__()
        self._outcome = 0
        self._last: Pair | None = None
        self._heads = {line for line, following in pairwise(lines) if _heads(line, following)}

    def outcome(self, line: Line) -> Statement | None:
        """A single number, if it is the next one, or if an outcome is due, or if the words are those of an outcome."""
        if certain := self.certain_outcome(line):
            return certain
        match = labels.OUTCOME.match(line.text)
        if not match:
            return (None, line.text) if line in self._heads and not line.is_bullet else None
        number, text = int(match.group(1)), match.group(2)
        is_due = self.expects_outcome or number == self._outcome + 1
        if not (is_due or labels.OUTCOME_STEM.match(text)):
            return None
        self._outcome, self._last = number, None
        return match.group(1), text

    def criterion(self, line: Line) -> Statement | None:
        match = labels.CRITERION.match(line.text)
        return (match.group(1), match.group(2)) if match else None

    def opens_outcomes(self, line: Line) -> bool:
        match = labels.OUTCOME.match(line.text)
        is_stem = match is not None and labels.OUTCOME_STEM.match(match.group(2)) is not None
        return line in self._heads or is_stem

    def run_together(self, statement: Statement) -> list[Statement]:
        """Criteria that run on in one line are split where the next expected number stands (323 outcome 1)."""
        number, text = statement
        self._last = _pair(number) if number else None
        found: list[Statement] = []
        start = 0
        for match in labels.CRITERION_WITHIN.finditer(text):
            if self._last is None or _follows(self._last, match.group(1)):
                found.append((number, text[start : match.start()].strip()))
                number, start, self._last = match.group(1), match.end(), _pair(match.group(1))
        return [*found, (number, text[start:].strip())]

    def returns_to_outcomes(self, line: Line) -> bool:
        criterion, outcome = labels.CRITERION.match(line.text), labels.OUTCOME.match(line.text)
        if criterion and self._last:
            return _follows(self._last, criterion.group(1))
        is_next = outcome is not None and int(outcome.group(1)) == self._outcome + 1
        return bool(is_next and outcome and labels.OUTCOME_STEM.match(outcome.group(2)))

    def _start_unit(self, *, has_title: bool) -> None:
        super()._start_unit(has_title=has_title)
        self._outcome, self._last = 0, None


def _heads(line: Line, following: Line) -> bool:
    """Whether the line is an outcome with its first criterion, or the label of its criteria, right below it."""
    outcome, criterion = labels.OUTCOME.match(line.text), labels.CRITERION.match(following.text)
    if outcome and criterion:
        return criterion.group(1) == f"{outcome.group(1)}.1"
    is_label = labels.section_of(following.text) is Section.OUTCOMES and "criteri" in labels.key(following.text)
    is_first = criterion is not None and criterion.group(1).endswith(".1")
    if outcome:
        return is_label
    return (is_label or is_first) and labels.OUTCOME_STEM.match(line.text) is not None


def _pair(number: str) -> Pair:
    major, minor = number.split(".")
    return int(major), int(minor)


def _follows(last: Pair, number: str) -> bool:
    """Whether the number comes next: 1.2 after 1.1, 2.1 after 1.6."""
    return _pair(number) in {(last[0], last[1] + 1), (last[0] + 1, 1)}


def set_remarks_aside(marked: list[Marked]) -> list[Marked]:
    """A numbered line printed before x.1 whose number comes again in its place is a reviewer's remark (CS 45: "1.4
    requires ...").
    """
    result = list(marked)
    seen: dict[str, int] = {}
    for position, one in enumerate(marked):
        if one.role in {Role.OUTCOME, Role.UNIT}:
            seen = {}
        elif one.role is Role.CRITERION and one.number:
            earlier = seen.get(one.number)
            if earlier is not None and not any(
                number.endswith(".1") for number in list(seen)[: list(seen).index(one.number) + 1]
            ):
                result[earlier] = replace(marked[earlier], role=Role.OUTCOME_NOTE, text=marked[earlier].line.text)
            seen[one.number] = position
    return result


LAYOUT = Layout("outcomes and criteria", claim, mark)
