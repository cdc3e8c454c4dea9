import pytest

from talkthrough.scheduler import memory
from talkthrough.scheduler.memory import MemoryState
from talkthrough.scheduler.standing import Standing, recent_misses, standing

TODAY = 20_000
STATES = [
    MemoryState(100.0, 5.0, TODAY - 1),
    MemoryState(9.0, 5.0, TODAY - 15),
    MemoryState(0.3, 5.0, TODAY - 30),
    None,
]


def test_a_standing_counts_what_is_seen_strong_and_weak():
    now = standing(STATES, today=TODAY)
    assert (now.total, now.seen, now.strong, now.weak) == (4, 3, 1, 1)
    assert now.recall_now == pytest.approx((0.999 + 0.864 + 0.482) / 4, abs=0.01)
    assert now.expected is None


def test_what_was_missed_a_minute_ago_is_not_strong():
    missed = memory.review(None, 1, TODAY)
    assert (standing([missed], today=TODAY).strong, standing([missed], today=TODAY).weak) == (0, 1)


def test_what_is_expected_on_the_day_is_less_than_now():
    later = standing(STATES, today=TODAY, exam_day=TODAY + 30)
    assert later.expected < later.recall_now
    assert standing(STATES, today=TODAY, exam_day=TODAY).expected is None


def test_nothing_to_learn_stands_at_nothing():
    assert standing([], today=TODAY) == Standing(0, 0, 0, 0, 0.0)


def test_only_the_last_five_answers_make_a_leech():
    assert recent_misses([1, 1, 1, 3, 3, 3, 1, 1]) == 2
    assert recent_misses([3, 1, 3, 1, 1]) == 3
    assert recent_misses([]) == 0
