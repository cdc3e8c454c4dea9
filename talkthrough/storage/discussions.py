"""Discussions: planned, held turn by turn, closed with a signature, released by the learner. Functions move rows."""

import json
import re
import secrets
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import delete
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from talkthrough.errors import UserError
from talkthrough.question_bank.discussion.model import Plan, Turn
from talkthrough.storage import audit, exports
from talkthrough.storage.caseloads import may_see
from talkthrough.storage.database import note_erasure
from talkthrough.storage.readers import READERS
from talkthrough.storage.tables import (
    Cohort,
    Discussion,
    LearnerClaim,
    Membership,
    Planning,
    Role,
    StoredDraft,
    StoredReview,
    StoredTurn,
    Supplement,
    UnitVersion,
)

PLAN: TypeAdapter[Plan] = TypeAdapter(Plan)
TURN: TypeAdapter[Turn] = TypeAdapter(Turn)

COLUMNS = {"number", "speaker", "text", "at"}
PRIVATE_FLAGS = {"safeguarding", "upset"}
ON_REQUEST = "erased on request"
KEPT_FLAGS = {  # they say nothing of the words
    "safeguarding",
    "voice",
    "edited",
    "replaces",
    "transcript",
    "button",
    ON_REQUEST,
}


class DiscussionError(UserError):
    """Something that cannot be done with a discussion now; the message tells the user what to do."""


def start(
    session: Session, *, person_id: int, unit_version_id: int, plan: Plan, time_zone: str, now: datetime
) -> Discussion:
    """A planned discussion. It opens with the tool's first question or with `resume`."""
    discussion = Discussion(
        person_id=person_id,
        unit_key=plan.unit_key,
        unit_version_id=unit_version_id,
        outcome_number=plan.outcome_number,
        plan=PLAN.dump_json(plan).decode(),
        time_zone=time_zone,
        planned_at=now,
    )
    session.add(discussion)
    session.flush()
    return discussion


def plan_of(discussion: Discussion) -> Plan:
    """The plan that the learner agreed to."""
    return PLAN.validate_json(discussion.plan)


def append_turn(session: Session, discussion: Discussion, turn: Turn, now: datetime) -> StoredTurn:
    """Keep a turn, word for word, as the next link of the chain. The store numbers the turns.

    `turn.at` is when the message was sent, `now` when it is kept. DiscussionError once the discussion is closed.
    """
    if discussion.status == "closed":
        raise DiscussionError("This discussion is closed. Start another one to add more.")
    assert discussion.id is not None
    number, previous_hash = _last_link(session, discussion.id)
    stored = _stored(replace(turn, text=storable(turn.text)), discussion.id, number + 1, previous_hash)
    session.add(stored)
    if discussion.status == "planned" and turn.speaker == "tool" and turn.kind != "plan":
        resume(session, discussion, now)
    session.flush()
    return stored


def storable(text: str) -> str:
    """The text with U+FFFD for what is no character and no database can hold: NUL and halves of surrogate pairs."""
    return re.sub("[\x00\ud800-\udfff]", "\ufffd", text)


def _last_link(session: Session, discussion_id: int) -> tuple[int, str]:
    last = session.exec(
        select(StoredTurn.number, StoredTurn.hash)
        .where(StoredTurn.discussion_id == discussion_id)
        .order_by(col(StoredTurn.number).desc())
        .limit(1)
    ).first()
    return last or (0, audit.GENESIS)


def _stored(turn: Turn, discussion_id: int, number: int, previous_hash: str) -> StoredTurn:
    body = TURN.dump_python(turn, mode="json", exclude=COLUMNS)
    salt = secrets.token_hex(16)
    hashes = audit.turn_hashes(
        discussion_id=discussion_id,
        number=number,
        speaker=turn.speaker,
        at=turn.at,
        text=turn.text,
        facts=chained_facts(body),
        salt=salt,
        previous_hash=previous_hash,
    )
    return StoredTurn(
        discussion_id=discussion_id,
        number=number,
        speaker=turn.speaker,
        at=turn.at,
        text=turn.text,
        salt=salt,
        body=json.dumps(body, ensure_ascii=False),
        **asdict(hashes),
    )


def chained_facts(body: dict[str, Any]) -> dict[str, Any]:
    """The part of a turn's body that the chain covers and files show.

    Marks quote the learner, so they stay out and can be erased; how somebody felt is nobody else's business.
    """
    facts = {name: value for name, value in body.items() if name != "marks"}
    return {**facts, "flags": [flag for flag in body["flags"] if flag not in PRIVATE_FLAGS]}


def stored_turns(session: Session, discussion_id: int) -> tuple[StoredTurn, ...]:
    """The rows of a transcript, in order."""
    rows = select(StoredTurn).where(StoredTurn.discussion_id == discussion_id).order_by(col(StoredTurn.number))
    return tuple(session.exec(rows))


def transcript(session: Session, discussion_id: int) -> tuple[Turn, ...]:
    """The turns so far. An erased turn has an empty text and the flag "erased"."""
    return tuple(turn_of(stored) for stored in stored_turns(session, discussion_id))


def turn_of(stored: StoredTurn) -> Turn:
    """A stored row as the turn that it keeps."""
    body = json.loads(stored.body)
    if stored.text is None:
        body["flags"] = [*body["flags"], "erased"]
    row = {"number": stored.number, "speaker": stored.speaker, "text": stored.text or "", "at": stored.at}
    return TURN.validate_python({**body, **row})


# --- life-cycle -----------------------------------------------------------------------------------------------------


def pause(session: Session, discussion: Discussion, _now: datetime) -> None:
    """Set an open discussion aside; it resumes after any number of days."""
    if discussion.status == "open":
        discussion.status = "paused"
        session.add(discussion)


def resume(session: Session, discussion: Discussion, now: datetime) -> None:
    """Open a planned or paused discussion."""
    if discussion.status == "closed":
        raise DiscussionError("This discussion is closed. Start another one to add more.")
    discussion.status = "open"
    discussion.started_at = discussion.started_at or now
    session.add(discussion)


def close(
    session: Session, discussion: Discussion, key: audit.SigningKey, now: datetime, self_rating: str | None = None
) -> Discussion:
    """Close a discussion and sign the head of its chain. Closing twice changes nothing."""
    if discussion.status == "closed":
        return discussion
    assert discussion.id is not None
    session.flush()
    turns, head = _last_link(session, discussion.id)
    statement = audit.head_statement(
        discussion_id=discussion.id, turns=turns, head=head, plan_sha256=plan_sha256(discussion), closed_at=now
    )
    discussion.head, discussion.signature, discussion.key_id = head, audit.sign_head(key, statement), key.key_id
    discussion.status, discussion.closed_at = "closed", now
    discussion.self_rating = self_rating or discussion.self_rating
    session.add(discussion)
    session.flush()
    return discussion


def plan_sha256(discussion: Discussion) -> str:
    """The plan's hash as it is signed: over the stored JSON, so that a later release of the program changes nothing."""
    return audit.digest(audit.canonical(json.loads(discussion.plan)))


def release(session: Session, discussion: Discussion, now: datetime) -> None:
    """Let the learner's tutors and assessors read a closed discussion."""
    if discussion.status != "closed":
        raise DiscussionError("Finish the discussion first. Then you can release it.")
    discussion.released_at = discussion.released_at or now
    session.add(discussion)


def withdraw(session: Session, discussion: Discussion) -> None:
    """Take a release back: from now on only the learner can read the discussion."""
    discussion.released_at = None
    session.add(discussion)


# --- who can read ---------------------------------------------------------------------------------------------------


def open_of(session: Session, person_id: int) -> Discussion | None:
    """The learner's newest discussion that has begun and is not closed."""
    added = select(Supplement.discussion_id)
    begun = (Discussion.person_id == person_id, col(Discussion.status).in_(("open", "paused")))
    rows = select(Discussion).where(*begun, col(Discussion.id).not_in(added)).order_by(col(Discussion.id).desc())
    return session.exec(rows).first()


def of_person(session: Session, person_id: int) -> tuple[Discussion, ...]:
    """All discussions of a learner, newest first."""
    rows = select(Discussion).where(Discussion.person_id == person_id).order_by(col(Discussion.id).desc())
    return tuple(session.exec(rows))


def released_to(session: Session, reader_id: int) -> tuple[Discussion, ...]:
    """Released discussions that the reader may see, newest release first.

    A tutor or quality assurer sees the learners of their cohort, an assessor those of their caseload there; all of them
    for the units of that cohort.
    """
    learner, reader = aliased(Membership), aliased(Membership)
    released = (
        select(Discussion, Cohort.unit_keys)
        .join(learner, col(learner.person_id) == Discussion.person_id)
        .join(reader, col(reader.cohort_id) == learner.cohort_id)
        .join(Cohort, col(Cohort.id) == learner.cohort_id)
        .where(reader.person_id == reader_id, col(reader.role).in_(READERS), may_see(reader, learner))
        .where(learner.role == Role.LEARNER, col(Discussion.released_at).is_not(None))
    )
    visible = {
        discussion.id: discussion
        for discussion, unit_keys in session.exec(released)
        if discussion.unit_key in json.loads(unit_keys)
    }
    return tuple(sorted(visible.values(), key=lambda discussion: discussion.released_at or discussion.planned_at))[::-1]


# --- erasure and reviews --------------------------------------------------------------------------------------------


def erase_turn_text(session: Session, discussion_id: int, number: int, *, on_request: bool = False) -> None:
    """Erase one turn's words, their salt, and the marks and flags that come from them.

    The hash stays, so the chain still verifies. `on_request`: files say that the learner asked for it.
    """
    stored = session.get(StoredTurn, (discussion_id, number))
    if stored is None:
        raise DiscussionError(f"There is no turn {number} in this discussion.")
    note_erasure(session)
    body = json.loads(stored.body)
    flags = [flag for flag in body["flags"] if flag.partition(":")[0] in KEPT_FLAGS]
    body |= {"marks": [], "flags": [*flags, ON_REQUEST] if on_request else flags}
    stored.text, stored.salt, stored.body = None, None, json.dumps(body, ensure_ascii=False)
    session.add(stored)
    session.flush()


def erase_texts_of(session: Session, person_id: int) -> None:
    """Erase words, plans' details, drafts and reviews of all discussions of a person; numbers and hashes stay."""
    for discussion in of_person(session, person_id):
        erase_texts(session, discussion)


def erase_texts(session: Session, discussion: Discussion) -> None:
    """Erase the words, claims, drafts and reviews of one discussion; numbers, times and hashes stay as a stub."""
    assert discussion.id is not None
    discussion.self_rating, discussion.released_at = None, None
    session.add(discussion)
    kept = (session.get(table, discussion.id) for table in (Planning, StoredDraft))
    for row in (*reviews_of(session, discussion.id), *kept):
        if row is not None:
            session.delete(row)
    session.exec(delete(LearnerClaim).where(col(LearnerClaim.discussion_id) == discussion.id))
    exports.forget_notes(session, discussion.id)
    for stored in stored_turns(session, discussion.id):
        erase_turn_text(session, discussion.id, stored.number)


def keep_review(
    session: Session, *, discussion_id: int, reviewer_id: int, signed: dict[str, Any], now: datetime
) -> StoredReview:
    """Keep an assessor's signed review (`records/review.py`) beside the discussion, never inside its log."""
    stored = StoredReview(
        discussion_id=discussion_id,
        reviewer_id=reviewer_id,
        body=json.dumps(signed, ensure_ascii=False),
        received_at=now,
    )
    session.add(stored)
    session.flush()
    return stored


def reviews_of(session: Session, discussion_id: int) -> tuple[StoredReview, ...]:
    """The reviews of a discussion, oldest first; a later one stands beside the earlier ones."""
    rows = select(StoredReview).where(StoredReview.discussion_id == discussion_id).order_by(col(StoredReview.id))
    return tuple(session.exec(rows))


def unit_version_of(session: Session, discussion: Discussion) -> UnitVersion:
    """The version of the unit that the discussion was held on."""
    return session.get_one(UnitVersion, discussion.unit_version_id)
