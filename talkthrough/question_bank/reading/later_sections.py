"""Lines of the sections that need nothing but themselves: unit content and assessment notes."""

import re
from collections.abc import Iterator

from talkthrough.question_bank.reading import labels
from talkthrough.question_bank.reading.lines import Line
from talkthrough.question_bank.reading.roles import Marked, Role
from talkthrough.question_bank.reading.wording import DEMAND, SENTENCE_END

EVIDENCE_SENTENCE = re.compile(
    r"evidence(?: for this \w+)? (?:can|may|could) (?:be (?:presented|provided|supplied|submitted)"
    r"(?: as| by| in the form of)|include|come from|consist of):?\s+([^.]+)(?:\.\s*|$)",
    re.IGNORECASE,
)
TOPIC = re.compile(r"([^:;.,]{3,90}):\s+(\S.*)", re.DOTALL)


def content(line: Line) -> Iterator[Marked]:
    outcome, topic = labels.OUTCOME.fullmatch(line.text), TOPIC.fullmatch(line.text)
    if outcome and not line.is_bullet and (not topic or line.looks_like_heading):
        yield Marked(Role.CONTENT_OUTCOME, line, outcome.group(2), outcome.group(1))
    elif topic:
        yield Marked(Role.CONTENT, line, topic.group(2), name=topic.group(1))
    else:
        yield Marked(Role.PROSE, line, line.text, name="content")


def assessment(line: Line) -> Iterator[Marked]:
    evidence = EVIDENCE_SENTENCE.match(line.text)
    if evidence:
        for name in re.split(r",\s*(?:and\s+)?|\s+(?:and|or)\s+", evidence.group(1)):
            yield Marked(Role.EVIDENCE, line, name.strip(), name="unit")
    for sentence in SENTENCE_END.split(line.text[evidence.end() :] if evidence else line.text):
        if sentence.strip():
            yield Marked(Role.REQUIREMENT if DEMAND.search(sentence) else Role.UNIT_NOTE, line, sentence)
