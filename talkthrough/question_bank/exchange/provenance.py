"""Where a question comes from, in the words and tags that travel with it into another program."""

import re

from talkthrough.question_bank.identity import slug
from talkthrough.question_bank.items.question import Question
from talkthrough.question_bank.specification import Unit

NOTICE = "Practice - not assessed."
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def lines(question: Question) -> str:
    """The lines of the document: "34-42" or "30"."""
    first, last = question.source.first, question.source.last
    return f"{first}" if first == last else f"{first}-{last}"


def source(question: Question, unit: Unit) -> str:
    """For people: "Unit 401, 1.2, lines 34-42", or "line 30"."""
    is_one = question.source.first == question.source.last
    return f"{unit.label}, {question.criterion_number}, {'line' if is_one else 'lines'} {lines(question)}"


def tags(question: Question, unit: Unit) -> tuple[str, ...]:
    """Tags without blanks: tool, unit, criterion, kind, lines."""
    return (
        "talkthrough",
        f"unit-{slug(unit.reference or unit.label)}",
        f"criterion-{question.criterion_number}".replace(" ", "-"),
        f"kind-{slug(question.kind.value)}",
        f"lines-{lines(question)}",
        *(("thin",) if question.is_thin else ()),
    )


def answer(question: Question) -> tuple[str, ...]:
    """What a full answer holds: the right option, or the points one by one."""
    if question.is_tapped:
        return tuple(option.text for option in question.options if option.is_key)
    return tuple(point.text for point in question.expected_points)


def printable(text: str) -> str:
    """Without characters that XML and Anki cannot hold."""
    return _UNPRINTABLE.sub("", text)
