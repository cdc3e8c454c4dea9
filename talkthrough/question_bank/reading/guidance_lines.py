"""Lines of the guidance section: headings, terms with examples, notes and star notes."""

import re

from talkthrough.question_bank.reading import labels
from talkthrough.question_bank.reading.guidance import is_only_eg
from talkthrough.question_bank.reading.lines import Line
from talkthrough.question_bank.reading.roles import Marked, Role
from talkthrough.question_bank.reading.wording import SENTENCE_END, is_open_list, listed

SENTENCE_VERB = re.compile(r"\b(?:will|must|should|is|are|was|may|can|need|needs|has|have)\b", re.IGNORECASE)
TERM_WITH_EXAMPLE = re.compile(
    r"(.{3,90}?),?\s+(?:e\.g\.?|eg|for example|such as|(?:may|can|could) include):?\s+(\S.*)", re.IGNORECASE | re.DOTALL
)
EXAMPLES = re.compile(r"(?:e\.?g\.?|for example|such as)[:,]?\s+(\S.*)", re.IGNORECASE | re.DOTALL)
TERM_WITH_LIST = re.compile(r"(.{3,90}?)(?::|\s+(?:includes?|including):?)\s+(\S.*)", re.IGNORECASE | re.DOTALL)
TERM_WITH_BRACKETS = re.compile(r"([^():]{3,60}?)\s*\(([^()]+)\)\.?", re.DOTALL)
FEWEST_IN_A_ROW = 3  # things parted by commas, where nothing else says that they are a list
LONGEST_THING = 6  # words
LONGEST_HEADING = 14  # words before a colon
LONGEST_PLAIN_HEADING = 5  # words of a heading that nothing but its shortness tells
LONGEST_TITLE = 6  # words; a longer line with a verb is a sentence
FOOTNOTE = re.compile(r"\*.{40}|[#†‡]\s?[A-Z].{15}", re.DOTALL)


def note(line: Line) -> Marked | None:
    """A remark that begins with "Note", and the sentence that explains the star."""
    match = labels.NOTE.match(line.text)
    if match and len(line.text) > match.end() + 3:
        text = line.text[match.end() :].strip()
        return Marked(Role.REQUIREMENT if re.search(r"\bmust\b", text) else Role.UNIT_NOTE, line, line.text)
    return Marked(Role.UNIT_NOTE, line, line.text) if FOOTNOTE.match(line.text) else None


def term_with_list(line: Line) -> list[Marked]:
    """A heading and its list on one line: "Range of techniques eg social techniques", "Coats: smooth, wire",
    "Work area (table, towels)".
    """
    for pattern, fewest in ((TERM_WITH_EXAMPLE, 1), (TERM_WITH_LIST, 2), (TERM_WITH_BRACKETS, 2)):
        match = pattern.fullmatch(line.text)
        if match and not SENTENCE_VERB.search(match.group(1)) and (things := _things(match.group(2), fewest)):
            is_open = pattern is TERM_WITH_EXAMPLE or is_open_list(match.group(2))
            heading = Marked(Role.GUIDANCE_HEADING, line, match.group(1).rstrip(": "))
            return [heading, *_items(line, things, is_open=is_open)]
    return []


def list_in_a_row(line: Line) -> list[Marked]:
    """A list on one line below its heading: "eg rash, vomiting", or "rash, swelling, vomiting"."""
    if line.looks_like_heading or line.text.endswith(":"):
        return []
    examples = EXAMPLES.fullmatch(line.text)
    things = _things(examples.group(1) if examples else line.text, 1 if examples else FEWEST_IN_A_ROW)
    return _items(line, things, is_open=examples is not None)


def _things(text: str, fewest: int) -> tuple[str, ...]:
    """What a list in a row names, as printed; () where the text is a sentence or names too few."""
    things = listed(text.replace(";", ",").rstrip("."))
    is_sentence = SENTENCE_VERB.search(text) or SENTENCE_END.search(text) or is_open_list(", ".join(things))
    if is_sentence or len(things) < fewest:
        return ()
    return things if all(len(thing.split()) <= LONGEST_THING and thing.count("(") == 0 for thing in things) else ()


def _items(line: Line, things: tuple[str, ...], *, is_open: bool) -> list[Marked]:
    items = [Marked(Role.GUIDANCE_ITEM, line, thing) for thing in things]
    return [Marked(Role.GUIDANCE_TEXT, line, "eg"), *items] if is_open and items else items


def is_heading(line: Line) -> bool:
    words = len(line.text.split())
    if is_only_eg(line.text) or line.text[:1].islower():
        return False
    is_sentence = bool(SENTENCE_VERB.search(line.text)) and words > LONGEST_TITLE
    if line.text.endswith(":"):
        return not is_sentence and words <= LONGEST_HEADING
    return (line.looks_like_heading and not is_sentence) or (
        words <= LONGEST_PLAIN_HEADING and line.text[-1:] not in ".;,!?"
    )
