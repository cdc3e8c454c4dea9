"""The truth that schedules do not know behaves like a memory, at the published default parameters."""

import pytest

from talkthrough.scheduler.forgetting import AGAIN, GOOD
from talkthrough.scheduler.memory import MemoryState
from tests.benchmarks.fsrs7 import Fsrs7

TRUTH = Fsrs7()


def test_recall_starts_whole_and_only_fades() -> None:
    recalls = [TRUTH.recall(4.0, days) for days in (0, 0.5, 1, 4, 30, 300)]
    assert recalls[0] == 1
    assert recalls == sorted(recalls, reverse=True)


def test_the_two_curves_and_first_answers_have_the_published_values() -> None:
    # 0.2245 s^-0.1362 and 0.6232 s^0.3862 weigh a curve at 50% and one at 95.55% once t = s; here s = 1
    assert TRUTH.recall(1.0, 1.0) == pytest.approx((0.2245 * 0.5 + 0.6232 * 0.9555) / (0.2245 + 0.6232))
    assert TRUTH.answered(None, GOOD, 3) == MemoryState(
        4.1283, pytest.approx(5.6385 - 2.71828**0.8936 + 1, abs=1e-4), 3
    )


def test_a_right_answer_strengthens_and_a_miss_weakens() -> None:
    state = MemoryState(4.0, 5.0, 0)
    assert TRUTH.answered(state, GOOD, 4).stability > 4
    assert TRUTH.answered(state, AGAIN, 4).stability < 4
    assert TRUTH.answered(state, AGAIN, 4).difficulty > TRUTH.answered(state, GOOD, 4).difficulty
