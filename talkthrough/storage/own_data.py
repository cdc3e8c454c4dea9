"""What is held about a person, to take away or to have erased (architecture.md, Decisions: Erasure)."""

import json
from typing import Any

from sqlalchemy import delete, update
from sqlmodel import Session, SQLModel, col, select

from talkthrough.storage import discussions
from talkthrough.storage.tables import (
    AccessLog,
    Answer,
    Card,
    Conversation,
    Delivery,
    InboxUpdate,
    LearnerModel,
    Membership,
    OutboxMessage,
    Person,
    Planning,
    QuestionFlag,
    Recording,
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
    Reminder,
    StoredPhrasing,
    Membership,
)


def everything_about(session: Session, person: Person) -> dict[str, Any]:
    """All rows about the person, by table, with the words of discussions."""
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
    return held


def recordings_of(session: Session, person: Person) -> tuple[Recording, ...]:
    """The voice messages of the person's discussions."""
    own = [row.id for row in discussions.of_person(session, person.id or 0)]
    return tuple(session.exec(select(Recording).where(col(Recording.discussion_id).in_(own))))


def erase(session: Session, person: Person) -> None:
    """Erase the person: rows, words, names, and what waits in the inbox and outbox. Hash commitments stay."""
    assert person.id is not None
    discussions.erase_texts_of(session, person.id)
    own = [row.id for row in discussions.of_person(session, person.id)]
    session.exec(delete(Recording).where(col(Recording.discussion_id).in_(own)))
    for table in OWN_TABLES:
        session.exec(delete(table).where(table.person_id == person.id))  # type: ignore[attr-defined]
    session.exec(delete(OutboxMessage).where(col(OutboxMessage.chat_id) == person.telegram_id))
    if (conversation := session.get(Conversation, person.telegram_id)) is not None:
        session.delete(conversation)
    _empty_inbox(session, person.telegram_id)
    person.display_name = "Erased"
    person.telegram_id = -(person.id or 0)
    person.settings, person.is_owner, person.privacy_seen_at = "{}", False, None
    session.flush()


def _empty_inbox(session: Session, telegram_id: int) -> None:
    """Updates name their sender as "id": N inside the raw JSON."""
    done = select(InboxUpdate).where(col(InboxUpdate.done_at).is_not(None))
    for row in session.exec(done.where(col(InboxUpdate.payload).contains(str(telegram_id)))):
        session.exec(update(InboxUpdate).where(col(InboxUpdate.update_id) == row.update_id).values(payload="{}"))
