"""The use case of reminders: asked for by the learner, sent at most once a day, with a question to answer in them."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from pydantic import TypeAdapter
from sqlmodel import Session

from talkthrough.question_bank.items.question import Question
from talkthrough.scheduler import sitting
from talkthrough.scheduler.learning_day import learning_day, start_of
from talkthrough.scheduler.reminders import DAYS_OF_WEEK, ReminderWishes, days_this_week, next_reminder
from talkthrough.scheduler.unasked import wishes_of, written_to
from talkthrough.storage import answer_log, bank, outbox, people, reminders, revision
from talkthrough.storage.bank import BankUnit
from talkthrough.storage.tables import Person, Reminder, Role

WISHES: TypeAdapter[ReminderWishes] = TypeAdapter(ReminderWishes)
AT_ONCE = 5  # composing takes a moment, and answers must not wait for reminders
LOOK_AGAIN = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Invitation:
    """A reminder to be worded: its first question, what the sitting costs, and how the week stands."""

    delivery_id: int
    question: Question
    unit_label: str
    questions: int
    minutes: int
    days_this_week: int
    weekly_goal: int | None
    language: str


Invite = Callable[[Invitation], tuple[str, Mapping[str, Any]]]


def change_wishes(session: Session, person: Person, now: datetime, **changes: Any) -> None:
    """Keep what a person chooses, and plan the next reminder by it."""
    changed = replace(wishes_of(person), **changes)
    people.change_settings(person, reminders=WISHES.dump_python(changed, mode="json"))
    plan_next(session, person, now)


def plan_next(session: Session, person: Person, now: datetime) -> None:
    """Note when this person's next reminder is due; no row for those who never asked for reminders."""
    assert person.id is not None
    wishes, row = wishes_of(person), reminders.of_person(session, person.id)
    if wishes.is_on or row is not None:
        reminders.plan(session, person.id, _next_moment(session, person, row, now))


def this_week(session: Session, person: Person, now: datetime) -> int:
    """On how many days of this week the person practised."""
    since = learning_day(now, person.time_zone) - DAYS_OF_WEEK
    days = answer_log.days_practised(session, person.id or 0, since)
    return days_this_week(wishes_of(person), [start_of(day, person.time_zone) for day in days], now)


def remind_due(session: Session, now: datetime, invite: Invite) -> int:
    """Send the reminders whose time has come; returns how many. Called by the ticker in a transaction."""
    return sum(_look_at(session, row, person, now, invite) for row, person in reminders.due(session, now, AT_ONCE))


def _look_at(session: Session, row: Reminder, person: Person, now: datetime, invite: Invite) -> bool:
    """Send now, or later, or look again tomorrow where nothing may be sent or there is nothing to ask."""
    moment = _next_moment(session, person, row, now)
    if moment is None or moment > now:
        row.next_at = moment or (now + LOOK_AGAIN if wishes_of(person).is_on else None)
        return False
    invitation = _invitation(session, person, now)
    if invitation is not None:
        view, data = invite(invitation)
        outbox.add(session, chat_id=person.telegram_id, view=view, data=data, lane=outbox.BROADCAST, now=now)
        row.sent_at = now
    row.next_at = _next_moment(session, person, row, now) if invitation else now + LOOK_AGAIN
    return invitation is not None


def _next_moment(session: Session, person: Person, row: Reminder | None, now: datetime) -> datetime | None:
    """When the next reminder may come; whatever else we sent unasked counts towards the day."""
    assert person.id is not None
    unasked = written_to(session, [person.telegram_id], now).get(person.telegram_id, [])
    practised = answer_log.last_answered(session, person.id)
    return next_reminder(
        wishes_of(person),
        now,
        written_to=[*unasked, *([row.sent_at] if row and row.sent_at else [])],
        practised=[practised] if practised else [],
        is_blocked=person.unreachable_since is not None,
    )


def _invitation(session: Session, person: Person, now: datetime) -> Invitation | None:
    """A new sitting on what the person revised last, its first question put."""
    entry = _unit_of(session, person)
    composed = sitting.compose_for(session, person, entry.unit, now, starts_with_a_tap=True) if entry else None
    if entry is None or composed is None or not composed.questions:
        return None
    assert person.id is not None
    first = composed.questions[0]
    row = revision.start_session(session, person.id, entry.unit.key, composed.keys, now)
    row.position = 1
    made = revision.deliver(
        session,
        person.id,
        first.key,
        now,
        session_id=row.id,
        position=1,
        is_whole=sitting.takes_larger_steps(person),
    )
    return Invitation(
        made.id or 0,
        first,
        entry.unit.label,
        len(composed.questions),
        composed.minutes,
        this_week(session, person, now),
        wishes_of(person).weekly_goal,
        person.language,
    )


def _unit_of(session: Session, person: Person) -> BankUnit | None:
    """The unit revised last, else the first of the person's cohorts that has questions."""
    assert person.id is not None
    last = reminders.last_unit(session, person.id)
    of_cohorts = (json.loads(cohort.unit_keys) for cohort in people.cohorts_with(session, person.id, Role.LEARNER))
    keys = [key for key in (last, *(key for keys in of_cohorts for key in keys)) if key]
    found = (bank.unit_by_key(session, key) for key in keys)
    return next((entry for entry in found if entry and not entry.is_blank), None)
