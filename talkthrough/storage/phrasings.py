"""How people say a point, as rows: what a learner or tutor says was mentioned waits here for a tutor's approval."""

from collections.abc import Sequence
from datetime import datetime

from pydantic import TypeAdapter
from sqlmodel import Session, col, select

from talkthrough.question_bank.marking.model import PointMark
from talkthrough.storage.tables import Answer, StoredPhrasing

CANDIDATE, APPROVED, DECLINED = "candidate", "approved", "declined"
LONGEST = 300
_OPINION = TypeAdapter(PointMark)


def suggest(
    session: Session, answer: Answer, opinion: PointMark, *, source: str, now: datetime
) -> StoredPhrasing | None:
    """Somebody says that an answer mentions a point after all: both opinions wait for a tutor. Twice is once.

    The words are those that the marker was unsure about, else the whole answer; never anything but the learner's own.
    """
    text = (opinion.words.text if opinion.words else answer.text or "").strip()
    if not text or answer.id is None or _is_known(session, answer.id, opinion.point_key):
        return None
    row = StoredPhrasing(
        point_key=opinion.point_key,
        text=text[:LONGEST],
        source=source,
        created_at=now,
        question_key=answer.question_key,
        person_id=answer.person_id,
        answer_id=answer.id,
        tool_opinion=_OPINION.dump_json(opinion).decode(),
    )
    session.add(row)
    return row


def _is_known(session: Session, answer_id: int, point_key: str) -> bool:
    wanted = select(StoredPhrasing.id).where(
        StoredPhrasing.answer_id == answer_id, StoredPhrasing.point_key == point_key
    )
    return session.exec(wanted).first() is not None


def opinion_of(row: StoredPhrasing) -> PointMark | None:
    """What the marker thought."""
    return _OPINION.validate_json(row.tool_opinion) if row.tool_opinion else None


def waiting(session: Session, learners: frozenset[int] | None) -> tuple[StoredPhrasing, ...]:
    """The work list: disagreements that no tutor has settled, oldest first; of these learners, or of anybody."""
    wanted = select(StoredPhrasing).where(StoredPhrasing.state == CANDIDATE).order_by(col(StoredPhrasing.id))
    if learners is not None:
        wanted = wanted.where(col(StoredPhrasing.person_id).in_(learners))
    return tuple(session.exec(wanted))


def approve(row: StoredPhrasing, text: str, now: datetime) -> None:
    """From now on these words count as the point. They belong to nobody any more: the link to the learner is cut."""
    row.state, row.text, row.settled_at = APPROVED, text, now
    row.person_id = row.answer_id = row.tool_opinion = None


def decline(row: StoredPhrasing, now: datetime) -> None:
    """The words do not count as the point; the learner's own correction stays with the answer."""
    row.state, row.settled_at = DECLINED, now


def add(session: Session, point_key: str, text: str, question_key: str, now: datetime) -> StoredPhrasing:
    """Words that a tutor gives a point, approved at once."""
    row = StoredPhrasing(
        point_key=point_key, text=text, state=APPROVED, source="tutor", question_key=question_key, created_at=now
    )
    session.add(row)
    return row


def approved(session: Session, point_keys: Sequence[str]) -> tuple[StoredPhrasing, ...]:
    """The confirmed wordings of some points."""
    wanted = select(StoredPhrasing).where(
        col(StoredPhrasing.point_key).in_(point_keys), StoredPhrasing.state == APPROVED
    )
    return tuple(session.exec(wanted.order_by(col(StoredPhrasing.id))))
