"""What the right options give away: a test-wise learner gains next to nothing, and everything fits a phone."""

import pytest

from talkthrough.question_bank.item_review import review
from talkthrough.question_bank.items import questions_for
from tests.benchmarks.bench_items import ABOVE_CHANCE_LIMIT, HEURISTICS, score
from tests.question_bank.items.units import sample_units

PUBLISHED = [
    question
    for unit in sample_units()
    for question in questions_for(unit)
    if question.is_tapped and not review(question, unit, sample_units())
]


@pytest.mark.parametrize("name", HEURISTICS)
def test_no_hint_lifts_a_guess_more_than_five_points_above_chance(name):
    right, chance, _ = score(HEURISTICS[name], PUBLISHED)
    assert right - chance <= ABOVE_CHANCE_LIMIT


def test_everything_fits_a_phone():
    for unit in sample_units():
        for question in questions_for(unit):
            assert len(question.stem) <= 300, question.stem
            assert len(question.feedback) <= 200, question.feedback
            assert all(len(option.text) <= 100 for option in question.options)
