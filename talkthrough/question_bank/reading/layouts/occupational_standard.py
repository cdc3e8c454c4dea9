"""National Occupational Standards: numbered performance criteria (P1) under group headings, then knowledge (K1)."""

import re
from collections.abc import Iterator, Sequence

from talkthrough.question_bank.reading import labels
from talkthrough.question_bank.reading.lines import Line
from talkthrough.question_bank.reading.roles import Layout, Marked, Role

STATEMENT = re.compile(r"([PK]\d{1,3})[.:)]?\s+(\S.*)", re.DOTALL)
CODE = re.compile(r"[A-Z]{3,}[A-Z0-9]*\d+(?:\.\d+)?")
STEMS = re.compile(r"you must be able to|you need to know and understand|you must know and understand", re.IGNORECASE)
SECTION = re.compile(
    r"(overview|performance criteria|knowledge and understanding|scope/?range|glossary|values|behaviours|skills)",
    re.IGNORECASE,
)
FIELDS = (
    ("version", re.compile(r"version number\s+(.+)", re.IGNORECASE)),
    ("approved", re.compile(r"date approved\s+(.+)", re.IGNORECASE)),
    ("review_date", re.compile(r"indicative review date\s+(.+)", re.IGNORECASE)),
    ("status", re.compile(r"validity\s+(.+)", re.IGNORECASE)),
    ("reference", re.compile(r"original urn\s+(\S+)", re.IGNORECASE)),
    (
        "other",
        re.compile(
            r"(?:status|developed by|originating organisation|relevant occupations|suite|key ?words)\s+(.+)",
            re.IGNORECASE,
        ),
    ),
)


def claim(lines: Sequence[Line]) -> int:
    """Counts the stems that only these standards print, and their statements."""
    stems = sum(1 for line in lines if STEMS.match(line.text))
    statements = sum(1 for line in lines if STATEMENT.match(line.text))
    return stems and stems + statements * 2


def mark(lines: Sequence[Line]) -> list[Marked]:
    """Give every line its role."""
    reader = _Reader(lines)
    return [one for position, line in enumerate(lines) for one in reader.read(position, line)]


class _Reader:
    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._code: str | None = None
        self._title: str | None = None
        self._section = "front"
        self._has_outcome = False

    def read(self, position: int, line: Line) -> Iterator[Marked]:
        text = line.text.strip()
        if (
            self._title is None
            and not CODE.fullmatch(text)
            and self._section == "front"
            and not SECTION.fullmatch(text)
        ):
            self._title = text
            yield Marked(Role.FIELD, line, text, name="title")
        elif text in {self._code, self._title}:
            yield Marked(Role.STRUCTURE, line)
        elif CODE.fullmatch(text) and self._code is None:
            self._code = text
            yield Marked(Role.UNIT, line, number=text)
        elif match := SECTION.fullmatch(labels.key(text)):
            yield from self._enter(match.group(1).lower(), line)
        elif match := STATEMENT.match(text):
            yield Marked(Role.CRITERION, line, match.group(2), match.group(1))
        elif STEMS.match(text):
            yield Marked(Role.STRUCTURE, line)
        elif field := _field(text):
            yield from _metadata(line, *field)
        else:
            yield self._other(position, line)

    def _enter(self, section: str, line: Line) -> Iterator[Marked]:
        self._section = section
        if section == "knowledge and understanding":
            yield Marked(Role.OUTCOME, line, line.text.strip(" :"), name="knowledge")
        else:
            yield Marked(Role.STRUCTURE, line)

    def _other(self, position: int, line: Line) -> Marked:
        following = self._lines[position + 1 : position + 2]
        if (
            self._section == "performance criteria"
            and following
            and (STEMS.match(following[0].text) or STATEMENT.match(following[0].text))
        ):
            return Marked(Role.OUTCOME, line, line.text.strip(" :"), name="competence")
        if self._section in {"performance criteria", "knowledge and understanding"}:
            return Marked(Role.CONTINUATION if line.text[:1].islower() else Role.OUTCOME_NOTE, line, line.text)
        return Marked(Role.UNIT_NOTE, line, line.text)


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
