"""A learner's draft as rows: the model they chose, what they struck out, what they added, and their confirmation."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session, col, select

from talkthrough.question_bank.discussion.model import Turn
from talkthrough.storage import discussions
from talkthrough.storage.audit import SigningKey, canonical, digest
from talkthrough.storage.record_tables import StoredDraft, Supplement
from talkthrough.storage.tables import Discussion, StoredTurn

FIRST_MODEL = "What / So what / Now what"


def draft_of(session: Session, discussion_id: int) -> StoredDraft:
    """What the learner decided about the draft of a discussion; made with the first model where there is none."""
    row = session.get(StoredDraft, discussion_id)
    if row is None:
        row = StoredDraft(discussion_id=discussion_id, model=FIRST_MODEL)
        session.add(row)
        session.flush()
    return row


def is_confirmed(session: Session, discussion_id: int) -> bool:
    """Whether anybody but the learner may get the draft."""
    row = session.get(StoredDraft, discussion_id)
    return row is not None and row.confirmed_at is not None


def choose_model(session: Session, discussion_id: int, model: str) -> None:
    """Put the messages under the prompts of another model."""
    row = draft_of(session, discussion_id)
    if row.model != model:
        row.model = model
        _unconfirm(row)


def strike(session: Session, discussion_id: int, turn: int, *, is_out: bool) -> None:
    """Take one of the learner's messages out of the draft, or put it back. The transcript keeps it."""
    row = draft_of(session, discussion_id)
    before = set(struck_out(row))
    after = before | {turn} if is_out else before - {turn}
    if after != before:
        row.struck_out = json.dumps(sorted(after))
        _unconfirm(row)


def struck_out(row: StoredDraft) -> tuple[int, ...]:
    """The numbers of the messages that the learner took out."""
    return tuple(json.loads(row.struck_out))


def unconfirm(session: Session, discussion_id: int) -> None:
    """Something of the draft is gone: the learner reads and confirms it again."""
    if (row := session.get(StoredDraft, discussion_id)) is not None:
        _unconfirm(row)


def _unconfirm(row: StoredDraft) -> None:
    """A changed draft is for the learner alone until it is confirmed again."""
    row.confirmed_at, row.declared_help = None, None


def state_digest(session: Session, discussion_id: int) -> str:
    """Eight hex digits that change with everything a confirmation is about."""
    row = draft_of(session, discussion_id)
    parts = supplements_of(session, discussion_id)
    added = [turn.hash for part in parts for turn in turns_of(session, part)]
    own = discussions.stored_turns(session, discussion_id)
    gone = [
        turn.hash for turns in (own, *(turns_of(session, part) for part in parts)) for turn in turns if not turn.salt
    ]
    return digest(canonical({"model": row.model, "out": row.struck_out, "added": added, "gone": gone}))[:8]


def confirm(session: Session, discussion: Discussion, declared_help: str, key: SigningKey, now: datetime) -> None:
    """The learner read the draft and declares it: what was added is closed and signed."""
    assert discussion.id is not None
    row = draft_of(session, discussion.id)
    close_supplements(session, discussion, key, now)
    row.confirmed_at, row.declared_help = now, declared_help


def close_supplements(session: Session, discussion: Discussion, key: SigningKey, now: datetime) -> None:
    """Sign what was added so far; more goes into a new chain."""
    assert discussion.id is not None
    for part in supplements_of(session, discussion.id):
        discussions.close(session, part, key, now)


def supplements_of(session: Session, discussion_id: int) -> tuple[Discussion, ...]:
    """What was added to a closed discussion, oldest first."""
    wanted = (
        select(Discussion)
        .join(Supplement, col(Supplement.discussion_id) == Discussion.id)
        .where(Supplement.supplements == discussion_id)
        .order_by(col(Discussion.id))
    )
    return tuple(session.exec(wanted))


def turns_of(session: Session, discussion: Discussion) -> tuple[StoredTurn, ...]:
    """The rows of a discussion."""
    assert discussion.id is not None
    return discussions.stored_turns(session, discussion.id)


def add(session: Session, discussion: Discussion, turns: Sequence[Turn], now: datetime) -> None:
    """Keep a question of the draft and its answer, word for word, in the chain that follows the closed one."""
    assert discussion.id is not None
    part = _open_supplement(session, discussion, now)
    for turn in turns:
        discussions.append_turn(session, part, replace(turn, number=0), now)
    _unconfirm(draft_of(session, discussion.id))


def _open_supplement(session: Session, discussion: Discussion, now: datetime) -> Discussion:
    assert discussion.id is not None
    for part in supplements_of(session, discussion.id):
        if part.status != "closed":
            return part
    part = discussions.start(
        session,
        person_id=discussion.person_id,
        unit_version_id=discussion.unit_version_id,
        plan=discussions.plan_of(discussion),
        time_zone=discussion.time_zone,
        now=now,
    )
    assert part.id is not None
    session.add(Supplement(discussion_id=part.id, supplements=discussion.id))
    session.flush()
    return part
