"""An angry, bullied or worn out learner is answered kindly, every time; a report about a customer is an answer."""

import pytest

from talkthrough.question_bank.discussion import safeguarding
from talkthrough.question_bank.discussion.distress import is_upset, needs_care
from tests.question_bank.discussion.stage import METHODS, STRATEGIES, Stage, plan_of


def test_the_second_angry_message_is_offered_pause_and_stop_and_asked_nothing() -> None:
    stage = Stage(plan_of(METHODS, STRATEGIES))
    stage.begin()
    assert stage.say("leave me alone").rule == "answer.upset"
    for text in ("fuck off", "i hate this job", "leave me alone"):
        move = stage.say(text)
        assert move.rule == "answer.upset-again"
        assert "?" not in move.text
        assert "Pause" in move.text
        assert "Stop" in move.text
    assert stage.say("continue").rule == "resume.welcome"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("i hate this job and my manager bullies me every day", "care.bullied"),
        ("my manager bullies me every day", "care.bullied"),
        ("I am being bullied at work", "care.bullied"),
        ("they all pick on me", "care.bullied"),
        ("im so tired of everything", "care.low"),
        ("I feel hopeless", "care.low"),
        ("i cant cope", "care.low"),
        ("whats the point of anything", "care.low"),
    ],
)
def test_a_bullied_or_worn_out_learner_is_told_who_can_help_and_the_discussion_goes_on(text: str, rule: str) -> None:
    stage = Stage(plan_of(METHODS))
    stage.begin()
    for _ in range(2):
        move = stage.say(text)
        assert (move.kind, move.rule) == ("acknowledge", rule)
        assert "?" not in move.text
        assert "call" in move.text
    assert not safeguarding(text)
    assert not any(turn.marks for turn in stage.turns)
    assert stage.say("continue").rule == "resume.welcome"


def test_who_can_help_is_said_before_the_plan_is_agreed_too() -> None:
    stage = Stage(plan_of(METHODS))
    stage.go_on()
    assert stage.say("im so tired of everything").rule == "care.low"
    assert stage.say("yes").rule == "open.first"


@pytest.mark.parametrize(
    "text",
    [
        "The customer told me to fuck off and I stayed calm",
        "she said this is rubbish and I offered a refund",
        "A colleague was bullied by a customer and I reported it",
        "I am tired after the late shift",
        "we have a policy on bullying and harassment",
        "there was no hope of a delivery that day",
    ],
)
def test_hard_words_of_others_and_policies_are_answers(text: str) -> None:
    assert not is_upset(text)
    assert needs_care(text) is None
