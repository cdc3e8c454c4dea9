"""What learners do with their own words of a discussion: say what they say, and have some erased."""

import json

import pytest

from tests.end_to_end.acts import forge
from tests.end_to_end.conftest import House
from tests.end_to_end.test_records_log import planned

WORDS = "Last Tuesday I moved two people to the tills because the queue was long"


async def talked(house: House, *said: str) -> None:
    """A finished discussion with these words."""
    await planned(house)
    await house.learner.tap("I have read this. Start")
    for words in said:
        await house.learner.say(words)
    await house.learner.tap("Stop")


async def log(house: House) -> dict:  # type: ignore[type-arg]
    await house.learner.tap("Save the log")
    saved: dict = json.loads(house.learner.file(".json"))  # type: ignore[type-arg]
    return saved


async def test_a_learner_says_which_message_says_what_was_not_heard(house: House) -> None:
    await talked(house, WORDS)
    before = await log(house)
    await house.learner.tap("I did say that")
    label = next(label for label in house.learner.buttons() if label[:4] == "3.3:")
    (asked,) = await house.learner.tap(label)
    assert asked.endswith("Which of your messages says it?")
    (kept,) = await house.learner.tap("4. Last Tuesday")
    assert "that you say so. My own list stays as it is." in kept
    await house.learner.tap("Back")
    after = await log(house)
    claimed = next(criterion for criterion in after["criteria"] if criterion["number"] == "3.3")
    assert [(turn["number"], turn["by"]) for turn in claimed["turns"]] == [(4, ["learner"])]
    was = next(criterion for criterion in before["criteria"] if criterion["number"] == "3.3")
    assert (claimed["mentioned"], claimed["not_yet_mentioned"]) == (was["mentioned"], was["not_yet_mentioned"])
    spoken = next(turn for turn in after["turns"] if turn["number"] == 4)
    assert spoken["text"] == WORDS
    assert any(note.startswith("the learner says that this message says") for note in spoken["notes"])


async def test_the_same_claim_twice_is_one(house: House) -> None:
    await talked(house, WORDS)
    await house.learner.tap("I did say that")
    await house.learner.tap(next(label for label in house.learner.buttons() if label[:4] == "3.3:"))
    await house.learner.tap_twice("4. Last Tuesday")
    await house.learner.tap("Back")
    notes = (await log(house))["turns"][3]["notes"]
    assert len([note for note in notes if note.startswith("the learner says")]) == 1


async def test_what_the_learner_said_already_is_not_asked_again_and_stands_in_the_log_as_their_claim(
    house: House,
) -> None:
    await planned(house)
    await house.learner.tap("I have read this. Start")
    (probe,) = await house.learner.say(WORDS)
    assert "I said that already" in house.learner.buttons()
    (after,) = await house.learner.tap("I said that already")
    assert after.startswith("All right. I have noted that you said it.")
    assert probe not in after
    await house.learner.tap("Stop")
    turn = next(turn for turn in (await log(house))["turns"] if turn["text"] == "I said that already")
    assert {reference["by"] for reference in turn["references"]} == {"learner"}
    assert turn["notes"][-1].startswith("the learner says that this was said before: ")


@pytest.mark.parametrize("data", ["own:claim:1", "own:what:1:0:all", "own:says:1:0:all:4"])
async def test_the_words_of_somebody_else_cannot_be_reached(house: House, data: str) -> None:
    await talked(house, WORDS)
    await house.enter(house.other_learner)
    (reply,) = await forge(house.other_learner, data)
    assert "tills" not in reply


@pytest.mark.parametrize(
    "data", ["own:what:1:99:all", "own:what:1:0:pass", "own:says:1:0:all:1", "own:says:1:0:all:99"]
)
async def test_forged_buttons_claim_nothing(house: House, data: str) -> None:
    await talked(house, WORDS)
    await forge(house.learner, data)
    await house.learner.say("/menu")
    await house.learner.tap("Discuss")
    assert not any(
        note.startswith("the learner says") for turn in (await saved(house))["turns"] for note in turn["notes"]
    )


async def saved(house: House) -> dict:  # type: ignore[type-arg]
    await house.learner.tap("My discussions")
    await house.learner.tap("Unit 401")
    return await log(house)
