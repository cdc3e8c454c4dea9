"""What is known of a group over time, and how long: the weekly report, and data that has had its time."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from sqlmodel import Session, select

from talkthrough.bot.conversations.announcing import ask_about
from talkthrough.bot.telegram.views import render
from talkthrough.question_bank.discussion.model import Turn
from talkthrough.scheduler import expiry
from talkthrough.scheduler.weekly_report import weekly_report
from talkthrough.storage import bank, cohorts, discussions, drafts, people, retention
from talkthrough.storage.database import Database
from talkthrough.storage.tables import (
    Answer,
    Card,
    Cohort,
    Delivery,
    Discussion,
    OutboxMessage,
    Review,
    Role,
)
from tests.scheduler.group import MONDAY, THURSDAY, answer, scheduled, tick
from tests.storage.records.examples import KEY, PLAN


def test_the_weeks_count_practice_rounds_and_discussions_on_the_groups_own_mondays(
    database: Database, cohort_id: int
) -> None:
    with database.transaction() as session:
        scheduled(session, cohort_id)
    tick(database, THURSDAY)
    answer(database, 1, THURSDAY)
    sunday_night = datetime(2026, 11, 30, 1, tzinfo=UTC)  # Monday 01:00 in London: still the Sunday that was lived
    answer(database, 2, sunday_night, questions=1)
    answer(database, 3, datetime(2026, 11, 30, 9, tzinfo=UTC), questions=1)
    with database.transaction() as session:
        row = session.get_one(Cohort, cohort_id)
        unit = bank.units(session)[0]
        session.add(
            Discussion(
                person_id=people.known(session, 101).id,
                unit_key=unit.unit.key,
                unit_version_id=unit.version_id,
                outcome_number="1",
                plan="{}",
                time_zone="UTC",
                planned_at=MONDAY,
                started_at=THURSDAY,
            )
        )
        report = weekly_report(session, row, datetime(2026, 12, 2, tzinfo=UTC))
        first, second = report.weeks
        assert (first.monday, second.monday) == (date(2026, 11, 23), date(2026, 11, 30))
        assert (first.practised, first.answers, first.discussions) == (2, 3, 1)
        assert (first.round_answered, first.round_asked) == (4, 6)
        assert (second.practised, second.answers, second.round_asked) == (1, 1, 0)
        assert {each.name: each.answers for each in report.learners} == {
            "Person 1": (2, 0),
            "Person 2": (1, 0),
            "Person 3": (0, 1),
        }
        assert 0 < report.remembered < 1


def held(session: Session, number: int, at: datetime) -> Discussion:
    """A discussion that learner `number` began and closed."""
    (entry,) = bank.units(session)
    person, plan = people.known(session, 100 + number), replace(PLAN, unit_key=entry.unit.key)
    row = discussions.start(
        session, person_id=person.id, unit_version_id=entry.version_id, plan=plan, time_zone="UTC", now=at
    )
    discussions.resume(session, row, at)
    discussions.close(session, row, KEY, at)
    return row


def test_who_held_a_discussion_has_practised_and_words_added_to_its_draft_are_no_other_discussion(
    database: Database, cohort_id: int
) -> None:
    with database.transaction() as session:
        discussion = held(session, 1, THURSDAY)
        question = Turn(0, "tool", "What came of it?", THURSDAY, kind="open", target="result")
        added = Turn(0, "learner", "I warmed the pot.", THURSDAY)
        drafts.add(session, discussion, (question, added), THURSDAY)
        row = session.get_one(Cohort, cohort_id)
        (week,) = weekly_report(session, row, THURSDAY).weeks
        assert (week.practised, week.learners, week.answers, week.discussions) == (1, 3, 0, 1)
        started = {each.name: each.has_started for each in cohorts.register(session, cohort_id)}
        assert started == {"Person 1": True, "Person 2": False, "Person 3": False, "Person 9": False}


def test_who_answers_and_discusses_in_a_week_is_one_learner_who_practised(database: Database, cohort_id: int) -> None:
    with database.transaction() as session:
        scheduled(session, cohort_id)
    tick(database, THURSDAY)
    answer(database, 1, THURSDAY)
    with database.transaction() as session:
        held(session, 1, THURSDAY)
        held(session, 1, THURSDAY)
        (week,) = weekly_report(session, session.get_one(Cohort, cohort_id), THURSDAY).weeks
        assert (week.practised, week.answers, week.discussions) == (1, 2, 2)


def test_what_is_added_later_is_not_the_first_go_but_the_learners_own_correction_is(
    database: Database, cohort_id: int
) -> None:
    with database.transaction() as session:
        scheduled(session, cohort_id)
    tick(database, THURSDAY)
    for number in (1, 2, 3):
        answer(database, number, THURSDAY, questions=1)
    with database.transaction() as session:
        added, corrected, missed = session.exec(select(Answer).order_by(Answer.id)).all()
        added.first_score, added.score, added.more = 0.5, 1.0, "and a kettle"
        corrected.first_score, corrected.score = 0.5, 1.0
        missed.score = 0.5
    with database.transaction() as session:
        (week,) = weekly_report(session, session.get_one(Cohort, cohort_id), THURSDAY).weeks
        assert (week.answers, week.complete) == (3, 1)


def test_retention_shows_what_it_would_delete_and_deletes_that(database: Database, cohort_id: int) -> None:
    with database.transaction() as session:
        scheduled(session, cohort_id)
    tick(database, THURSDAY)
    answer(database, 1, THURSDAY)
    with database.transaction() as session:
        row = session.get_one(Cohort, cohort_id)
        row.assessment_date = date(2026, 12, 1)
        cohorts.change_settings(row, retention_days=30)
        assert retention.expired(session, row, datetime(2026, 12, 31, tzinfo=UTC)).answers == ()
        late = datetime(2027, 1, 1, tzinfo=UTC)
        assert len(retention.expired(session, row, late).answers) == 2
        expiry.delete_expired(session, row, late)
        for table in (Answer, Card, Review, Delivery):
            assert session.exec(select(table).where(table.person_id == people.known(session, 101).id)).first() is None
        assert retention.expired(session, row, late).is_empty


def test_retention_waits_for_a_learners_own_date_and_leaves_who_learns_the_unit_elsewhere(
    database: Database, cohort_id: int
) -> None:
    late = datetime(2027, 1, 1, tzinfo=UTC)
    with database.transaction() as session:
        scheduled(session, cohort_id)
        row = session.get_one(Cohort, cohort_id)
        row.assessment_date = date(2026, 12, 1)
        cohorts.change_settings(row, retention_days=30)
    tick(database, THURSDAY)
    for number in (1, 2, 3):
        answer(database, number, THURSDAY)
    with database.transaction() as session:
        row = session.get_one(Cohort, cohort_id)
        first, second, third = (people.known(session, 100 + number).id for number in (1, 2, 3))
        cohorts.set_own_date(session, cohort_id, first, date(2026, 12, 3))
        other = people.create_cohort(session, "Other", [bank.units(session)[0].unit.key], "UTC", MONDAY)
        people.enrol(session, other.id, second, Role.LEARNER, MONDAY)
        assert retention.expired(session, row, late).learners == (third,)
        expiry.delete_expired(session, row, late)
        assert {each.person_id for each in session.exec(select(Answer))} == {first, second}
        assert {each.person_id for each in session.exec(select(Card))} == {first, second}
        assert retention.expired(session, row, late + timedelta(days=2)).learners == (first,)


def test_tutors_are_asked_once_at_the_date_and_nothing_goes_by_itself(database: Database, cohort_id: int) -> None:
    with database.transaction() as session:
        scheduled(session, cohort_id)
        row = session.get_one(Cohort, cohort_id)
        row.assessment_date = date(2026, 12, 1)
        cohorts.change_settings(row, retention_days=30)
    tick(database, THURSDAY)
    answer(database, 1, THURSDAY)

    def asked(at: datetime) -> int:
        with database.transaction() as session:
            return expiry.ask_tutors(session, at, ask_about)

    night = datetime(2027, 1, 1, 23, tzinfo=UTC)
    assert asked(datetime(2026, 12, 31, 12, tzinfo=UTC)) == 0
    assert [asked(night), asked(night), asked(night + timedelta(days=27))] == [1, 0, 0]
    with database.transaction() as session:
        (message,) = session.exec(select(OutboxMessage).where(OutboxMessage.view == "expiry")).all()
        assert (message.chat_id, message.not_before) == (109, datetime(2027, 1, 2, 8, tzinfo=UTC))
        assert "2 answers and the words of 0 discussions of 1 learners" in render(message, None).parameters["text"]
        assert len(session.exec(select(Answer)).all()) == 2
    assert asked(night + timedelta(days=28)) == 1
    with database.transaction() as session:
        expiry.delete_expired(session, session.get_one(Cohort, cohort_id), night)
    assert asked(night + timedelta(days=90)) == 0
