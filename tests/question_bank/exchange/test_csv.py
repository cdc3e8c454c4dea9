import csv
from dataclasses import replace
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talkthrough.question_bank.exchange import from_csv, to_csv
from talkthrough.question_bank.items import questions_for
from tests.question_bank.exchange.samples import NASTY_TAPPED, QUESTIONS, TAPPED, TYPED, UNIT
from tests.question_bank.items.units import criterion, unit_of


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text, newline="")))


def edited(row_number: int, questions=QUESTIONS, **cells: str) -> str:
    """The exported table with some cells of one row changed."""
    rows = rows_of(to_csv(questions, UNIT))
    rows[row_number].update({name.replace("_", " "): cell for name, cell in cells.items()})
    return written(rows)


def written(rows: list[dict[str, str]]) -> str:
    file = StringIO(newline="")
    writer = csv.DictWriter(file, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def blank_row(**cells: str) -> dict[str, str]:
    return dict.fromkeys(rows_of(to_csv((TAPPED,), UNIT))[0], "") | {
        name.replace("_", " "): cell for name, cell in cells.items()
    }


def test_a_table_that_nobody_edited_changes_nothing():
    taken = from_csv(to_csv(QUESTIONS, UNIT), UNIT, QUESTIONS)
    assert taken.problems == ()
    assert taken.questions == ()
    assert taken.unchanged == len(QUESTIONS)


def test_new_wording_keeps_the_identity_and_the_lines_of_the_question():
    taken = from_csv(edited(0, (TAPPED,), question="Which one is listed?"), UNIT, QUESTIONS)
    assert taken.problems == ()
    (question,) = taken.changed
    assert question == replace(TAPPED, stem="Which one is listed?")


def test_edited_options_keep_the_lines_that_make_them_wrong():
    place = next(place for place, option in enumerate(TAPPED.options) if not option.is_key)
    letter = "ABCD"[place]
    taken = from_csv(edited(0, (TAPPED,), **{f"option_{letter}": "a new one"}), UNIT, QUESTIONS)
    (question,) = taken.changed
    assert question.options[place] == replace(TAPPED.options[place], text="a new one")


def test_a_row_without_a_key_adds_a_question_of_the_tutors_own():
    new = blank_row(criterion="1.3", kind="short answer", question="What is “seamless”?", points="one | two")
    again = blank_row(criterion="1.3", kind="short answer", question="And what is not?")
    taken = from_csv(written([new, again]), UNIT, QUESTIONS)
    assert taken.problems == ()
    criterion = next(one for one in UNIT.criteria if one.number == "1.3")
    assert [question.key for question in taken.added] == [f"{criterion.key}:own-1", f"{criterion.key}:own-2"]
    assert [point.text for point in taken.added[0].expected_points] == ["one", "two"]
    assert not any(point.is_published for point in taken.added[0].expected_points)
    later = from_csv(written([new]), UNIT, (*QUESTIONS, *taken.added))
    assert later.added[0].key == f"{criterion.key}:own-3"


def test_formulas_leave_with_an_apostrophe_and_come_back_without():
    text = to_csv((NASTY_TAPPED,), UNIT)
    cells = [cell for row in rows_of(text) for cell in row.values()]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in cells)
    taken = from_csv(text, UNIT, (NASTY_TAPPED,))
    assert (taken.problems, taken.unchanged) == ((), 1)


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"criterion": "9.9"}, "has no criterion 9.9"),
        ({"question": "=cmd|' /C calc'!A0"}, "runs as a formula"),
        ({"question": "x" * 301}, "300 fit on a phone"),
        ({"question": " "}, "the question is empty"),
        ({"option_A": "x" * 101}, "100 fit on a button"),
        ({"option_A": "", "option_B": ""}, "three or four different options"),
        ({"right": "Z"}, "must be the letter of one of the options"),
        ({"kind": "sequence"}, "cannot be changed"),
        ({"criterion": "1.3"}, "cannot move to 1.3"),
        ({"key": "nobody:knows"}, "no question has the key"),
        ({"points": "an invented point"}, "points come from the document"),
    ],
)
def test_a_bad_row_is_named_by_its_line_and_nothing_is_taken(cells, sentence):
    table = edited(0, (TAPPED, TYPED), **cells)
    rows = rows_of(table)
    rows[1]["question"] = "A good change?"
    taken = from_csv(written(rows), UNIT, QUESTIONS)
    assert taken.questions == ()
    assert len(taken.problems) == 1
    assert taken.problems[0].startswith("Line 2: ")
    assert sentence in taken.problems[0]


def test_two_rows_with_one_key_are_refused():
    rows = rows_of(to_csv((TAPPED,), UNIT)) * 2
    taken = from_csv(written(rows), UNIT, QUESTIONS)
    assert "stands in the file twice" in taken.problems[0]


def test_missing_columns_are_named():
    taken = from_csv("key,criterion,question\n1,2,3\n", UNIT, QUESTIONS)
    assert "kind" in taken.problems[0]
    assert "Export the unit" in taken.problems[0]


def test_ten_megabytes_of_junk_are_refused_at_once():
    taken = from_csv("x" * 10_000_000, UNIT, QUESTIONS)
    assert "two million fit" in taken.problems[0]


def test_a_hundred_bad_lines_give_a_short_list():
    rows = [blank_row(criterion="9.9", question="What?") for _ in range(100)]
    taken = from_csv(written(rows), UNIT, QUESTIONS)
    assert len(taken.problems) == 21
    assert taken.problems[-1] == "And 80 more lines with problems."


@settings(max_examples=60)
@given(st.text(max_size=400))
def test_any_text_gives_sentences_and_never_an_exception(text):
    taken = from_csv(text, UNIT, QUESTIONS)
    assert taken.questions == ()
    assert taken.problems or taken.unchanged == 0


@settings(max_examples=60)
@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=100))
def test_any_wording_survives_the_round_trip(text):
    question = replace(TAPPED, stem=text.strip() or "x", feedback=text)
    taken = from_csv(to_csv((question,), UNIT), UNIT, (question,))
    assert (taken.problems, taken.questions) == ((), ())


def test_a_number_that_a_spreadsheet_shortened_is_still_its_own():
    tens = tuple(criterion(f"explain point {number}", number=f"1.{number}") for number in range(1, 11))
    unit = unit_of(*tens)
    questions = questions_for(unit)
    rows = rows_of(to_csv(questions, unit))
    for row in rows:
        row["criterion"] = row["criterion"].replace("1.10", "1.1")
    taken = from_csv(written(rows), unit, questions)
    assert (taken.problems, taken.unchanged) == ((), len(questions))
