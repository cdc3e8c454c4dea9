"""Schedules and rounds as rows."""

import json
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel import Session, col, func, select

from talkthrough.storage.tables import Answer, Delivery, Round, Schedule


def due_schedules(session: Session, now: datetime) -> tuple[Schedule, ...]:
    """The active schedules whose next slot has come."""
    wanted = select(Schedule).where(Schedule.state == "active", col(Schedule.next_at) <= now)
    return tuple(session.exec(wanted.order_by(col(Schedule.id)).with_for_update(skip_locked=True)))


def active_schedules(session: Session, cohort_id: int) -> tuple[Schedule, ...]:
    """The schedules of a cohort that have slots to come."""
    wanted = select(Schedule).where(Schedule.cohort_id == cohort_id, Schedule.state == "active")
    return tuple(session.exec(wanted.order_by(col(Schedule.next_at))))


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
    same = select(Round.id).where(
        Round.schedule_id == schedule.id, Round.local_date == local_date, Round.local_time == local_time
    )
    if session.exec(same).first() is not None:
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


def times_used(session: Session, cohort_id: int) -> Counter[str]:
    """How often each question was in a round of the cohort."""
    lists = session.exec(select(Round.question_keys).where(Round.cohort_id == cohort_id))
    return Counter(key for keys in lists for key in json.loads(keys))


def latest_rounds(session: Session, cohort_id: int, last: int) -> tuple[Round, ...]:
    """The cohort's rounds, newest first."""
    wanted = select(Round).where(Round.cohort_id == cohort_id)
    return tuple(session.exec(wanted.order_by(col(Round.id).desc()).limit(last)))


def counts(session: Session, round_id: int) -> tuple[int, int, int]:
    """(answers given, people who answered something, people who were asked)."""
    answered = (
        select(func.count(), func.count(func.distinct(col(Answer.person_id))))
        .select_from(Answer)
        .join(Delivery, col(Delivery.id) == Answer.delivery_id)
        .where(Delivery.round_id == round_id)
    )
    answers, started = session.exec(answered).one()
    asked = select(func.count(func.distinct(col(Delivery.person_id)))).where(Delivery.round_id == round_id)
    return answers, started, session.exec(asked).one()
