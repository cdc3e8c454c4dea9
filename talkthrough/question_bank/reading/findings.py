"""Findings in plain English: one function per thing that a person should look at. Codes are stable."""

from collections.abc import Container, Mapping, Sequence
from typing import TYPE_CHECKING

from talkthrough.question_bank.reading.guidance import GuidanceBlock, Term
from talkthrough.question_bank.reading.roles import Marked
from talkthrough.question_bank.reading.wording import DEMAND
from talkthrough.question_bank.specification import EvidenceMethod, Finding, Guidance, SourceSpan

if TYPE_CHECKING:
    from talkthrough.question_bank.reading.drafts import CriterionDraft


MOST_SHOWN = 6
LONGEST_SHOWN = 40  # characters of the line that a finding is about
SEVERITIES = ("error", "warning", "info")


def in_words(findings: Sequence[Finding], most: int = MOST_SHOWN) -> tuple[str, ...]:
    """The findings that matter most first, each a sentence with its line; the last says how many are left out."""
    ranked = sorted(findings, key=lambda each: (SEVERITIES.index(each.severity), each.line))
    shown = tuple(f"Line {each.line}{_words_of(each)}: {each.message}" for each in ranked[:most])
    rest = len(ranked) - most
    return (*shown, f"And {rest} more.") if rest > 0 else shown


def _words_of(finding: Finding) -> str:
    """The first words of what a finding is about."""
    text = " ".join(finding.text.split())
    start = text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN].rsplit(' ', 1)[0]} …"
    return f" (“{start}”)" if start else ""


def unread(marked: Marked) -> Finding:
    message = "This line looks like a criterion, but it was not read as one. Check it against the document."
    return Finding(marked.line.first, marked.text or marked.line.text, "not-read", message, "warning")


def nothing_read() -> Finding:
    message = "No unit was found in this file. Check that it is a specification, or fill in the template and send that."
    return Finding(1, "", "nothing-read", message, "error")


def broken_sheet(line: int, reason: str) -> Finding:
    message = "The sheet is damaged at this line. Save it again as CSV and send that."
    return Finding(max(line, 1), reason, "broken-sheet", message, "error")


def comment(marked: Marked) -> Finding:
    message = "This is a reviewer's comment. The document no longer shows what it is about, so it is kept on its own."
    return Finding(marked.line.first, marked.text, "reviewer-comment", message, "info")


def not_a_reference(marked: Marked) -> Finding:
    message = "This stands where the unit reference number belongs, but it is a remark. It was kept as a note."
    return Finding(marked.line.first, marked.text, "not-a-reference", message, "warning")


def unclear_field(marked: Marked) -> list[Finding]:
    if marked.name == "level" and "?" in marked.text:
        message = "The document itself is not sure of the level. It is kept as printed."
        return [Finding(marked.line.first, marked.text, "level-unclear", message, "warning")]
    if marked.name == "review_date":
        message = "The document names a review date. Check that no newer version has been published."
        return [Finding(marked.line.first, marked.text, "review-date", message, "info")]
    return []


def no_outcome(marked: Marked) -> Finding:
    message = "These criteria stand under no learning outcome. They were put under one without words."
    return Finding(marked.line.first, marked.text, "no-outcome", message, "warning")


def note_among_criteria(marked: Marked) -> Finding:
    message = "This line stands among the criteria but is a remark. It was kept as a note, not as a criterion."
    return Finding(marked.line.first, marked.text, "note-among-criteria", message, "warning")


def blank_unit(line: int, title: str) -> Finding:
    message = "No criteria were read for this unit. If the document prints some, enter them with the template."
    return Finding(line, title, "blank-unit", message, "warning")


def repeated_outcome_number(line: int, printed: str, place: int) -> Finding:
    message = f"The document prints outcome number {printed} twice. This one is kept as outcome {place}."
    return Finding(line, printed, "outcome-number-repeated", message, "warning")


def unexplained_terms(
    terms: Sequence[Term],
    guidance: Mapping[int, Sequence[Guidance]],
    criteria: Sequence["CriterionDraft"],
    *,
    has_guidance: bool,
) -> list[Finding]:
    """Marked terms for which the document gives no guidance (401 1.4)."""
    if not has_guidance:
        return []
    message = "This term is marked, but the document gives no guidance for it. Questions on it will be few."
    return [
        Finding(criteria[term.criterion].span.first, phrase, "term-without-guidance", message, "info")
        for term in terms
        if term.marked and not guidance[term.criterion]
        for phrase in term.marked
    ]


def unplaced(blocks: Sequence[GuidanceBlock], placed: Container[SourceSpan]) -> list[Finding]:
    """Guidance that belongs to no criterion as far as words tell."""
    message = (
        "This guidance names no criterion, so it was not used. Put the words or the number of the criterion over it."
    )
    return [
        Finding(block.first, block.heading or " ".join(block.texts), "guidance-unplaced", message, "warning")
        for block in blocks
        if SourceSpan(block.first, block.last) not in placed and (block.texts or block.items)
    ]


def unused(lines: Sequence[Marked]) -> Finding:
    """Lines below the first criterion, one after the other, that no part of the specification was made of."""
    last = lines[-1].line.last
    what = f"The lines from here to line {last} were" if last > lines[0].line.last else "This line was"
    message = f"{what} not used. Check that nothing in it belongs to a criterion."
    demands = any(DEMAND.search(one.line.text) for one in lines)
    return Finding(lines[0].line.first, lines[0].line.text, "not-used", message, "warning" if demands else "info")


def odd_lists(blocks: Sequence[GuidanceBlock]) -> list[Finding]:
    """An "eg" followed by one example only is worth a look (401: "eg social techniques")."""
    message = "This open list gives only one example. Check the wording; it is quoted as printed."
    return [
        Finding(block.items[0].span.first, block.items[0].text, "one-example", message, "info")
        for block in blocks
        if len(block.items) == 1 and block.finished().is_open
    ]


def stars_differ(evidence: Sequence[Sequence[EvidenceMethod]]) -> list[Finding]:
    """A method that carries the workplace star in most outcomes but not here (401 outcome 2)."""
    message = "Other outcomes mark this document as one that may stay in the workplace; here the mark is missing."
    starred = {method.name for methods in evidence for method in methods if method.workplace_held}
    return [
        Finding(method.span.first, method.name, "star-differs", message, "info")
        for methods in evidence
        for method in methods
        if not method.workplace_held and method.name in starred
    ]
