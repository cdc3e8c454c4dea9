"""The log as it leaves the bot: sealed, filled in, with edits and voice named; and the plan that comes before it."""

import hashlib
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlmodel import select

from talkthrough.bot.commands.verify import sentences
from talkthrough.bot.settings import Settings
from talkthrough.storage import audit, cohorts, people
from talkthrough.storage.records.verification import verify_file
from talkthrough.storage.tables import Cohort, Planning
from tests.end_to_end.acts import forge
from tests.end_to_end.conftest import House, started


async def planned(house: House) -> None:
    await house.enter(house.learner)
    for label in ("Discuss", "Unit 401", "3: be able", "Practise"):
        await house.learner.tap(label)


async def saved(house: House) -> dict[str, object]:
    await house.learner.tap("Stop")
    await house.learner.tap("Save the log")
    log: dict[str, object] = json.loads(house.learner.file(".json"))
    return log


async def test_who_is_there_materials_adjustments_and_the_learner_number_are_printed_in_the_log(house: House) -> None:
    await planned(house)
    await house.learner.tap("Who is with me")
    (changed,) = await house.learner.tap("A support worker")
    assert "With you: A support worker" in changed
    await house.learner.tap("Have at hand")
    await house.learner.say("my rota for last week")
    await house.learner.tap("My learner number")
    await house.learner.say("L-0042")
    await house.learner.tap("Adjustments")
    await house.learner.tap("– Extra time")
    await house.learner.tap("– Breaks")
    await house.learner.tap("✓ Breaks")
    (changed,) = await house.learner.tap("Done")
    assert "about 30 minutes" in changed
    await house.learner.tap("Print the plan")
    pdf = house.learner.file(".pdf")
    words = " ".join("".join(page.extract_text() for page in PdfReader(_stream(pdf)).pages).split())
    assert "my rota for last week" in words
    await house.learner.tap("I have read this. Start")
    log = await saved(house)
    assert log["cover"]["present"] == "A support worker, as the learner said"
    assert log["cover"]["learner_reference"] == "L-0042"
    assert "version 1" in log["cover"]["document"]
    assert "my rota for last week" in log["planning"]["materials"]
    assert log["planning"]["adjustments"] == ["Extra time: 1.5 times the usual length"]


async def test_larger_steps_are_agreed_in_the_plan_and_ask_fewer_and_bigger_questions(house: House) -> None:
    await house.enter(house.learner)
    await house.learner.tap("Settings")
    await house.learner.tap("Larger steps on")
    for label in ("Menu", "Discuss", "Unit 401", "1: understand"):
        await house.learner.tap(label)
    (sheet, *_) = await house.learner.tap("Practise")
    assert "Larger steps: fewer questions, each about more" in sheet
    (question,) = await house.learner.tap("I have read this. Start")
    assert "Please also speak about methods to monitor customer service operations" in question
    assert question.count("?") == 1
    log = await saved(house)
    assert log["planning"]["adjustments"] == ["Larger steps: fewer questions, each about more"]


async def test_larger_steps_can_be_taken_out_of_one_plan(house: House) -> None:
    await planned(house)
    await house.learner.tap("Adjustments")
    await house.learner.tap("– Larger steps")
    (changed,) = await house.learner.tap("Done")
    assert "Larger steps: fewer questions, each about more" in changed
    await house.learner.tap("Adjustments")
    await house.learner.tap("✓ Larger steps")
    (changed,) = await house.learner.tap("Done")
    assert "Adjustments: none" in changed
    (question,) = await house.learner.tap("I have read this. Start")
    assert "Please also speak about" not in question


async def test_every_message_of_the_tool_in_the_log_was_sent_to_the_learner(house: House) -> None:
    await planned(house)
    await house.learner.tap("I have read this. Start")
    for said in ("Last Tuesday I moved two people to the tills", "skip", "hint", "pause"):
        await house.learner.say(said)
    await house.learner.tap("Carry on")
    await house.learner.say("/menu")
    await house.learner.tap("Discuss")
    await house.learner.tap("Carry on")
    log = await saved(house)
    sent = "\n".join(message.get("text", "") for message in house.learner.messages if message["from"]["is_bot"])
    asked = [turn for turn in log["turns"] if turn["speaker"] == "tool"]
    assert [turn["text"] for turn in asked if turn["text"] not in sent] == []
    assert asked[-1]["facts"]["kind"] == "recap"
    taps = [turn["text"] for turn in log["turns"] if "button" in (turn["facts"] or {}).get("flags", ())]
    assert taps == ["I have read this. Start", "Carry on", "Stop"]


async def test_a_log_is_sealed_and_verifies_with_the_installations_own_key(house: House, data_dir) -> None:
    await planned(house)
    await house.learner.tap("I have read this. Start")
    await house.learner.say("Last Tuesday I moved two people to the tills")
    await saved(house)
    key = audit.signing_key(data_dir)
    for ending in (".json", ".html"):
        result = verify_file(house.learner.file(ending), key.public)
        assert (result.holds, result.signature) == (True, "valid")
    altered = house.learner.file(".json").replace(b"Learner 1", b"Learner 9")
    assert not verify_file(altered, key.public).holds


async def test_the_log_prints_until_when_the_cohort_keeps_it(house: House) -> None:
    with house.application.pipeline.database.transaction() as session:
        cohort = session.exec(select(Cohort)).one()
        cohort.assessment_date = date(2099, 3, 1)
        cohorts.change_settings(cohort, retention_days=31)
    await planned(house)
    await house.learner.tap("I have read this. Start")
    log = await saved(house)
    assert log["export"]["retain_until"] == "2099-04-01"


async def test_a_changed_message_names_the_turn_that_it_replaces(house: House) -> None:
    await planned(house)
    await house.learner.tap("I have read this. Start")
    await house.learner.say("I planned the rota on Monday")
    first = next(m for m in reversed(house.learner.messages) if not m["from"]["is_bot"])
    await house.learner.say("Then I sent it to all five people in my team")
    house.local.world.edit(1001, first["message_id"], "I planned the rota on Tuesday")
    await house.learner.hear()
    log = await saved(house)
    turns = {turn["text"]: turn for turn in log["turns"]}
    original = turns["I planned the rota on Monday"]["number"]
    assert f"edited version of turn {original}" in turns["I planned the rota on Tuesday"]["notes"]


async def test_a_change_of_a_message_from_elsewhere_is_no_turn(house: House) -> None:
    await house.enter(house.learner)
    await house.learner.say("hello before the discussion")
    first = next(m for m in reversed(house.learner.messages) if not m["from"]["is_bot"])
    for label in ("Discuss", "Unit 401", "3: be able", "Practise", "I have read this. Start"):
        await house.learner.tap(label)
    house.local.world.edit(1001, first["message_id"], "changed words")
    (said,) = await house.learner.hear()
    assert "not part of a discussion" in said
    log = await saved(house)
    assert "changed words" not in [turn["text"] for turn in log["turns"]]


async def test_words_of_harm_in_a_changed_message_stop_the_practice(house: House) -> None:
    await planned(house)
    await house.enter(house.tutor)
    await house.learner.tap("I have read this. Start")
    await house.learner.say("I planned the rota on Monday")
    first = next(m for m in reversed(house.learner.messages) if not m["from"]["is_bot"])
    house.local.world.edit(1001, first["message_id"], "I want to kill myself")
    (said,) = await house.learner.hear()
    assert "999" in said
    assert len(await house.tutor.hear()) == 1


async def test_a_safeguarding_leads_own_words_stop_a_practice(data_dir: Path, tmp_path: Path) -> None:
    words = tmp_path / "words.toml"
    words.write_text('phrases = ["county lines"]\n', encoding="utf-8")
    async with started(Settings.load(data_dir=data_dir, safeguarding_words=words)) as house:
        await planned(house)
        await house.learner.tap("I have read this. Start")
        (reply,) = await house.learner.say("They got me into county lines last year and I cannot get out")
        assert "I am stopping the practice here" in reply


async def test_nobody_is_said_to_be_told_when_nobody_can_be_reached(house: House) -> None:
    await planned(house)
    await house.enter(house.tutor)
    with house.application.pipeline.database.transaction() as session:
        tutor = people.person_for(session, 2001, "Tutor", datetime.now(UTC))
        tutor.unreachable_since = datetime.now(UTC)
    await house.learner.tap("I have read this. Start")
    (said,) = await house.learner.say("I want to kill myself")
    assert "I could not tell anybody for you" in said
    assert "I am telling" not in said


async def test_a_voice_turn_names_its_sound_by_hash(house: House) -> None:
    await planned(house)
    await house.learner.tap("I have read this. Start")
    sound = b"OggS" + b"sound" * 100
    house.local.world.send_file(1001, "voice", sound, name="voice.ogg", mime_type="audio/ogg")
    await house.learner.hear()
    log = await saved(house)
    (turn,) = [turn for turn in log["turns"] if "voice" in (turn["facts"] or {}).get("flags", [])]
    assert any(hashlib.sha256(sound).hexdigest() in note for note in turn["notes"])


async def test_the_head_is_posted_to_the_learner_and_the_tutor_at_close(house: House) -> None:
    await house.enter(house.tutor)
    await planned(house)
    await house.learner.tap("I have read this. Start")
    await house.learner.say("Last Tuesday I moved two people to the tills")
    (recap,) = await house.learner.tap("Stop")
    (posted,) = await house.tutor.hear()
    await house.learner.tap("4")
    await house.learner.tap("Save the log")
    log = json.loads(house.learner.file(".json"))
    shown = audit.fingerprint(log["integrity"]["head"])
    assert recap.endswith(f"Fingerprint of this discussion, for your assessor to check: {shown}")
    assert shown in posted
    assert shown in "\n".join(sentences(audit.verify(house.learner.file(".json")), has_own_key=False))
    assert "tills" not in posted
    assert log["self_rating"] == "4"


async def test_a_next_step_that_was_chosen_is_printed_in_the_log(house: House) -> None:
    await planned(house)
    await house.learner.tap("I have read this. Start")
    await house.learner.say("Last Tuesday I moved two people to the tills")
    await house.learner.tap("Stop")
    message, data = house.learner.button("Save the log")
    await house.learner.tap("Revise")
    await house.learner.tap_data(message, data)
    assert json.loads(house.learner.file(".json"))["next_steps"] == ["Revise these points"]


async def test_what_was_not_yet_mentioned_can_be_planned_as_the_next_discussion(house: House) -> None:
    await planned(house)
    await house.learner.tap("I have read this. Start")
    await house.learner.say("Last Tuesday I moved two people to the tills because the queue was 20 minutes")
    (recap,) = await house.learner.tap("Stop")
    mentioned = [line[:3] for line in recap.splitlines() if line[:2] == "3." and not line[3:].startswith(": not yet")]
    plan, _ = await house.learner.tap("Talk about the rest")
    assert mentioned
    assert not any(f"\n{number}  " in plan for number in mentioned)
    assert "\n3.8  " in plan


async def test_criteria_are_chosen_and_the_last_one_stays(house: House) -> None:
    await planned(house)
    (listed,) = await house.learner.tap("Choose criteria")
    assert "✓ 3.1  allocate resources according to agreed priorities" in listed
    for number in range(1, 9):
        (listed,) = await house.learner.tap(f"✓ 3.{number}")
    assert listed.count("✓") == 1
    plan, _ = await house.learner.tap("Done")
    assert "\n3.8  " in plan
    assert "\n3.1  " not in plan
    await house.learner.tap("I have read this. Start")
    log = await saved(house)
    assert [criterion["number"] for criterion in log["criteria"]] == ["3.8"]


async def test_a_mock_shows_the_clock_when_it_is_wanted_and_keeps_the_question_open(house: House) -> None:
    await house.enter(house.learner)
    for label in ("Discuss", "Unit 401", "3: be able", "Mock", "I have read this. Start"):
        await house.learner.tap(label)
    (clock,) = await house.learner.tap("Clock")
    assert clock.startswith("About 0 of 20 minutes")
    (probe,) = await house.learner.say("Last Tuesday I moved two people to the tills")
    assert probe.count("?") <= 1


async def test_a_tutor_sets_a_discussion_and_sees_that_the_plan_was_read(house: House) -> None:
    await house.enter(house.learner, house.other_learner, house.tutor)
    await house.tutor.say("/assign")
    for label in ("Set a discussion", "Practice group", "Learner 1", "Unit 401", "3: be able"):
        await house.tutor.tap(label)
    (unclear,) = await house.tutor.say("soon")
    assert "14/03/2027" in unclear
    (preview,) = await house.tutor.say("14/03/2099")
    assert "14 March 2099" in preview
    await house.tutor.tap_twice("Set it")
    (announced,) = await house.learner.hear()
    assert "Tutor has set a practice discussion" in announced
    assert await house.other_learner.hear() == []
    (plan, _) = await house.learner.tap("Read the plan")
    assert "Tutor has set this for you" in plan
    await house.tutor.say("/assign")
    await house.learner.tap("I have read this. Start later")
    (list_of_set,) = await house.tutor.say("/assign")
    assert "plan read" in list_of_set
    (waiting,) = await house.learner.say("/discuss")
    assert "Unit 401, outcome 3" in waiting
    await house.learner.tap("Unit 401, outcome 3")
    await house.learner.tap("I have read this. Start")
    log = await saved(house)
    assert log["planning"]["prepared_by"] == "Tutor (tutor)"


async def test_a_discussion_for_everybody_reaches_the_whole_group_once(house: House) -> None:
    await house.enter(house.learner, house.other_learner, house.tutor)
    await house.tutor.say("/assign")
    for label in ("Set a discussion", "Practice group", "Everybody", "Unit 401", "3: be able", "In 2 weeks", "Set it"):
        await house.tutor.tap(label)
    assert len(await house.learner.hear()) == 1
    assert len(await house.other_learner.hear()) == 1
    with house.application.pipeline.database.transaction() as session:
        assert len(session.exec(select(Planning).where(Planning.due_on > datetime.now(UTC).date())).all()) == 2


@pytest.mark.parametrize("data", ["asg:new", "asg:yes", "asg:due:1w", "logs:1", "logs:sign:1", "bnd:1", "smp:25"])
async def test_learners_cannot_reach_the_buttons_of_tutors_and_assessors(house: House, data: str) -> None:
    await house.enter(house.learner)
    (said,) = await forge(house.learner, data)
    assert "for tutors and assessors" in said


@pytest.mark.parametrize("data", ["pln:show:1", "drf:model:1:0", "drf:gap:1:0", "drf:out:1:4", "drf:confirm:1:abc"])
async def test_the_plan_and_draft_of_somebody_else_cannot_be_reached(house: House, data: str) -> None:
    await planned(house)
    await house.enter(house.other_learner)
    said = await forge(house.other_learner, data)
    assert not any("401" in text for text in said)


def _stream(content: bytes):
    from io import BytesIO

    return BytesIO(content)
