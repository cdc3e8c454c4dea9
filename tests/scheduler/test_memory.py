from datetime import UTC, datetime, timedelta
from time import process_time

import pytest
from fsrs import Card, Rating, Scheduler
from hypothesis import given
from hypothesis import strategies as st

from talkthrough.scheduler.forgetting import AGAIN, DEFAULT, EASY, GOOD
from talkthrough.scheduler.memory import MemoryState, due_day, recall, replay, review

NOON = datetime(1970, 1, 1, 12, tzinfo=UTC)
logs = st.lists(st.tuples(st.integers(1, 4), st.integers(0, 60)), min_size=1, max_size=12)


def with_days(steps: list[tuple[int, int]], first: int = 20_000) -> list[tuple[int, int]]:
    """(rating, gap) pairs as (rating, day) pairs."""
    day, events = first, []
    for rating, gap in steps:
        day += gap
        events.append((rating, day))
    return events


@given(logs)
def test_a_log_gives_what_the_library_gives_when_told_noon_of_each_day(steps):
    scheduler = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    card = Card(card_id=7)
    last = None
    for rating, day in with_days(steps):
        if day != last:
            card, _ = scheduler.review_card(card, Rating(rating), NOON + timedelta(days=day))
        last = day
    state = replay(with_days(steps))
    assert state == MemoryState(card.stability, card.difficulty, last)
    later = NOON + timedelta(days=last + 9)
    assert recall(state, last + 9) == pytest.approx(scheduler.get_card_retrievability(card, later), abs=1e-9)
    assert due_day(state) == (card.due - NOON).days


@given(logs)
def test_the_closed_form_agrees_with_the_library_to_a_billionth(steps):
    first, *rest = with_days([(rating, gap + 1) for rating, gap in steps])
    stability, difficulty = DEFAULT.first(first[0])
    last = first[1]
    for rating, day in rest:
        now = DEFAULT.recall(stability, day - last)
        stability, difficulty = DEFAULT.after(stability, difficulty, now, rating)
        last = day
    state = replay([first, *rest])
    assert state is not None
    assert stability == pytest.approx(state.stability, rel=1e-9)
    assert difficulty == pytest.approx(state.difficulty, rel=1e-9)


@given(logs)
def test_replaying_a_log_gives_the_same_bits(steps):
    assert repr(replay(with_days(steps))) == repr(replay(with_days(steps)))


@given(logs, st.integers(1, 4))
def test_undoing_the_last_answer_gives_back_the_state_before_it(steps, rating):
    before = with_days(steps)
    answered = [*before, (rating, before[-1][1] + 3)]
    assert replay(answered[:-1]) == replay(before)
    assert replay(answered) != replay(before)


def test_a_line_added_later_for_an_earlier_day_counts_on_its_own_day():
    assert replay([(GOOD, 100), (GOOD, 130), (GOOD, 110)]) == replay([(GOOD, 100), (GOOD, 110), (GOOD, 130)])


def test_a_second_answer_on_the_same_day_changes_nothing():
    state = review(None, AGAIN, 100)
    assert review(state, GOOD, 100) == state


def test_an_answer_next_morning_counts_although_fewer_than_24_hours_have_passed():
    state = review(None, GOOD, 100)
    assert review(state, GOOD, 101).stability > 2 * state.stability


def test_what_was_never_asked_is_not_remembered():
    assert recall(None, 100) == 0.0
    assert replay([]) is None


def test_an_easy_answer_lasts_longer_than_a_good_one_and_a_miss_shortest():
    days = [due_day(review(None, rating, 100)) for rating in (AGAIN, GOOD, EASY)]
    assert days == sorted(set(days))


def test_a_rating_outside_one_to_four_is_refused():
    with pytest.raises(ValueError, match="5"):
        review(None, 5, 100)


def test_a_hundred_answers_take_milliseconds_not_the_seconds_of_generated_card_ids():
    started = process_time()
    for day in range(100):
        review(None, GOOD, day)
    assert process_time() - started < 0.08
