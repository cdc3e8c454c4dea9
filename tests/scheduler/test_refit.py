from datetime import UTC, datetime, timedelta
from random import Random

from fsrs.scheduler import LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS
from hypothesis import given, settings
from hypothesis import strategies as st

from talkthrough.scheduler.forgetting import AGAIN, DEFAULT, DEFAULT_PARAMETERS, GOOD, Forgetting
from talkthrough.scheduler.learning_day import day_of
from talkthrough.scheduler.refit import fit, refit
from talkthrough.scheduler.review_log import LoggedReview

START = datetime(2026, 1, 5, 18, tzinfo=UTC)
FORGETFUL = Forgetting((0.05, 0.3, 0.4, 2.0, *DEFAULT_PARAMETERS[4:]))


def log_of(truth: Forgetting, cards: int, seed: int = 1) -> list[LoggedReview]:
    """Answers at growing gaps of a learner who forgets as `truth` says."""
    source, log = Random(seed), []
    for card in range(cards):
        stability, difficulty, day = 0.0, 0.0, card % 20
        for gap in (0, 1, 3, 7, 15):
            day += gap
            now = truth.recall(stability, gap) if gap else 0.7
            rating = GOOD if source.random() < now else AGAIN
            after = truth.after(stability, difficulty, now, rating) if gap else truth.first(rating)
            stability, difficulty = after
            at = START + timedelta(days=day, seconds=card)
            log.append(LoggedReview(str(card), rating, at, day_of(at.date())))
    return sorted(log, key=lambda review: review.at)


def test_a_forgetful_learners_parameters_move_towards_the_truth():
    fitted = fit(log_of(FORGETFUL, 130))
    assert fitted[2] < 0.7 * DEFAULT_PARAMETERS[2]


def test_a_fit_that_forecasts_the_last_fifth_better_is_taken():
    log = log_of(FORGETFUL, 300)
    assert refit(log) == fit(log[: len(log) * 4 // 5])


def test_a_fit_that_forecasts_worse_is_not_taken():
    log = log_of(DEFAULT, 130)
    split = len(log) * 4 // 5
    changed = [
        LoggedReview(each.card, 4 - each.rating, each.at, each.day) if place < split else each
        for place, each in enumerate(log)
    ]
    assert refit(changed) is None


def test_a_short_log_stays_with_what_is_used_now():
    assert refit(log_of(FORGETFUL, 99)) is None
    assert refit([]) is None


@settings(max_examples=25)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(1, 4), st.integers(0, 4000)), max_size=40))
def test_whatever_the_log_the_parameters_stay_within_the_librarys_bounds(answers):
    log = [
        LoggedReview(str(card), rating, START + timedelta(days=day), day_of(START.date()) + day)
        for card, rating, day in sorted(answers, key=lambda answer: answer[2])
    ]
    bounds = zip(LOWER_BOUNDS_PARAMETERS, fit(log), UPPER_BOUNDS_PARAMETERS, strict=True)
    assert all(low <= parameter <= high for low, parameter, high in bounds)
