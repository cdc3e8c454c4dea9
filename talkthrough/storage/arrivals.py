"""Who is at the door: the person, their roles and where their dialogue stands, in one look-up for each update."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from talkthrough.storage import people
from talkthrough.storage.tables import Conversation, Membership, Person, Role


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody who did something. `conversation` is None at first contact."""

    person: Person
    roles: frozenset[Role]
    conversation: Conversation | None


def arrival(session: Session, telegram_id: int, name: str, now: datetime, time_zone: str = "Europe/London") -> Arrival:
    """The person behind a Telegram id; made at first contact with the name that Telegram shows, in this time zone."""
    roles = (
        select(func.aggregate_strings(col(Membership.role), ","))
        .where(Membership.person_id == Person.id)
        .scalar_subquery()
    )
    known = (
        select(Person, Conversation, roles)
        .outerjoin(Conversation, col(Conversation.chat_id) == Person.telegram_id)
        .where(Person.telegram_id == telegram_id)
    )
    with session.no_autoflush:  # what is unwritten is about others in this batch
        row = session.exec(known).first()
    if row is None:
        return Arrival(people.person_for(session, telegram_id, name, now, time_zone), frozenset(), None)
    person, conversation, listed = row
    return Arrival(person, frozenset(Role(role) for role in (listed or "").split(",") if role), conversation)
