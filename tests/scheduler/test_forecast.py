from datetime import date
from random import Random
from time import process_time

import pytest

from talkthrough.question_bank.items.question import QuestionKind
from talkthrough.scheduler import recalibration
from talkthrough.scheduler.forecast import (
    SECONDS,
    Outlook,
    at_pace,
    budget,
    expected_recall,
    learner_sentence,
    minutes,
    outlook,
    tutor_sentence,
)
from talkthrough.scheduler.learning_day import day_of
from talkthrough.scheduler.memory import MemoryState, recall
from talkthrough.scheduler.session import QuestionView

TAP = QuestionView("t", QuestionKind.CHOICE, "c", ("t",), 1, is_tapped=True)
EXAM = day_of(date(2027, 3, 14))
TODAY = EXAM - 30
NEW = [None] * 100
LOOK = Outlook(300, 30, date(2027, 3, 14), 20, 0.84, 30, 0.94)


def test_expected_recall_is_the_mean_and_counts_what_was_never_asked_as_nothing():
    known = MemoryState(50.0, 5.0, TODAY)
    assert expected_recall([known, None], EXAM) == pytest.approx(recall(known, EXAM) / 2)
    assert expected_recall([], EXAM) == 0.0


def test_a_recalibrated_forecast_still_counts_what_was_never_asked_as_nothing():
    known = MemoryState(50.0, 5.0, TODAY)
    honest = recalibration.forecast(recalibration.START, recall(known, EXAM))
    assert expected_recall([known, None], EXAM, recalibration.START) == pytest.approx(honest / 2)


@pytest.mark.parametrize(("cards", "expected"), [(100, 0.985), (200, 0.94), (300, 0.843)])
def test_the_outlook_agrees_with_the_simulated_figures_within_a_point_and_a_half(cards, expected):
    forecast = at_pace([None] * cards, today=TODAY, exam_day=EXAM, cards_a_day=20, attendance=1.0)
    assert forecast == pytest.approx(expected, abs=0.015)


def test_more_practice_is_never_said_to_buy_less():
    more = [at_pace(NEW, today=TODAY, exam_day=EXAM, cards_a_day=pace) for pace in (1, 2, 5, 10, 20)]
    assert more == sorted(more)
    assert more[0] < 0.4
    assert more[-1] > 0.9


def test_days_without_practice_lower_the_outlook():
    often, seldom = (at_pace(NEW, today=TODAY, exam_day=EXAM, cards_a_day=8, attendance=days) for days in (1.0, 0.4))
    assert seldom < often - 0.05


def test_no_practice_and_no_days_left_are_what_is_remembered_anyway():
    states = [MemoryState(9.0, 5.0, TODAY), None]
    assert at_pace(states, today=TODAY, exam_day=EXAM, cards_a_day=0) == pytest.approx(expected_recall(states, EXAM))
    assert at_pace(states, today=EXAM, exam_day=EXAM, cards_a_day=9) == expected_recall(states, EXAM)


def test_the_same_memories_in_any_order_give_the_same_outlook():
    states = [MemoryState(1.0 + n, 5.0, TODAY - n % 7) for n in range(90)] + NEW
    shuffled = list(states)
    Random(1).shuffle(shuffled)
    one, other = (at_pace(each, today=TODAY, exam_day=EXAM, cards_a_day=9) for each in (states, shuffled))
    assert one == other


def test_an_outlook_is_ready_while_a_learner_waits():
    started = process_time()
    outlook([None] * 400, today=TODAY, exam_day=EXAM, a_day=20, more_a_day=30)
    assert process_time() - started < 1.0


def test_minutes_use_the_learners_own_times_once_there_are_five():
    taps = [TAP] * 9
    assert minutes(taps) == round(9 * SECONDS[QuestionKind.CHOICE] / 60)
    assert minutes(taps, {QuestionKind.CHOICE: [60.0] * 5}) == 9
    assert minutes(taps, {QuestionKind.CHOICE: [60.0] * 4}) == 3
    assert minutes(taps, extra_time=2.0) == 6
    assert minutes([TAP]) == 1


def test_taps_in_a_second_are_not_taken_for_all_the_time_a_question_needs():
    usual = {QuestionKind.CHOICE: [1.0] * 20}
    assert minutes([TAP] * 12, usual) == 2
    assert budget(5, [TAP], usual) == 2 * budget(5, [TAP]) == 30


def test_a_list_takes_longer_the_more_points_it_asks_for():
    points = tuple("abcdefghi")
    three, all_nine = (QuestionView("l", QuestionKind.RECALL_LIST, "c", points, asked) for asked in (3, 9))
    assert minutes([all_nine] * 4) == 3 * minutes([three] * 4) == 9


def test_ten_minutes_hold_more_taps_than_drills():
    assert budget(10, [TAP]) == 30
    assert budget(10, [TAP, QuestionView("d", QuestionKind.VERB_DRILL, "c", ("d",), 1)]) == round(600 / 55)
    assert budget(10, [TAP], extra_time=1.5) == 20
    assert budget(0, []) == 1


def test_every_kind_of_question_has_a_time():
    assert set(SECONDS) == set(QuestionKind)


def test_the_outlook_is_said_to_learner_and_tutor():
    assert (
        learner_sentence(LOOK, 5) == "At this pace: about 84% remembered on 14 March. 5 more minutes a day: about 94%."
    )
    assert tutor_sentence(LOOK) == (
        "300 questions, 30 days, 20 a day: about 84% remembered on 14 March. 30 a day: about 94%."
    )


def test_more_minutes_are_not_offered_where_they_change_nothing():
    same = Outlook(300, 30, date(2027, 3, 14), 20, 0.98, 30, 0.98)
    assert learner_sentence(same, 5) == "At this pace: about 98% remembered on 14 March."
