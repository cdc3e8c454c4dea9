"""How long a cohort's data is kept, what would be deleted, and deleting it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import delete
from sqlmodel import Session, col, select

from talkthrough.storage import cohorts, discussions, people
from talkthrough.storage.tables import (
    Answer,
    Cohort,
    Delivery,
    Discussion,
    Recording,
    Review,
    Role,
    StoredQuestion,
    StoredTurn,
)


@dataclass(frozen=True, slots=True)
class Expired:
    """What has passed its time: rows by id. `due` is the day from which they may be deleted, None without a period."""

    due: date | None
    learners: tuple[int, ...] = ()
    answers: tuple[int, ...] = ()
    discussions: tuple[int, ...] = ()


def due_day(row: Cohort) -> date | None:
    """The day after which the cohort's data is not kept: so many days after the assessment date, else the term."""
    own = cohorts.settings_of(row)
    last = row.assessment_date or own.term_end
    return last + timedelta(days=own.retention_days) if last and own.retention_days else None


def expired(session: Session, row: Cohort, now: datetime) -> Expired:
    """What would be deleted today. Learners who also belong to another cohort with the unit keep theirs."""
    due = due_day(row)
    if due is None or now.astimezone(ZoneInfo(row.time_zone)).date() <= due:
        return Expired(due)
    answers: list[int] = []
    kept: list[int] = []
    learners = [learner.id for learner in people.learners_of(session, row.id or 0) if learner.id is not None]
    for entry in cohorts.units_of(session, row):
        mine = [each for each in learners if not _has_elsewhere(session, each, row, entry.unit.key)]
        answers += _answers(session, mine, entry.unit.key)
        found = select(Discussion.id).where(Discussion.unit_key == entry.unit.key, col(Discussion.person_id).in_(mine))
        found = found.where(
            col(Discussion.id).in_(select(StoredTurn.discussion_id).where(col(StoredTurn.text).is_not(None)))
        )
        kept += [each for each in session.exec(found) if each is not None]
    return Expired(due, tuple(learners), tuple(answers), tuple(kept))


def _has_elsewhere(session: Session, person_id: int, row: Cohort, unit_key: str) -> bool:
    others = people.cohorts_with(session, person_id, Role.LEARNER)
    return any(other.id != row.id and f'"{unit_key}"' in other.unit_keys for other in others)


def _answers(session: Session, person_ids: list[int], unit_key: str) -> list[int]:
    wanted = (
        select(Answer.id)
        .join(StoredQuestion, col(StoredQuestion.key) == Answer.question_key)
        .where(StoredQuestion.unit_key == unit_key, col(Answer.person_id).in_(person_ids))
    )
    return [each for each in session.exec(wanted) if each is not None]


def delete_expired(session: Session, row: Cohort, now: datetime) -> Expired:
    """Delete it: answers with their memory events, the words and sound of discussions. Hash commitments stay."""
    found = expired(session, row, now)
    for start in range(0, len(found.answers), 500):
        some = found.answers[start : start + 500]
        deliveries = list(session.exec(select(Answer.delivery_id).where(col(Answer.id).in_(some))))
        session.exec(delete(Review).where(col(Review.answer_id).in_(some)))
        session.exec(delete(Answer).where(col(Answer.id).in_(some)))
        session.exec(delete(Delivery).where(col(Delivery.id).in_(deliveries)))
    for discussion_id in found.discussions:
        discussions.erase_texts(session, session.get_one(Discussion, discussion_id))
        session.exec(delete(Recording).where(col(Recording.discussion_id) == discussion_id))
    return found
