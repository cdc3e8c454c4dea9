"""What is held about a person, to take away or to have erased (architecture.md, Decisions: Erasure)."""

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete, update
from sqlmodel import Session, SQLModel, col, select

from talkthrough.storage import discussions
from talkthrough.storage.database import note_erasure
from talkthrough.storage.tables import (
    AccessLog,
    Answer,
    Attachment,
    Card,
    Consent,
    Conversation,
    Delivery,
    InboxUpdate,
    Invitation,
    LearnerModel,
    Membership,
    OutboxMessage,
    Person,
    Planning,
    QuestionFlag,
    Recording,
    Refit,
    Reminder,
    Review,
    RevisionSession,
    StoredDraft,
    StoredPhrasing,
)

OWN_TABLES: tuple[type[SQLModel], ...] = (
    Review,
    Card,
    Answer,
    Delivery,
    RevisionSession,
    QuestionFlag,
    LearnerModel,
    Refit,
    Reminder,
    StoredPhrasing,
    Membership,
    Consent,
)


def everything_about(session: Session, person: Person) -> dict[str, Any]:
    """All rows about the person, by table, with the words of discussions and what waits to be sent or handled."""
    assert person.id is not None
    held: dict[str, Any] = {"person": person.model_dump(mode="json")}
    for table in OWN_TABLES:
        rows = session.exec(select(table).where(table.person_id == person.id))  # type: ignore[attr-defined]
        held[table.__tablename__] = [row.model_dump(mode="json") for row in rows]  # type: ignore[index]
    held["discussions"] = [
        {
            **discussion.model_dump(mode="json"),
            "plan": json.loads(discussion.plan),
            "turns": [row.model_dump(mode="json") for row in discussions.stored_turns(session, discussion.id or 0)],
        }
        for discussion in discussions.of_person(session, person.id)
    ]
    own = [row.id for row in discussions.of_person(session, person.id)]
    for table in (Planning, StoredDraft):
        details = session.exec(select(table).where(col(table.discussion_id).in_(own)))
        held[str(table.__tablename__)] = [row.model_dump(mode="json") for row in details]
    held["recordings"] = [
        {"discussion": row.discussion_id, "turn": row.number, "seconds": row.seconds}
        for row in recordings_of(session, person)
    ]
    seen = session.exec(select(AccessLog).where(AccessLog.subject_id == person.id))
    held["who_saw_what"] = [row.model_dump(mode="json") for row in seen]
    looked = session.exec(select(AccessLog).where(AccessLog.actor_id == person.id))
    held["what_you_saw"] = [row.model_dump(mode="json") for row in looked]
    invited = session.exec(select(Invitation).where(Invitation.accepted_by == person.id))
    held["invitations"] = [row.model_dump(mode="json") for row in invited]
    held |= _letters(session, person)
    return held


def _letters(session: Session, person: Person) -> dict[str, Any]:
    """What came from and went to the person, as long as it is kept, and where the dialogue stands."""
    conversation = session.get(Conversation, person.telegram_id)
    sent = session.exec(select(OutboxMessage).where(OutboxMessage.chat_id == person.telegram_id))
    return {
        "conversation": conversation.model_dump(mode="json") if conversation else None,
        "messages_to_you": [row.model_dump(mode="json") for row in sent],
        "messages_from_you": [row.model_dump(mode="json") for row in _updates_of(session, person.telegram_id)],
    }


def as_html(held: dict[str, Any]) -> bytes:
    """The same to read: a heading for each kind of data, a list for each row."""
    from talkthrough.storage.records.html import environment

    sections = {name.replace("_", " "): _as_rows(value) for name, value in held.items()}
    return environment().get_template("my_data.html").render(sections=sections).encode()


def _as_rows(value: Any) -> list[dict[str, Any]]:
    return [value] if isinstance(value, dict) else list(value or [])


def recordings_of(session: Session, person: Person) -> tuple[Recording, ...]:
    """The voice messages of the person's discussions."""
    own = [row.id for row in discussions.of_person(session, person.id or 0)]
    return tuple(session.exec(select(Recording).where(col(Recording.discussion_id).in_(own))))


def erase(session: Session, person: Person) -> None:
    """Erase the person: rows, words, names, and what waits in the inbox and outbox. Hash commitments stay."""
    assert person.id is not None
    note_erasure(session)
    discussions.erase_texts_of(session, person.id)
    own = [row.id for row in discussions.of_person(session, person.id)]
    session.exec(delete(Recording).where(col(Recording.discussion_id).in_(own)))
    _empty_outbox(session, person)
    for table in OWN_TABLES:
        session.exec(delete(table).where(table.person_id == person.id))  # type: ignore[attr-defined]
    session.exec(delete(AccessLog).where(col(AccessLog.subject_id) == person.id))
    invited = update(Invitation).where(col(Invitation.accepted_by) == person.id)
    session.exec(invited.values(expected_name="Erased"))
    if (conversation := session.get(Conversation, person.telegram_id)) is not None:
        session.delete(conversation)
    _empty_inbox(session, person.telegram_id)
    person.display_name = "Erased"
    person.telegram_id = -(person.id or 0)
    person.settings, person.is_owner, person.privacy_seen_at = "{}", False, None
    session.flush()


def _empty_outbox(session: Session, person: Person) -> None:
    """Messages to the person with their files go; what was sent to others about them loses its content."""
    to_person = select(OutboxMessage).where(OutboxMessage.chat_id == person.telegram_id)
    files = [row.attachment_id for row in session.exec(to_person) if row.attachment_id is not None]
    session.exec(delete(OutboxMessage).where(col(OutboxMessage.chat_id) == person.telegram_id))
    session.exec(delete(Attachment).where(col(Attachment.id).in_(files)))
    comments = session.exec(select(QuestionFlag.comment).where(QuestionFlag.person_id == person.id))
    for words in filter(None, (person.display_name, *comments)):
        quoted = json.dumps(words, ensure_ascii=False)[1:-1]
        about = update(OutboxMessage).where(col(OutboxMessage.sent_at).is_not(None))
        session.exec(about.where(col(OutboxMessage.data).contains(quoted, autoescape=True)).values(data="{}"))


def _empty_inbox(session: Session, telegram_id: int) -> None:
    """What was handled, and the update that asks for this erasure: the oldest one that is not handled yet.

    Later ones are a new beginning and stay.
    """
    rows = _updates_of(session, telegram_id)
    waiting = sorted((row for row in rows if row.done_at is None), key=lambda row: row.update_id)
    for row in (*(row for row in rows if row.done_at is not None), *waiting[:1]):
        row.payload = "{}"


def _updates_of(session: Session, telegram_id: int) -> tuple[InboxUpdate, ...]:
    """The raw updates that the person sent, as long as they are kept."""
    near = session.exec(select(InboxUpdate).where(col(InboxUpdate.payload).contains(f'"id": {telegram_id}')))
    return tuple(row for row in near if telegram_id in _senders(json.loads(row.payload)))


def _senders(update_: dict[str, Any]) -> Iterable[int]:
    return (part["from"]["id"] for part in update_.values() if isinstance(part, dict) and "from" in part)
