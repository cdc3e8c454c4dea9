"""Which criterion an answer is about: the shipped marker on what learners said in discussions about three units."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from talkthrough.question_bank.discussion import hear, recap
from talkthrough.question_bank.discussion.closing import RecapLine
from talkthrough.question_bank.discussion.model import CriterionMark, Plan, Turn
from talkthrough.question_bank.discussion.standing import shown_slots, standings
from tests.question_bank.discussion.stage import ALLOCATE, MONITOR, START, Stage, plan_of
from tests.question_bank.discussion.test_naming import plan_of as published_plan
from tests.question_bank.discussion.test_naming import reader

ROTA = (
    "The staff gave me feedback that the rota came out too late so I put it up two weeks before now. Turnover of "
    "people calling in sick went down from 6 to 2. Its in the absence log in the office."
)
SICK = (
    "last week 3 staff sick and a new resident come same day. i call agency and i ask manager to stay. "
    "i do breakfast first because people need medicine with food"
)
MEDICINE = "all people get medicine on time and no complain. is in the handover book"
CALLS = "my supervisor and me listen to calls once a week and we look at the queue times and the complaints."
TONE = "Listening to calls is good because you hear the tone but it misses people who just walk in"
SALES = (
    "sales, complaints and the absence log. Sales is good for telling how busy but it dont tell you why. "
    "The absence log shows if were short, I trust complaints most"
)
GYM = (
    "At the gym where i work we have a online booking system. members can cancel up to 2 hours before or they pay £3. "
    "that keeps them happy because spaces open up and it saves us money. data is kept under GDPR"
)
DAIRY = "In june we put notes on the order so anyone can pick it up"


@dataclass(frozen=True)
class Asked:
    """A question about a criterion, what it is after, and the answer."""

    number: str
    target: str
    answer: str


def heard(plan: Plan, *asked: Asked) -> list[Turn]:
    """The transcript of these questions and answers, as it would be kept."""
    keys = {criterion.number: criterion.key for criterion in plan.criteria}
    turns: list[Turn] = []
    for each in asked:
        question = Turn(len(turns) + 1, "tool", "?", START, (keys[each.number],), kind="probe", target=each.target)
        turns.append(question)
        marks = hear(plan, turns, each.answer, reader(plan))
        turns.append(Turn(len(turns) + 1, "learner", each.answer, START, marks=marks))
    return turns


def shown(plan: Plan, turns: Sequence[Turn], number: str) -> set[str]:
    """The slots that were mentioned for a criterion."""
    key = next(criterion.key for criterion in plan.criteria if criterion.number == number)
    return set(next(standing.signals for standing in standings(plan, turns) if standing.criterion_key == key))


def line(plan: Plan, turns: Sequence[Turn], number: str) -> RecapLine:
    return next(each for each in recap(plan, turns).lines if each.number == number)


def test_feedback_that_was_acted_on_goes_to_the_criterion_about_feedback() -> None:
    plan = published_plan("401", "3")
    turns = heard(plan, Asked("3.2", "when", ROTA))
    assert shown(plan, turns, "3.7") >= {"own_action", "real_event", "result", "evidence_named"}
    assert "when" not in shown(plan, turns, "3.7")
    assert shown(plan, turns, "3.2") == set()
    assert not line(plan, turns, "3.2").is_discussed


def test_staff_who_are_sick_are_unexpected_work_and_what_follows_goes_on_with_it() -> None:
    plan = published_plan("323", "2")
    turns = heard(plan, Asked("2.3", "when", SICK), Asked("2.3", "result", MEDICINE))
    assert shown(plan, turns, "2.5") >= {"own_action", "real_event", "when", "result", "evidence_named"}
    assert shown(plan, turns, "2.3") == set()


def test_what_was_only_said_about_calls_shows_nothing_for_allocating_resources() -> None:
    plan = published_plan("401", "1")
    turns = heard(plan, Asked("1.1", "opening", CALLS), Asked("1.1", "reason", TONE))
    assert shown(plan, turns, "1.1") == set()
    assert {"strength", "weakness"} <= shown(plan, turns, "1.2")


def test_a_view_on_sources_that_two_criteria_list_counts_for_both() -> None:
    plan = published_plan("401", "1")
    turns = heard(plan, Asked("1.4", "example", SALES))
    assert {"strength", "weakness", "judgement"} <= shown(plan, turns, "1.5") & shown(plan, turns, "1.2")
    assert shown(plan, turns, "1.4") == set()


def test_a_picture_on_the_door_is_no_reason_why_needs_and_wants_matter() -> None:
    plan = published_plan("323", "1")
    grouped = Asked("1.3", "opening", "old people with dementia, people short stay, people who can walk")
    picture = Asked("1.3", "reason", "for dementia group we put picture on door. for short stay we do fast paper")
    turns = heard(plan, grouped, picture)
    assert shown(plan, turns, "1.3") == set()
    assert line(plan, turns, "1.3").answered == ()


def test_nothing_said_about_leadership_mentions_nothing_about_it() -> None:
    plan = published_plan("20", "1")
    report = "i checked the report, no shows went from 30 to 12 a week in june"
    turns = heard(
        plan, Asked("1.1", "opening", GYM), Asked("1.1", "strength", report), Asked("1.1", "reason", "whatever")
    )
    number_of = {criterion.key: criterion.number for criterion in plan.criteria}
    assert [number_of[each.criterion_key] for each in standings(plan, turns) if each.mentioned] == ["1.2"]


def test_who_takes_part_is_heard_for_its_own_criterion_whatever_was_asked() -> None:
    plan = published_plan("323", "1")
    turns = heard(plan, Asked("1.1", "example", "cook, nurse, me, manager, cleaner and pharmacy"))
    assert line(plan, turns, "1.2").is_discussed
    assert not line(plan, turns, "1.1").is_discussed


@pytest.mark.parametrize(
    ("unit", "outcome", "number", "answer"),
    [
        ("401", "3", "3.1", "I moved two people from the tills to the stock room and asked for overtime money"),
        ("401", "3", "3.8", "a customer complained about the returns queue so I opened a second till"),
        ("401", "3", "3.7", ROTA),
        ("401", "1", "1.3", DAIRY),
        ("323", "2", "2.2", "we dont have map. when family come first time i show the room, then tea"),
    ],
)
def test_an_answer_that_no_other_criterion_claims_is_for_the_one_that_was_asked(
    unit: str, outcome: str, number: str, answer: str
) -> None:
    plan = published_plan(unit, outcome)
    turns = heard(plan, Asked(number, "opening", answer))
    assert {found.criterion_key for found in turns[1].marks if shown_slots(found.mark.signals)} == {
        next(criterion.key for criterion in plan.criteria if criterion.number == number)
    }


def test_words_about_nothing_in_the_plan_are_a_reply_and_mention_nothing() -> None:
    plan = published_plan("401", "1")
    turns = heard(plan, Asked("1.7", "opening", "because it was quicker and she went home happy in the end"))
    found = line(plan, turns, "1.7")
    assert found.is_discussed
    assert found.shown_for_verb == ()
    assert found.reply_numbers == (2,)


def test_the_recap_says_where_a_reply_stands() -> None:
    stage = Stage(plan_of(ALLOCATE))
    stage.begin()
    stage.say("Because it was quicker and she went home happy, I wrote it up last week")
    stage.say("stop")
    assert "3.1: asked, and answered in turn 4." in stage.moves[-1].text


def test_a_date_goes_with_the_event_that_was_told_before() -> None:
    stage = Stage(plan_of(ALLOCATE, MONITOR))
    stage.begin()
    stage.say("I moved two staff to the tills because we were short.")
    assert marks_about(stage.hear("In May").marks) == {"m31"}


def test_the_rest_of_a_story_stays_with_the_criterion_that_it_began_for() -> None:
    plan = published_plan("323", "2")
    story = "The kitchen had a service failure and the customer complaint came first"
    wrote = "I put a sign on the door and told my supervisor, and staff wrote the orders on paper"
    turns = heard(plan, Asked("2.6", "opening", story), Asked("2.6", "own action", wrote))
    assert "own_action" in shown(plan, turns, "2.6")


def test_a_record_that_is_named_when_asked_for_belongs_to_what_was_asked() -> None:
    plan = published_plan("323", "2")
    turns = heard(plan, Asked("2.2", "evidence", "i check medication chart and rota every morning"))
    assert "evidence_named" not in shown(plan, turns, "2.4")


def marks_about(marks: Sequence[CriterionMark]) -> set[str]:
    return {found.criterion_key for found in marks if found.is_about}
