"""Sittings and forecasts from rows: what is composed, what it costs, what it changed, and what tutors are told."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session

from talkthrough.bot.conversations.performers.keeping import zone_in
from talkthrough.question_bank.items.question import QuestionKind
from talkthrough.question_bank.specification import AssessmentCriterion, LearningOutcome, Unit
from talkthrough.scheduler import answering, sitting
from talkthrough.scheduler.progress import progress_of
from talkthrough.scheduler.session import QuestionView, compose, with_swapped_variants
from talkthrough.storage import people, revision
from talkthrough.storage.tables import Cohort, Person
from tests.scheduler.conftest import LINE, NOW, fill, tapped, worked

CRITERIA = tuple(
    AssessmentCriterion(number, number, "describe", "knowledge", LINE, key=key)
    for number, key in (("1.1", "c0"), ("1.2", "c1"), ("1.3", "c9"))
)
UNIT = Unit("T", LINE, number="1", key="u", outcomes=(LearningOutcome("1", "1", "Know", "knowledge", LINE, CRITERIA),))
EASY = QuestionView("easy", QuestionKind.CHOICE, "c", ("easy",), 1)
HARDER = QuestionView("harder", QuestionKind.WORKPLACE, "c", ("harder",), 1)


@pytest.fixture
def person(session: Session) -> Person:
    return fill(session)


def answer(session: Session, key: str, option: int, *, session_id: int | None = None, seconds: int = 9) -> None:
    person = people.by_id(session, 1)
    delivery = revision.deliver(session, 1, key, NOW - timedelta(seconds=seconds), session_id=session_id).id or 0
    answering.answer(session, person, delivery, text=None, option=option, now=NOW)


def test_a_sitting_fits_into_the_minutes_that_were_given(session: Session, person: Person) -> None:
    everything = sitting.compose_for(session, person, UNIT, NOW)
    people.change_settings(person, minutes_a_day=1)
    short = sitting.compose_for(session, person, UNIT, NOW)
    assert len(short.questions) < len(everything.questions)
    assert short.minutes == 1


@pytest.mark.parametrize("minutes", [1, 5, 10, 20])
def test_quick_questions_that_come_first_make_no_room_for_slow_ones_beyond_the_minutes(
    session: Session, minutes: int
) -> None:
    person = fill(session, (*map(tapped, range(10)), *map(worked, range(40))))
    people.change_settings(person, minutes_a_day=minutes)
    chosen = sitting.compose_for(session, person, UNIT, NOW)
    assert minutes - 1 <= chosen.minutes <= minutes


def test_answers_tapped_in_a_second_bring_no_longer_sitting(session: Session) -> None:
    person = fill(session, map(tapped, range(60)))
    people.change_settings(person, minutes_a_day=2)
    for number in range(5):
        answer(session, f"tap{number}", 0, seconds=1)
    tomorrow = sitting.compose_for(session, person, UNIT, NOW + timedelta(days=1))
    assert (len(tomorrow.questions), tomorrow.minutes) == (15, 2)


def test_a_sitting_that_starts_with_a_tap_has_one_also_where_none_was_chosen(session: Session, person: Person) -> None:
    people.change_settings(person, minutes_a_day=0.5)
    chosen = sitting.compose_for(session, person, UNIT, NOW)
    assert [question.is_tapped for question in chosen.questions] == [False]
    started = sitting.compose_for(session, person, UNIT, NOW, starts_with_a_tap=True)
    assert [question.is_tapped for question in started.questions] == [True]
    assert started.minutes == 1


def test_what_changed_names_new_points_and_with_a_date_the_forecast(session: Session, person: Person) -> None:
    row = revision.start_session(session, 1, "u", ["tap1"], NOW)
    answer(session, "tap1", 0, session_id=row.id)
    assert sitting.what_changed(session, person, UNIT, row.id or 0, NOW) == sitting.Change("Unit 1", 1, 7, 1)
    people.change_settings(person, assessment_date="2026-11-20")
    said = sitting.what_changed(session, person, UNIT, row.id or 0, NOW)
    assert (said.exam_date, said.before) == (date(2026, 11, 20), 0.0)
    assert said.after is not None
    assert said.after > 0


def test_an_outlook_promises_at_least_as_much_for_more_minutes(session: Session, person: Person) -> None:
    assert sitting.outlook_for(session, person, UNIT, NOW) is None
    people.change_settings(person, assessment_date="2026-11-20")
    found = sitting.outlook_for(session, person, UNIT, NOW)
    assert found is not None
    assert found.more_a_day > found.a_day
    assert 0 < found.expected <= found.expected_with_more <= 1


def test_tutors_are_told_what_a_unit_asks_of_a_newcomer(session: Session) -> None:
    fill(session)
    cohort = Cohort(name="A", assessment_date=date(2026, 12, 2), created_at=NOW)
    line = sitting.feasibility_line(session, cohort, UNIT, NOW)
    assert line.startswith("Unit 1: ")
    assert "30 days, 10 a day: about" in line
    assert sitting.feasibility_line(session, Cohort(name="B", created_at=NOW), UNIT, NOW) == ""


def test_progress_counts_points_by_outcome_and_criterion(session: Session, person: Person) -> None:
    answer(session, "tap1", 0)
    people.change_settings(person, assessment_date="2026-11-20")
    (outcome,) = progress_of(session, person, UNIT, NOW).outcomes
    assert (outcome.seen, outcome.total) == (1, 7)
    assert [each.seen for each in outcome.criteria] == [0, 1, 0]
    assert outcome.expected is not None
    assert 0 < outcome.expected < outcome.recall_now < 1


def test_a_stubborn_question_waits_until_another_on_its_criterion_was_asked() -> None:
    asked = {"easy": NOW}
    assert with_swapped_variants([EASY, HARDER], {"easy"}, asked) == (HARDER,)
    assert with_swapped_variants([EASY, HARDER], {"easy"}, {**asked, "harder": NOW + timedelta(1)}) == (EASY, HARDER)
    assert with_swapped_variants([EASY], {"easy"}, asked) == (EASY,)
    assert with_swapped_variants([EASY, HARDER], set(), asked) == (EASY, HARDER)


def test_larger_steps_bring_harder_questions_before_easier_ones_hold() -> None:
    views = [EASY, HARDER, QuestionView("other", QuestionKind.CHOICE, "c", ("other",), 1)]
    usual = compose([], views, today=100, exam_day=None, budget=2)
    larger = compose([], views, today=100, exam_day=None, budget=3, takes_larger_steps=True)
    assert "harder" not in usual
    assert "harder" in larger


@pytest.mark.parametrize(
    ("words", "zone"),
    [("new york", "America/New_York"), ("Europe/paris", "Europe/Paris"), ("Atlantis", None), ("../etc/passwd", None)],
)
def test_a_time_zone_is_found_by_its_city(words: str, zone: str | None) -> None:
    assert zone_in(words) == zone
