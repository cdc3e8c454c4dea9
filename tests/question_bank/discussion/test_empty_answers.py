"""Empty answers and requests for help show nothing: no probe follows them, and no recap counts them."""

from dataclasses import replace

import pytest

from talkthrough.question_bank.discussion import plan_discussion, recap
from talkthrough.question_bank.items import expected_points
from talkthrough.question_bank.items.question import Question
from talkthrough.question_bank.marking import default_calibration, mark, phrasings_for
from talkthrough.question_bank.marking.model import Mark
from tests.question_bank.discussion.stage import METHODS, STRATEGIES, Stage, plan_of
from tests.question_bank.discussion.test_plan import units


def real_stage(label: str = "Unit 401", outcome: str = "1", mode: str = "practice") -> Stage:
    plan = plan_discussion(units()[label], outcome, points=expected_points, mode=mode)  # type: ignore[arg-type]

    def read(question: Question, text: str) -> Mark:
        return mark(question, text, phrasings_for(question, plan.unit_key), default_calibration())

    return Stage(plan, read=read)


@pytest.mark.parametrize("text", ["dunno", "idk", "no", "I do what manager say", "not sure"])
def test_an_empty_answer_gets_the_same_opening_once_more_and_then_the_next_criterion(text: str) -> None:
    stage = real_stage()
    first = stage.begin()
    again = stage.say(text)
    assert (again.kind, again.target, again.criterion_keys) == ("ask again", "opening", first.criterion_keys)
    after = stage.say(text)
    assert (after.kind, after.target) == ("open", "opening")
    assert after.criterion_keys != first.criterion_keys


@pytest.mark.parametrize("text", ["idk", "I do what manager say", "what's the answer", "no"])
def test_nothing_is_counted_and_no_looking_back_is_asked_where_nothing_was_said(text: str) -> None:
    stage = real_stage()
    stage.begin()
    targets = []
    while stage.moves[-1].kind not in {"recap", "close"}:
        targets.append(stage.say(text).target)
    assert not {"reflection", "evidence", "reason", "example"} & set(targets)
    lines = recap(stage.plan, stage.turns).lines
    assert not any(line.is_discussed or line.answered or line.shown_for_verb for line in lines)


def test_no_is_not_thanked_for() -> None:
    stage = Stage(plan_of(METHODS, STRATEGIES))
    stage.begin()
    stage.say("We listen to calls and look at sales, and we ask for feedback.")
    assert "Thank" not in stage.say("no").text


@pytest.mark.parametrize(
    "help_words",
    [
        "Can you explain me the question please?",
        "how many questions are left?",
        "what should I say?",
        "no understand",
        "what is win somebody over?",
        "I dont want to talk about that",
        "what's the answer",
        "am i going to pass?",
    ],
)
def test_a_request_for_help_is_no_answer_to_a_probe(help_words: str) -> None:
    stage = Stage(plan_of(METHODS))
    stage.begin()
    stage.say("We listen to calls and look at sales, and we ask for feedback.")
    before = recap(stage.plan, stage.turns).lines
    stage.say(help_words)
    assert recap(stage.plan, stage.turns).lines == before


def test_a_few_words_still_answer_when_it_was() -> None:
    stage = real_stage("Unit 401", "3")
    stage.begin()
    while stage.moves[-1].target != "when":
        assert (
            stage.say("I moved two people from the back office to the tills and then I told my team why").kind
            != "close"
        )
    key = stage.moves[-1].criterion_keys[0]
    stage.say("In March")
    line = next(line for line in recap(stage.plan, stage.turns).lines if line.criterion_key == key)
    assert "when it was" in line.shown_for_verb


@pytest.mark.parametrize(
    "text",
    [
        "We sell our own brand and the Unique Selling Points are the price and the five year guarantee we give.",
        "The Consumer Rights Act and Data Protection rules mean we have to describe it properly to people.",
        "Our service is on Trip Advisor and we offer Click and Collect and Next Day Delivery to customers.",
    ],
)
def test_a_text_without_names_of_people_gets_no_reminder_about_names(text: str) -> None:
    stage = real_stage("Unit 20", "1", "mock")
    stage.begin()
    assert "names" not in stage.say(text).text
    assert "names" not in stage.say(text.replace("We", "Here we")).text


def test_a_text_with_a_name_gets_the_reminder() -> None:
    stage = real_stage("Unit 20", "1", "mock")
    stage.begin()
    assert "Please use no names" in stage.say("We offer a guarantee and I explained it to Sarah last week.").text


def test_a_probe_in_other_words_names_what_it_is_about() -> None:
    stage = Stage(plan_of(METHODS))
    stage.begin()
    stage.say("We listen to calls and look at sales, and we ask for feedback.")
    assert stage.say("I don't understand").text.startswith('Earlier you said: "We listen to calls and look at sales".')
    plan = plan_of(replace(STRATEGIES, topic="the strategies needed to deliver seamless customer service"))
    stage = Stage(plan)
    stage.begin()
    assert stage.say("One person stays with the customer until the very end of it.").target == "reason"
    again = stage.say("what do you mean?").text
    assert again.startswith("This is about the strategies needed to deliver seamless customer service.")
