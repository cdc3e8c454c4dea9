"""When people who asked for reminders are looked at next, as rows."""

from datetime import datetime

from sqlmodel import Session, col, select

from talkthrough.storage.tables import Person, Reminder, RevisionSession


def due(session: Session, now: datetime, most: int) -> tuple[tuple[Reminder, Person], ...]:
    """The reminders whose time has come, longest waiting first, with whom they are for."""
    wanted = (
        select(Reminder, Person)
        .join(Person, col(Person.id) == Reminder.person_id)
        .where(col(Reminder.next_at) <= now)
        .order_by(col(Reminder.next_at))
        .limit(most)
    )
    return tuple((row, person) for row, person in session.exec(wanted))


def of_person(session: Session, person_id: int) -> Reminder | None:
    """The person's reminder row, if they ever asked for reminders."""
    return session.get(Reminder, person_id)


def plan(session: Session, person_id: int, next_at: datetime | None) -> None:
    """Note when to look at the person next."""
    row = session.get(Reminder, person_id)
    if row is None:
        session.add(Reminder(person_id=person_id, next_at=next_at))
    else:
        row.next_at = next_at


def last_unit(session: Session, person_id: int) -> str | None:
    """The unit that the person revised last."""
    wanted = select(RevisionSession.unit_key).where(RevisionSession.person_id == person_id)
    return session.exec(wanted.order_by(col(RevisionSession.id).desc())).first()
