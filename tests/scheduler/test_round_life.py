"""A round from its slot to its closing, on both databases, with the clock as an argument."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from icalendar import Calendar
from sqlmodel import select

from talkthrough.bot.conversations.performers.rounds import cohort_in
from talkthrough.scheduler import round_closing, round_questions, rounds
from talkthrough.scheduler.learning_day import learning_day
from talkthrough.scheduler.planned_events import calendar_for
from talkthrough.scheduler.recurrence import Closing
from talkthrough.scheduler.round_report import gaps_of, map_of_cohort
from talkthrough.storage import bank, cohorts, people, results
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
    Role,
    Round,
    Schedule,
)
from tests.scheduler.group import MONDAY, THURSDAY, WORDING, answer, said, scheduled, tick


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
        today = learning_day(THURSDAY, "Europe/London")
        weakness = round_questions.weakness_by_person(session, cohort_id, bank.units(session)[0].unit.key, today)
        missed = weakness[person.id]
        assert max(missed.values()) > round_questions.NEVER_ASKED
        later = scheduled(session, cohort_id, question_count=1, is_individual=True)
        opened = rounds.run_now(session, later, THURSDAY + timedelta(hours=2), WORDING)
        mine = session.exec(
            select(Delivery).where(Delivery.round_id == opened.id, Delivery.person_id == person.id)
        ).one()
        assert bank.question(session, mine.question_key).criterion_key in missed


def test_what_was_missed_long_ago_and_is_remembered_now_is_not_weak(database: Database, cohort_id: int) -> None:
    with database.transaction() as session:
        cards = [("c1", 0.2, 5), ("c2", 90.0, 1)]  # misses of all time: c2; remembered: c2
        for place, (criterion, stability, misses) in enumerate(cards):
            session.add(
                Card(
                    person_id=1, card_key=f"k{place}", unit_key="u", criterion_key=criterion, stability=stability,
                    difficulty=5, last_day=100, due_day=101, answers=6, misses=6 - misses,
                )
            )  # fmt: skip
        session.flush()
        weakness = round_questions.weakness_by_person(session, cohort_id, "u", 100)[1]
        assert weakness["c1"] > round_questions.NEVER_ASKED > weakness["c2"]


def test_the_heat_map_and_the_gaps_say_what_was_asked(database: Database, cohort_id: int) -> None:
    with database.transaction() as session:
        scheduled(session, cohort_id, question_count=1)
    tick(database, THURSDAY)
    answer(database, 1, THURSDAY)
    with database.transaction() as session:
        row, unit = session.get_one(Cohort, cohort_id), bank.units(session)[0].unit
        grid = map_of_cohort(session, row, bank.units(session)[0])
        words = {line.name: {cell.word for cell in line.cells} for line in grid.lines}
        assert words["Person 2"] == {"no answer", "not asked"}
        assert words["Person 1"] & {"all", "part", "not yet"}
        assert len(gaps_of(session, row, unit).never_discussed) == len(unit.criteria)


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


def test_a_learners_own_date_in_a_cohort_goes_before_the_groups(database: Database, cohort_id: int) -> None:
    with database.transaction() as session:
        person = session.exec(select(Person).where(Person.telegram_id == 101)).one()
        session.get_one(Cohort, cohort_id).assessment_date = date(2027, 3, 1)
        assert people.assessment_date(session, person, MONDAY.date()) == date(2027, 3, 1)
        cohorts.set_own_date(session, cohort_id, person.id, date(2027, 5, 1))
        assert people.assessment_date(session, person, MONDAY.date()) == date(2027, 5, 1)


def test_an_assessment_that_has_passed_gives_way_to_the_next(database: Database, cohort_id: int) -> None:
    with database.transaction() as session:
        person = session.exec(select(Person).where(Person.telegram_id == 101)).one()
        session.get_one(Cohort, cohort_id).assessment_date = date(2026, 3, 1)
        later = people.create_cohort(session, "Coffee", [], "Europe/London", MONDAY)
        later.assessment_date = date(2027, 3, 1)
        people.enrol(session, later.id, person.id, Role.LEARNER, MONDAY)
        people.change_settings(person, assessment_date="2026-06-01")
        assert people.assessment_date(session, person, MONDAY.date()) == date(2027, 3, 1)
        assert people.assessment_date(session, person, date(2026, 6, 1)) == date(2026, 6, 1)
        assert people.assessment_date(session, person, date(2027, 3, 2)) is None


def test_answers_after_the_close_are_the_learners_own_affair_in_every_report(
    database: Database, cohort_id: int
) -> None:
    with database.transaction() as session:
        scheduled(session, cohort_id)
    tick(database, THURSDAY)
    answer(database, 1, THURSDAY)

    def reported() -> tuple[object, ...]:
        with database.transaction() as session:
            row = session.exec(select(Round)).one()
            (entry,) = bank.units(session)
            return (
                results.hardest(session, row.id),
                results.of_round(session, row),
                results.of_cohort(session, cohort_id, entry.unit.key),
            )

    tick(database, datetime(2026, 11, 29, 20, 5, tzinfo=UTC))
    closed = reported()
    answer(database, 2, datetime(2026, 11, 30, 9, tzinfo=UTC))
    assert reported() == closed
    assert closed[0]


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


def test_a_round_that_is_run_from_beside_the_bot_is_opened_by_its_next_tick(database: Database, cohort_id: int) -> None:
    half_past = datetime(2026, 11, 24, 12, 0, 30, tzinfo=UTC)
    with database.transaction() as session:
        rounds.run_soon(session, scheduled(session, cohort_id), 4, half_past)
    for seconds in (1, 2, 3):
        tick(database, half_past + timedelta(seconds=seconds))
    with database.transaction() as session:
        assert len(session.exec(select(Round)).all()) == 1


def test_who_has_left_the_group_is_not_waited_for_or_reminded(database: Database, cohort_id: int) -> None:
    with database.transaction() as session:
        scheduled(session, cohort_id)
    tick(database, THURSDAY)
    with database.transaction() as session:
        cohorts.remove(session, cohort_id, people.known(session, 102).id)
        opened = session.exec(select(Round)).one()
        assert [each.telegram_id for each in rows.not_finished(session, opened.id)] == [101, 103]
    tick(database, datetime(2026, 11, 29, 9, tzinfo=UTC))
    assert {chat for chat, view in said(database) if view == "round_reminder"} == {101, 103}


def test_a_tutors_nudge_for_a_round_without_end_is_given_up_after_a_fortnight(
    database: Database, cohort_id: int
) -> None:
    with database.transaction() as session:
        scheduled(session, cohort_id, closing=None)
        people.change_settings(people.known(session, 101), reminders={"is_paused": True})
    tick(database, THURSDAY)
    with database.transaction() as session:
        opened = session.exec(select(Round)).one()
        round_closing.nudge(session, opened, THURSDAY, WORDING)
    for days, looked in ((13, True), (15, False)):
        at = THURSDAY + timedelta(days=days)
        tick(database, at)
        with database.transaction() as session:
            assert (session.exec(select(Round)).first().reminded_at == at) is looked


def test_recurring_rounds_wait_for_the_term_to_start(database: Database, cohort_id: int) -> None:
    with database.transaction() as session:
        cohorts.change_settings(session.get_one(Cohort, cohort_id), term_start=date(2027, 1, 4))
        assert scheduled(session, cohort_id).next_at == datetime(2027, 1, 7, 18, tzinfo=UTC)
        assert scheduled(session, cohort_id, weekdays=()).next_at == datetime(2026, 11, 23, 18, tzinfo=UTC)


def test_in_another_time_zone_rounds_keep_their_hour_on_the_clock(database: Database, cohort_id: int) -> None:
    with database.transaction() as session:
        row = scheduled(session, cohort_id)
        rounds.change_zone(session, session.get_one(Cohort, cohort_id), "America/New_York", MONDAY)
        assert row.next_at == datetime(2026, 11, 26, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "rest", "group"),
    [
        ("Thursdays 18:00 for A unit 401", "Thursdays 18:00  unit 401", "A"),
        ("Thursdays 18:00 unit 401", "Thursdays 18:00 unit 401", None),
        ("401 Thursdays 18:00 unit 401", " Thursdays 18:00 unit 401", "401"),
        ("straße Fridays 12:00", " Fridays 12:00", "Straße"),
    ],
)
def test_a_group_is_found_in_a_line_only_where_its_whole_name_stands(line: str, rest: str, group: str | None) -> None:
    mine = tuple(Cohort(id=place, name=name, created_at=MONDAY) for place, name in enumerate(("A", "401", "Straße")))
    found, named = cohort_in(line, mine, None)
    assert found.split() == rest.split()
    assert [row.name for row in named] == ([group] if group else ["A", "401", "Straße"])
