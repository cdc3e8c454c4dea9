"""From scores to confidence."""

import pytest

from talkthrough.question_bank.marking import Calibration, default_calibration
from talkthrough.question_bank.marking.calibration import fitted_curve


def test_a_fitted_curve_gives_back_the_shares_it_was_fitted_on() -> None:
    pairs = [(0.2, place < 10) for place in range(100)] + [(0.8, place < 90) for place in range(100)]
    slope, intercept = fitted_curve(pairs)
    curve = Calibration(slope, intercept, slope, intercept, 0.6, 0.1)
    assert curve.confidence(0.2, is_written=True) == pytest.approx(0.1, abs=0.02)
    assert curve.confidence(0.8, is_written=False) == pytest.approx(0.9, abs=0.02)


def test_perfectly_separated_answers_still_give_a_finite_curve() -> None:
    slope, _ = fitted_curve([(0.1, False)] * 5 + [(0.9, True)] * 5)
    assert 0 < slope < 100


def test_confidence_grows_with_the_score() -> None:
    shipped = default_calibration()
    for is_written in (True, False):
        values = [shipped.confidence(score / 20, is_written=is_written) for score in range(21)]
        assert values == sorted(values)
        assert shipped.band(values[0]) == "sure no"
        assert shipped.band(values[-1]) == "sure yes"
