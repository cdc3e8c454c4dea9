"""A tutor works on the question bank in the chat: questions, wording, reports, disagreements, and nobody else does."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from talkthrough.storage.bank_items import handle_of
from tests.end_to_end.conftest import House
from tests.end_to_end.tutor import forge, rows, through


async def test_questions_are_browsed_retired_and_approved(house: House, data_dir: Path) -> None:
    await house.enter(house.tutor)
    (unit,) = await through(house.tutor, "Question bank", "Unit 401")
    assert re.search(r"\n1\d\d questions are asked", unit)
    (listed,) = await house.tutor.tap("1.2 (")
    assert "assess the suitability of a range of methods" in listed
    (item,) = await house.tutor.tap("1")
    assert "← the answer" in item
    assert "Not asked yet." in item
    _, retire = house.tutor.button("Retire")
    (retired,) = await house.tutor.tap("Retire")
    assert "Nobody is asked this now." in retired
    await through(house.tutor, "Back", "Back to the unit", "Retired (1)", "1")
    (approved,) = await house.tutor.tap("Approve")
    assert "Learners are asked this." in approved
    assert rows(data_dir, "select state, version from question_version") == [("approved", 1)]
    await house.tutor.tap("Edit question")
    await house.tutor.say("Which of these stands under “Monitoring techniques”?")
    await house.tutor.tap("Save")
    (old_button,) = await forge(house.tutor, retire)
    assert "newer than that button" in old_button
    assert rows(data_dir, "select state, version from question_version") == [("retired", 1), ("approved", 2)]


async def test_an_edited_question_keeps_its_identity_and_every_schedule(house: House, data_dir: Path) -> None:
    await house.enter(house.tutor, house.learner)
    await through(house.learner, "Revise", "Unit 401", "Start", "A")
    (key,) = rows(data_dir, "select question_key from answer")[0]
    cards = rows(data_dir, "select card_key, stability, due_day from card")
    await _open_item(house, data_dir, str(key))
    await house.tutor.tap("Edit question")
    (preview,) = await house.tutor.say("In this unit, which answer fits best?")
    assert "Now: In this unit, which answer fits best?" in preview
    (saved,) = await house.tutor.tap("Save")
    assert "no learner's schedule has changed" in saved
    assert "wording 2" in saved
    assert rows(data_dir, "select card_key, stability, due_day from card") == cards
    assert rows(data_dir, "select version, state from question where key = ?", key) == [(2, "approved")]
    assert rows(data_dir, "select version, origin from question_version order by version") == [
        (1, "document"),
        (2, "tutor"),
    ]


async def _open_item(house: House, data_dir: Path, key: str) -> list[str]:
    """Open a question by its key, as its button would."""
    return await forge(house.tutor, f"b:i:{handle_of(key)}")


async def test_an_option_that_fits_no_button_is_refused_with_its_length(house: House) -> None:
    await house.enter(house.tutor)
    await through(house.tutor, "Question bank", "Unit 401", "1.2 (", "1", "Edit B")
    (said,) = await house.tutor.say("x" * 120)
    assert "has 120 characters; 100 fit on a button" in said
    assert "Save" not in house.tutor.buttons()


async def test_flaws_of_a_new_wording_are_named_before_it_is_saved(house: House) -> None:
    await house.enter(house.tutor)
    await through(house.tutor, "Question bank", "Unit 401", "1.2 (", "1", "Edit B")
    (said,) = await house.tutor.say("none of the above")
    assert "The review says:" in said
    assert "Save anyway" in house.tutor.buttons()


async def test_a_tutors_own_question_is_asked_and_its_points_are_looked_for(house: House, data_dir: Path) -> None:
    await house.enter(house.tutor)
    await through(house.tutor, "Question bank", "Unit 401", "1.2 (", "Add my own")
    await house.tutor.say("Which ways of listening to customers do you use at work?")
    (preview,) = await house.tutor.say("mystery shoppers\nexit interviews")
    assert "– exit interviews" in preview
    (kept,) = await house.tutor.tap("Approve")
    assert "Your question is in the bank." in kept
    ((state,),) = rows(data_dir, "select state from question where key like '%:own-1'")
    assert state == "approved"


async def test_a_question_to_tap_needs_a_reason_for_each_wrong_option(house: House) -> None:
    await house.enter(house.tutor)
    await through(house.tutor, "Question bank", "Unit 401", "1.2 (", "Add my own")
    await house.tutor.say("Which of these is on the unit's list?")
    (problem,) = await house.tutor.say("* use of mystery shoppers\nrota planning\nholiday forms | not on the list")
    assert "After “rota planning” write | and why it is wrong." in problem
    (preview,) = await house.tutor.say(
        "* use of mystery shoppers\nrota planning | not listed under this heading\nholiday forms | not on the list"
    )
    assert "A  use of mystery shoppers ← the answer" in preview
    (kept,) = await house.tutor.tap("Keep as a draft")
    assert "draft" in kept


async def test_a_report_reaches_the_tutor_with_the_question_and_is_settled_once(house: House) -> None:
    await house.enter(house.tutor, house.learner)
    await through(house.learner, "Revise", "Unit 401", "Start", "A", "Report")
    await house.learner.say("Two of these are right <b>!")
    await house.tutor.hear()
    (bank,) = await house.tutor.say("/bank")
    assert "Question bank" in bank
    (report,) = await house.tutor.tap("Reports from learners (1)")
    assert "“Two of these are right <b>!”" in report
    assert "Learner 1" not in report
    (item,) = await house.tutor.tap("Open the question")
    assert "Learners say:" in item
    assert "Asked 1 time, answered 1 time by 1 learner." in item
    await through(house.tutor, "Menu", "Question bank", "Reports")
    (settled,) = await house.tutor.tap("Settled")
    assert "No report is waiting." in settled
    await house.tutor.say("/bank")
    assert not any("Reports" in label for label in house.tutor.buttons())


async def test_did_say_that_becomes_a_phrasing_once_the_tutor_agrees(house: House, data_dir: Path) -> None:
    await house.enter(house.tutor, house.learner)
    point = await _disagree(house, "We ring folk up a week later")
    assert rows(data_dir, "select state, source from phrasing") == [("candidate", "learner")]
    await house.tutor.say("/bank")
    (asked,) = await house.tutor.tap("Answers to look at (1)")
    assert f"Point: {point}" in asked
    assert "“We ring folk up a week later”" in asked
    assert "The learner says: mentioned. The tool says: not mentioned." in asked
    await house.tutor.tap("Yes, in these words")
    (done,) = await house.tutor.say("ring folk up")
    assert "“ring folk up” counts as this point" in done
    assert rows(data_dir, "select state, text, person_id, answer_id from phrasing") == [
        ("approved", "ring folk up", None, None)
    ]


async def test_a_tutor_may_disagree_and_the_learners_correction_stays(house: House, data_dir: Path) -> None:
    await house.enter(house.tutor, house.learner)
    await _disagree(house, "We ring folk up a week later")
    mark = rows(data_dir, "select mark from answer")
    await through(house.tutor, "Question bank", "Answers to look at")
    (done,) = await house.tutor.tap("No")
    assert "The learner's own correction stays." in done
    assert rows(data_dir, "select state from phrasing") == [("declined",)]
    assert rows(data_dir, "select mark from answer") == mark
    assert "learner says so" in str(mark)


async def _disagree(house: House, words: str) -> str:
    """The learner answers a typed question, and says that a point was mentioned; returns the point."""
    await through(house.learner, "Revise", "Unit 401", "Start")
    for _ in range(30):
        if "A" not in house.learner.buttons():
            await house.learner.say(words)
            if "I did say that" in house.learner.buttons():
                await house.learner.tap("I did say that")
                point = house.learner.buttons()[0]
                await house.learner.tap(point)
                return point
        else:
            await house.learner.tap("A")
        await house.learner.tap("Next" if "Next" in house.learner.buttons() else "Revise more")
        if "Start" not in house.learner.buttons() and any("Unit 401" in one for one in house.learner.buttons()):
            await house.learner.tap("Unit 401")
        if "Start" in house.learner.buttons():
            await house.learner.tap("Start")
    raise AssertionError("no typed question was asked")


FORGED = (
    "bank",
    "b:u:1",
    "b:ret:0123456789ab:1",
    "b:rep:0",
    "b:dis:0",
    "b:file:1:csv",
    "b:own:1:0",
    "b:save",
    "spec:yes",
)


@pytest.mark.parametrize("data", FORGED)
async def test_learners_cannot_forge_their_way_into_the_bank(house: House, data_dir: Path, data: str) -> None:
    await house.enter(house.learner)
    before = rows(data_dir, "select key, state, version from question order by key")
    (said,) = await forge(house.learner, data)
    assert "for tutors and assessors" in said
    assert rows(data_dir, "select key, state, version from question order by key") == before


OLD_OR_FORGED = (
    "b:u:x", "b:i:nothing", "b:c:1:999:0", "b:word:zz:question", "b:repok:99", "b:disok:7", f"b:u:{10**20}",
)  # fmt: skip


@pytest.mark.parametrize("data", OLD_OR_FORGED)
async def test_a_tutors_forged_or_old_buttons_do_nothing(house: House, data: str) -> None:
    await house.enter(house.tutor)
    (said,) = await forge(house.tutor, data)
    assert "earlier message" in said


async def test_a_retired_question_is_skipped_in_a_sitting_that_was_composed_before(
    house: House, data_dir: Path
) -> None:
    await house.enter(house.tutor, house.learner)
    await through(house.learner, "Revise", "Unit 401", "Start")
    ((keys,),) = rows(data_dir, "select question_keys from revision_session")
    second = re.findall(r'"([^"]+)"', str(keys))[1]
    await _open_item(house, data_dir, second)
    await house.tutor.tap("Retire")
    await through(house.learner, *(("A",) if "A" in house.learner.buttons() else ("I don't know",)), "Next")
    asked = rows(data_dir, "select question_key from delivery")
    assert (second,) not in asked
    assert len(asked) == 2


async def test_tutors_give_points_words_and_take_them_back(house: House, data_dir: Path) -> None:
    await house.enter(house.tutor)
    ((key,),) = rows(
        data_dir, "select key from question where kind = 'recall list' and unit_key = 'm-506-2898' limit 1"
    )
    await _open_item(house, data_dir, str(key))
    await house.tutor.tap("Words that count")
    await house.tutor.tap("Add to 1")
    (long,) = await house.tutor.say("word " * 13)
    assert "more than 12 words" in long
    await house.tutor.tap("Add to 1")
    (added,) = await house.tutor.say("ringing folk up")
    assert "– “ringing folk up”" in added
    assert rows(data_dir, "select state, source from phrasing") == [("approved", "tutor")]
    (removed,) = await house.tutor.tap("Remove")
    assert "ringing folk up" not in removed


async def test_an_earlier_wording_can_be_used_again(house: House, data_dir: Path) -> None:
    await house.enter(house.tutor)
    (first,) = await through(house.tutor, "Question bank", "Unit 401", "1.2 (", "1")
    stem = first.splitlines()[0]
    await house.tutor.tap("Edit question")
    await house.tutor.say("Which of these stands under “Monitoring techniques”?")
    await house.tutor.tap("Save")
    (older,) = await house.tutor.tap("Earlier wordings")
    assert f"1  {stem}\nfrom the document" in older
    (back,) = await house.tutor.tap("Use wording 1 again")
    assert back.splitlines()[2] == stem
    assert "wording 3" in back
    assert rows(data_dir, "select version, state from question_version order by version") == [
        (1, "retired"),
        (2, "retired"),
        (3, "approved"),
    ]


async def test_what_learners_said_beside_an_open_list_reaches_the_tutor(house: House, data_dir: Path) -> None:
    await house.enter(house.tutor, house.learner)
    mark = '{"points":[],"needed":null,"others":[{"start":0,"end":9,"text":"exit polls"}],"echo":null}'
    await through(house.learner, "Revise", "Unit 401", "Start", "A")
    with closing(sqlite3.connect(data_dir / "talkthrough.db")) as database, database:
        database.execute("update answer set mark = ?", (mark,))
    ((key,),) = rows(data_dir, "select question_key from answer")
    (item,) = await _open_item(house, data_dir, str(key))
    assert "Learners also said (not on the list): exit polls." in item


async def test_who_has_a_question_open_while_it_is_edited_is_answered_in_the_words_they_saw(
    house: House, data_dir: Path
) -> None:
    await house.enter(house.tutor, house.learner)
    (question,) = await through(house.learner, "Revise", "Unit 401", "Start")
    seen = re.findall(r"^([A-D])  (.+)$", question, re.MULTILINE)
    assert seen, "the first question of the sitting has to be one that is tapped"
    ((key,),) = rows(data_dir, "select question_key from delivery")
    await _open_item(house, data_dir, str(key))
    await house.tutor.tap("Edit A")
    await house.tutor.say("Something else altogether")
    await house.tutor.tap("Save")
    (feedback,) = await house.learner.tap("A")
    assert seen[0][1] in feedback
    assert "Something else altogether" not in feedback
