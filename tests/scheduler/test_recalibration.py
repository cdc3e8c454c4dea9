import random
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from talkthrough.scheduler.recalibration import START, Recalibration, Tempo, forecast, update

AS_JSON = TypeAdapter(Recalibration)
answers = st.lists(st.tuples(st.floats(0, 1), st.booleans(), st.floats(-3, 3)), max_size=60)


def after(steps) -> Recalibration:
    state = START
    for recall, was_recalled, slowness in steps:
        state = update(state, recall, was_recalled=was_recalled, slowness=slowness)
    return state


def test_a_learner_who_does_better_than_forecast_is_forecast_better():
    assert forecast(after([(0.7, True, 0.0)] * 50), 0.7) > 0.9
    assert forecast(after([(0.9, False, 0.0)] * 50), 0.9) < 0.2


def test_the_forecast_settles_on_what_happens_and_still_tells_cards_apart():
    source = random.Random(4)
    steps = []
    for _ in range(1500):
        recall = source.choice((0.6, 0.95))
        steps.append((recall, source.random() < recall - 0.25, 0.0))
    state = after(steps)
    weak, strong = (
        sum(forecast(after(steps[: 1400 + n]), recall) for n in range(0, 100, 10)) / 10 for recall in (0.6, 0.95)
    )
    assert weak == pytest.approx(0.35, abs=0.12)
    assert strong == pytest.approx(0.70, abs=0.12)
    assert forecast(state, 0.95) > forecast(state, 0.6)


def test_a_slow_last_answer_lowers_the_forecast():
    assert forecast(START, 0.9, 2.0) < forecast(START, 0.9, 0.0) < forecast(START, 0.9, -2.0)


@given(answers, st.floats(0, 1))
def test_a_forecast_is_a_probability_whatever_came_before(steps, recall):
    assert 0.0 < forecast(after(steps), recall) < 1.0


@given(answers)
def test_the_same_answers_give_the_same_bits_and_survive_json(steps):
    state = after(steps)
    assert repr(after(steps)) == repr(state)
    assert AS_JSON.validate_json(AS_JSON.dump_json(state)) == state


@given(answers)
def test_certainty_grows_with_every_answer(steps):
    variances = [row[place] for place, row in enumerate(after(steps).covariance)]
    assert all(
        0 < variance <= prior[place]
        for place, (variance, prior) in enumerate(zip(variances, START.covariance, strict=True))
    )


def test_tempo_knows_slow_from_fast_once_it_has_twenty_answers():
    tempo = Tempo()
    for seconds in [8.0, 10.0, 12.5] * 7:
        tempo = tempo.after(seconds)
    assert tempo.slowness(30.0) > 2
    assert tempo.slowness(3.0) < -2
    assert Tempo().after(10.0).slowness(99.0) == 0.0


def test_a_learner_with_extra_time_has_no_slowness():
    assert Tempo(2.0, 0.5, 100).slowness(None) == 0.0
    assert Tempo(2.0, 0.5, 100).after(None) == Tempo(2.0, 0.5, 100)


def test_an_update_takes_microseconds():
    started = process_time()
    after([(0.8, True, 0.5)] * 500)
    assert (process_time() - started) / 500 < 100e-6
