"""When a person may be written to without having asked, by what their rows say (reminders.py has the rules)."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from pydantic import TypeAdapter
from sqlmodel import Session, col, select

from talkthrough.scheduler.learning_day import date_of, learning_day, start_of
from talkthrough.scheduler.reminders import ReminderWishes, after_quiet_hours
from talkthrough.scheduler.round_messages import Message
from talkthrough.storage import outbox, people
from talkthrough.storage.tables import OutboxMessage, Person

LOOK_AHEAD_DAYS = 14
_WISHES = TypeAdapter(ReminderWishes)


def wishes_of(person: Person) -> ReminderWishes:
    """When the person wants to be written to."""
    kept = people.settings_of(person).get("reminders", {})
    return _WISHES.validate_python({**kept, "time_zone": person.time_zone})


def written_to(session: Session, chat_ids: Collection[int], now: datetime) -> dict[int, list[datetime]]:
    """When each chat was last sent something unasked (a round, a reminder, a nudge), over two days."""
    sent = select(OutboxMessage.chat_id, OutboxMessage.created_at, OutboxMessage.not_before).where(
        col(OutboxMessage.chat_id).in_(chat_ids),
        OutboxMessage.lane == outbox.BROADCAST,
        OutboxMessage.created_at >= now - timedelta(days=2),
    )
    found: dict[int, list[datetime]] = {}
    for chat_id, created_at, not_before in session.exec(sent):
        found.setdefault(chat_id, []).append(not_before or created_at)
    return found


def tell(session: Session, person: Person, message: Message, now: datetime) -> None:
    """Send a person something that they did not ask for, once their quiet hours are over."""
    moment = after_quiet_hours(wishes_of(person), now)
    outbox.add(
        session,
        chat_id=person.telegram_id,
        view=message[0],
        data={**message[1], "language": person.language},
        lane=outbox.BROADCAST,
        now=now,
        not_before=moment if moment > now else None,
    )


def next_moment(person: Person, written: Sequence[datetime], now: datetime) -> datetime | None:
    """The first moment from `now` on at which the person may be nudged: one a day, not in quiet hours or days off.

    None where the person paused such messages, cannot be reached, or has no such moment within a fortnight.
    """
    wishes = wishes_of(person)
    if wishes.is_paused or person.unreachable_since is not None:
        return None
    earliest = max(now, wishes.snoozed_until or now)
    taken = {learning_day(moment, wishes.time_zone) for moment in written}
    today = learning_day(earliest, wishes.time_zone)
    for day in range(today, today + LOOK_AHEAD_DAYS):
        if day in taken or date_of(day).weekday() in wishes.days_off or date_of(day) in wishes.dates_off:
            continue
        moment = after_quiet_hours(wishes, max(earliest, start_of(day, wishes.time_zone)))
        if learning_day(moment, wishes.time_zone) == day:
            return moment
    return None
