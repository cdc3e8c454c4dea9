"""National Occupational Standards: performance criteria under group headings, then knowledge; numbered P1 and K1, or
1, 2, 3.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from talkthrough.question_bank.reading import labels
from talkthrough.question_bank.reading.lines import Line
from talkthrough.question_bank.reading.roles import Layout, Marked, Role

STATEMENT = re.compile(r"([PK]\d{1,3})[.:)]?\s+(\S.*)", re.DOTALL)
COUNTED = re.compile(r"(\d{1,3})[.:)]?\s+(\S.*)", re.DOTALL)
CODE = re.compile(r"[A-Z]{3,}[A-Z0-9]*\d+(?:\.\d+)?")
STEM = re.compile(r"you must be able to|you (?:need|must) (?:to )?know and understand", re.IGNORECASE)
SECTION = re.compile(
    r"(overview|performance criteria|knowledge and understanding|scope/?range|scope|glossary"
    r"|values|behaviours|skills|additional information"
    r"|external links|links to other nos)(?: relat.{0,40}| statement)?",
    re.IGNORECASE,
)
LEAST_STEMS = 2
PERFORMANCE, KNOWLEDGE = "performance criteria", "knowledge and understanding"
FIELDS = (
    ("version", re.compile(r"version number:?\s+(.+)", re.IGNORECASE)),
    ("approved", re.compile(r"date approved:?\s+(.+)", re.IGNORECASE)),
    ("review_date", re.compile(r"indicative review date:?\s+(.+)", re.IGNORECASE)),
    ("status", re.compile(r"validity:?\s+(.+)", re.IGNORECASE)),
    ("reference", re.compile(r"original urn:?\s+(\S+)", re.IGNORECASE)),
    ("issuer", re.compile(r"(?:developed by|originating organisation):?\s+(.+)", re.IGNORECASE)),
    (
        "other",
        re.compile(
            r"(?:status|relevant occupations|suite|key ?words)\b:?\s+(.+)",
            re.IGNORECASE,
        ),
    ),
)


def claim(lines: Sequence[Line]) -> int:
    """Counts the stems that only these standards print, and the statements after them."""
    if sum(1 for line in lines if STEM.match(line.text)) < LEAST_STEMS:
        return 0
    return 2 * sum(1 for one in mark(lines) if one.role is Role.CRITERION)


def mark(lines: Sequence[Line]) -> list[Marked]:
    """Give every line its role."""
    joined = _with_facts_joined(lines)
    reader = _Reader(joined)
    return [one for position, line in enumerate(joined) for one in reader.read(position, line)]


def _with_facts_joined(lines: Sequence[Line]) -> list[Line]:
    """The label of a fact and its value in neighbouring cells are one line."""
    joined: list[Line] = []
    for line in lines:
        label = joined[-1] if joined and line.row is not None and joined[-1].row == line.row else None
        if label and not _field(label.text) and _field(f"{label.text} {line.text}"):
            joined[-1] = replace(label, last=line.last, text=f"{label.text} {line.text}")
        else:
            joined.append(line)
    return joined


class _Reader:
    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._code: str | None = None
        self._title: str | None = None
        self._section = "front"
        self._after_stem = False
        self._needs_outcome = False

    def read(self, position: int, line: Line) -> Iterator[Marked]:
        text = line.text.strip()
        if text in {self._code, self._title}:
            yield Marked(Role.STRUCTURE, line)
        elif self._section == "front" and not SECTION.fullmatch(labels.key(text)):
            yield from self._in_front(line, text)
        elif match := SECTION.fullmatch(labels.key(text)):
            yield from self._enter(match.group(1).lower(), line)
        elif STEM.match(text):
            yield from self._after(line, text)
        elif statement := self._statement(line):
            yield from self._take(line, *statement)
        elif field := _field(text):
            yield from _metadata(line, *field)
        else:
            yield self._other(position, line)

    def _in_front(self, line: Line, text: str) -> Iterator[Marked]:
        if self._code is None and CODE.fullmatch(text):
            self._code = text
            yield Marked(Role.UNIT, line, number=text)
        elif self._title is None:
            self._title = text
            yield Marked(Role.FIELD, line, text, name="title")
        else:
            yield Marked(Role.UNIT_NOTE, line, text)

    def _enter(self, section: str, line: Line) -> Iterator[Marked]:
        self._section, self._after_stem = section, False
        self._needs_outcome = section == PERFORMANCE
        if section == KNOWLEDGE:
            yield Marked(Role.OUTCOME, line, line.text.strip(" :"), name="knowledge")
        else:
            yield Marked(Role.STRUCTURE, line)

    def _after(self, line: Line, text: str) -> Iterator[Marked]:
        """The stem may be followed by the first statement on the same line."""
        self._after_stem = True
        rest = STEM.sub("", text, count=1).strip(" :*")
        statement = STATEMENT.match(rest)
        if statement:
            yield from self._take(line, statement.group(1), statement.group(2))
        else:
            yield Marked(Role.STRUCTURE, line)

    def _statement(self, line: Line) -> tuple[str | None, str] | None:
        if match := STATEMENT.match(line.text):
            return match.group(1), match.group(2)
        if not self._after_stem or self._section not in {PERFORMANCE, KNOWLEDGE}:
            return None
        if match := COUNTED.match(line.text):
            return match.group(1), match.group(2)
        return (None, line.text) if line.is_bullet else None

    def _take(self, line: Line, number: str | None, text: str) -> Iterator[Marked]:
        if self._needs_outcome:
            self._needs_outcome = False
            yield Marked(Role.OUTCOME, line, "Performance criteria", name="competence")
        yield Marked(Role.CRITERION, line, text, number)

    def _other(self, position: int, line: Line) -> Marked:
        if self._section == PERFORMANCE and self._heads_statements(position):
            self._needs_outcome = False
            return Marked(Role.OUTCOME, line, line.text.strip(" :"), name="competence")
        if self._section in {PERFORMANCE, KNOWLEDGE} and self._after_stem:
            return Marked(Role.CONTINUATION if line.text[:1].islower() else Role.OUTCOME_NOTE, line, line.text)
        return Marked(Role.UNIT_NOTE, line, line.text)

    def _heads_statements(self, position: int) -> bool:
        following = next(iter(self._lines[position + 1 : position + 2]), None)
        if following is None:
            return False
        return bool(STEM.match(following.text) or STATEMENT.match(following.text) or COUNTED.match(following.text))


def _field(text: str) -> tuple[str, str] | None:
    for name, pattern in FIELDS:
        match = pattern.fullmatch(text)
        if match:
            return name, match.group(1)
    return None


def _metadata(line: Line, name: str, value: str) -> Iterator[Marked]:
    yield Marked(Role.FIELD, line, value, name=name)
    if name != "reference":
        yield Marked(Role.UNIT_NOTE, line, line.text)


LAYOUT = Layout("occupational standard", claim, mark)
