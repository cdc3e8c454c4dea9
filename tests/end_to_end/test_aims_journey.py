"""Revision that aims at a date, as a learner meets it: settings, reminders, forecasts, corrections, Welsh."""

import csv
import json
from datetime import UTC, datetime, timedelta

import pytest
from fsrs import ReviewLog, Scheduler
from sqlmodel import Session, select

from talkthrough.bot.conversations import reminding
from talkthrough.bot.conversations.events import Tapped
from talkthrough.bot.conversations.inviting import invite
from talkthrough.bot.conversations.states import Resting
from talkthrough.scheduler.forgetting import DEFAULT_PARAMETERS
from talkthrough.scheduler.refitting import Try
from talkthrough.scheduler.reminding import remind_due
from talkthrough.storage import refits
from talkthrough.storage.tables import Answer, Card, Person, Reminder
from tests.end_to_end.conftest import LEARNER, House


async def answer_one(house: House) -> list[str]:
    """Answer what is asked: with the first option, or that one does not know."""
    buttons = house.learner.buttons()
    return await house.learner.tap("A" if "A" in buttons else "I don't know")


async def first_question(house: House, unit: str = "Unit 401") -> None:
    await house.learner.say("/revise")
    await house.learner.tap(unit)
    await house.learner.tap("Start")


async def until_tapped(house: House) -> None:
    """Go on to the next question that has options."""
    while "A" not in house.learner.buttons():
        await house.learner.tap("I don't know")
        await house.learner.tap("Next")


async def test_a_slip_of_the_finger_can_be_overruled_and_a_guess_confessed(house: House) -> None:
    await house.enter(house.learner)
    await first_question(house)
    corrected = confided = False
    for _ in range(10):
        await until_tapped(house)
        await house.learner.tap("A")
        if "I knew that" in house.learner.buttons():
            corrected = True
            (said,) = await house.learner.tap("I knew that")
            assert "kept your correction" in said
            await house.learner.tap("Next")
        else:
            confided = True
            (following,) = await house.learner.tap("I was not sure")
            assert "Question" in following or "That is all" in following
        if (corrected and confided) or "A" not in house.learner.buttons():
            break
    with house.application.pipeline.database.transaction() as session:
        answers = session.exec(select(Answer)).all()
    assert any(answer.overruled_at for answer in answers) == corrected
    assert any(answer.confidence == "not sure" for answer in answers) == confided
    assert corrected or confided


async def test_an_outlook_needs_a_date_and_then_is_a_picture_with_the_same_in_words(house: House) -> None:
    await house.enter(house.learner)
    await first_question(house, "Unit 323")
    await answer_one(house)
    await house.learner.say("/progress")
    await house.learner.tap("Unit 323")
    (said,) = await house.learner.tap("What this leads to")
    assert "assessment date" in said
    await house.learner.tap("Assessment date")
    day = datetime.now(UTC) + timedelta(days=40)
    await house.learner.say(f"{day:%d/%m/%Y}")
    await house.learner.say("/progress")
    (progress,) = await house.learner.tap("Unit 323")
    assert "on the day" in progress
    (outlook,) = await house.learner.tap("What this leads to")
    assert outlook.startswith("[photo] At this pace: about ")
    (plot,) = await house.learner.tap("How good is this forecast?")
    assert "too few answers" in plot


async def test_an_outcome_can_be_looked_at_criterion_by_criterion(house: House) -> None:
    await house.enter(house.learner)
    await house.learner.say("/progress")
    await house.learner.tap("Unit 401")
    (said,) = await house.learner.tap("3")
    assert "3.6  manage deviations" in said
    assert "Not yet mentioned in a discussion." in said


async def test_every_setting_is_in_the_chat_and_stays(house: House) -> None:
    await house.enter(house.learner)
    await house.learner.say("/settings")
    await house.learner.tap("Time zone")
    (unknown,) = await house.learner.say("Atlantis")
    assert "do not know that place" in unknown
    (said,) = await house.learner.say("new york")
    assert "America/New_York" in said
    (said,) = await house.learner.tap("Larger steps on")
    assert "Larger steps: on" in said
    (said,) = await house.learner.tap("Extra time on")
    assert "Extra time: on" in said
    await house.learner.tap("Reminders")
    (said,) = await house.learner.tap("Turn reminders on")
    assert "Between 17:00 and 19:00" in said
    assert "No quiet hours." in said
    assert "this week" not in said.lower()
    assert len(house.learner.buttons()) <= 8
    await house.learner.tap("Time of day")
    await house.learner.tap("08–10")
    await house.learner.tap("Quiet hours")
    await house.learner.tap("Quiet 22–09")
    await house.learner.tap("Days off")
    await house.learner.tap("Sat")
    await house.learner.tap("Sat")
    await house.learner.tap("Sun")
    await house.learner.tap("Back")
    await house.learner.tap("Weekly goal")
    (said,) = await house.learner.tap("Goal: 3")
    assert "Between 08:00 and 10:00" in said
    assert "Quiet hours: 22:00 to 09:00" in said
    assert "Days off: Sun" in said
    assert "0 of 3 days" in said
    (said,) = await house.learner.tap("Pause")
    assert "Paused" in said
    (said,) = await house.learner.tap("Turn reminders off")
    assert "off" in said


def test_a_forged_choice_is_not_understood() -> None:
    for data in ("rem:window:99-zz", "rem:day:9", "rem:goal:100", "rem:snooze:-1", "rem:steal"):
        assert reminding.tapped(Resting(), Tapped(tuple(data.split(":")))) is None


async def test_a_reminder_has_the_first_question_in_it_and_one_tap_answers_it(house: House) -> None:
    await house.enter(house.learner)
    await first_question(house)
    await house.learner.say("/settings")
    await house.learner.tap("Reminders")
    await house.learner.tap("Turn reminders on")
    tomorrow = await reminded(house)
    (reminder,) = await house.learner.hear()
    assert "Time for a few questions? Unit 401" in reminder
    assert "10 questions, about" in reminder
    assert "No more reminders" in house.learner.buttons()
    (feedback,) = await answer_one(house)
    assert "Unit 401" in feedback
    (following,) = await house.learner.tap("Next")
    assert "Question 2 of 10" in following
    with house.application.pipeline.database.transaction() as session:
        assert session.exec(select(Reminder)).one().sent_at == tomorrow
        assert session.exec(select(Answer)).one().person_id == person_in(session).id


async def reminded(house: House) -> datetime:
    """Let the ticker find that it is half past five tomorrow."""
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).replace(hour=17, minute=30, second=0, microsecond=0)
    with house.application.pipeline.database.transaction() as session:
        session.exec(select(Reminder)).one().next_at = tomorrow
    assert await house.application.pipeline.run(remind_due, tomorrow, invite) == 1
    return tomorrow


def person_in(session: Session) -> Person:
    return session.exec(select(Person).where(Person.telegram_id == LEARNER)).one()


async def test_ones_own_log_is_what_fsrs_programs_read(house: House) -> None:
    await house.enter(house.learner)
    await first_question(house)
    await answer_one(house)
    await house.learner.say("/settings")
    await house.learner.tap("My answers")
    page = house.learner.file("my-answers.html").decode()
    assert "Your words stand as you typed them" in page
    assert "<strong>" in page
    rows = list(csv.DictReader(house.learner.file("my-answers.csv").decode().splitlines()))
    reviews = [ReviewLog.from_dict(each) for each in json.loads(house.learner.file("my-answers.json"))]
    settings = Scheduler.from_json(house.learner.file("my-fsrs-settings.json").decode())
    with house.application.pipeline.database.transaction() as session:
        cards = session.exec(select(Card)).all()
    assert sorted(row["card_key"] for row in rows) == sorted(card.card_key for card in cards)
    assert [int(review.rating) for review in reviews] == [int(row["review_rating"]) for row in rows]
    assert settings.parameters == DEFAULT_PARAMETERS


async def test_larger_steps_are_fewer_bigger_questions(house: House) -> None:
    await house.enter(house.learner)
    await house.learner.say("/settings")
    (settings,) = await house.learner.tap("Larger steps on")
    assert "In one go: 5 bigger questions" in settings
    assert "Larger steps: on. Larger steps are fewer, bigger questions." in settings
    await house.learner.say("/revise")
    (cost,) = await house.learner.tap("Unit 401")
    assert "5 questions, about" in cost
    (question,) = await house.learner.tap("Start")
    while "try to name all" not in question:
        await house.learner.tap("I don't know")
        (question,) = await house.learner.tap("Next")
    assert "A" not in house.learner.buttons()
    (feedback,) = await house.learner.say("the environment")
    assert "The question asks for" not in feedback


async def test_own_parameters_are_fitted_between_answers_and_say_so_in_the_exported_settings(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = (0.05, 0.3, 0.4, 2.0, *DEFAULT_PARAMETERS[4:])
    monkeypatch.setattr(Try, "fitted", lambda _self: own)
    await house.enter(house.learner)
    await first_question(house)
    await answer_one(house)
    with house.application.pipeline.database.transaction() as session:
        refits.want(session, person_in(session).id or 0, 400, datetime.now(UTC))
    await house.application.refit()
    await house.application.refit()
    await house.learner.say("/settings")
    await house.learner.tap("My answers")
    assert Scheduler.from_json(house.learner.file("my-fsrs-settings.json").decode()).parameters == own


async def test_a_learner_can_have_the_shell_in_welsh_and_questions_stay_as_published(house: House) -> None:
    await house.enter(house.learner)
    await house.learner.say("/settings")
    await house.learner.tap("Language")
    (settings,) = await house.learner.tap("Cymraeg (unreviewed)")
    assert settings.startswith("Gosodiadau")
    (menu,) = await house.learner.say("/menu")
    assert "Beth hoffech chi ei wneud?" in menu
    assert house.learner.buttons() == ["Adolygu", "Trafod", "Cynnydd", "Gosodiadau"]
    await house.learner.tap("Adolygu")
    await house.learner.tap("Unit 401")
    (question,) = await house.learner.tap("Dechrau")
    assert question.startswith("Cwestiwn 1 o 10 · Unit 401")
    await house.learner.say("/settings")
    await house.learner.tap("Language")
    (settings,) = await house.learner.tap("English")
    assert settings.startswith("Settings")
