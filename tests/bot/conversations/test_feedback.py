"""Feedback on answers in words: what was shown, what could be added, and no sentence that contradicts the answer."""

from functools import cache

import pytest

from talkthrough.bot.conversations.results import AnswerChecked
from talkthrough.bot.conversations.revision import checked, feedback_values
from talkthrough.bot.conversations.states import Answering
from talkthrough.bot.telegram.views import text_of
from talkthrough.question_bank.items import questions_for
from talkthrough.question_bank.items.question import Question
from talkthrough.question_bank.marking import default_calibration, mark, phrasings_for
from talkthrough.question_bank.marking.model import Mark, Signals
from tests.question_bank.items.units import sample_units

CLEANER = (
    "Last Friday a mum said the changing room was dirty. I told the cleaner and rang her back. In the end she was happy"
)
BOOK = "The complaints book, because every entry is signed and dated"
TILL = "In September I used the till report because its automatic and nobody can fiddle it."
WITHOUT = "i did it because resident family ask. other way is telephone"


@cache
def question_of(unit_key: str, number: str, role: str) -> Question:
    unit = next(unit for unit in sample_units() if unit.key == unit_key)
    return next(q for q in questions_for(unit) if q.criterion_number == number and q.key.endswith(f":{role}"))


def answered(answer: str | None, unit_key: str, number: str, role: str) -> AnswerChecked:
    question = question_of(unit_key, number, role)
    unknown = Mark(signals=Signals(dont_know=True))
    read = mark(question, answer or "", phrasings_for(question, unit_key), default_calibration())
    if answer is None:
        read = Mark(points=read.points, signals=unknown.signals)
    return AnswerChecked(1, question, "Unit", read)


@pytest.mark.parametrize(
    ("answer", "unit_key", "number", "role"),
    [
        (CLEANER, "cfacsb13", "K4", "example"),
        (BOOK, "cfacsb13", "P14", "basis"),
        (TILL, "m-506-2898", "5.2", "basis"),
        (WITHOUT, "cs-45", "2.7", "reason"),
    ],
)
def test_a_good_answer_is_not_asked_for_what_it_gave(answer: str, unit_key: str, number: str, role: str) -> None:
    values = feedback_values(answered(answer, unit_key, number, role))
    assert values["could_add"] == []
    assert values["feedback"] == ""


def test_what_is_missing_is_named_with_the_warning_that_goes_with_it() -> None:
    values = feedback_values(answered("we are always friendly", "cfacsb13", "K4", "example"))
    assert values["could_add"] == ["one real event", "what came of it"]
    assert values["feedback"] == "What happens in general is not yet one real example."


def test_a_warning_about_one_thing_is_not_given_where_only_another_is_missing() -> None:
    values = feedback_values(answered("Last Friday a mum said the room was dirty", "cfacsb13", "K4", "example"))
    assert values["could_add"] == ["what came of it"]
    assert values["feedback"] == ""


@pytest.mark.parametrize("answer", ["I don't know yet", None])
def test_after_not_knowing_comes_what_a_full_answer_mentions(answer: str | None) -> None:
    event = answered(answer, "cs-45", "1.5", "example")
    text = shown(event)
    assert "A full answer mentions: one real event; what came of it." in text
    assert "You could add" not in text
    assert "not yet one real example" not in text
    assert "I did say that" not in str(checked(Answering(1), event))


def test_also_is_said_only_after_something_else_was_mentioned() -> None:
    assert "Your answer shows: one real event; what came of it." in shown(
        answered(CLEANER, "cfacsb13", "K4", "example")
    )


def shown(event: AnswerChecked) -> str:
    return text_of("feedback", feedback_values(event))
