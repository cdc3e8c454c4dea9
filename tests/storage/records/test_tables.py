"""CSV and JSON, read by the standard library."""

import csv
import json
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talkthrough.question_bank.discussion.model import Standing
from talkthrough.storage.records import FORMATS, file_stem, render
from talkthrough.storage.records.draft import reflective_draft
from talkthrough.storage.records.tables import FORMULA_STARTS, MATRIX, as_csv, csv_file, inert
from tests.storage.records.examples import HOSTILE, NAMES, TEXTS, asked, hostile_log, log, said


def read(content):
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"), newline="")))


def test_the_matrix_has_one_row_a_criterion_and_blank_decisions():
    made = log()
    rows = read(as_csv(made))
    assert {row["transcript hash"] for row in rows} == {made.integrity.head}
    assert {row["criterion"]: row["criterion text"] for row in rows} == TEXTS
    row = rows[2]
    assert (row["turns"], row["first turn at"], row["claimed by"]) == ("4; 6; 8", "2026-11-22 10:01:35 GMT", "learner")
    assert (row["quantity needed"], row["quantity mentioned"], row["standing"]) == ("2", "2", "mentioned")
    assert row["status"] == "PRACTICE - NOT ASSESSED"
    assert {row[name] for row in rows for name in MATRIX[-3:]} == {""}


def test_the_matrix_quotes_when_it_happened_and_names_where_evidence_was_spoken_of():
    turns = [
        asked("Tell me?", "open"),
        said("Last March I wrote it down", "p1"),
        said("it is on the team drive", "p2", evidence_named=True),
    ]
    row = read(as_csv(log(turns, standings=(Standing("k3.6", NAMES, turn_numbers=(2, 3)),))))[2]
    assert (row["event date, as said"], row["evidence named in"]) == ("Last March", "turn 3")


@pytest.mark.parametrize("record", [log(), hostile_log()])
def test_a_draft_is_one_row_a_message_and_keeps_every_word(record):
    draft = reflective_draft(record)
    words = [row["learner's words"].removeprefix("'") for row in read(as_csv(draft))]
    assert words == [message.text for message in draft.messages]


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_no_cell_is_run_by_a_spreadsheet(start):
    rows = csv.reader(StringIO(csv_file(["a"], [[f"{start}1+1"]]).decode("utf-8-sig"), newline=""))
    assert list(rows)[1] == [f"'{start}1+1"]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")), min_size=1, max_size=4))
def test_cells_come_back_as_they_were_but_for_the_guard(cells):
    read_back = list(csv.reader(StringIO(csv_file(["a"] * len(cells), [cells]).decode("utf-8-sig"), newline="")))
    assert read_back[1] == [inert(cell) for cell in cells]
    assert not any(cell.startswith(FORMULA_STARTS) for cell in read_back[1])


def test_json_is_exact():
    turns = json.loads(render(hostile_log(), "json").content)["turns"]
    assert [turn["text"] for turn in turns if turn["speaker"] == "learner"] == list(HOSTILE)


@pytest.mark.parametrize("file_format", FORMATS)
def test_files_are_named_so_that_they_can_be_filed(file_format):
    rendered = render(log(), file_format)
    assert rendered.name == f"401_LO3_mockPD_L-0042_2026-11-22_v1.{file_format}"
    assert rendered.content


def test_a_hostile_learner_name_cannot_leave_the_folder():
    record = log()
    nasty = record.cover.__class__(**{**_fields(record.cover), "learner_reference": "../../etc/pass wd"})
    assert (
        file_stem(record.__class__(**{**_fields(record), "cover": nasty})) == "401_LO3_mockPD_etc-pass-wd_2026-11-22_v1"
    )


def _fields(value):
    return {name: getattr(value, name) for name in value.__slots__}
