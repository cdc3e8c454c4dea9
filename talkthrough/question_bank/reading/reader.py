"""Choose the layout, read, check, and report every line that was not understood."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from talkthrough.question_bank.reading import findings, labels
from talkthrough.question_bank.reading.assemble import assemble
from talkthrough.question_bank.reading.dated_names import dated_names
from talkthrough.question_bank.reading.furniture import without_furniture
from talkthrough.question_bank.reading.html_lines import html_lines
from talkthrough.question_bank.reading.layouts import LAYOUTS
from talkthrough.question_bank.reading.lines import Line, text_lines
from talkthrough.question_bank.reading.roles import Marked, Role
from talkthrough.question_bank.reading.sheet import is_sheet, read_sheet
from talkthrough.question_bank.reading.tables import with_numbers_joined
from talkthrough.question_bank.reading.wording import DEMAND, command_verbs, words_alone
from talkthrough.question_bank.reading.wrapping import unwrap
from talkthrough.question_bank.specification import Finding, Specification

HTML = re.compile(r"\s*<(?:!doctype\s+html|html|head|body|table|div|section|article|h[1-6]|p|ul|ol)\b", re.IGNORECASE)
ONLY_CODES = re.compile(r"(?:(?:\d?[A-F]{0,2}\.?[PMDKSB]\d{1,3}|\d{1,2}\.\d{1,2})(?:[,;&\s]|and\b|to\b|$)*)+")
FEWEST_WORDS = 2
TAKEN = frozenset(
    {Role.UNIT, Role.FIELD, Role.OUTCOME, Role.CRITERION, Role.SUB_POINT, Role.CONTINUATION, Role.CRITERION_GUIDANCE}
)
EXPLAINED = frozenset({Role.OUTCOME_NOTE, Role.COMMENT})  # these carry a finding of their own


def read_text(text: str, file_name: str = "") -> Specification:
    """Read a specification from plain text, Markdown, HTML, or text with inline HTML.

    Lines are numbered as `cat -n` numbers them. Nothing is invented: what is not printed is None, what was not
    understood is a finding. `file_name` only tells the fill-in sheet (.csv) apart.
    """
    if file_name.lower().endswith(".csv") and is_sheet(text):
        return read_sheet(text)
    return read_lines(html_lines(text) if HTML.match(text) else text_lines(text))


def read_lines(lines: Sequence[Line]) -> Specification:
    """Read a specification from lines of any document kind."""
    joined = list(_with_fields_parted(with_numbers_joined(unwrap(without_furniture(lines)))))
    layout = max(LAYOUTS, key=lambda each: each.claim(joined))
    marked = layout.mark(joined)
    specification = assemble(marked)
    found = [*specification.findings, *not_read(marked), *not_used(marked), *dated_names(joined)]
    if not specification.units:
        found.append(findings.nothing_read())
    return replace(specification, findings=tuple(sorted(found, key=lambda each: (each.line, each.code))))


def _with_fields_parted(lines: Sequence[Line]) -> Iterator[Line]:
    for line in lines:
        for text in labels.parted_fields(line.text):
            yield line if text == line.text else replace(line, text=text)


def not_used(marked: Sequence[Marked]) -> Iterator[Finding]:
    """Lines below the first criterion that went into no part of the specification and may have been meant for one.

    Delivery notes and the like are known and left out, unless they ask for something.
    """
    first = next((place for place, one in enumerate(marked) if one.role is Role.CRITERION), len(marked))
    lost: list[Marked] = []
    for one in marked[first:]:
        if _is_lost(one):
            lost.append(one)
        elif lost and one.role is not Role.PROSE:
            yield findings.unused(lost)
            lost = []
    if lost:
        yield findings.unused(lost)


def _is_lost(one: Marked) -> bool:
    """Whether the line says something that no section which is read holds."""
    text = one.line.text
    if one.role is not Role.PROSE or one.name == "content" or len(words_alone(text).split()) < FEWEST_WORDS:
        return False
    return one.name in {"column", "strange"} or bool(DEMAND.search(text))


def not_read(marked: Sequence[Marked]) -> Iterator[Finding]:
    """Lines that look like a criterion and were not taken as one, in whatever section they stand.

    A line without a command verb is no criterion where it stands in the unit content, says more about one by its
    number, or is numbered in another way than the criteria.
    """
    taken = {words_alone(one.text) for one in marked if one.role in TAKEN}
    numbers = {one.number for one in marked if one.role is Role.CRITERION}
    has_plain_numbers = any(labels.CRITERION.match(f"{number} ") for number in numbers if number)
    for one in marked:
        if one.role in TAKEN or one.role in EXPLAINED:
            continue
        match = labels.CRITERION.match(one.line.text) or labels.CODED_STATEMENT.match(one.line.text)
        words = match.group(2).strip() if match else ""
        if len(words.split()) < FEWEST_WORDS or words_alone(words) in taken or ONLY_CODES.fullmatch(words):
            continue
        number = match.group(1) if match else ""
        is_other_form = bool(numbers) and number[:1].isdigit() and not has_plain_numbers
        if command_verbs(words) or not (one.name == "content" or number in numbers or is_other_form):
            yield findings.unread(one)
