"""A tutor's own question typed in the chat: what is missing is said in the marks that the chat asks for."""

import pytest

from talkthrough.question_bank.exchange.single import own_question
from tests.question_bank.exchange.samples import QUESTIONS, UNIT

CHOICE = ("* rash", "swelling | it is on another list", "hay | it is no food")


def _problem(*lines: str) -> str:
    (problem,) = own_question(UNIT, "1.2", "Which one is listed?", "\n".join(lines), QUESTIONS).problems
    return problem


def test_one_star_and_a_reason_for_each_wrong_line_make_a_question_to_tap() -> None:
    (question,) = own_question(UNIT, "1.2", "Which one is listed?", "\n".join(CHOICE), QUESTIONS).added

    assert [(one.text, one.is_key) for one in question.options] == [("rash", True), ("swelling", False), ("hay", False)]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (("rash | a", "swelling | b", "hay | c"), "Put a star (*) before the right line."),
        (("* rash", "* swelling", "hay | c"), "Put a star (*) before one line only: one answer is right."),
        (("* rash", "swelling", "hay | c"), "After “swelling” write | and why it is wrong."),
        (("* rash", "swelling | b"), "A question to tap has three or four lines. Yours has two."),
        ((*CHOICE, "a | a", "b | b"), "A question to tap has three or four lines. Yours has five."),
    ],
)
def test_what_is_missing_is_said_in_the_marks_of_the_chat(lines: tuple[str, ...], said: str) -> None:
    assert _problem(*lines) == said


def test_points_without_any_mark_are_points() -> None:
    (question,) = own_question(UNIT, "1.2", "What do you listen to?", "calls\nmystery shoppers", QUESTIONS).added

    assert [point.text for point in question.expected_points] == ["calls", "mystery shoppers"]
