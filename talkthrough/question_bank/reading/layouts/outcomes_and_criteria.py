"""Units of learning outcomes with numbered assessment criteria: City & Guilds, Skills CFA, Pearson and many others.

Sections are told by their labels ("Learning outcome", "Assessment criteria", "Evidence may be supplied by:"), never by markup,
because heading levels, bold type, tables and bullets differ even within one document.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from talkthrough.question_bank.reading import labels
from talkthrough.question_bank.reading.guidance import is_only_eg
from talkthrough.question_bank.reading.labels import Section
from talkthrough.question_bank.reading.lines import Line
from talkthrough.question_bank.reading.roles import Layout, Marked, Role

SENTENCE_VERB = re.compile(r"\b(?:will|must|should|is|are|was|may|can|need|needs|has|have)\b", re.IGNORECASE)
TERM_WITH_EXAMPLE = re.compile(r"(.{3,90}?),?\s+(?:e\.g\.?|eg|for example):?\s+(\S.*)", re.IGNORECASE | re.DOTALL)
EVIDENCE_SENTENCE = re.compile(
    r"evidence (?:can|may|could) be (?:presented|provided|supplied|submitted)(?: as| by| in the form of)\s+([^.]+)\.\s*",
    re.IGNORECASE,
)
DEMAND = re.compile(r"\b(?:must|needs? to|required to|has to|have to|should)\b", re.IGNORECASE)
SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
TOPIC = re.compile(r"([^:;.,]{3,90}):\s+(\S.*)", re.DOTALL)


def claim(lines: Sequence[Line]) -> int:
    """Every numbered criterion counts."""
    return sum(1 for line in lines if labels.CRITERION.match(line.text))


def mark(lines: Sequence[Line]) -> list[Marked]:
    """Give every line its role."""
    reader = _Reader()
    marked = [one for line in lines for one in reader.read(line)]
    return set_remarks_aside([*marked, *reader.finish()])


class _Reader:
    """Walks over the lines and knows in which section of which unit it stands."""

    def __init__(self) -> None:
        self._section = Section.FRONT
        self._has_unit = False
        self._has_title = False
        self._unit_number: str | None = None
        self._field: tuple[str, Line] | None = None
        self._field_has_value = False
        self._outcome = 0
        self._criterion: tuple[int, int] | None = None
        self._expects_outcome = False
        self._starts_guidance = False
        self._outcome_column: int | None = None
        self._last_column: int | None = None

    def read(self, line: Line) -> Iterator[Marked]:
        if line.text.startswith("\N{REPLACEMENT CHARACTER}"):
            yield Marked(Role.COMMENT, line, line.text.lstrip("\N{REPLACEMENT CHARACTER} "))
        elif unit := self._unit_start(line):
            yield from self._begin_unit(unit)
        elif section := self._label(line):
            yield from self._enter(section, line)
        else:
            yield from self._in_section(line)

    def finish(self) -> Iterator[Marked]:
        yield from self._close_field()

    # Units and sections

    def _unit_start(self, line: Line) -> Marked | None:
        field = labels.field_of(line.text)
        if field and field[0] == "title" and self._section is not Section.GUIDANCE:
            return Marked(Role.UNIT, line, field[1])
        match = labels.UNIT_HEADING.fullmatch(line.text)
        if not match or line.is_bullet or len(line.text) > 160 or match.group(2)[:1].islower():
            return None
        return Marked(Role.UNIT, line, match.group(2).strip(), match.group(1))

    def _begin_unit(self, unit: Marked) -> Iterator[Marked]:
        yield from self._close_field()
        if unit.number and unit.number == self._unit_number:
            yield Marked(Role.STRUCTURE, unit.line)  # the running head of the next page
            return
        self.__init__()  # type: ignore[misc]
        self._unit_number = unit.number
        self._has_unit = True
        self._has_title = bool(unit.text)
        yield unit
        if not unit.number and not unit.text:
            self._field = ("title", unit.line)

    def _label(self, line: Line) -> Section | None:
        section = labels.section_of(line.text)
        if section is None or (line.is_bullet and not line.looks_like_heading):
            return None
        if section is Section.RESOURCES and self._section in {Section.GUIDANCE, Section.EVIDENCE}:
            return None  # "Resources:" is a term of the guidance (401, 323)
        if section is Section.EVIDENCE and labels.key(line.text) == "by" and self._section is not Section.EVIDENCE:
            return None
        return section

    def _enter(self, section: Section, line: Line) -> Iterator[Marked]:
        yield from self._close_field()
        if section is Section.OUTCOMES:
            self._expects_outcome = "criteri" not in labels.key(line.text)
            if line.column is not None and self._expects_outcome:
                self._outcome_column = line.column
        self._starts_guidance = section is Section.GUIDANCE
        self._section = section
        yield Marked(Role.STRUCTURE, line)

    def _in_section(self, line: Line) -> Iterator[Marked]:
        rest = labels.without_stem(line.text)
        if rest is not None:
            self._section = Section.OUTCOMES
            self._expects_outcome = bool(
                re.search(r"\b(?:will|should)\b", line.text[: len(line.text) - len(rest)], re.IGNORECASE)
            )
            if rest:
                yield from self._in_outcomes(replace(line, text=rest))
            else:
                yield Marked(Role.STRUCTURE, line)
            return
        handlers = {
            Section.FRONT: self._in_front,
            Section.OUTCOMES: self._in_outcomes,
            Section.GUIDANCE: self._in_guidance,
            Section.EVIDENCE: self._in_evidence,
            Section.CONTENT: self._in_content,
            Section.ASSESSMENT: self._in_assessment,
            Section.RESOURCES: self._in_resources,
            Section.PROSE: self._in_prose,
        }
        yield from handlers[self._section](line)

    # Front matter

    def _in_front(self, line: Line) -> Iterator[Marked]:
        field = labels.field_of(line.text)
        if field:
            yield from self._close_field()
            self._field, self._field_has_value = (field[0], line), False
            if field[1]:
                yield from self._value(replace(line, text=field[1]))
            else:
                yield Marked(Role.STRUCTURE, line)
        elif self._field and (
            not self._field_has_value or self._field[0] in {"aim", "nos"} or self._field[1].row == line.row != None
        ):  # noqa: E711
            yield from self._value(line)
        elif not self._has_title and self._has_unit:
            self._has_title = True
            yield Marked(Role.FIELD, line, line.text, name="title")
        elif labels.CRITERION.match(line.text):
            self._section = Section.OUTCOMES
            yield from self._in_outcomes(line)
        else:
            yield Marked(Role.PROSE, line)

    def _value(self, line: Line) -> Iterator[Marked]:
        name = self._field[0] if self._field else "other"
        self._field_has_value = True
        if name == "nos":
            yield Marked(Role.NOS_LINK, line, line.text)
        elif name == "endorsement":
            yield Marked(Role.UNIT_NOTE, line, line.text)
        elif name == "aim" and labels.key(line.text) == "this unit concerns":
            yield Marked(Role.BLANK, line, name=name)
        elif name == "number":
            yield Marked(Role.FIELD, line, line.text, name=name)
        else:
            yield Marked(Role.FIELD, line, line.text, name=name)
            self._has_title = self._has_title or name == "title"

    def _close_field(self) -> Iterator[Marked]:
        if self._field and not self._field_has_value:
            yield Marked(Role.BLANK, self._field[1], name=self._field[0])
        self._field, self._field_has_value = None, False

    # Outcomes and criteria

    def _in_outcomes(self, line: Line) -> Iterator[Marked]:
        text = line.text
        if match := labels.CRITERION.match(text):
            yield from self._criteria(line, match)
        elif (match := labels.OUTCOME.match(text)) and self._is_outcome(match):
            yield from self._outcome_line(line, match)
        elif self._criterion and self._is_sub_point(line):
            yield Marked(Role.SUB_POINT, line, text)
        elif self._outcome and line.column is not None and line.column == self._outcome_column and self._criterion:
            yield Marked(Role.OUTCOME_CONTINUATION, line, text)
        elif text[:1].islower() and self._outcome and not line.is_bullet:
            yield Marked(Role.CONTINUATION, line, text)
        elif self._outcome and labels.field_of(text):
            self._section = Section.FRONT
            yield from self._in_front(line)
        elif self._outcome:
            yield Marked(Role.OUTCOME_NOTE, line, text)
        else:
            yield Marked(Role.REQUIREMENT if DEMAND.search(text) else Role.PROSE, line, text)

    def _is_outcome(self, match: re.Match[str]) -> bool:
        return (
            self._expects_outcome
            or int(match.group(1)) == self._outcome + 1
            or bool(labels.OUTCOME_STEM.match(match.group(2)))
        )

    def _outcome_line(self, line: Line, match: re.Match[str]) -> Iterator[Marked]:
        self._outcome, self._criterion, self._expects_outcome = int(match.group(1)), None, False
        parts = _split_run_together(match.group(2), None)
        yield Marked(Role.OUTCOME, line, parts[0], match.group(1))
        for part in parts[1:]:
            yield from self._in_outcomes(replace(line, text=part))

    def _criteria(self, line: Line, match: re.Match[str]) -> Iterator[Marked]:
        self._expects_outcome = False
        parts = _split_run_together(match.group(2), match.group(1))
        number = match.group(1)
        yield self._one_criterion(line, number, parts[0])
        for part in parts[1:]:
            inner = labels.CRITERION.match(part)
            if inner:
                yield self._one_criterion(line, inner.group(1), inner.group(2))

    def _one_criterion(self, line: Line, number: str, text: str) -> Marked:
        major, minor = number.split(".")
        self._criterion = (int(major), int(minor))
        self._outcome = self._outcome or int(major)
        own = tuple(phrase for phrase in line.bold if phrase in text)
        return Marked(Role.CRITERION, replace(line, bold=own), text.strip(), number)

    def _is_sub_point(self, line: Line) -> bool:
        return line.is_bullet or bool(re.match(r"(?:\(?[a-z]\)|[ivx]{1,4}[.)])\s", line.text))

    # After the criteria

    def _in_guidance(self, line: Line) -> Iterator[Marked]:
        new = "new" if self._starts_guidance else ""
        self._starts_guidance = False
        if note := _note(line):
            yield note
        elif line.is_bullet:
            yield Marked(Role.GUIDANCE_ITEM, line, line.text, name=new)
        elif self._is_next_outcome(line):
            self._section = Section.OUTCOMES
            yield from self._in_outcomes(line)
        elif split := _term_with_example(line):
            yield from split
        elif _is_heading(line):
            yield Marked(Role.GUIDANCE_HEADING, line, line.text.rstrip(": "))
        else:
            yield Marked(Role.GUIDANCE_TEXT, line, line.text, name=new)

    def _is_next_outcome(self, line: Line) -> bool:
        criterion, outcome = labels.CRITERION.match(line.text), labels.OUTCOME.match(line.text)
        if criterion and self._criterion:
            return _follows(self._criterion, criterion.group(1))
        return bool(
            outcome and int(outcome.group(1)) == self._outcome + 1 and labels.OUTCOME_STEM.match(outcome.group(2))
        )

    def _in_evidence(self, line: Line) -> Iterator[Marked]:
        if note := _note(line):
            yield note
        elif self._is_next_outcome(line):
            self._section = Section.OUTCOMES
            yield from self._in_outcomes(line)
        elif line.is_bullet or len(line.text) < 90:
            yield Marked(Role.EVIDENCE, line, line.text)
        else:
            yield Marked(Role.UNIT_NOTE, line, line.text)

    def _in_content(self, line: Line) -> Iterator[Marked]:
        outcome, topic = labels.OUTCOME.fullmatch(line.text), TOPIC.fullmatch(line.text)
        if outcome and not line.is_bullet and (not topic or line.looks_like_heading):
            yield Marked(Role.CONTENT_OUTCOME, line, outcome.group(2), outcome.group(1))
        elif topic:
            yield Marked(Role.CONTENT, line, topic.group(2), name=topic.group(1))
        else:
            yield Marked(Role.PROSE, line)

    def _in_assessment(self, line: Line) -> Iterator[Marked]:
        if match := labels.CRITERION_GUIDANCE.match(line.text):
            numbers = ",".join(re.findall(r"\d+\.\d+", match.group(1)))
            yield Marked(Role.CRITERION_GUIDANCE, line, line.text, numbers)
            return
        evidence = EVIDENCE_SENTENCE.match(line.text)
        if evidence:
            for name in re.split(r",\s*(?:and\s+)?|\s+(?:and|or)\s+", evidence.group(1)):
                yield Marked(Role.EVIDENCE, line, name.strip(), name="unit")
        for sentence in SENTENCE_END.split(line.text[evidence.end() :] if evidence else line.text):
            if sentence.strip():
                yield Marked(Role.REQUIREMENT if DEMAND.search(sentence) else Role.UNIT_NOTE, line, sentence)

    def _in_resources(self, line: Line) -> Iterator[Marked]:
        yield Marked(Role.RESOURCE, line, line.text)

    def _in_prose(self, line: Line) -> Iterator[Marked]:
        yield Marked(Role.PROSE, line, line.text)


def _split_run_together(text: str, number: str | None) -> list[str]:
    """Criteria that run on in one line are split where the next expected number stands (323 outcome 1)."""
    parts, start = [], 0
    last = _pair(number) if number else None
    for match in labels.CRITERION_WITHIN.finditer(text):
        if last is None or _follows(last, match.group(1)):
            parts.append(text[start : match.start()].strip())
            start, last = match.start(1), _pair(match.group(1))
    return [*parts, text[start:].strip()]


def _pair(number: str) -> tuple[int, int]:
    major, minor = number.split(".")
    return int(major), int(minor)


def _follows(last: tuple[int, int], number: str) -> bool:
    """Whether the number comes next: 1.2 after 1.1, 2.1 after 1.6."""
    major, minor = _pair(number)
    return (major, minor) in {(last[0], last[1] + 1), (last[0] + 1, 1)}


def _note(line: Line) -> Marked | None:
    """ "Note: ..." and the sentence that explains the star."""
    match = labels.NOTE.match(line.text)
    if match and len(line.text) > match.end() + 3:
        text = line.text[match.end() :].strip()
        return Marked(Role.REQUIREMENT if re.search(r"\bmust\b", text) else Role.UNIT_NOTE, line, line.text)
    is_star_note = line.text.startswith("*") and len(line.text) > 40
    return Marked(Role.UNIT_NOTE, line, line.text) if is_star_note else None


def _term_with_example(line: Line) -> list[Marked]:
    """ "Range of techniques eg social techniques" is a heading and its examples on one line."""
    match = TERM_WITH_EXAMPLE.fullmatch(line.text)
    if not match or SENTENCE_VERB.search(match.group(1)) or line.text.endswith("."):
        return []
    heading = Marked(Role.GUIDANCE_HEADING, line, match.group(1).rstrip(": "))
    items = [Marked(Role.GUIDANCE_ITEM, line, item.strip()) for item in match.group(2).split(",")]
    return [heading, Marked(Role.GUIDANCE_TEXT, line, "eg"), *items]


def _is_heading(line: Line) -> bool:
    words = len(line.text.split())
    if is_only_eg(line.text) or line.text[:1].islower():
        return False
    is_sentence = bool(SENTENCE_VERB.search(line.text)) and words > 6
    if line.text.endswith(":"):
        return not is_sentence and words <= 14
    return (line.looks_like_heading and not is_sentence) or (words <= 5 and line.text[-1:] not in ".;,!?")


def set_remarks_aside(marked: list[Marked]) -> list[Marked]:
    """A numbered line printed before x.1 whose number comes again in its place is a reviewer's remark (CS 45: "1.4 requires ...")."""
    result = list(marked)
    seen: dict[str, int] = {}
    for position, one in enumerate(marked):
        if one.role in {Role.OUTCOME, Role.UNIT}:
            seen = {}
        elif one.role is Role.CRITERION and one.number:
            earlier = seen.get(one.number)
            if earlier is not None and _precedes_first(marked, earlier, position):
                result[earlier] = replace(marked[earlier], role=Role.OUTCOME_NOTE, text=marked[earlier].line.text)
            seen[one.number] = position
    return result


def _precedes_first(marked: Sequence[Marked], earlier: int, later: int) -> bool:
    return any(one.role is Role.CRITERION and (one.number or "").endswith(".1") for one in marked[earlier + 1 : later])


LAYOUT = Layout("outcomes and criteria", claim, mark)
