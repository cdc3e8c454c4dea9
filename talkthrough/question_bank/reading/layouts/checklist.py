"""Self-assessment checklists: "Can I ...?" or "I can ..." under headings."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from talkthrough.question_bank.reading import labels
from talkthrough.question_bank.reading.labels import Section
from talkthrough.question_bank.reading.lines import Line
from talkthrough.question_bank.reading.roles import Layout, Marked, Role
from talkthrough.question_bank.reading.section_reader import SectionReader
from talkthrough.question_bank.reading.unit_reader import Statement

ITEM = re.compile(
    r"(?:(\d{1,2}(?:\.\d{1,2})?|[a-z])[.):]?\s+)?((?:can|do|am|have|did|could) I\b.*"
    r"|I (?:can|am able to|know|understand|have)\b.*)",
    re.IGNORECASE | re.DOTALL,
)
STEM = re.compile(
    r"(?:can|do|am|have|did|could) I\s*(?:\.{2,}|…|:)?|I (?:can|am able to)\s*(?:\.{2,}|…|:)?", re.IGNORECASE
)
BOXES = re.compile(
    r"(?:\s*(?:[☐☑☒□■▢✓✔]|\[[ x]?\]|_{2,}|\.{4,}|\b(?:yes|no|not yet|partly"
    r"|unsure)\b(?=\s*(?:/|\||$|[☐□\[])|\s+(?:no|yes)\b)|/|\|))+\s*$",
    re.IGNORECASE,
)
TICKS = re.compile(
    r"(?:yes|no|not yet|partly|unsure|y|n|tick|[☐☑☒□■▢✓✔\[\]\s/x]+|evidence"
    r"|comments?|date|signed|confident|need help|action)",
    re.IGNORECASE,
)
LONGEST_HEADING = 90
LEAST_ITEMS = 2


def claim(lines: Sequence[Line]) -> int:
    """Every question that a learner asks about himself or herself."""
    items = len({line for line in lines if ITEM.match(line.text)} | _below_stems(lines))
    return 2 * items if items >= LEAST_ITEMS else 0


def mark(lines: Sequence[Line]) -> list[Marked]:
    """Give every line its role."""
    return _Reader(lines).read_all()


def _below_stems(lines: Sequence[Line]) -> set[Line]:
    """Cells below the head "Can I ..." and bullets below such a line."""
    found: set[Line] = set()
    stem: Line | None = None
    for line in lines:
        if STEM.fullmatch(line.text):
            stem = line
        elif stem is not None and (line.is_bullet if stem.row is None else line.row is not None):
            if line.column == stem.column and not TICKS.fullmatch(labels.key(line.text) or "-"):
                found.add(line)
        else:
            stem = None
    return found


class _Reader(SectionReader):
    def __init__(self, lines: Sequence[Line]) -> None:
        super().__init__()
        self._lines = lines
        self._items = _below_stems(lines)
        self._next: Line | None = None

    def read_all(self) -> list[Marked]:
        marked: list[Marked] = []
        self._title_line = next((line for line in self._lines if line.heading == 1), None)
        for place, line in enumerate(self._lines):
            following = (each for each in self._lines[place + 1 :] if not TICKS.fullmatch(labels.key(each.text) or "-"))
            self._next = next(following, None)
            marked.extend(self._read(line))
        return [*marked, *self._close_field()]

    def criterion(self, line: Line) -> Statement | None:
        if line in self._items:
            return None, BOXES.sub("", line.text).strip()
        match = ITEM.match(line.text) if line != self._title_line else None
        return (match.group(1), BOXES.sub("", match.group(2)).strip()) if match else None

    def _read(self, line: Line) -> Iterator[Marked]:
        if TICKS.fullmatch(labels.key(line.text) or "-") or STEM.fullmatch(line.text):
            yield Marked(Role.STRUCTURE, line)
        elif self.criterion(line) and self.section is not Section.PROSE:
            yield from self._close_field()
            self.section = Section.OUTCOMES
            yield from self._in_outcomes(line)
        elif self._is_group(line):
            yield from self._close_field()
            self.section = Section.OUTCOMES
            match = labels.OUTCOME.match(line.text)
            own = (match.group(1), match.group(2)) if match else (None, line.text)
            yield from self._take_outcome(replace(line, bold=()), (own[0], own[1].strip(" :")))
        else:
            yield from super()._read(line)

    def _is_group(self, line: Line) -> bool:
        """A short line right above an item names its group."""
        is_above = self._next is not None and ITEM.match(self._next.text) is not None
        is_short = len(line.text) <= LONGEST_HEADING and line.text[-1:] not in ".?!;"
        is_front = (
            labels.field_of(line.text) or labels.UNIT_HEADING.fullmatch(line.text) or labels.section_of(line.text)
        )
        return is_above and is_short and not line.is_bullet and not is_front


LAYOUT = Layout("checklist", claim, mark)
