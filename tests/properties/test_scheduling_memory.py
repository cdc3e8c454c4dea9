"""The answer log is the truth: whatever is cached can be thrown away and computed again, to the byte."""

import json
from dataclasses import asdict

from hypothesis import given
from hypothesis import strategies as st

from talkthrough.scheduler.memory import MemoryState, due_day, recall, replay, review

ratings = st.integers(1, 4)
logs = st.lists(st.tuples(ratings, st.integers(0, 400)), max_size=15).map(
    lambda steps: [
        (rating, 20_000 + sum(gap for _, gap in steps[: place + 1])) for place, (rating, _) in enumerate(steps)
    ]
)


def as_bytes(state: MemoryState | None) -> bytes:
    return json.dumps(asdict(state) if state else None).encode()


@given(logs)
def test_a_card_that_grew_answer_by_answer_is_byte_identical_to_its_replay(log):
    grown = None
    for rating, day in log:
        stored = json.loads(as_bytes(grown))  # every state goes through storage, as in the product
        grown = review(MemoryState(**stored) if stored else None, rating, day)
    assert as_bytes(grown) == as_bytes(replay(log))


@given(logs, st.integers(0, 14))
def test_undoing_any_answer_equals_never_having_given_it(log, place):
    kept = log[:place] + log[place + 1 :]
    state = None
    for rating, day in kept:
        state = review(state, rating, day)
    assert as_bytes(replay(kept)) == as_bytes(state)


@given(logs.filter(bool), st.integers(0, 500), st.integers(0, 500))
def test_memory_only_fades_between_answers(log, sooner, more):
    state = replay(log)
    assert 0 < recall(state, state.last_day + sooner + more) <= recall(state, state.last_day + sooner) <= 1


@given(logs.filter(bool), ratings, st.integers(1, 300))
def test_a_better_rating_is_never_due_sooner(log, rating, gap):
    state = replay(log)
    better = min(rating + 1, 4)
    day = state.last_day + gap
    assert due_day(review(state, better, day)) >= due_day(review(state, rating, day))


@given(logs.filter(bool))
def test_a_card_is_due_when_its_recall_has_sunk_to_nine_tenths(log):
    state = replay(log)
    due = due_day(state)
    assert due > state.last_day
    assert recall(state, due + 1) < 0.9
    assert recall(state, due - 1) > 0.88 or due == state.last_day + 1
