"""A learner's own turns of a finished discussion: what they say that a turn says, and having one erased."""

from datetime import datetime

from sqlmodel import Session, col, select

from talkthrough.question_bank.discussion.claims import Claim
from talkthrough.question_bank.discussion.model import Turn
from talkthrough.storage import discussions
from talkthrough.storage.tables import Discussion, LearnerClaim


def spoken_turns(session: Session, discussion: Discussion) -> tuple[Turn, ...]:
    """The learner's answers that have words, without what is kept out of every file."""
    assert discussion.id is not None
    found: list[Turn] = []
    for turn in discussions.transcript(session, discussion.id):
        if turn.kind == "safeguard" or "safeguarding" in turn.flags:
            break
        if turn.speaker == "learner" and turn.wish == "answer" and turn.text:
            found.append(turn)
    return tuple(found)


def keep_claim(session: Session, discussion: Discussion, claim: Claim, now: datetime) -> None:
    """Keep what the learner says that a turn says; the same again changes nothing."""
    assert discussion.id is not None
    key = (discussion.id, claim.turn, claim.criterion_key, claim.point)
    if session.get(LearnerClaim, key) is None:
        session.add(
            LearnerClaim(
                discussion_id=discussion.id,
                number=claim.turn,
                criterion_key=claim.criterion_key,
                point=claim.point,
                claimed_at=now,
            )
        )
        session.flush()


def claims_of(session: Session, discussion_id: int) -> tuple[Claim, ...]:
    """The claims that were made after the discussion, in the order of its turns."""
    rows = select(LearnerClaim).where(LearnerClaim.discussion_id == discussion_id)
    kept = session.exec(rows.order_by(col(LearnerClaim.number), col(LearnerClaim.claimed_at)))
    return tuple(Claim(row.number, row.criterion_key, row.point) for row in kept)
