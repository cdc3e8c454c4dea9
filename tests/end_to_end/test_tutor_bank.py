"""A tutor works on the question bank in the chat: specifications, questions, reports, disagreements, files."""

import csv
import io
import re
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from tests.end_to_end.conftest import TUTOR, House, Phone

HEAD = """Unit 7: Brewing tea

Unit reference number: X/123/4567
Level: 2

Learning outcome
The learner will:
1. understand how to brew tea
Assessment criteria
The learner can:
"""
OLD = f"""{HEAD}1.1 explain how to store leaves and powders
1.2 describe the equipment used to brew tea
1.3 identify the main kinds of tea
"""
NEW = f"""{HEAD}1.1 evaluate how to store leaves and powders
1.2 identify the main kinds of tea
1.3 describe the equipment that is used to brew tea
1.4 state who drinks tea at four in the afternoon
"""


async def send(house: House, text: str | bytes, name: str = "unit 7.txt") -> list[str]:
    content = text.encode() if isinstance(text, str) else text
    house.local.world.send_file(TUTOR, "document", content, name=name)
    return await house.tutor.hear()


async def through(phone: Phone, *labels: str) -> list[str]:
    said: list[str] = []
    for label in labels:
        said = await phone.tap(label)
    return said


async def forge(phone: Phone, data: str) -> list[str]:
    """Send button data that no message of the bot carries."""
    world = phone.house.local.world
    message = next(message for message in reversed(phone.messages) if message["from"]["is_bot"])
    query = {"id": f"forged-{data}", "from": world.person(phone.person).as_user(), "message": message, "data": data}
    world.updates.push("callback_query", {**query, "chat_instance": "1"})
    return await phone.hear()


def rows(data_dir: Path, question: str, *values: object) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(data_dir / "talkthrough.db")) as database:
        return database.execute(question, values).fetchall()


async def test_any_outcome_of_a_preview_opens_as_published_before_anything_is_kept(
    house: House, data_dir: Path
) -> None:
    await house.enter(house.tutor)
    before = rows(data_dir, "select count(*) from unit_version")
    (preview,) = await send(house, Path("samples/skills-cfa-cs-37-to-47-draft.txt").read_bytes() + b"\n", "cs.txt")
    assert "CS 38: 17 criteria" in preview
    assert len(preview) < 2500
    await house.tutor.tap("CS 38")
    (outcome,) = await house.tutor.tap("Outcome 2 (4)")
    assert outcome.startswith("CS 38: Champion customer service\n2. ")
    assert sum(line.startswith("2.") for line in outcome.splitlines()) == 5
    await house.tutor.tap("Cancel")
    assert rows(data_dir, "select count(*) from unit_version") == before
    assert rows(data_dir, "select count(*) from attachment") == [(0,)]


async def test_a_new_version_says_what_changed_and_asks_about_uncertain_matches(house: House, data_dir: Path) -> None:
    await house.enter(house.tutor)
    await send(house, OLD)
    await house.tutor.tap("Add to the bank")
    (preview,) = await send(house, NEW, "unit 7 new.txt")
    assert "This is a new version: 1 added, 1 reworded, 2 renumbered, 1 to check with you." in preview
    (changes,) = await house.tutor.tap("What changed")
    assert "New: 1.4 state who drinks tea" in changes
    assert "Reworded: 1.3, was: describe the equipment used to brew tea" in changes
    assert "Renumbered: 1.3 is now 1.2" in changes
    (question,) = await house.tutor.tap("Add to the bank")
    assert "is this the same criterion in other words?" in question
    assert len(rows(data_dir, "select 1 from unit_version where unit_key = 'x-123-4567'")) == 1
    (added,) = await house.tutor.tap("Same criterion")
    assert "Unit 7" in added
    bodies = rows(data_dir, "select body from unit_version where unit_key = 'x-123-4567' order by version")
    old, new = (re.findall(r'"key":"([0-9a-f]{10})"', str(body)) for (body,) in bodies)
    assert len(old) == 3
    assert set(old) < set(new)


async def test_an_uncertain_match_that_is_another_criterion_starts_afresh(house: House, data_dir: Path) -> None:
    await house.enter(house.tutor)
    await send(house, OLD)
    await house.tutor.tap("Add to the bank")
    await send(house, NEW, "unit 7 new.txt")
    await through(house.tutor, "Add to the bank", "A different one")
    bodies = rows(data_dir, "select body from unit_version where unit_key = 'x-123-4567' order by version")
    old, new = (re.findall(r'"key":"([0-9a-f]{10})"', str(body)) for (body,) in bodies)
    assert len(set(old) & set(new)) == 2


async def test_the_same_document_is_not_taken_twice(house: House) -> None:
    await house.enter(house.tutor)
    await send(house, OLD)
    await house.tutor.tap("Add to the bank")
    (said,) = await send(house, OLD)
    assert "in the bank already" in said


async def test_a_confirmation_that_is_tapped_twice_adds_once(house: House, data_dir: Path) -> None:
    await house.enter(house.tutor)
    await send(house, OLD)
    await house.tutor.tap_twice("Add to the bank")
    assert len(rows(data_dir, "select 1 from unit_version where unit_key = 'x-123-4567'")) == 1


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
    assert rows(data_dir, "select state, version from question_version") == [("approved", 1), ("approved", 2)]


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
    from talkthrough.storage.bank_items import handle_of

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
    assert "makes “rota planning” wrong" in problem
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


async def test_the_bank_comes_as_files_for_other_programs(house: House) -> None:
    await house.enter(house.tutor)
    await through(house.tutor, "Question bank", "Unit 401", "Get as a file")
    for label, ending in (("Anki", ".apkg"), ("Moodle", ".xml"), ("GIFT", ".gift.txt"), ("Table", ".csv")):
        await house.tutor.tap_data(*house.tutor.button(label))
        assert house.tutor.file(ending)
    assert "collection.anki2" in " ".join(zipfile.ZipFile(io.BytesIO(house.tutor.file(".apkg"))).namelist())
    assert len(list(csv.DictReader(io.StringIO(house.tutor.file(".csv").decode("utf-8-sig"))))) > 100


async def test_an_edited_table_comes_back_after_a_preview(house: House, data_dir: Path) -> None:
    await house.enter(house.tutor)
    table = await _table(house)
    table[0]["question"] = "Which of these stands under “Resources”?"
    table.append(dict.fromkeys(table[0], "") | {"criterion": "1.2", "question": "Why listen?", "points": "to learn"})
    (preview,) = await send(house, _written(table), "unit-401.csv")
    assert "Changed:\n– Which of these stands under “Resources”?" in preview
    assert "New:\n– Why listen?" in preview
    assert rows(data_dir, "select count(*) from question_version") == [(0,)]
    (done,) = await house.tutor.tap("Import it")
    assert "Unit 401: 1 changed, 1 new." in done
    assert rows(data_dir, "select version from question where key = ?", table[0]["key"]) == [(2,)]


async def _table(house: House) -> list[dict[str, str]]:
    await through(house.tutor, "Question bank", "Unit 401", "Get as a file", "Table")
    return list(csv.DictReader(io.StringIO(house.tutor.file(".csv").decode("utf-8-sig"))))


def _written(table: list[dict[str, str]]) -> bytes:
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, list(table[0]))
    writer.writeheader()
    writer.writerows(table)
    return file.getvalue().encode("utf-8-sig")


@pytest.mark.parametrize(
    ("column", "cell", "sentence"),
    [
        ("criterion", "9.9", "Unit 401 has no criterion 9.9"),
        ("question", "=HYPERLINK(1)", "which a spreadsheet runs as a formula"),
        ("option A", "x" * 101, "has 101 characters; 100 fit on a button"),
        ("key", "nothing", "no question has the key nothing"),
    ],
)
async def test_one_bad_cell_stops_the_whole_table(
    house: House, data_dir: Path, column: str, cell: str, sentence: str
) -> None:
    await house.enter(house.tutor)
    table = await _table(house)
    table[1]["question"] = "Changed as well"
    table[0][column] = cell
    (said,) = await send(house, _written(table), "unit-401.csv")
    assert sentence in said
    assert "I have not taken anything" in said
    assert "Import it" not in house.tutor.buttons()
    assert rows(data_dir, "select count(*) from question_version") == [(0,)]


async def test_the_same_key_twice_missing_columns_and_junk_are_refused(house: House, data_dir: Path) -> None:
    await house.enter(house.tutor)
    table = await _table(house)
    (twice,) = await send(house, _written([*table, table[0]]), "unit-401.csv")
    assert "stands in the file twice" in twice
    (missing,) = await send(
        house, _written([{k: v for k, v in row.items() if k != "points"} for row in table]), "t.csv"
    )
    assert "the columns points are missing" in missing
    (junk,) = await send(house, b"key,criterion,kind,question\n" + b"\xff,junk" * 1_300_000, "junk.csv")
    assert "two million fit" in junk or "which unit" in junk
    (plain,) = await send(house, bytes(range(256)) * 40_000, "junk.csv")
    assert "Add to the bank" not in house.tutor.buttons()
    assert plain
    assert rows(data_dir, "select count(*) from question_version") == [(0,)]


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


@pytest.mark.parametrize(
    "data", ["b:u:x", "b:i:nothing", "b:c:1:999:0", "b:word:zz:question", "b:repok:99", "b:disok:7"]
)
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
