"""Whatever a marker says, an answer is told to memory fairly."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from talkthrough.question_bank.items.question import Demand, ExpectedPoint, Option, Question, QuestionKind
from talkthrough.question_bank.marking.model import Mark, PointMark, PointState, Signals, Words
from talkthrough.question_bank.specification import SourceSpan
from talkthrough.scheduler.rating import AnswerOutcome, rating_of, score_of, still_asked_for

SPAN = SourceSpan(1, 1)
AGAIN, EASY = 1, 4


@st.composite
def outcomes(draw):
    """Any question with any mark: points that the marker left out, points it does not know, every band and state."""
    published = draw(st.booleans())
    points = tuple(ExpectedPoint(f"p{n}", "", SPAN, published) for n in range(draw(st.integers(0, 6))))
    options = (Option("a", is_key=True), Option("b")) if draw(st.booleans()) else ()
    question = Question(
        "q",
        draw(st.sampled_from(QuestionKind)),
        "?",
        "c",
        "1.1",
        SPAN,
        Demand.RECALL,
        points,
        options,
        quantity=draw(st.none() | st.integers(1, 9)),
        all_required=draw(st.booleans()),
        is_open=draw(st.booleans()),
    )
    bands = st.sampled_from(["sure yes", "unsure", "sure no"])
    marks = [
        PointMark(key, draw(st.sampled_from(PointState)), draw(bands), 0.5, None, "any")
        for key in draw(st.lists(st.sampled_from([f"p{n}" for n in range(8)]), unique=True))
    ]
    others = (Words(0, 1, "x"),) * draw(st.integers(0, 3))
    mark = Mark(tuple(marks), others=others, signals=Signals(dont_know=draw(st.booleans())))
    return AnswerOutcome(
        question,
        None if options else mark,
        draw(st.sampled_from([None, 0, 1])),
        seconds=draw(st.none() | st.floats(0, 1e6)),
        confidence=draw(st.sampled_from([None, "sure", "not sure"])),
        usual_seconds=draw(st.lists(st.floats(0, 1e4), max_size=40)),
        recall_now=draw(st.dictionaries(st.sampled_from([f"p{n}" for n in range(8)]), st.floats(0, 1))),
        hints=draw(st.integers(0, 2)),
    )


@given(outcomes())
def test_only_the_questions_own_memories_are_rated_and_the_score_is_a_share(outcome):
    ratings = rating_of(outcome)
    assert set(ratings) <= set(outcome.question.card_keys)
    assert set(ratings.values()) <= {1, 2, 3, 4}
    assert 0 <= score_of(outcome.question, outcome.mark, outcome.option) <= 1


@given(outcomes())
def test_no_more_points_are_missed_than_were_asked_for_or_contradicted(outcome):
    question, mark = outcome.question, outcome.mark
    if mark is not None and question.card_keys != (question.key,):
        contradicted = sum(point.state is PointState.CONTRADICTED for point in mark.points)
        misses = sum(rating == AGAIN for rating in rating_of(outcome).values())
        assert misses <= still_asked_for(question, mark) + contradicted


@given(outcomes())
def test_overruling_leaves_no_miss_and_changes_nothing_else(outcome):
    before, after = rating_of(outcome), rating_of(replace(outcome, is_overruled=True))
    assert set(before) == set(after)
    assert AGAIN not in after.values()
    assert all(after[key] == rating for key, rating in before.items() if rating != AGAIN)


@given(outcomes(), st.floats(0.1, 1e6))
def test_time_never_makes_a_rating_worse(outcome, seconds):
    timed, untimed = rating_of(replace(outcome, seconds=seconds)), rating_of(replace(outcome, seconds=None))
    assert all(rating == untimed[key] or rating == EASY for key, rating in timed.items())


@given(outcomes(), st.sampled_from(["p0", "p1", "p2"]))
def test_mentioning_one_more_point_never_adds_a_miss(outcome, point):
    if outcome.mark is None or point not in {each.key for each in outcome.question.expected_points}:
        return
    kept = tuple(each for each in outcome.mark.points if each.point_key != point)
    mentioned = (*kept, PointMark(point, PointState.COVERED, "sure yes", 1.0, None, "any"))
    more = replace(outcome, mark=replace(outcome.mark, points=mentioned))
    if outcome.question.card_keys != (outcome.question.key,):
        fewer_misses = sum(rating == AGAIN for rating in rating_of(more).values())
        assert fewer_misses <= sum(rating == AGAIN for rating in rating_of(outcome).values())
