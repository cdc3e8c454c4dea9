"""What people and Telegram do that nobody planned for: a kind sentence each, nothing lost, nothing counted twice."""

import json

import pytest

from tests.end_to_end.conftest import House


@pytest.fixture
async def asked(house: House) -> House:
    """A learner with an open question."""
    await house.enter(house.learner)
    for label in ("Revise", "Unit 401", "Start"):
        await house.learner.tap(label)
    return house


async def test_an_unknown_command_is_answered(house: House) -> None:
    await house.enter(house.learner)
    (said,) = await house.learner.say("/teapot")
    assert "/teapot" in said


async def test_a_sticker_is_answered_and_leaves_the_question_open(asked: House) -> None:
    asked.local.world.send_file(1001, "photo", b"\x89PNG\r\n\x1a\n", name="x.png")
    (said,) = await asked.learner.hear()
    assert "cannot read this kind of message" in said


@pytest.mark.parametrize("text", ["x" * 4096, "😀😀😀", "a < b & c > d </b>", "{{ 7*7 }}", "=cmd|' /C calc'!A0"])
async def test_any_text_is_taken_as_it_is(asked: House, text: str) -> None:
    (said,) = await asked.learner.say(text)
    assert "Unit 401, " in said or "The letters are" in said


async def test_a_double_tap_on_an_answer_counts_once(asked: House) -> None:
    feedback, second = await asked.learner.tap_twice("I don't know")
    assert "Unit 401, " in feedback
    assert "counted once" in second
    await asked.learner.say("/mydata")
    assert len(json.loads(asked.learner.file("my-data.json"))["answer"]) == 1


async def test_a_double_tap_on_next_shows_the_question_once(asked: House) -> None:
    await asked.learner.tap("I don't know")
    (first,) = await asked.learner.tap_twice("Next")
    assert "Question 2" in first


async def test_an_answer_after_the_sitting_has_ended_is_not_counted_and_says_so(asked: House) -> None:
    await asked.learner.tap("Stop")
    (said,) = await asked.learner.say("late answer")
    assert "No question is open" in said


async def test_a_button_of_an_earlier_turn_does_nothing_in_a_discussion(house: House) -> None:
    await house.enter(house.learner)
    for label in ("Discuss", "Unit 401", "1: under", "Mock", "I have read this. Start"):
        await house.learner.tap(label)
    old = house.learner.button("Stop")
    await house.learner.say("I look at the complaint figures every week because they show where we go wrong")
    (said,) = await house.learner.tap_data(*old)
    assert "earlier message" in said
    (probe,) = await house.learner.say("Last week I found two late deliveries")
    assert "Practice discussion finished" not in probe


async def test_forged_buttons_reach_nobody_elses_data(asked: House) -> None:
    await asked.enter(asked.other_learner)
    asked.local.world.say(1002, "/menu")
    await asked.other_learner.hear()
    for data in ("ans:1:0", "next:1", "said:1:0", "dis:log:1", "dis:draft:1", "rnd:yes", "logs:1", "ans:x:y", "zzz"):
        said = await _forge(asked, data)
        assert len(said) == 1, data
        assert "earlier message" in said[0] or "not there" in said[0] or "for tutors" in said[0], (data, said)


async def test_an_edited_message_keeps_the_first_words(asked: House) -> None:
    await asked.learner.say("I listen to calls")
    message = asked.learner.messages[-2]
    asked.local.world.edit(1001, message["message_id"], "something else")
    (said,) = await asked.learner.hear()
    assert "I keep your first words" in said


async def test_a_person_who_blocked_the_bot_is_marked_and_welcomed_back(house: House) -> None:
    await house.enter(house.learner)
    house.local.world.block(1001)
    await house.settled()
    house.local.world.block(1001, blocked=False)
    (menu,) = await house.learner.say("/menu")
    assert "What would you like to do" in menu


async def _forge(house: House, data: str) -> list[str]:
    """A tap with data that none of the person's buttons carries, as a changed client could send."""
    phone = house.other_learner
    message = next(m for m in reversed(phone.messages) if m.get("reply_markup"))
    button = message["reply_markup"]["inline_keyboard"][0][0]
    kept, button["callback_data"] = button["callback_data"], data
    try:
        return await phone.tap_data(message["message_id"], data)
    finally:
        button["callback_data"] = kept
