"""The first step of the other users: a tutor schedules a round, an assessor opens a released log."""

import asyncio

import pytest

from tests.end_to_end.conftest import House, Phone


async def test_a_round_scheduled_by_a_tutor_reaches_the_cohort_once_and_is_answered(house: House) -> None:
    await house.enter(house.learner, house.other_learner, house.tutor)
    await schedule(house.tutor, "Now")
    announcement = await announced(house.learner)
    assert "Practice group" in announcement
    await announced(house.other_learner)
    (question,) = await house.learner.tap("Start")
    assert question.startswith("Quiz round · Question 1 of 3")
    await house.learner.tap("A")
    (rounds,) = await house.tutor.say("/rounds")
    assert "1 of 2 started, 1 of 6 answers" in rounds
    await asyncio.sleep(1.2)
    assert await house.learner.hear() == []


async def test_a_round_for_later_is_listed_as_planned(house: House) -> None:
    await house.enter(house.tutor)
    await schedule(house.tutor, "Tomorrow 09:00")
    (rounds,) = await house.tutor.say("/rounds")
    assert "Planned" in rounds
    assert "09:00" in rounds


async def test_a_time_that_cannot_be_read_is_asked_for_again(house: House) -> None:
    await house.enter(house.tutor)
    await _wizard(house.tutor)
    (problem,) = await house.tutor.say("whenever")
    assert "25/11/2026 18:00" in problem
    (preview,) = await house.tutor.say("01/02/2099 10:30")
    assert "10:30" in preview


@pytest.mark.parametrize("command", ["/rounds", "/logs"])
async def test_learners_cannot_reach_what_is_for_tutors_and_assessors(house: House, command: str) -> None:
    await house.enter(house.learner)
    (said,) = await house.learner.say(command)
    assert "for tutors and assessors" in said


async def test_an_assessor_opens_a_log_only_after_the_learner_released_it(house: House) -> None:
    await house.enter(house.learner, house.assessor)
    discussion = await finished_discussion(house.learner)
    (before,) = await house.assessor.say("/logs")
    assert "No learner has released" in before
    await house.learner.tap("Release to my assessor")
    (released,) = await house.learner.tap("Yes, release it")
    assert "2 people" in released
    await house.assessor.say("/logs")
    (card,) = await house.assessor.tap("Learner 1")
    assert "2.1  " in card
    files = await house.assessor.tap("All files")
    assert any(name.endswith(".pdf]") for name in files)
    assert discussion.encode() in house.assessor.file(".html")
    await house.learner.tap("Take it back")
    (after,) = await house.assessor.say("/logs")
    assert "No learner has released" in after


async def test_a_tutor_sees_a_specification_before_anything_enters_the_bank(house: House) -> None:
    await house.enter(house.tutor)
    house.local.world.send_file(2001, "document", _SPECIFICATION, name="unit 7.txt")
    (preview,) = await house.tutor.hear()
    assert "Unit 7" in preview
    assert "explain how to brew tea" in preview
    await house.tutor.tap("Cancel")
    await house.tutor.say("/revise")
    assert not any("Brewing" in label for label in house.tutor.buttons())
    house.local.world.send_file(2001, "document", _SPECIFICATION, name="unit 7.txt")
    await house.tutor.hear()
    (added,) = await house.tutor.tap("Add to the bank")
    assert "Unit 7" in added
    await house.tutor.say("/revise")
    assert any("Brewing" in label for label in house.tutor.buttons())


async def test_files_from_learners_are_not_read(house: House) -> None:
    await house.enter(house.learner)
    house.local.world.send_file(1001, "document", _SPECIFICATION, name="unit 7.txt")
    (said,) = await house.learner.hear()
    assert "only read files from tutors" in said


async def test_words_of_harm_stop_the_practice_tell_the_tutor_and_reach_no_file(house: House) -> None:
    await house.enter(house.learner, house.tutor)
    for label in ("Discuss", "Unit 323", "2: be able", "Mock", "I have read this. Start"):
        await house.learner.tap(label)
    (stopped,) = await house.learner.say("I want to kill myself, I cannot go on")
    assert "999" in stopped
    (alert,) = await house.tutor.hear()
    assert "Learner 1" in alert
    assert "kill" not in alert
    (rest,) = await house.learner.say("anything")
    assert "No question is open" in rest


_SPECIFICATION = b"""Unit 7: Brewing tea

Unit reference number: X/123/4567
Level: 2

Learning outcome
The learner will:
1. understand how to brew tea
Assessment criteria
The learner can:
1.1 explain how to brew tea
1.2 describe the equipment used to brew tea
"""


async def _wizard(tutor: Phone) -> None:
    await tutor.say("/rounds")
    for label in ("New round", "Practice group", "Unit 323", "1: understand", "3"):
        await tutor.tap(label)


async def schedule(tutor: Phone, when: str) -> None:
    await _wizard(tutor)
    await tutor.tap(when)
    await tutor.tap("Schedule it")


async def announced(phone: Phone) -> str:
    async with asyncio.timeout(10):
        while not (heard := await phone.hear()):  # noqa: ASYNC110 - the ticker looks once a second
            await asyncio.sleep(0.05)
    return heard[0]


async def finished_discussion(learner: Phone) -> str:
    for label in ("Discuss", "Unit 323", "2: be able", "Mock", "I have read this. Start"):
        await learner.tap(label)
    words = "Yesterday I wrote down what each customer needed because the new menu confused them"
    await learner.say(words)
    await learner.tap("Stop")
    return words
