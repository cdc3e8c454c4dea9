"""The index: turns, quantities, and dates quoted as the learner said them."""

from dataclasses import replace

import pytest

from talkthrough.question_bank.discussion.model import Standing
from talkthrough.storage.records.criteria_index import heard_in, heard_in_draft, index_table, quantity_of
from talkthrough.storage.records.draft import reflective_draft
from talkthrough.storage.records.layout import sheet_of
from tests.storage.records.examples import asked, log, said


def cells(table, number):
    return next(row for row in table.rows if row[0].text.startswith(number))


def test_a_criterion_quotes_the_dates_of_its_turns_and_links_to_them():
    made = log()
    date = cells(index_table(made.criteria, heard_in(made.turns)), "3.6")[4]
    assert date.text == '"Last March" in turn 6'
    assert date.links == ((6, '"Last March" in turn 6'),)


def test_a_criterion_without_a_date_says_that_none_was_said():
    made = log()
    row = cells(index_table(made.criteria, heard_in(made.turns)), "3.5")
    assert [cell.text for cell in row[1:]] == ["not yet mentioned", "0 of 2", "none", "not said yet"]


def test_a_draft_quotes_only_dates_of_messages_that_it_holds():
    made = log()
    kept = reflective_draft(made)
    assert heard_in_draft(kept.messages).dates == {6: "Last March"}
    assert heard_in_draft(reflective_draft(made, struck_out=(6,)).messages).dates == {}


@pytest.mark.parametrize(
    ("mentioned", "needed", "words"), [(2, 3, "2 of 3"), (4, 3, "4 mentioned, 3 asked for"), (2, None, "")]
)
def test_a_quantity_in_words(mentioned, needed, words):
    entry = replace(log().criteria[0], quantity_mentioned=mentioned, quantity_needed=needed)
    assert quantity_of(entry) == words


def test_each_point_names_its_turns_and_links_to_them():
    made = log()
    points = next(block for block in sheet_of(made).blocks if getattr(block, "caption", "").startswith("What the unit"))
    assert cells(points, "3.6")[1].links == (
        (4, "call listening: turn 4"),
        (6, "turn 6"),
        (8, "mystery shoppers: turn 8"),
    )
    assert [cell.text for cell in cells(points, "3.5")[1:]] == ["-", "call listening; mystery shoppers", "-"]


def test_an_answer_that_the_tool_credits_with_nothing_is_named_as_an_answer():
    turns = [asked("Tell me?", "open"), said("it is written up for every single shift")]
    made = log(turns, standings=(Standing("k3.6", answered=("the reason",), turn_numbers=(2,)),))
    where = cells(index_table(made.criteria, heard_in(made.turns)), "3.6")
    assert [cell.text for cell in where[1:4]] == [
        "asked and answered",
        "0 of 2",
        "turn 2 (answer to a question about it)",
    ]
    points = next(block for block in sheet_of(made).blocks if getattr(block, "caption", "").startswith("What the unit"))
    assert cells(points, "3.6")[3].links == ((2, "the reason: turn 2"),)
