"""Typed replies and old buttons over real HTTP: what is typed is never lost, and does what the buttons do."""

import json

from tests.end_to_end.conftest import House


async def test_a_sitting_can_be_begun_answered_skipped_and_stopped_by_typing_alone(house: House) -> None:
    await house.enter(house.learner)
    await house.learner.say("revise")
    await house.learner.say("401")
    (first,) = await house.learner.say("yes")
    assert first.startswith("Question 1 of 10")
    skipped, second = await house.learner.say("skip")
    assert "comes back another day" in skipped
    assert second.startswith("Question 2 of 10")
    (ended,) = await house.learner.say("stop")
    assert "That is all for now" in ended
    await house.learner.say("/mydata")
    held = json.loads(house.learner.file("my-data.json"))
    assert held["answer"] == []
    assert [row["skipped_at"] is not None for row in held["delivery"]] == [True, False]


async def test_a_skipped_question_is_not_asked_again_today_and_counts_for_nothing(house: House) -> None:
    await house.enter(house.learner)
    asked = await _sitting_of_skips(house) + await _sitting_of_skips(house)
    assert len(asked) == len(set(asked)) == 20


async def test_minutes_and_dates_can_be_typed(house: House) -> None:
    await house.enter(house.learner)
    await house.learner.say("settings")
    await house.learner.say("minutes a day")
    (settings,) = await house.learner.say("12")
    assert "Minutes a day: 12" in settings
    await house.learner.say("assessment date")
    (settings,) = await house.learner.say("1st Dec 2099")
    assert "1 December 2099" in settings


async def test_no_keeps_everything_and_a_discussion_goes_on_at_a_word(house: House) -> None:
    await house.enter(house.learner)
    await house.learner.say("/forget")
    (menu,) = await house.learner.say("no")
    assert "What would you like to do" in menu
    await house.learner.say("discuss")
    await house.learner.say("unit 401")
    await house.learner.say("2")
    await house.learner.tap("Practise")
    await house.learner.say("ready")
    assert "Pause" in house.learner.buttons()
    await house.learner.tap("Pause")
    (again,) = await house.learner.say("carry on")
    assert "Welcome back" in again


async def test_what_is_typed_after_an_old_button_is_kept_and_used_as_the_answer(house: House) -> None:
    await house.enter(house.learner)
    await _typed_question(house)
    await house.learner.say("menu")
    (offer,) = await house.learner.say("targets <b>and</b> standards")
    assert "targets <b>and</b> standards" in offer
    (said, *_) = await house.learner.say("yes")
    assert "Unit 401" in said or "asks for" in said
    await house.learner.say("/mydata")
    held = json.loads(house.learner.file("my-data.json"))
    assert "targets <b>and</b> standards" in [row["text"] for row in held["answer"]]


async def test_an_old_next_keeps_the_open_question_and_what_is_typed_answers_it(house: House) -> None:
    await house.enter(house.learner)
    await _typed_question(house)
    await house.learner.say("a cup of tea")
    old = house.learner.button("I did say that")
    await house.learner.say("next")
    while "A" in house.learner.buttons():
        await house.learner.say("skip")
    await house.learner.tap_data(*old)
    await house.learner.say("a rota with names on it")
    await house.learner.say("/mydata")
    held = json.loads(house.learner.file("my-data.json"))
    assert "a rota with names on it" in [row["text"] for row in held["answer"]]


async def _typed_question(house: House) -> None:
    """Open a sitting and leave its questions with letters, until one is to be typed."""
    await house.learner.say("revise")
    await house.learner.say("401")
    await house.learner.say("start")
    while "A" in house.learner.buttons():
        await house.learner.say("skip")


async def _sitting_of_skips(house: House) -> list[str]:
    await house.learner.say("revise")
    await house.learner.say("401")
    said = await house.learner.say("start")
    asked = []
    while said[-1].startswith("Question"):
        asked.append(said[-1].partition(" of ")[2])
        said = await house.learner.say("skip")
    return asked


async def test_the_privacy_card_can_be_read_by_typing_what_its_button_says(house: House) -> None:
    await house.learner.say("/start")
    await house.learner.say("why?")
    assert "I have read this" in house.learner.buttons()
    await house.learner.say("yes")
    assert "Revise" in house.learner.buttons()


async def test_nobody_is_said_to_be_told_who_never_began_with_the_bot(house: House) -> None:
    await house.enter(house.learner)
    for label in ("Discuss", "Unit 401", "1: understand", "Practise", "I have read this. Start"):
        await house.learner.tap(label)
    said = "\n".join(await house.learner.say("i want die"))
    assert "I could not tell anybody for you" in said
    await house.enter(house.tutor)
    await house.learner.say("/discuss")
    for label in ("Unit 401", "1: understand", "Practise", "I have read this. Start"):
        await house.learner.tap(label)
    said = "\n".join(await house.learner.say("i want die"))
    assert "I am telling 1 person" in said
