"""What the examiner asks after what learners really wrote: nothing that was just given, and no scraps as quotes."""

import pytest

from talkthrough.question_bank.discussion.hearing import quote_of
from tests.question_bank.discussion.stage import Stage
from tests.question_bank.discussion.test_naming import plan_of, reader


def stage_of(unit: str, outcome: str) -> Stage:
    plan = plan_of(unit, outcome)
    stage = Stage(plan, read=reader(plan))
    stage.begin()
    return stage


ROOM = "new resident say she like eat in her room not dining room so i write in care plan and tell the staff"
NOTES = "Same info on every system so they dont repeat. In june we put notes on the order so anyone can pick it up"


@pytest.mark.parametrize(("unit", "outcome", "before", "answer"), [("323", "2", 0, ROOM), ("401", "1", 2, NOTES)])
def test_an_example_that_was_just_given_is_not_asked_for(unit: str, outcome: str, before: int, answer: str) -> None:
    stage = stage_of(unit, outcome)
    for _ in range(before):
        stage.say("skip")
    assert stage.say(answer).target != "example"


def test_i_already_told_you_is_taken_as_a_claim() -> None:
    stage = stage_of("401", "3")
    assert stage.hear("I already told you about click and collect").wish == "said already"


@pytest.mark.parametrize(
    ("unit", "outcome", "said"),
    [
        ("323", "1", "cook, nurse, me, manager, cleaner and pharmacy"),
        ("323", "2", "staff was happy"),
        ("401", "1", "calls, complaints, till"),
        ("401", "3", "i said about that"),
    ],
)
def test_scraps_are_never_quoted(unit: str, outcome: str, said: str) -> None:
    stage = stage_of(unit, outcome)
    stage.say(said)
    assert {quote_of(stage.plan, criterion, stage.turns) for criterion in stage.plan.criteria} == {""}


def test_a_whole_clause_is_quoted_as_it_was_written() -> None:
    stage = stage_of("401", "1")
    stage.say("my supervisor and me listen to calls once a week because it shows the tone")
    quotes = {criterion.number: quote_of(stage.plan, criterion, stage.turns) for criterion in stage.plan.criteria}
    assert quotes["1.2"] == "my supervisor and me listen to calls once a week"


def test_a_quote_begins_and_ends_with_whole_words() -> None:
    stage = stage_of("401", "1")
    said = "It is done because the manager and the owner listen to calls, because they check"
    stage.say(said)
    quotes = {quote_of(stage.plan, criterion, stage.turns) for criterion in stage.plan.criteria}
    assert quotes - {""} == {"the manager and the owner listen to calls"}
