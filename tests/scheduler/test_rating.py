from dataclasses import replace

import pytest

from talkthrough.question_bank.items.question import Demand, ExpectedPoint, Option, Question, QuestionKind
from talkthrough.question_bank.marking.model import Mark, PointMark, PointState, Signals, Words
from talkthrough.question_bank.specification import SourceSpan
from talkthrough.scheduler.rating import AnswerOutcome, rating_of, score_of, still_asked_for

AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4
SPAN = SourceSpan(30, 42)
USUAL = [20.0, 22.0, 18.0, 25.0] * 6


def question(kind=QuestionKind.RECALL_LIST, points=0, published=True, **fields) -> Question:
    expected = tuple(ExpectedPoint(f"p{number}", f"point {number}", SPAN, published) for number in range(points))
    return Question("q", kind, "?", "c", "1.2", SPAN, Demand.RECALL, expected_points=expected, **fields)


def mark(*covered: int, of: int, state=PointState.COVERED, band="sure yes", signals=None) -> Mark:
    points = (
        PointMark(f"p{n}", state, band, 0.9, None, "test")
        if n in covered
        else PointMark(f"p{n}", PointState.NOT_MENTIONED, "sure no", 0.1, None, "test")
        for n in range(of)
    )
    return Mark(tuple(points), signals=signals or Signals())


CHOICE = question(QuestionKind.CHOICE, options=(Option("staff absences", is_key=True), Option("rotas")))
THREE_OF_NINE = question(points=9, quantity=3)
ALL_OF_SIX = question(points=6, all_required=True)
DRILL = question(QuestionKind.VERB_DRILL, points=4, published=False)


@pytest.mark.parametrize(
    ("option", "confidence", "rating"),
    [
        (0, None, GOOD),
        (1, None, AGAIN),
        (None, None, AGAIN),
        (0, "not sure", HARD),
        (0, "sure", GOOD),
        (1, "sure", AGAIN),
    ],
)
def test_a_tap_is_good_when_right_and_again_when_wrong_and_hard_when_unsure(option, confidence, rating):
    assert rating_of(AnswerOutcome(CHOICE, option=option, confidence=confidence)) == {"q": rating}


def test_a_quick_tap_is_never_easy():
    assert rating_of(AnswerOutcome(CHOICE, option=0, seconds=0.5, usual_seconds=USUAL)) == {"q": GOOD}


def test_a_list_that_asks_for_three_of_nine_says_nothing_of_the_six_that_were_not_asked_for():
    outcome = AnswerOutcome(THREE_OF_NINE, mark(1, 4, 8, of=9))
    assert rating_of(outcome) == {"p1": GOOD, "p4": GOOD, "p8": GOOD}


def test_one_of_three_asked_for_misses_the_two_points_likeliest_to_be_forgotten():
    recall_now = {f"p{n}": 0.9 for n in range(9)} | {"p7": 0.2, "p3": 0.4}
    outcome = AnswerOutcome(THREE_OF_NINE, mark(1, of=9), recall_now=recall_now)
    assert rating_of(outcome) == {"p1": GOOD, "p7": AGAIN, "p3": AGAIN}


def test_all_of_the_following_below_complete_misses_every_missing_point():
    outcome = AnswerOutcome(ALL_OF_SIX, mark(0, 1, 2, 3, of=6))
    assert rating_of(outcome) == {"p0": GOOD, "p1": GOOD, "p2": GOOD, "p3": GOOD, "p4": AGAIN, "p5": AGAIN}


def test_a_list_without_a_number_asks_for_at_least_one_point():
    open_list = question(points=4, is_open=True)
    assert rating_of(AnswerOutcome(open_list, mark(2, of=4))) == {"p2": GOOD}
    assert rating_of(AnswerOutcome(open_list, mark(of=4))) == {"p0": AGAIN}


def test_a_sensible_answer_that_an_open_list_does_not_name_is_never_a_miss():
    others = (Words(0, 4, "chat"), Words(5, 10, "radio"))
    open_list, closed_list = (question(points=9, quantity=3, is_open=is_open) for is_open in (True, False))
    answer = replace(mark(1, of=9), others=others)
    assert rating_of(AnswerOutcome(open_list, answer)) == {"p1": GOOD}
    assert score_of(open_list, answer, None) == 1.0
    assert list(rating_of(AnswerOutcome(closed_list, answer)).values()) == [GOOD, AGAIN, AGAIN]


def test_the_markers_doubt_costs_no_memory():
    unsure = mark(0, of=2, band="unsure")
    assert rating_of(AnswerOutcome(question(points=2, all_required=True), unsure)) == {"p0": HARD, "p1": AGAIN}
    perhaps = mark(0, of=1, state=PointState.NOT_MENTIONED, band="unsure")
    assert rating_of(AnswerOutcome(question(points=1, all_required=True), perhaps)) == {}


def test_a_contradicted_point_is_a_miss_and_explains_one_of_the_points_asked_for():
    contradicted = mark(0, of=3, state=PointState.CONTRADICTED)
    assert rating_of(AnswerOutcome(question(points=3, quantity=1), contradicted)) == {"p0": AGAIN}


@pytest.mark.parametrize(
    ("covered", "rating"), [((0,), AGAIN), ((0, 1), HARD), ((0, 1, 2), HARD), ((0, 1, 2, 3), GOOD)]
)
def test_other_words_are_rated_by_the_share_of_what_was_asked_for(covered, rating):
    assert rating_of(AnswerOutcome(DRILL, mark(*covered, of=4))) == {"q": rating}


def test_a_complete_fast_typed_answer_is_easy_and_a_slow_one_still_good():
    complete = AnswerOutcome(DRILL, mark(0, 1, 2, 3, of=4), seconds=12.0, usual_seconds=USUAL)
    assert rating_of(complete) == {"q": EASY}
    assert rating_of(replace(complete, seconds=300.0)) == {"q": GOOD}


@pytest.mark.parametrize(
    "change", [{"has_extra_time": True}, {"seconds": None}, {"usual_seconds": USUAL[:10]}, {"seconds": 20.0}]
)
def test_no_easy_with_extra_time_or_without_enough_times_to_compare(change):
    complete = AnswerOutcome(DRILL, mark(0, 1, 2, 3, of=4), seconds=12.0, usual_seconds=USUAL)
    assert rating_of(replace(complete, **change)) == {"q": GOOD}


def test_a_point_recalled_after_a_hint_is_hard():
    assert rating_of(AnswerOutcome(THREE_OF_NINE, mark(1, 2, 3, of=9), hints=1)) == {"p1": HARD, "p2": HARD, "p3": HARD}


def test_i_knew_that_turns_every_miss_into_good_and_nothing_else():
    outcome = AnswerOutcome(ALL_OF_SIX, mark(0, 1, 2, 3, of=6), is_overruled=True)
    assert set(rating_of(outcome).values()) == {GOOD}
    assert rating_of(AnswerOutcome(CHOICE, option=1, is_overruled=True)) == {"q": GOOD}


def test_a_skipped_question_says_nothing_about_memory():
    assert rating_of(AnswerOutcome(ALL_OF_SIX, is_skipped=True)) == {}


def test_a_question_that_expects_no_points_is_recalled_when_it_was_answered():
    workplace = question(QuestionKind.WORKPLACE)
    assert rating_of(AnswerOutcome(workplace, Mark())) == {"q": GOOD}
    assert rating_of(AnswerOutcome(workplace, Mark(signals=Signals(dont_know=True)))) == {"q": AGAIN}


def test_the_score_is_the_share_of_what_was_asked_for():
    assert score_of(THREE_OF_NINE, mark(1, 2, of=9), None) == pytest.approx(2 / 3)
    assert score_of(THREE_OF_NINE, mark(1, 2, 3, 4, of=9), None) == 1.0
    assert score_of(CHOICE, None, 0) == 1.0
    assert score_of(CHOICE, None, 1) == 0.0


def test_the_missing_points_are_asked_for_once_more_before_the_answer_is_rated():
    assert still_asked_for(THREE_OF_NINE, mark(1, of=9)) == 2
    assert still_asked_for(THREE_OF_NINE, mark(1, 2, 3, 4, of=9)) == 0
    assert still_asked_for(ALL_OF_SIX, mark(0, 1, of=6)) == 4
    assert still_asked_for(ALL_OF_SIX, Mark()) == 6
