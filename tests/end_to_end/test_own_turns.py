"""What learners do with their own words of a discussion: say what they say, and have some erased."""

import json
from pathlib import Path

import pytest
from sqlmodel import Session

from talkthrough.storage import erasures
from talkthrough.storage.audit import verify
from talkthrough.storage.tables import StoredTurn, Table
from tests.end_to_end.acts import forge
from tests.end_to_end.conftest import House
from tests.end_to_end.test_records_draft import ANSWER, STORY, confirmed, drafted, held
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


async def erased(house: House, label: str) -> str:
    await house.learner.say("/menu")
    await house.learner.tap("Discuss")
    await house.learner.tap("My discussions")
    await house.learner.tap("Unit 401")
    await house.learner.tap("Erase something I said")
    (asked,) = await house.learner.tap(label)
    assert "What stays: the place of the message, its time and its fingerprint." in asked
    (done,) = await house.learner.tap("Yes, erase it")
    await house.learner.tap("Back")
    return done


async def everything_kept(house: House) -> str:
    """All rows of all tables as text."""

    def rows(session: Session) -> str:
        return "\n".join(str(row) for table in Table.metadata.sorted_tables for row in session.execute(table.select()))

    found: str = await house.application.pipeline.database.run(rows)
    return found


async def test_an_erased_message_is_nowhere_and_the_rest_still_verifies(house: House) -> None:
    await talked(house, WORDS, "Then the queue went down and the customers were happy")
    assert "moved two people" in await everything_kept(house)
    assert (await erased(house, "4. Last Tuesday")).startswith("Erased.")
    assert "moved two people" not in await everything_kept(house)
    made = await log(house)
    gone = made["turns"][3]
    assert (gone["number"], gone["text"], gone["salt"]) == (4, None, None)
    assert gone["notes"] == ["[erased at the learner's request]"]
    result = verify(house.learner.file(".json"))
    assert result.holds
    assert 4 in result.without_text
    assert "[erased at the learner" in house.learner.file(".html").decode()
    assert "Then the queue went down" in house.learner.file(".html").decode()


async def test_a_restored_backup_does_not_bring_an_erased_message_back(house: House, data_dir: Path) -> None:
    await talked(house, WORDS)
    database = house.application.pipeline.database
    rows = await database.run(lambda session: session.get_one(StoredTurn, (1, 4)).model_dump())
    await erased(house, "4. Last Tuesday")

    def restore(session: Session) -> None:
        session.merge(StoredTurn(**rows))

    await database.run(restore)
    assert "moved two people" in await everything_kept(house)
    assert await database.run(lambda session: erasures.reapply(session, data_dir)) == 1
    assert await database.run(lambda session: erasures.reapply(session, data_dir)) == 0
    assert "moved two people" not in await everything_kept(house)
    assert "moved" not in (data_dir / erasures.FILE_NAME).read_text()


async def test_what_the_tool_quoted_from_an_erased_message_goes_too(house: House) -> None:
    await house.enter(house.learner)
    for label in ("Discuss", "Unit 401", "1: understand", "Practise", "I have read this. Start"):
        await house.learner.tap(label)
    await house.learner.say("Head office decides, and it takes too long. We listen to calls every week.")
    quotes = []
    for _ in range(6):
        quotes += [said for said in await house.learner.tap("Skip") if "Earlier you said:" in said]
    assert quotes
    await house.learner.tap("Stop")
    await erased(house, "4. Head office")
    kept = await everything_kept(house)
    assert "listen to calls every week" not in kept
    assert not any(said in kept for said in quotes)


async def test_other_versions_and_the_sound_go_with_a_message(house: House) -> None:
    await planned(house)
    await house.learner.tap("I have read this. Start")
    await house.learner.say("I planned the rota on Monday")
    first = next(m for m in reversed(house.learner.messages) if not m["from"]["is_bot"])
    house.local.world.edit(1001, first["message_id"], "I planned the rota on Tuesday")
    await house.learner.hear()
    house.local.world.send_file(1001, "voice", b"OggS" + b"sound" * 100, name="voice.ogg", mime_type="audio/ogg")
    await house.learner.hear()
    await house.learner.tap("Stop")
    await erased(house, "4. I planned")
    kept = await everything_kept(house)
    assert "I planned the rota" not in kept
    assert "soundsound" in kept
    await erased(house, "7. Voice message")
    assert "soundsound" not in await everything_kept(house)


@pytest.mark.parametrize("data", ["own:gone:1:1:4", "own:check:1:1:4", "own:erase:1"])
async def test_nobody_erases_the_words_of_somebody_else(house: House, data: str) -> None:
    await talked(house, WORDS)
    await house.enter(house.other_learner)
    await forge(house.other_learner, data)
    assert "moved two people" in await everything_kept(house)


@pytest.mark.parametrize("data", ["own:gone:1:1:3", "own:gone:1:2:4", "own:gone:1:1:99"])
async def test_only_the_learners_own_turns_can_be_erased(house: House, data: str) -> None:
    await talked(house, WORDS)
    before = await everything_kept(house)
    await forge(house.learner, data)
    assert before.count("erased on request") == (await everything_kept(house)).count("erased on request") == 0


async def test_a_confirmed_draft_is_confirmed_again_and_what_was_added_to_it_can_be_erased(house: House) -> None:
    await held(house, STORY)
    await drafted(house)
    await house.learner.tap("Say what the result was")
    await house.learner.say(ANSWER)
    await confirmed(house)
    await erased(house, "2. After that nobody")
    kept = await everything_kept(house)
    assert "nobody waited longer" not in kept
    draft = await drafted(house)
    assert "[Not yet said: what the result was]" in draft
    await house.learner.tap("Read it and confirm")
    page = house.learner.file(".html").decode()
    assert "DRAFT. The learner has not confirmed it yet." in page
    assert "moved two people" in page
