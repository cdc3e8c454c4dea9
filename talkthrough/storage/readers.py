"""Who may read and review what a learner released: by role, in a cohort that has both the learner and the unit."""

import json

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from talkthrough.storage.caseloads import may_see
from talkthrough.storage.tables import Cohort, Discussion, Membership, Person, Role

READERS = (Role.TUTOR, Role.ASSESSOR, Role.QUALITY_ASSURER)


def roles_towards(session: Session, reader_id: int, discussion: Discussion) -> frozenset[Role]:
    """The roles that a person has in the cohorts where this learner discusses this unit; assessor only of their own."""
    learner, reader = aliased(Membership), aliased(Membership)
    found = session.exec(
        select(reader.role, Cohort.unit_keys)
        .join(Cohort, col(Cohort.id) == reader.cohort_id)
        .join(learner, col(learner.cohort_id) == reader.cohort_id)
        .where(learner.person_id == discussion.person_id, learner.role == Role.LEARNER)
        .where(reader.person_id == reader_id, may_see(reader, learner))
    )
    return frozenset(Role(role) for role, unit_keys in found if discussion.unit_key in json.loads(unit_keys))


def is_reader(session: Session, person_id: int, discussion: Discussion) -> bool:
    """Whether a person may read a discussion once its learner has released it."""
    return not roles_towards(session, person_id, discussion).isdisjoint(READERS)


def cohorts_read_by(session: Session, reader_id: int) -> tuple[Cohort, ...]:
    """The cohorts whose released discussions a person may read."""
    wanted = select(Cohort).join(Membership, col(Membership.cohort_id) == Cohort.id)
    mine = wanted.where(Membership.person_id == reader_id, col(Membership.role).in_(READERS)).distinct()
    return tuple(session.exec(mine.order_by(Cohort.name)))


def with_role(session: Session, cohort_id: int, role: Role) -> tuple[Person, ...]:
    """The people who have a role in a cohort, by their number."""
    members = select(Person).join(Membership, col(Membership.person_id) == Person.id)
    wanted = members.where(Membership.cohort_id == cohort_id, Membership.role == role)
    return tuple(session.exec(wanted.order_by(col(Person.id))))


def is_in(session: Session, discussion: Discussion, cohort: Cohort) -> bool:
    """Whether a discussion belongs to a cohort: its learner is in it, for this unit."""
    membership = session.get(Membership, (cohort.id, discussion.person_id, Role.LEARNER.value))
    return membership is not None and discussion.unit_key in json.loads(cohort.unit_keys)
