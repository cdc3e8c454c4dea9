"""What a tutor sees before anything enters the bank."""

from talkthrough.question_bank.reading.preview import findings_in_words, preview
from talkthrough.question_bank.specification import Specification


def test_counts_per_outcome_and_the_first_criteria_word_for_word(spec_401: Specification) -> None:
    (unit,) = preview(spec_401)
    assert (unit.label, unit.criteria) == ("Unit 401", 28)
    assert [each.criteria for each in unit.outcomes] == [7, 5, 8, 3, 5]
    assert unit.first_criteria[0] == ("1.1", "explain the basis for allocating resources")
    assert not unit.is_blank


def test_a_blank_unit_is_told_apart(spec_cs: Specification) -> None:
    assert [unit.label for unit in preview(spec_cs) if unit.is_blank] == ["CS 47"]


def test_what_matters_most_comes_first_and_the_rest_is_counted(spec_cs: Specification) -> None:
    words = findings_in_words(spec_cs, most=5)
    assert len(words) == 6
    assert words[0].startswith("Line 200: ")
    assert words[-1].startswith(f"And {len(spec_cs.findings) - 5} more.")
