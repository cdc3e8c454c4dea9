"""What is held about a person, to take away or to have erased (architecture.md, Decisions: Erasure)."""

import json
import re
from collections.abc import Collection, Iterable
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
    Document,
    Export,
    FileOrder,
    InboxUpdate,
    Invitation,
    LearnerClaim,
    LearnerModel,
    Membership,
    OutboxMessage,
    Person,
    Planning,
    QuestionFlag,
    QuestionVersion,
    Recording,
    Refit,
    Reminder,
    Review,
    RevisionSession,
    Schedule,
    StoredDraft,
    StoredPhrasing,
    StoredReview,
    Supplement,
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
    FileOrder,
)


# What else points at a person, as the download calls it.
ELSEWHERE: dict[str, Any] = {
    "who_saw_what": AccessLog.subject_id,
    "what_you_saw": AccessLog.actor_id,
    "invitations": Invitation.accepted_by,
    "learners_named_for_you": Membership.assessor_id,
    "learners_expected_for_you": Invitation.assessor_id,
    "discussions_you_prepared": Planning.prepared_by,
    "reviews_you_wrote": StoredReview.reviewer_id,
    "files_you_took": Export.taken_by,
    "rounds_you_planned": Schedule.created_by,
    "documents_you_brought": Document.imported_by,
    "questions_you_decided_on": QuestionVersion.changed_by,
}
OF_DISCUSSIONS: tuple[type[SQLModel], ...] = (Planning, StoredDraft, LearnerClaim, Supplement, StoredReview, Export)


def everything_about(session: Session, person: Person) -> dict[str, Any]:
    """All rows about the person, by table, with the words of discussions and what waits to be sent or handled."""
    assert person.id is not None
    held: dict[str, Any] = {"person": person.model_dump(mode="json")}
    for table in OWN_TABLES:
        held[str(table.__tablename__)] = _rows(session, table, table.person_id == person.id)  # type: ignore[attr-defined]
    held["discussions"] = [
        {
            **discussion.model_dump(mode="json"),
            "plan": json.loads(discussion.plan),
            "turns": [row.model_dump(mode="json") for row in discussions.stored_turns(session, discussion.id or 0)],
        }
        for discussion in discussions.of_person(session, person.id)
    ]
    own = [row.id for row in discussions.of_person(session, person.id)]
    for table in OF_DISCUSSIONS:
        about_own = col(table.discussion_id).in_(own)  # type: ignore[attr-defined]
        held[str(table.__tablename__)] = _rows(session, table, about_own)
    held["recordings"] = [
        {
            "discussion": row.discussion_id,
            "turn": row.number,
            "seconds": row.seconds,
            "transcript": row.transcript,
        }
        for row in recordings_of(session, person)
    ]
    held |= {name: _rows(session, column.class_, column == person.id) for name, column in ELSEWHERE.items()}
    return held | _letters(session, person)


def _rows(session: Session, table: type[SQLModel], condition: Any) -> list[dict[str, Any]]:
    """Rows as JSON; the bytes of a document are the tutor's own file."""
    return [row.model_dump(mode="json", exclude={"content"}) for row in session.exec(select(table).where(condition))]


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
        _blank_messages_with(session, words)


def _blank_messages_with(session: Session, words: str) -> None:
    """Empty what was sent with these words as a whole: "Al" is not in "also"."""
    quoted = json.dumps(words, ensure_ascii=False)[1:-1]
    near = select(OutboxMessage).where(
        col(OutboxMessage.sent_at).is_not(None), col(OutboxMessage.data).contains(quoted, autoescape=True)
    )
    whole = re.compile(rf"(?<!\w){re.escape(quoted)}(?!\w)")
    for row in session.exec(near):
        if whole.search(row.data):
            row.data = "{}"


def forget_words(session: Session, person: Person, words: Collection[str]) -> None:
    """Empty what was handled from the person, and what was sent to them, where it holds one of these texts."""
    for update_row in _updates_of(session, person.telegram_id):
        if update_row.done_at is not None and _holds(json.loads(update_row.payload), words):
            update_row.payload = "{}"
    sent = select(OutboxMessage).where(OutboxMessage.chat_id == person.telegram_id)
    for message in session.exec(sent.where(col(OutboxMessage.sent_at).is_not(None))):
        if _holds(json.loads(message.data), words):
            message.data = "{}"


def _holds(value: Any, words: Collection[str]) -> bool:
    if isinstance(value, str):
        return any(each in value for each in words)
    if isinstance(value, dict):
        return any(_holds(each, words) for each in value.values())
    return isinstance(value, list) and any(_holds(each, words) for each in value)


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
