"""The house rules hold."""

from tests import house_rules


def test_no_room_calls_one_above_it_and_the_question_bank_is_pure() -> None:
    assert house_rules.wrong_calls() == []


def test_functions_and_files_keep_to_their_length() -> None:
    assert house_rules.too_long() == []
