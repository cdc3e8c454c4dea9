"""Learning aims with Pass, Merit and Distinction criteria in a grid: 2A.P1, A.M1, P1, D1."""

import re
from collections.abc import Iterator, Sequence

from talkthrough.question_bank.reading import labels
from talkthrough.question_bank.reading.labels import Section
from talkthrough.question_bank.reading.lines import Line
from talkthrough.question_bank.reading.roles import Layout, Marked, Role
from talkthrough.question_bank.reading.section_reader import SectionReader
from talkthrough.question_bank.reading.unit_reader import Statement

AIM = re.compile(r"learning aims?\s+([A-H])\b(?!\s*(?:,|and|to|&))\s*[-–—:.)]*\s*(.*)", re.IGNORECASE | re.DOTALL)
CODE = re.compile(
    r"((?:\d?[A-H]{1,4}\.)?[PMD]\d{1,2}|\d[A-H]\.\d{1,2})(?![\w])[*#]*[.:)]?\s*[-–—:]?\s+(\S.*)", re.DOTALL
)
GRADES = re.compile(
    r"(?:level \d\s*)?(?:pass|merit|distinction)(?: criteria| standard)?|level \d"
    r"|(?:assessment (?:and )?)?grading criteria|assessment and grading criteria"
    r"|to achieve an? .{0,40}(?:grade|criteria).{0,90}",
    re.IGNORECASE,
)


def claim(lines: Sequence[Line]) -> int:
    """Graded codes and labels of aims; P codes alone are another family."""
    codes = [match.group(1) for line in lines if (match := CODE.match(line.text))]
    aims = sum(1 for line in lines if AIM.match(line.text))
    has_grades = any(re.search(r"[MD]\d+$", code) for code in codes)
    return 2 * (len(codes) + aims) if codes and (has_grades or aims) else 0


def mark(lines: Sequence[Line]) -> list[Marked]:
    """Give every line its role."""
    return _Reader().mark(lines)


class _Reader(SectionReader):
    def certain_outcome(self, line: Line) -> Statement | None:
        match = AIM.match(line.text)
        return (match.group(1).upper(), match.group(2).strip()) if match else super().certain_outcome(line)

    def outcome(self, line: Line) -> Statement | None:
        """Grids of older units count their learning outcomes 1, 2, 3."""
        match = labels.OUTCOME.match(line.text)
        is_outcome = (
            match and not line.is_bullet and (self.expects_outcome or labels.OUTCOME_STEM.match(match.group(2)))
        )
        return (match.group(1), match.group(2)) if match and is_outcome else self.certain_outcome(line)

    def criterion(self, line: Line) -> Statement | None:
        match = CODE.match(line.text)
        return (match.group(1), match.group(2)) if match else None

    def _read(self, line: Line) -> Iterator[Marked]:
        if GRADES.fullmatch(labels.key(line.text)):
            yield from self._close_field()
            self.section = Section.OUTCOMES
            yield Marked(Role.STRUCTURE, line)
        elif (code := self.criterion(line)) and code[0] in self._taken:
            yield Marked(Role.STRUCTURE, line)  # named again in the notes for assessors
        elif code and self.section is not Section.PROSE:
            yield from self._close_field()
            self.section = Section.OUTCOMES
            yield from self._in_outcomes(line)
        else:
            yield from super()._read(line)

    def _in_outcomes(self, line: Line) -> Iterator[Marked]:
        if not self.has_criterion and self.has_outcome and not self._lacks_text and not self.criterion(line):
            yield Marked(Role.PROSE, line, line.text)  # the content of the aim, before the grid
        else:
            yield from super()._in_outcomes(line)


LAYOUT = Layout("learning aims", claim, mark)
