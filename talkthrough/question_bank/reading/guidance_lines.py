"""Lines of the guidance section: headings, terms with examples, notes and star notes."""

import re

from talkthrough.question_bank.reading import labels
from talkthrough.question_bank.reading.guidance import is_only_eg
from talkthrough.question_bank.reading.lines import Line
from talkthrough.question_bank.reading.roles import Marked, Role
from talkthrough.question_bank.reading.wording import SENTENCE_END, listed

SENTENCE_VERB = re.compile(r"\b(?:will|must|should|is|are|was|may|can|need|needs|has|have)\b", re.IGNORECASE)
TERM_WITH_EXAMPLE = re.compile(r"(.{3,90}?),?\s+(?:e\.g\.?|eg|for example):?\s+(\S.*)", re.IGNORECASE | re.DOTALL)
EXAMPLES = re.compile(r"(?:e\.?g\.?|for example|such as)[:,]?\s+(\S.*)", re.IGNORECASE | re.DOTALL)
TERM_WITH_LIST = re.compile(r"([^:]{3,90}):\s+(\S.*)", re.DOTALL)
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


def term_with_example(line: Line) -> list[Marked]:
    """A heading and its examples on one line: "Range of techniques eg social techniques"."""
    match = TERM_WITH_EXAMPLE.fullmatch(line.text)
    if not match or SENTENCE_VERB.search(match.group(1)) or line.text.endswith("."):
        return []
    heading = Marked(Role.GUIDANCE_HEADING, line, match.group(1).rstrip(": "))
    items = [Marked(Role.GUIDANCE_ITEM, line, item.strip()) for item in match.group(2).split(",")]
    return [heading, Marked(Role.GUIDANCE_TEXT, line, "eg"), *items]


def list_in_a_row(line: Line) -> list[Marked]:
    """A list on one line: "eg rash, vomiting" or "rash, swelling, vomiting" below its heading, or after it and a
    colon.
    """
    if line.looks_like_heading or line.text.endswith(":"):
        return []
    after_term = TERM_WITH_LIST.fullmatch(line.text)
    if after_term and not SENTENCE_VERB.search(after_term.group(1)) and (things := _things(after_term.group(2))):
        return [Marked(Role.GUIDANCE_HEADING, line, after_term.group(1).strip()), *_items(line, things)]
    examples = EXAMPLES.fullmatch(line.text)
    things = _things(examples.group(1) if examples else line.text, fewest=1 if examples else FEWEST_IN_A_ROW)
    opening = [Marked(Role.GUIDANCE_TEXT, line, "eg")] if examples and things else []
    return [*opening, *_items(line, things)]


def _things(text: str, fewest: int = 2) -> tuple[str, ...]:
    """What a list in a row names, as printed; () where the text is a sentence or names too few."""
    if SENTENCE_VERB.search(text) or SENTENCE_END.search(text):
        return ()
    things = listed(text.replace(";", ",").rstrip("."))
    return things if len(things) >= fewest and all(len(thing.split()) <= LONGEST_THING for thing in things) else ()


def _items(line: Line, things: tuple[str, ...]) -> list[Marked]:
    return [Marked(Role.GUIDANCE_ITEM, line, thing) for thing in things]


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
