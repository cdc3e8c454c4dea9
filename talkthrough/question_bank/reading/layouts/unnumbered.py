"""Criteria without numbers of their own: performance criteria under elements, bullets after "The learner can:", a) b)
c).
"""

import re
from collections.abc import Iterator, Sequence

from talkthrough.question_bank.reading import labels
from talkthrough.question_bank.reading.labels import Section
from talkthrough.question_bank.reading.lines import Line
from talkthrough.question_bank.reading.roles import Layout, Marked, Role
from talkthrough.question_bank.reading.section_reader import SectionReader
from talkthrough.question_bank.reading.unit_reader import Statement

ELEMENT = re.compile(r"element\s+([A-Z]{0,4}\d{0,4}\.?\d{1,2})\b\s*[-–—:.)]*\s*(.*)", re.IGNORECASE | re.DOTALL)
CRITERIA_LABEL = re.compile(
    r"(?:performance|assessment) criteria(?: \(.{0,40}\))?|(?:you|the (?:learner|candidate"
    r"|student)s?) (?:must|can|will|need to|should)(?: be able to| ensure that)?"
    r"|what you must do|practical skills",
    re.IGNORECASE,
)
KNOWLEDGE_LABEL = re.compile(
    r"you (?:need to|must|should) know(?: and understand)?|(?:underpinning |essential "
    r"|required )?knowledge(?: and understanding| requirements?| specification| statements?)?"
    r"|what you (?:must|need to) know(?: and understand)?",
    re.IGNORECASE,
)
MARKED = re.compile(
    r"\(?(?:(?:AC|PC)\s?)?([a-z]|\d{1,2}|[ivx]{1,4})[.):]\)?\s+(\S.*)|((?:AC|PC)\s?\d{1,2}|[KSP]\d{1,2})[.:)]?\s+(\S.*)",
    re.DOTALL,
)
LAST_RESORT = 2
COUNTED = re.compile(r"(\d{1,2})\s+(\S.*)", re.DOTALL)
RANGE = re.compile(r"range(?: statements?)?|scope|evidence requirements?|(?:type of )?evidence|notes?", re.IGNORECASE)


def claim(lines: Sequence[Line]) -> int:
    """Little, so that every family with codes of its own goes first; nothing where criteria are numbered like 1.1."""
    if sum(labels.numbered_criteria(line.text) for line in lines) > 1:
        return 0
    criteria = [one.line.text for one in mark(lines) if one.role is Role.CRITERION]
    return LAST_RESORT if criteria and not any(map(labels.CRITERION.match, criteria)) else 0


def mark(lines: Sequence[Line]) -> list[Marked]:
    """Give every line its role."""
    return _Reader(lines).mark(lines)


class _Reader(SectionReader):
    def __init__(self, lines: Sequence[Line]) -> None:
        self._has_bullets = False
        self._is_knowledge = False
        self._count = 0
        super().__init__()
        self._in_tables = any(
            line.row is not None and labels.section_of(line.text) is Section.OUTCOMES for line in lines
        )

    def certain_outcome(self, line: Line) -> Statement | None:
        match = ELEMENT.match(line.text)
        if match and not line.is_bullet and not match.group(2)[:1].islower():
            return match.group(1), match.group(2).strip()
        return super().certain_outcome(line)

    def outcome(self, line: Line) -> Statement | None:
        if self._in_tables and line.column is not None and line.column == self._outcome_column and line.is_fresh:
            return _unmarked(line)
        if not self.expects_outcome or self.expects_criteria:
            return None
        counted = labels.OUTCOME.match(line.text)
        return (counted.group(1), counted.group(2)) if counted else _unmarked(line)

    def resumes(self, line: Line) -> bool:
        """Without numbers nothing tells a criterion from any other list below a strange heading."""
        del line
        return False

    def criterion(self, line: Line) -> Statement | None:
        if not self.expects_criteria or (line.column is not None and line.column == self._outcome_column):
            return None
        is_listed = line.is_bullet or MARKED.match(line.text) is not None
        if is_listed:
            self._has_bullets = True
            return _unmarked(line)
        counted = COUNTED.match(line.text)
        if counted and int(counted.group(1)) == self._count + 1:
            self._count += 1
            return counted.group(1), counted.group(2)
        if (
            self._has_bullets
            or line.looks_like_heading
            or (line.text[:1].islower() and self.has_criterion and not (line.is_fresh or line.gap))
        ):
            return None
        return _unmarked(line)

    def _read(self, line: Line) -> Iterator[Marked]:
        label = labels.key(line.text)
        in_guidance = self.section in {Section.GUIDANCE, Section.EVIDENCE, Section.PROSE, Section.RESOURCES}
        if KNOWLEDGE_LABEL.fullmatch(label) and not line.is_bullet:
            yield from self._knowledge(line)
        elif CRITERIA_LABEL.fullmatch(label) and not line.is_bullet:
            yield from self._close_field()
            self.section = Section.OUTCOMES
            self._expect(outcome=label.startswith("the") and label.endswith("will"))
            self._has_bullets = False
            yield Marked(Role.STRUCTURE, line)
        elif RANGE.fullmatch(label) and not in_guidance and not line.is_bullet:
            self.section = Section.PROSE
            yield Marked(Role.STRUCTURE, line)
        else:
            yield from super()._read(line)

    def _knowledge(self, line: Line) -> Iterator[Marked]:
        """What the learner must know stands as an outcome of its own."""
        yield from self._close_field()
        already = self.has_outcome and not self.has_criterion and self._is_knowledge
        self.section = Section.OUTCOMES
        if already:
            yield Marked(Role.STRUCTURE, line)
        else:
            yield from self._take_outcome(line, (None, line.text.strip(" :")))
        self._is_knowledge = True
        self._has_bullets = False
        self._expect(outcome=False)

    def outcome_kind(self, text: str) -> str:
        return "knowledge" if KNOWLEDGE_LABEL.fullmatch(labels.key(text)) else ""

    def _take_outcome(self, line: Line, outcome: Statement) -> Iterator[Marked]:
        yield from super()._take_outcome(line, outcome)
        self._is_knowledge = False
        self._has_bullets = False
        self._count = 0
        self.expects_criteria = self._in_tables

    def _start_unit(self, *, has_title: bool) -> None:
        super()._start_unit(has_title=has_title)
        self._is_knowledge = False
        self._has_bullets = False


def _unmarked(line: Line) -> Statement:
    """The printed letter or number, and the text without it."""
    match = MARKED.match(line.text)
    if not match:
        return None, line.text
    return match.group(1) or re.sub(r"[AP]C\s?", "", match.group(3)), match.group(2) or match.group(4)


LAYOUT = Layout("unnumbered criteria", claim, mark)
