"""What we want to say: rows written in the transaction that decided it, sent after that transaction."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, insert, update
from sqlmodel import Session, col, select

from talkthrough.languages import SOURCE
from talkthrough.storage.tables import Attachment, Conversation, OutboxMessage, Person

KEEP_FOR = timedelta(days=30)
LOOK_BACK = 6  # messages among which the last buttons are looked for
REPLY, BROADCAST = 0, 1  # the lanes
_ADDED, _PASSING = "outbox", "passing"


# Where a message stands. One that is `sending` when the program dies may have been delivered; one from `beside` was
# written by a command in another process, and the running bot adopts it at its next tick.
PENDING, SENDING, SENT, FAILED, BESIDE = "pending", "sending", "sent", "failed", "beside"


@dataclass(frozen=True)
class Outcome:
    """What became of a message."""

    outbox_id: int
    state: str
    at: datetime
    attempts: int = 1
    message_id: int | None = None
    error: str | None = None
    possibly_duplicate: bool = False


def add(
    session: Session,
    *,
    chat_id: int,
    view: str,
    data: Mapping[str, Any],
    now: datetime,
    lane: int = REPLY,
    attachment: Attachment | None = None,
    not_before: datetime | None = None,
) -> OutboxMessage:
    """Add a message to be sent once this transaction is committed.

    view: the name of the message template; data: what it says, as JSON, with the `language` that it is said in (else
    the person's own is looked up); lane: REPLY or BROADCAST (replies go first); attachment: a file that goes with it,
    deleted after sending.

    A reply is born `sending`: the sender takes it the moment the transaction is committed, which spares a transaction
    for every reply.
    """
    if attachment is not None:
        session.add(attachment)
        session.flush()
    row = OutboxMessage(
        chat_id=chat_id,
        lane=lane,
        view=view,
        data=_as_json(data, data.get("language") or _language_of(session, chat_id)),
        attachment_id=attachment.id if attachment else None,
        state=_first_state(session, lane, not_before),
        not_before=not_before,
        created_at=now,
    )
    session.add(row)
    session.info.setdefault(_ADDED, []).append(row)
    return row


def _first_state(session: Session, lane: int, not_before: datetime | None) -> str:
    if session.info.get(BESIDE):
        return BESIDE
    return SENDING if lane == REPLY and not_before is None else PENDING


def is_beside_the_bot(session: Session) -> None:
    """Say that this transaction is a command's: who sends messages is another process."""
    session.info[BESIDE] = True


def adopt(session: Session) -> None:
    """Take over what commands have written: it goes out with what this transaction adds."""
    beside = select(OutboxMessage).where(OutboxMessage.state == BESIDE).order_by(col(OutboxMessage.id))
    rows = session.exec(beside.with_for_update(skip_locked=True)).all()
    for row in rows:
        row.state = PENDING
    session.info.setdefault(_ADDED, []).extend(rows)


def add_to_many(
    session: Session, moments: Mapping[int, datetime | None], *, view: str, data: Mapping[str, Any], now: datetime
) -> None:
    """The same broadcast to many chats, given as {chat id: not before}: one statement, for thousands of learners.

    Each is written to in their own language.
    """
    same = {"lane": BROADCAST, "view": view, "state": PENDING, "created_at": now}
    spoken = dict(session.exec(select(Person.telegram_id, Person.language).where(Person.language != SOURCE)).all())
    said = {code: _as_json(data, code) for code in {SOURCE, *spoken.values()}}
    rows = [
        {**same, "chat_id": chat_id, "not_before": at, "data": said[spoken.get(chat_id, SOURCE)]}
        for chat_id, at in moments.items()
    ]
    if rows:
        made = session.scalars(insert(OutboxMessage).returning(OutboxMessage), rows)
        session.info.setdefault(_ADDED, []).extend(made)


def _as_json(data: Mapping[str, Any], language: str) -> str:
    return json.dumps({**data, "language": language}, ensure_ascii=False)


def _language_of(session: Session, chat_id: int) -> str:
    return session.exec(select(Person.language).where(Person.telegram_id == chat_id)).first() or SOURCE


def add_passing(session: Session, *, chat_id: int, view: str, data: Mapping[str, Any], now: datetime) -> None:
    """Add a call that is made once, after the messages, and not kept: should a crash lose it, nobody misses it."""
    row = OutboxMessage(chat_id=chat_id, view=view, data=json.dumps(data), state=SENDING, created_at=now)
    session.info.setdefault(_PASSING, []).append(row)


def added(session: Session) -> list[OutboxMessage]:
    """What this session added, in order, without the messages of a savepoint that was rolled back."""
    kept = [row for row in session.info.get(_ADDED, []) if row in session]
    return [*kept, *session.info.get(_PASSING, [])]


def unsent(session: Session) -> list[OutboxMessage]:
    """At start: every message still to be sent, oldest first. One that was on its way may have arrived already."""
    on_its_way = update(OutboxMessage).where(col(OutboxMessage.state) == SENDING)
    session.exec(on_its_way.values(possibly_duplicate=True))
    waiting = select(OutboxMessage).where(col(OutboxMessage.state).in_((PENDING, SENDING)))
    return list(session.exec(waiting.order_by(col(OutboxMessage.id))))


def record(session: Session, claims: Collection[int], outcomes: Collection[Outcome], releases: Collection[int]) -> None:
    """Write down, in one go: what is about to be sent, what became of messages, and what was not tried after all."""
    _set_state(session, claims, SENDING)
    _set_state(session, releases, PENDING)
    by_id = {outcome.outbox_id: outcome for outcome in outcomes}
    rows = session.exec(select(OutboxMessage).where(col(OutboxMessage.id).in_(by_id))).all() if by_id else ()
    done_with = [file_id for row in rows if (file_id := _settle(row, by_id[row.id or 0])) is not None]
    if done_with:
        session.flush()  # the messages let go of their files before the files go
        session.exec(delete(Attachment).where(col(Attachment.id).in_(done_with)))


def _set_state(session: Session, ids: Collection[int], state: str) -> None:
    if ids:
        session.exec(update(OutboxMessage).where(col(OutboxMessage.id).in_(ids)).values(state=state))


def _settle(row: OutboxMessage, outcome: Outcome) -> int | None:
    """Note what became of a message. Returns the id of its file where that was delivered and is needed no more."""
    row.state = outcome.state
    row.attempts += outcome.attempts
    row.message_id = outcome.message_id
    row.last_error = outcome.error
    row.possibly_duplicate = row.possibly_duplicate or outcome.possibly_duplicate
    if outcome.state != SENT:
        return None
    row.sent_at = outcome.at
    attachment_id, row.attachment_id = row.attachment_id, None
    return attachment_id


def last_buttons(session: Session, chat_id: int) -> tuple[str, list[list[list[str]]]]:
    """(language, rows of buttons) of the last message with any that the chat was sent; none where that is long past.

    A button is its text, its data, and what the text is about if anything.
    """
    newest = func.coalesce(col(OutboxMessage.sent_at), col(OutboxMessage.created_at)).desc()
    sent = select(OutboxMessage.data).where(
        OutboxMessage.chat_id == chat_id, col(OutboxMessage.state).in_((SENDING, SENT))
    )
    for text in session.exec(sent.order_by(newest, col(OutboxMessage.id).desc()).limit(LOOK_BACK)):
        data = json.loads(text)
        if data.get("buttons"):
            return data.get("language") or SOURCE, data["buttons"]
    return SOURCE, []


def attachment_of(session: Session, row: OutboxMessage) -> Attachment | None:
    """The file that goes with a message."""
    return session.get(Attachment, row.attachment_id) if row.attachment_id is not None else None


def mark_unreachable(session: Session, chat_id: int, now: datetime) -> None:
    """The person blocked the bot or left: note since when."""
    person = update(Person).where(col(Person.telegram_id) == chat_id, col(Person.unreachable_since).is_(None))
    session.exec(person.values(unreachable_since=now))


def mark_reachable(session: Session, chat_id: int) -> None:
    """The person is back (a `my_chat_member` update said so)."""
    session.exec(update(Person).where(col(Person.telegram_id) == chat_id).values(unreachable_since=None))


def move_chat(session: Session, old: int, new: int) -> None:
    """A group became a supergroup and has a new id (Bot API, `migrate_to_chat_id`)."""
    session.exec(update(OutboxMessage).where(col(OutboxMessage.chat_id) == old).values(chat_id=new))
    if session.get(Conversation, new) is None:
        session.exec(update(Conversation).where(col(Conversation.chat_id) == old).values(chat_id=new))


def prune(session: Session, now: datetime) -> None:
    """Forget messages that were sent, or failed, a month ago, and the files of those that failed."""
    is_old = col(OutboxMessage.created_at) < now - KEEP_FOR
    session.exec(delete(OutboxMessage).where(is_old, col(OutboxMessage.state).in_((SENT, FAILED))))
    wanted = select(OutboxMessage.attachment_id).where(col(OutboxMessage.attachment_id).is_not(None))
    session.exec(delete(Attachment).where(col(Attachment.id).not_in(wanted)))
