"""A round from its slot to its closing, on both databases, with the clock as an argument."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from icalendar import Calendar
from sqlmodel import Session, select

from talkthrough.bot.conversations.announcing import RoundWording, ask_about
from talkthrough.bot.telegram.views import render
from talkthrough.question_bank.reading import read_bytes
from talkthrough.scheduler import answering, expiry, round_closing, rounds
from talkthrough.scheduler.planned_events import calendar_for
from talkthrough.scheduler.recurrence import Closing, RoundRule
from talkthrough.scheduler.round_report import gaps_of, map_of_cohort
from talkthrough.scheduler.weekly_report import weekly_report
from talkthrough.storage import bank, cohorts, people, results, retention
from talkthrough.storage import rounds as rows
from talkthrough.storage.database import Database
from talkthrough.storage.tables import (
    Answer,
    Card,
    Cohort,
    Delivery,
    Discussion,
    OutboxMessage,
    Person,
    Planning,
    Review,
    Role,
    Round,
    Schedule,
)

MONDAY = datetime(2026, 11, 23, 12, tzinfo=UTC)
THURSDAY = datetime(2026, 11, 26, 18, tzinfo=UTC)
WORDING = RoundWording()
UNIT = b"""Unit 7: Brewing tea

Unit reference number: X/123/4567
Level: 2

Learning outcome
The learner will:
1. understand how to brew tea
Assessment criteria
The learner can:
1.1 explain how to brew tea
1.2 describe the equipment used to brew tea
1.3 list the types of tea
"""


@pytest.fixture
def cohort_id(database: Database) -> int:
    with database.transaction() as session:
        specification = read_bytes(UNIT, "unit 7.txt")
        (entry,) = bank.add_specification(
            session, specification, file_name="unit 7.txt", content=UNIT, by=None, now=MONDAY
        )
        row = people.create_cohort(session, "Tea", [], "Europe/London", MONDAY)
        cohorts.toggle_unit(row, entry)
        for number, role in ((1, Role.LEARNER), (2, Role.LEARNER), (3, Role.LEARNER), (9, Role.TUTOR)):
            person = people.person_for(session, 100 + number, f"Person {number}", MONDAY)
            people.enrol(session, row.id, person.id, role, MONDAY)
        return row.id


def rule_for(session: Session, **changes: object) -> RoundRule:
    (entry,) = bank.units(session)
    rule = RoundRule(
        date(2026, 11, 23), time(18), "Europe/London", entry.unit.key, weekdays=(3,), question_count=2,
        closing=Closing(time(20), weekday=6),
    )  # fmt: skip
    return replace(rule, **changes)


def scheduled(session: Session, cohort_id: int, **changes: object) -> Schedule:
    return rounds.schedule(session, session.get_one(Cohort, cohort_id), 4, rule_for(session, **changes), MONDAY)


def tick(database: Database, at: datetime) -> None:
    with database.transaction() as session:
        round_closing.tick(session, at, WORDING)


def said(database: Database) -> Counter[tuple[int, str]]:
    with database.transaction() as session:
        messages = session.exec(select(OutboxMessage)).all()
        for row in messages:
            assert render(row, None).parameters["text"]
        return Counter((row.chat_id, row.view) for row in messages)


def answer(database: Database, number: int, at: datetime, questions: int = 9) -> None:
    """Learner `number` answers so many of the open round's questions."""
    with database.transaction() as session:
        person = people.known(session, 100 + number)
        waiting = session.exec(select(Delivery).where(Delivery.person_id == person.id)).all()
        for row in waiting[:questions]:
            question = bank.question(session, row.question_key)
            option = 0 if question.options else None
            answering.answer(session, person, row.id, text=None if question.options else "tea", option=option, now=at)


def test_a_round_opens_once_reminds_once_and_closes_once_with_feedback(database: Database, cohort_id: int) -> None:
    with database.transaction() as session:
        scheduled(session, cohort_id)
    for at in (THURSDAY, THURSDAY, THURSDAY + timedelta(hours=1)):
        tick(database, at)
    assert said(database) == {(101, "round_opened"): 1, (102, "round_opened"): 1, (103, "round_opened"): 1}
    answer(database, 1, THURSDAY)
    answer(database, 2, THURSDAY, questions=1)
    for hours in (1, 2, 3):  # Sunday morning: the last day before it closes
        tick(database, datetime(2026, 11, 29, 8 + hours, tzinfo=UTC))
    assert said(database)[102, "round_reminder"] == said(database)[103, "round_reminder"] == 1
    assert said(database)[101, "round_reminder"] == 0
    for at in (datetime(2026, 11, 29, 20, tzinfo=UTC), datetime(2026, 11, 29, 20, 5, tzinfo=UTC)):
        tick(database, at)
    found = said(database)
    assert (found[101, "round_feedback"], found[102, "round_feedback"], found[103, "round_feedback"]) == (1, 1, 0)
    assert found[109, "round_closed"] == 1


def test_nobody_is_reminded_in_quiet_hours_or_on_a_day_off(database: Database, cohort_id: int) -> None:
    with database.transaction() as session:
        scheduled(session, cohort_id, closing=Closing(time(23), 1))
        people.change_settings(people.known(session, 101), reminders={"days_off": [4]})
        people.change_settings(people.known(session, 102), reminders={"is_paused": True})
    tick(database, THURSDAY)
    friday = datetime(2026, 11, 27, 7, 30, tzinfo=UTC)
    tick(database, friday)
    assert not [view for _, view in said(database) if view == "round_reminder"]
    tick(database, friday + timedelta(minutes=45))
    assert [chat for chat, view in said(database) if view == "round_reminder"] == [103]


def test_a_round_in_quiet_hours_opens_at_once_and_is_announced_in_the_morning(
    database: Database, cohort_id: int
) -> None:
    with database.transaction() as session:
        scheduled(session, cohort_id, local_time=time(22))
    tick(database, THURSDAY + timedelta(hours=4))
    with database.transaction() as session:
        assert session.exec(select(Round)).one()
        moments = {row.not_before for row in session.exec(select(OutboxMessage))}
    assert moments == {datetime(2026, 11, 27, 8, tzinfo=UTC)}


@pytest.mark.parametrize(("hours_off", "opened"), [(5, 1), (7, 0), (24 * 7 + 5, 1)])
def test_after_downtime_a_round_opens_late_or_not_at_all(
    database: Database, cohort_id: int, hours_off: int, opened: int
) -> None:
    with database.transaction() as session:
        scheduled(session, cohort_id)
    tick(database, THURSDAY + timedelta(hours=hours_off))
    with database.transaction() as session:
        assert len(session.exec(select(Round)).all()) == opened


def test_holidays_and_the_end_of_term_leave_recurring_rounds_out(database: Database, cohort_id: int) -> None:
    with database.transaction() as session:
        row = session.get_one(Cohort, cohort_id)
        cohorts.change_settings(row, holidays=((date(2026, 11, 25), date(2026, 11, 27)),), term_end=date(2026, 12, 4))
        schedule = scheduled(session, cohort_id)
        assert schedule.next_at == datetime(2026, 12, 3, 18, tzinfo=UTC)
        rounds.skip(session, schedule, date(2026, 12, 3), MONDAY)
        assert (schedule.next_at, schedule.state) == (None, rows.DONE)


def test_what_falls_into_a_pause_stays_out(database: Database, cohort_id: int) -> None:
    with database.transaction() as session:
        rounds.pause(scheduled(session, cohort_id))
    tick(database, THURSDAY)
    with database.transaction() as session:
        schedule = session.exec(select(Schedule)).one()
        rounds.resume(session, schedule, THURSDAY + timedelta(minutes=1))
        assert schedule.next_at == THURSDAY + timedelta(days=7)
        assert session.exec(select(Round)).first() is None


def test_individual_rounds_ask_each_learner_what_they_are_weakest_at(database: Database, cohort_id: int) -> None:
    with database.transaction() as session:
        scheduled(session, cohort_id, question_count=1)
    tick(database, THURSDAY)
    answer(database, 1, THURSDAY)  # a miss: "tea" mentions nothing
    with database.transaction() as session:
        person = people.known(session, 101)
        missed = results.weakness_by_person(session, cohort_id, bank.units(session)[0].unit.key)[person.id]
        assert max(missed.values()) == 1
        later = scheduled(session, cohort_id, question_count=1, is_individual=True)
        opened = rounds.run_now(session, later, THURSDAY + timedelta(hours=2), WORDING)
        mine = session.exec(
            select(Delivery).where(Delivery.round_id == opened.id, Delivery.person_id == person.id)
        ).one()
        assert bank.question(session, mine.question_key).criterion_key in missed


def test_the_heat_map_and_the_gaps_say_what_was_asked(database: Database, cohort_id: int) -> None:
    with database.transaction() as session:
        scheduled(session, cohort_id, question_count=1)
    tick(database, THURSDAY)
    answer(database, 1, THURSDAY)
    with database.transaction() as session:
        row, unit = session.get_one(Cohort, cohort_id), bank.units(session)[0].unit
        grid = map_of_cohort(session, row, unit)
        words = {line.name: {cell.word for cell in line.cells} for line in grid.lines}
        assert words["Person 2"] == {"no answer", "not asked"}
        assert words["Person 1"] & {"all", "part", "not yet"}
        assert len(gaps_of(session, row, unit).never_discussed) == len(unit.criteria)


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


def test_a_late_answer_is_kept_for_the_learner_and_stays_out_of_the_results(database: Database, cohort_id: int) -> None:
    with database.transaction() as session:
        scheduled(session, cohort_id)
    tick(database, THURSDAY)
    with database.transaction() as session:
        round_closing.close(session, session.exec(select(Round)).one(), THURSDAY + timedelta(hours=1), WORDING)
    answer(database, 1, THURSDAY + timedelta(hours=2))
    with database.transaction() as session:
        assert len(session.exec(select(Answer)).all()) == 2
        assert {each.score for each in results.of_round(session, session.exec(select(Round)).one())} == {None}


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


def test_a_learners_own_date_in_a_cohort_goes_before_the_groups(database: Database, cohort_id: int) -> None:
    with database.transaction() as session:
        person = session.exec(select(Person).where(Person.telegram_id == 101)).one()
        session.get_one(Cohort, cohort_id).assessment_date = date(2027, 3, 1)
        assert people.assessment_date(session, person) == date(2027, 3, 1)
        cohorts.set_own_date(session, cohort_id, person.id, date(2027, 5, 1))
        assert people.assessment_date(session, person) == date(2027, 5, 1)


def test_a_discussion_that_is_set_for_a_day_is_in_the_learners_calendar(database: Database, cohort_id: int) -> None:
    with database.transaction() as session:
        person = people.known(session, 101)
        version = bank.units(session)[0].version_id
        row = Discussion(
            person_id=person.id, unit_key="x", unit_version_id=version, outcome_number="1", plan="{}",
            time_zone="Europe/London", planned_at=MONDAY,
        )  # fmt: skip
        session.add(row)
        session.flush()
        session.add(Planning(discussion_id=row.id, due_on=date(2026, 12, 9)))
        (event,) = Calendar.from_ical(calendar_for(session, person, MONDAY)).walk("VEVENT")
        assert event.decoded("DTSTART").astimezone(UTC) == datetime(2026, 12, 9, 9, tzinfo=UTC)
