from statistics import fmean

import pytest

from talkthrough.scheduler.exam_index import Horizon, gains
from talkthrough.scheduler.memory import MemoryState
from tests.benchmarks.simulation import POLICIES, Case, recall_on_the_day

TODAY = 100
HOLDING = MemoryState(400.0, 3.0, TODAY - 5)
FADING = MemoryState(10.0, 5.0, TODAY - 12)
GONE = MemoryState(0.3, 8.0, TODAY - 40)


def worth(*states, days_left: int, pass_days: float = 2.0):
    found = gains(states, Horizon(TODAY, days_left, pass_days))
    return [found[state] for state in states]


@pytest.mark.parametrize("days_left", [1, 3, 10, 40])
def test_what_holds_by_itself_gains_less_than_what_is_fading(days_left):
    holding, fading = worth(HOLDING, FADING, days_left=days_left)
    assert holding < fading


def test_on_the_eve_only_what_is_remembered_tomorrow_counts():
    holding, gone, new = worth(HOLDING, GONE, None, days_left=1)
    assert holding < 0.01 < gone < new


def test_far_from_the_day_a_new_item_gains_less_than_on_the_eve_as_the_last_pass_would_still_reach_it():
    (far,) = worth(None, days_left=60)
    (eve,) = worth(None, days_left=1)
    assert 0 < far < eve


def test_a_gain_is_a_share_of_one_memory():
    for days_left in (1, 2, 5, 30, 200):
        assert all(-1 < gain < 1 for gain in worth(HOLDING, FADING, GONE, None, days_left=days_left))


def test_the_same_memories_gain_the_same_in_any_order():
    assert worth(HOLDING, FADING, None, days_left=20) == worth(None, FADING, HOLDING, days_left=20)[::-1]


@pytest.mark.parametrize("case", [Case(60, 14, a_day=10), Case(90, 21, a_day=8, spread=0.5, skipped=0.3)])
def test_simulated_learners_remember_most_with_the_composer_and_nothing_stays_unseen(case):
    results = {name: [recall_on_the_day(case, make, seed) for seed in range(8)] for name, make in POLICIES.items()}
    recalls = {name: fmean(recalled for recalled, _ in result) for name, result in results.items()}
    ours = recalls.pop("composer")
    assert ours > max(recalls.values()) - 0.3
    assert ours > recalls["due first"] + 5
    assert not any(unseen for _, unseen in results["composer"])
