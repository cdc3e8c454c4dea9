"""How long a cohort's data is kept, what has passed its time, and deleting it."""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, delete, or_
from sqlmodel import Session, SQLModel, col, select

from talkthrough.storage import cohorts, discussions
from talkthrough.storage.tables import (
    Answer,
    Cohort,
    Delivery,
    Discussion,
    Membership,
    Planning,
    QuestionFlag,
    Recording,
    Review,
    RevisionSession,
    Role,
    StoredPhrasing,
    StoredQuestion,
    StoredTurn,
)

AT_ONCE = 500  # rows in one statement


@dataclass(frozen=True, slots=True)
class Expired:
    """What has passed its time: rows by id. `due` is the day from which they may be deleted, None without a period.

    `learners`: whose data it is; `deliveries`, `sittings`, `flags` (comments on questions): what goes with the answers.
    """

    due: date | None
    learners: tuple[int, ...] = ()
    answers: tuple[int, ...] = ()
    discussions: tuple[int, ...] = ()
    deliveries: tuple[int, ...] = ()
    sittings: tuple[int, ...] = ()
    flags: tuple[int, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing that a tutor would be asked about."""
        return not (self.answers or self.discussions)


def due_day(row: Cohort, own_date: date | None = None) -> date | None:
    """The day after which data is not kept: so many days after the assessment, else the term.

    A learner's own assessment date goes before the cohort's.
    """
    settings = cohorts.settings_of(row)
    last = own_date or row.assessment_date or settings.term_end
    return last + timedelta(days=settings.retention_days) if last and settings.retention_days else None


def today_of(row: Cohort, now: datetime) -> date:
    """The date where the cohort is."""
    return now.astimezone(ZoneInfo(row.time_zone)).date()


def expired(session: Session, row: Cohort, now: datetime) -> Expired:
    """What would be deleted today. Learners who also belong to another cohort with the unit keep theirs."""
    due = due_day(row)
    dates = _dates(session, row.id or 0)
    today = today_of(row, now)
    past = {learner for learner, own in dates.items() if (until := due_day(row, own)) and until < today}
    if not past:
        return Expired(due)
    found = []
    for entry in cohorts.units_of(session, row):
        key = entry.unit.key
        found.append(_of_unit(session, past - _elsewhere(session, past, row, key), key))
    return Expired(
        due,
        tuple(sorted({each for some in found for each in some.learners})),
        tuple(each for some in found for each in some.answers),
        tuple(each for some in found for each in some.discussions),
        tuple(each for some in found for each in some.deliveries),
        tuple(each for some in found for each in some.sittings),
        tuple(each for some in found for each in some.flags),
    )


def _dates(session: Session, cohort_id: int) -> dict[int, date | None]:
    """Each learner's own assessment date in a cohort."""
    wanted = select(Membership).where(Membership.cohort_id == cohort_id, Membership.role == Role.LEARNER)
    return {each.person_id: each.assessment_date for each in session.exec(wanted)}


def _elsewhere(session: Session, person_ids: Collection[int], row: Cohort, unit_key: str) -> set[int]:
    """Who learns the unit in another cohort, too."""
    others = (
        select(Membership.person_id, Cohort.unit_keys)
        .join(Cohort, col(Cohort.id) == Membership.cohort_id)
        .where(Membership.role == Role.LEARNER, col(Membership.person_id).in_(person_ids), Cohort.id != row.id)
    )
    return {person_id for person_id, keys in session.exec(others) if unit_key in json.loads(keys)}


def _of_unit(session: Session, person_ids: Collection[int], unit_key: str) -> Expired:
    """What these people have left in a unit."""
    questions = select(StoredQuestion.key).where(StoredQuestion.unit_key == unit_key)
    sittings = _ids(
        session,
        RevisionSession.id,
        RevisionSession.unit_key == unit_key,
        col(RevisionSession.person_id).in_(person_ids),
    )
    in_unit = or_(col(Delivery.question_key).in_(questions), col(Delivery.session_id).in_(sittings))
    deliveries = (col(Delivery.person_id).in_(person_ids), in_unit)
    own_answers = col(Answer.delivery_id).in_(select(Delivery.id).where(*deliveries))
    held = _discussions(session, person_ids, unit_key)
    return Expired(
        None,
        (
            *_ids(session, Answer.person_id, own_answers),
            *_ids(session, Discussion.person_id, col(Discussion.id).in_(held)),
        ),
        _ids(session, Answer.id, own_answers),
        held,
        _ids(session, Delivery.id, *deliveries),
        sittings,
        _ids(session, QuestionFlag.id, col(QuestionFlag.question_key).in_(questions), _flagged_by(person_ids)),
    )


def _flagged_by(person_ids: Collection[int]) -> ColumnElement[bool]:
    return col(QuestionFlag.person_id).in_(person_ids)


def _discussions(session: Session, person_ids: Collection[int], unit_key: str) -> tuple[int, ...]:
    """Discussions with words, or with what was planned for them."""
    said = select(StoredTurn.discussion_id).where(col(StoredTurn.text).is_not(None))
    has_words = or_(col(Discussion.id).in_(said), col(Discussion.id).in_(select(Planning.discussion_id)))
    mine = (Discussion.unit_key == unit_key, col(Discussion.person_id).in_(person_ids))
    return _ids(session, Discussion.id, *mine, has_words)


def _ids(session: Session, column: Any, *conditions: Any) -> tuple[int, ...]:
    return tuple(session.exec(select(column).where(*conditions)))


def delete_rows(session: Session, found: Expired) -> None:
    """Delete it: answers with all that came of them, the words and sound of discussions. Hash commitments stay.

    What is computed from the answers (cards, forecasts) must be computed again afterwards.
    """
    for some in _portions(found.answers):
        _drop(session, Review, Review.answer_id, some)
        _drop(session, StoredPhrasing, StoredPhrasing.answer_id, some)
        _drop(session, Answer, Answer.id, some)
    for some in _portions(found.deliveries):
        _drop(session, Delivery, Delivery.id, some)
    for some in _portions(found.sittings):
        _drop(session, RevisionSession, RevisionSession.id, some)
    for some in _portions(found.flags):
        _drop(session, QuestionFlag, QuestionFlag.id, some)
    for discussion_id in found.discussions:
        discussions.erase_texts(session, session.get_one(Discussion, discussion_id))
        session.exec(delete(Recording).where(col(Recording.discussion_id) == discussion_id))


def _portions(ids: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    return (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))


def _drop(session: Session, table: type[SQLModel], column: Any, ids: tuple[int, ...]) -> None:
    session.exec(delete(table).where(col(column).in_(ids)))
