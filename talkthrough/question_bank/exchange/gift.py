"""GIFT, Moodle's plain text format: one paragraph a question, special characters escaped by a backslash."""

import re

from talkthrough.question_bank.exchange.provenance import NOTICE, answer, printable, source, tags
from talkthrough.question_bank.items.question import Option, Question
from talkthrough.question_bank.specification import Unit


def to_gift(questions: tuple[Question, ...], unit: Unit) -> str:
    """Tapped questions with a remark on each option; the others as essays, their points in a remark."""
    category = f"$CATEGORY: Talkthrough/{_plain(unit.label)}"
    return "\n\n".join((category, *(_question(question, unit) for question in questions))) + "\n"


def _question(question: Question, unit: Unit) -> str:
    names = " ".join(f"[tag:{_plain(tag)}]" for tag in tags(question, unit))
    comment = f"// [id:{_plain(question.key)}] {names}"
    name = _escaped(f"{question.criterion_number} {question.kind.value}")
    stem = f"{comment}\n::{name}::{_escaped(question.stem)}"
    if not question.is_tapped:
        points = _plain("; ".join(answer(question)))
        return f"// A full answer mentions: {points}\n{stem}{{}}"
    options = "".join(_option(option) for option in question.options)
    remark = _escaped(f"{question.feedback} {source(question, unit)}. {NOTICE}")
    return f"{stem}{{{options}\n\t####{remark}\n}}"


def _option(option: Option) -> str:
    return f"\n\t{'=' if option.is_key else '~'}{_escaped(option.text)}#{_escaped(option.why)}"


def _escaped(text: str) -> str:
    escaped = re.sub(r"([\\~=#{}:])", r"\\\1", printable(text))
    return re.sub(r"\s*\n\s*", r"\\n", escaped.replace("\r", ""))


def _plain(text: str) -> str:
    """For comments and categories, which know no escapes."""
    return re.sub(r"[\[\]\s{}~=#]+", " ", printable(text)).strip()
