"""Schedules and rounds as rows."""

import json
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col, func, select

from talkthrough.storage.tables import (
    Answer,
    Delivery,
    Membership,
    Person,
    Role,
    Round,
    Schedule,
    StoredQuestion,
)

ACTIVE, PAUSED, CANCELLED, DONE = "active", "paused", "cancelled", "done"


def due_schedules(session: Session, now: datetime) -> tuple[Schedule, ...]:
    """The active schedules whose next slot has come."""
    wanted = select(Schedule).where(Schedule.state == ACTIVE, col(Schedule.next_at) <= now)
    return tuple(session.exec(wanted.order_by(col(Schedule.id)).with_for_update(skip_locked=True)))


def standing_schedules(session: Session, cohort_id: int) -> tuple[Schedule, ...]:
    """The schedules of a cohort that have slots to come, paused ones included."""
    wanted = select(Schedule).where(Schedule.cohort_id == cohort_id, col(Schedule.state).in_((ACTIVE, PAUSED)))
    return tuple(session.exec(wanted.order_by(col(Schedule.next_at), col(Schedule.id))))


def find_round(session: Session, schedule_id: int, local_date: date, local_time: str) -> Round | None:
    """The round of a slot."""
    wanted = select(Round).where(
        Round.schedule_id == schedule_id, Round.local_date == local_date, Round.local_time == local_time
    )
    return session.exec(wanted).first()


def open_round(
    session: Session,
    schedule: Schedule,
    local_date: date,
    local_time: str,
    question_keys: Sequence[str],
    now: datetime,
    closes_at: datetime | None,
) -> Round | None:
    """The round of a slot; None where the slot was opened before (UNIQUE schedule, local date, local time)."""
    assert schedule.id is not None
    if find_round(session, schedule.id, local_date, local_time) is not None:
        return None
    row = Round(
        schedule_id=schedule.id,
        cohort_id=schedule.cohort_id,
        local_date=local_date,
        local_time=local_time,
        question_keys=json.dumps(list(question_keys)),
        opened_at=now,
        closes_at=closes_at,
    )
    session.add(row)
    session.flush()
    return row


def to_close(session: Session, now: datetime) -> tuple[Round, ...]:
    """The open rounds whose closing time has come."""
    wanted = select(Round).where(col(Round.closed_at).is_(None), col(Round.closes_at) <= now)
    return tuple(session.exec(wanted.order_by(col(Round.id)).with_for_update(skip_locked=True)))


def to_look_at(session: Session, looked_before: datetime, closes_until: datetime) -> tuple[Round, ...]:
    """The open rounds whose tardy learners are looked at: asked for and not looked at since, or soon to close.

    One that another process is busy with is left to it.
    """
    asked_for = col(Round.reminded_at) <= looked_before
    soon = and_(col(Round.reminded_at).is_(None), col(Round.closes_at) <= closes_until)
    wanted = select(Round).where(col(Round.closed_at).is_(None), or_(asked_for, soon)).order_by(col(Round.id))
    return tuple(session.exec(wanted.with_for_update(skip_locked=True)))


def times_used(session: Session, cohort_id: int) -> Counter[str]:
    """How often each question was in a round of the cohort."""
    lists = session.exec(select(Round.question_keys).where(Round.cohort_id == cohort_id))
    return Counter(key for keys in lists for key in json.loads(keys))


def times_asked(session: Session, person_ids: Collection[int], unit_key: str) -> dict[int, Counter[str]]:
    """How often each question of a unit was put to each person, in rounds and revision."""
    asked = (
        select(Delivery.person_id, Delivery.question_key, func.count())
        .join(StoredQuestion, col(StoredQuestion.key) == Delivery.question_key)
        .where(StoredQuestion.unit_key == unit_key, col(Delivery.person_id).in_(person_ids))
        .group_by(col(Delivery.person_id), col(Delivery.question_key))
    )
    found: dict[int, Counter[str]] = {}
    for person_id, key, times in session.exec(asked):
        found.setdefault(person_id, Counter())[key] = times
    return found


def latest_rounds(session: Session, cohort_id: int, last: int) -> tuple[Round, ...]:
    """The cohort's rounds, newest first."""
    wanted = select(Round).where(Round.cohort_id == cohort_id)
    return tuple(session.exec(wanted.order_by(col(Round.id).desc()).limit(last)))


@dataclass(frozen=True, slots=True)
class Counts:
    """How far a round has come, in answers and in people."""

    answers: int
    asked: int
    people_started: int
    people: int


def counts(session: Session, round_id: int) -> Counts:
    """The live tally of a round."""
    answered = (
        select(func.count(), func.count(func.distinct(col(Answer.person_id))))
        .select_from(Answer)
        .join(Delivery, col(Delivery.id) == Answer.delivery_id)
        .where(Delivery.round_id == round_id)
    )
    answers, started = session.exec(answered).one()
    asked = select(func.count(), func.count(func.distinct(col(Delivery.person_id))))
    deliveries, people = session.exec(asked.where(Delivery.round_id == round_id)).one()
    return Counts(answers, deliveries, started, people)


def not_finished(session: Session, round_id: int) -> tuple[Person, ...]:
    """Who has neither answered nor skipped every question of a round, and still learns in its cohort."""
    waiting = (
        select(Delivery.person_id)
        .join(Round, col(Round.id) == Delivery.round_id)
        .join(Membership, _still_learns())
        .outerjoin(Answer, col(Answer.delivery_id) == Delivery.id)
        .where(Delivery.round_id == round_id, col(Answer.id).is_(None), col(Delivery.skipped_at).is_(None))
    )
    return tuple(session.exec(select(Person).where(col(Person.id).in_(waiting)).order_by(col(Person.id))))


def _still_learns() -> ColumnElement[bool]:
    """That whoever got a delivery of a round is a learner of its cohort now; who has left is left in peace."""
    here = and_(col(Membership.cohort_id) == Round.cohort_id, col(Membership.person_id) == Delivery.person_id)
    return and_(here, col(Membership.role) == Role.LEARNER)
