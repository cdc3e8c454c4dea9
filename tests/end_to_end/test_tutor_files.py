"""Files between a tutor and the bank: specifications and their versions, tables, and files for other programs."""

import csv
import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest

from tests.end_to_end.conftest import House
from tests.end_to_end.tutor import rows, send, through

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
SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "skills-cfa-cs-37-to-47-draft.txt"
ANOTHER = SAMPLE.read_bytes() + b"\n"


async def test_any_outcome_of_a_preview_opens_as_published_before_anything_is_kept(
    house: House, data_dir: Path
) -> None:
    await house.enter(house.tutor)
    before = rows(data_dir, "select count(*) from unit_version")
    (preview,) = await send(house, ANOTHER, "cs.txt")
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


async def test_guidance_that_a_new_version_no_longer_prints_is_said_before_anything_changes(
    house: House, data_dir: Path
) -> None:
    with_guidance = OLD.replace("the equipment", "the **equipment**") + (
        "\n## Assessment guidance\n\n### Equipment:\n\n- kettle\n- teapot\n- strainer\n- thermometer\n"
    )
    await house.enter(house.tutor)
    await send(house, with_guidance)
    await house.tutor.tap("Add to the bank")
    (preview,) = await send(house, OLD, "unit 7 new.txt")
    assert "1 without their guidance" in preview
    (changes,) = await house.tutor.tap("What changed")
    assert "Guidance gone: 1.2. Questions that rest on it are retired. What learners did stays." in changes
    await house.tutor.tap("Add to the bank")
    states = rows(data_dir, "select state from question where unit_key = 'x-123-4567' and body like '%kettle%'")
    assert states
    assert set(states) == {("retired",)}


async def test_a_wrong_new_version_is_taken_back_by_sending_the_old_file_again(house: House, data_dir: Path) -> None:
    await house.enter(house.tutor)
    for text in (OLD, f"{HEAD}1.1 explain how to store leaves and powders\n"):
        await send(house, text)
        await house.tutor.tap("Add to the bank")
    (preview,) = await send(house, OLD)
    assert "This is a new version: 2 added." in preview
    await house.tutor.tap("Add to the bank")
    bodies = rows(data_dir, "select body from unit_version where unit_key = 'x-123-4567' order by version")
    first, _, third = (re.findall(r'"key":"([0-9a-f]{10})"', str(body)) for (body,) in bodies)
    assert first == third


async def test_the_preview_shows_quantities_and_listed_evidence(house: House) -> None:
    text = OLD.replace("describe the", "describe two pieces of").replace("equipment used", "equipments used")
    await house.enter(house.tutor)
    await send(house, f"{text}\nEvidence may be supplied by:\n\n- observation\n- tea log*\n")
    (outcome,) = await house.tutor.tap("Outcome 1 (3)")
    assert "Asks for at least two." in outcome
    assert "Evidence listed for this outcome\nobservation\ntea log (may stay at work)" in outcome


async def test_a_file_without_a_unit_offers_a_template_that_reads_back(house: House) -> None:
    await house.enter(house.tutor)
    (said,) = await send(house, "Dear all, tea is served at four.\n", "letter.txt")
    assert "I found no unit with assessment criteria" in said
    await house.tutor.tap("Get the template")
    (preview,) = await send(house, house.tutor.file("unit-template.txt"), "filled.txt")
    assert "Unit 101" in preview


async def test_a_discussion_log_is_not_offered_as_a_specification(house: House) -> None:
    log = "<!doctype html><title>Mock professional discussion: Unit 7</title><p>PRACTICE - NOT ASSESSED<p>1.1 I said"
    await house.enter(house.tutor)
    (said,) = await send(house, log, "log.html")
    assert said == "This is a discussion log. I cannot add it to the bank."


async def test_setting_a_discussion_does_not_ask_about_a_quiz(house: House) -> None:
    await house.enter(house.tutor, house.learner)
    asked = await through(house.tutor, "Set a discussion")
    assert not any("quiz" in said for said in asked)


async def test_a_table_comes_back_as_an_excel_file_or_with_semicolons(house: House, data_dir: Path) -> None:
    await house.enter(house.tutor)
    table = await _table(house)
    table[0]["question"] = "Which of these stands under “Resources”?"
    book, text = openpyxl.Workbook(), io.StringIO(newline="")
    for row in (list(table[0]), *(list(row.values()) for row in table)):
        book.active.append(row)
        csv.writer(text, delimiter=";").writerow(row)
    file = io.BytesIO()
    book.save(file)
    for content, name in ((file.getvalue(), "unit-401.xlsx"), (text.getvalue().encode(), "unit-401.csv")):
        (preview,) = await send(house, content, name)
        assert "Changed:\n– Which of these stands under “Resources”?" in preview
    await house.tutor.tap("Import it")
    assert rows(data_dir, "select version from question where key = ?", table[0]["key"]) == [(2,)]


async def test_a_workbook_that_is_no_table_is_refused_with_what_to_do(house: House) -> None:
    await house.enter(house.tutor)
    (said,) = await send(house, b"PK\x03\x04 broken", "unit.xlsx")
    assert "save it again and send that" in said
