"""Which learners of a group an assessor works with: those whom a tutor named for them, else the whole group.

As soon as one learner of a group has a named assessor, each assessor of the group sees only their own learners
(assessment-practice.md 6.2: "assessor own caseload"). Who was named and has left the group still counts as named: what
was closed to the other assessors does not open by itself. Tutors and quality assurers see the whole group.
"""

from typing import Any

from sqlalchemy import ColumnElement, exists, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from talkthrough.storage.tables import Membership, Role


def may_see(reader: Any, learner: Any) -> ColumnElement[bool]:
    """The condition under which a member sees a learner of the same group; both are (aliases of) Membership."""
    named = aliased(Membership)
    is_split = exists().where(named.cohort_id == reader.cohort_id, col(named.assessor_id).is_not(None))
    return or_(reader.role != Role.ASSESSOR, learner.assessor_id == reader.person_id, ~is_split)


def name_assessor(session: Session, cohort_id: int, learner_id: int, assessor_id: int | None) -> bool:
    """Name a learner's assessor in a group, None for nobody. False where one of the two is not in the group as that."""
    learner = session.get(Membership, (cohort_id, learner_id, Role.LEARNER.value))
    if learner is None:
        return False
    if assessor_id is not None and session.get(Membership, (cohort_id, assessor_id, Role.ASSESSOR.value)) is None:
        return False
    learner.assessor_id = assessor_id
    session.flush()
    return True


def without_assessor(session: Session, cohort_id: int) -> int:
    """How many learners no assessor of the group can see, because others have a named one and they have not."""
    learners = (Membership.cohort_id == cohort_id, Membership.role == Role.LEARNER)
    here = select(Membership.person_id).where(Membership.cohort_id == cohort_id, Membership.role == Role.ASSESSOR)
    seen = col(Membership.assessor_id).in_(here)
    is_split = session.exec(
        select(Membership.person_id).where(*learners, col(Membership.assessor_id).is_not(None)).limit(1)
    ).first()
    if is_split is None:
        return 0
    unseen = select(func.count()).where(*learners, or_(col(Membership.assessor_id).is_(None), ~seen))
    return session.exec(unseen).one()
