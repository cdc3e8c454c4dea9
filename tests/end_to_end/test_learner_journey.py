"""What a learner does from the first message to the draft, over real HTTP."""

import json
from html.parser import HTMLParser
from pathlib import Path

from tests.end_to_end.conftest import House

SHORT = 600  # characters of a message where possible


async def test_newcomer_reads_a_privacy_card_of_at_most_120_words_before_anything_else(house: House) -> None:
    (card,) = await house.learner.say("/start")
    assert len(card.split()) <= 120
    assert "not an assessment" in card
    assert house.learner.buttons() == ["I have read this"]
    (menu,) = await house.learner.tap("I have read this")
    assert "Revise" in menu
    assert house.learner.buttons() == ["Revise", "Discuss", "Progress", "Settings"]


async def test_every_unit_with_criteria_is_offered_and_the_blank_one_is_not(house: House) -> None:
    await house.enter(house.learner)
    await house.learner.tap("Revise")
    assert len(house.learner.buttons()) == 14 + 1
    assert not any(label.startswith("CS 47") for label in house.learner.buttons())


async def test_feedback_names_what_was_found_what_is_missing_the_criterion_and_the_line(house: House) -> None:
    await house.enter(house.learner)
    await house.learner.tap("Revise")
    await house.learner.tap("Unit 401")
    (question,) = await house.learner.tap("Start")
    assert question.startswith("Question 1 of 10 · Unit 401")
    (feedback,) = await _answer(house, "I do not know these words at all")
    assert "Unit 401" in feedback
    assert "line " in feedback
    assert not {"pass", "met", "competent", "achieved"} & set(feedback.lower().split())


async def test_a_whole_sitting_can_be_answered_and_says_what_was_done(house: House) -> None:
    await house.enter(house.learner)
    await house.learner.say("/settings")
    await house.learner.tap("Minutes a day")
    (settings,) = await house.learner.tap("5 min")
    assert "Minutes a day: 5" in settings
    await house.learner.say("/revise")
    (cost,) = await house.learner.tap("Unit 323")
    count = int(cost.split("\n")[1].split()[0])
    assert any(f"{count} questions, about {minutes} minutes" in cost for minutes in (4, 5, 6))
    said = await house.learner.tap("Start")
    for _ in range(count):
        assert f"of {count}" in said[0]
        (answered,) = await _answer(house, "adverts in the paper and leaflets, the manager, other staff")
        if "asks for" in answered:
            await house.learner.tap("That is all")
        said = await house.learner.tap("Next")
    assert f"You answered {count} questions" in said[0]
    assert "You have seen" in said[0]


async def test_a_discussion_follows_what_was_said_and_ends_in_files_with_the_learners_own_words(house: House) -> None:
    await house.enter(house.learner)
    await house.learner.tap("Discuss")
    await house.learner.tap("Unit 401")
    await house.learner.tap("3: be able")
    plan, opening = await house.learner.tap("Mock")
    assert "PRACTICE" in plan
    assert "3.6  manage deviations from expected performance" in plan
    assert "Nobody else reads it" in opening
    (first,) = await house.learner.tap("I have read this. Start")
    mine = "Last Tuesday I moved two people to the tills <b>because</b> the queue was 20 minutes & growing 😀"
    (probe,) = await house.learner.say(mine)
    assert probe != first
    assert probe.count("?") <= 1
    (recap,) = await house.learner.tap("Stop")
    assert "3.1" in recap
    await house.learner.tap("Make the draft")
    await house.learner.tap("STAR")
    (_, file, _) = await house.learner.tap("Read it and confirm")
    assert file.endswith(".html]")
    assert mine in _text_of(house.learner.file(".html").decode())


async def test_a_plan_prints_the_parts_of_a_criterion_and_keeps_the_units_paragraphs_behind_a_button(
    house: House,
) -> None:
    await house.enter(house.learner)
    await house.learner.tap("Discuss")
    await house.learner.tap("Unit 20")
    (outcome,) = await house.learner.tap("1: ")
    plan, _ = await house.learner.tap("Practise")
    for shown in (outcome, plan):
        assert "systems and processes balance:\n      • customer satisfaction" in shown
    assert "The unit also says" not in plan
    (says,) = await house.learner.tap("What the unit also says")
    assert says.startswith("What Unit 20 also says, as published\n• ")
    (back,) = await house.learner.tap("Back")
    assert back.startswith("Your plan: Unit 20")


async def test_a_paused_discussion_goes_on_where_it_stopped(house: House) -> None:
    await house.enter(house.learner)
    await _open_discussion(house)
    (paused,) = await house.learner.tap("Pause")
    assert "saved" in paused
    (waiting,) = await house.learner.say("/discuss")
    assert "waiting" in waiting
    (question,) = await house.learner.tap("Carry on")
    assert "Welcome back" in question


async def test_a_voice_message_is_kept_as_a_turn_and_the_learner_is_asked_for_typed_words(house: House) -> None:
    await house.enter(house.learner)
    await _open_discussion(house)
    house.local.world.send_file(1001, "voice", b"OggS sound", name="voice.ogg", mime_type="audio/ogg")
    (said,) = await house.learner.hear()
    assert "kept your voice message" in said
    (probe,) = await house.learner.say("I told the team about the new targets on Monday because sales were low")
    assert probe
    await house.learner.tap("Stop")
    await house.learner.tap("Save the log")
    assert "voice message" in _text_of(house.learner.file(".html").decode())


async def test_a_changed_message_in_a_discussion_is_kept_beside_the_first(house: House) -> None:
    await house.enter(house.learner)
    await _open_discussion(house)
    await house.learner.say("I planned the rota on Monday")
    message = next(m for m in reversed(house.learner.messages) if not m["from"]["is_bot"])
    house.local.world.edit(1001, message["message_id"], "I planned the rota on Tuesday")
    (said,) = await house.learner.hear()
    assert "kept both" in said
    await house.learner.tap("Stop")
    await house.learner.tap("Save the log")
    log = _text_of(house.learner.file(".html").decode())
    assert "I planned the rota on Monday" in log
    assert "I planned the rota on Tuesday" in log


async def test_words_typed_while_a_discussion_waits_are_met_with_a_way_back(house: House) -> None:
    await house.enter(house.learner)
    await _open_discussion(house)
    await house.learner.tap("Pause")
    (said,) = await house.learner.say("I had more to say about the rota")
    assert "No question is open" in said
    assert "Carry on with the discussion" in house.learner.buttons()
    (question,) = await house.learner.tap("Carry on with the discussion")
    assert "Welcome back" in question


async def test_leaving_for_the_menu_pauses_the_discussion(house: House) -> None:
    await house.enter(house.learner)
    await _open_discussion(house)
    await house.learner.say("/menu")
    (waiting,) = await house.learner.say("/discuss")
    assert "waiting" in waiting


async def test_progress_is_a_picture_with_the_same_in_text(house: House) -> None:
    await house.enter(house.learner)
    await house.learner.tap("Progress")
    (said,) = await house.learner.tap("Unit 401")
    assert said.startswith("[photo]")
    assert "Outcome 5" in said


async def test_a_learner_takes_the_questions_to_anki(house: House) -> None:
    await house.enter(house.learner)
    await house.learner.tap("Progress")
    await house.learner.tap("Unit 323")
    await house.learner.tap("Questions for Anki")
    assert house.learner.file(".apkg").startswith(b"PK")


async def test_everything_held_about_a_person_can_be_taken_away_and_erased(house: House, data_dir: Path) -> None:
    await house.enter(house.learner)
    await house.learner.tap("Revise")
    await house.learner.tap("Unit 401")
    await house.learner.tap("Start")
    await _answer(house, "a very private sentence")
    await house.learner.say("/mydata")
    held = json.loads(house.learner.file("my-data.json"))
    assert held["person"]["display_name"] == "Learner 1"
    assert len(held["answer"]) == 1
    await house.learner.say("/forget")
    (said,) = await house.learner.tap("Yes, erase everything")
    assert "nothing about you" in said
    assert not _files_that_hold("a very private sentence", data_dir)
    (card,) = await house.learner.say("/start")
    assert card.startswith("Before we start")


async def test_an_assessment_date_is_read_as_people_in_the_uk_type_it(house: House) -> None:
    await house.enter(house.learner)
    await house.learner.say("/settings")
    await house.learner.tap("Assessment date")
    (unclear,) = await house.learner.say("next spring some time")
    assert "14/03/2027" in unclear
    (settings,) = await house.learner.say("14 March 2099")
    assert "14 March 2099" in settings


def _files_that_hold(words: str, folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.is_file() and words.encode() in path.read_bytes()]


async def _open_discussion(house: House) -> None:
    await house.learner.say("/discuss")
    await house.learner.tap("Unit 401")
    await house.learner.tap("2: be able")
    await house.learner.tap("Practise")
    await house.learner.tap("I have read this. Start")


async def _answer(house: House, text: str) -> list[str]:
    return await (house.learner.tap("A") if "A" in house.learner.buttons() else house.learner.say(text))


def _text_of(page: str) -> str:
    class Reader(HTMLParser):
        text = ""

        def handle_data(self, data: str) -> None:
            self.text += data

    reader = Reader()
    reader.feed(page)
    return reader.text
