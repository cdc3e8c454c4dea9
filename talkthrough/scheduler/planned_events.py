"""What is planned for a person - rounds, planned discussions, the assessment - as events of a calendar."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from itertools import islice

from sqlmodel import Session, col, select

from talkthrough.scheduler.calendar import CalendarEvent, calendar
from talkthrough.scheduler.learning_day import date_of, in_utc, learning_day
from talkthrough.scheduler.recurrence import slots
from talkthrough.scheduler.rounds import in_term, rule_of, unit_label
from talkthrough.storage import discussions, people
from talkthrough.storage import rounds as rows
from talkthrough.storage.tables import Cohort, Person, Planning, Role, Round

LOOK_AHEAD = timedelta(days=366)
MOST_OF_A_RULE = 100
MINUTES, DISCUSSION_MINUTES = 10, 30
MORNING = time(9)
DOMAIN = "talkthrough"


def calendar_for(session: Session, person: Person, now: datetime) -> str:
    """An .ics file of the person's rounds (as learner or tutor), planned discussions and assessment date."""
    assert person.id is not None
    own = {
        cohort.id: cohort
        for role in (Role.LEARNER, Role.TUTOR)
        for cohort in people.cohorts_with(session, person.id, role)
    }
    events = {event.uid: event for cohort in own.values() for event in events_of_cohort(session, cohort, now)}
    for event in (*_discussions(session, person), *_assessment(session, person, now)):
        events[event.uid] = event
    return calendar(list(events.values()), time_zone=person.time_zone, name="Talkthrough", made_at=now)


def events_of_cohort(session: Session, cohort: Cohort, now: datetime) -> Iterator[CalendarEvent]:
    """Rounds to come, and rounds that are open. A slot keeps its UID when it becomes a round."""
    for row in rows.standing_schedules(session, cohort.id or 0):
        rule, label = rule_of(row), unit_label(session, rule_of(row).unit_key)
        for slot in islice(slots(in_term(rule, cohort), now, now + LOOK_AHEAD), MOST_OF_A_RULE):
            uid = _uid(row.id or 0, slot.local_date.isoformat(), f"{slot.local_time:%H:%M}")
            cancelled = row.state == rows.PAUSED
            yield CalendarEvent(
                uid, slot.opens_at, MINUTES, f"Quiz round: {label}", cohort.name, is_cancelled=cancelled
            )
    still = select(Round).where(Round.cohort_id == cohort.id, col(Round.closed_at).is_(None))
    for opened in session.exec(still):
        uid = _uid(opened.schedule_id, opened.local_date.isoformat(), opened.local_time)
        yield CalendarEvent(uid, opened.opened_at.astimezone(UTC), MINUTES, "Quiz round (open)", cohort.name)


def _uid(schedule_id: int, day: str, at: str) -> str:
    return f"round-{schedule_id}-{day}-{at.replace(':', '')}@{DOMAIN}"


def _discussions(session: Session, person: Person) -> Iterator[CalendarEvent]:
    """Discussions that are set for a day and have not begun; the day is a tutor's, the hour is the learner's own."""
    for row in discussions.of_person(session, person.id or 0):
        detail = session.get(Planning, row.id)
        if row.status == "planned" and detail is not None and detail.due_on is not None:
            starts = in_utc(detail.due_on, MORNING, person.time_zone)
            summary = f"Practice discussion: outcome {row.outcome_number}"
            yield CalendarEvent(f"discussion-{row.id}@{DOMAIN}", starts, DISCUSSION_MINUTES, summary)


def _assessment(session: Session, person: Person, now: datetime) -> Iterator[CalendarEvent]:
    day = people.assessment_date(session, person, date_of(learning_day(now, person.time_zone)))
    if day is not None:
        starts = in_utc(day, MORNING, person.time_zone)
        yield CalendarEvent(f"assessment-{person.id}@{DOMAIN}", starts, 60, "Assessment date")
