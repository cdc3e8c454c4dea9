"""People, roles, cohorts and invitations as rows."""

import json
import secrets
from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from talkthrough.storage.caseloads import may_see
from talkthrough.storage.tables import AccessLog, Cohort, Consent, Invitation, Membership, Person, Role

OWNER = "owner"
CODE_LETTERS = "abcdefghjklmnpqrstuvwxyz23456789"


def known(session: Session, telegram_id: int) -> Person | None:
    """The person behind a Telegram id, if there was ever any contact."""
    return session.exec(select(Person).where(Person.telegram_id == telegram_id)).first()


def person_for(
    session: Session, telegram_id: int, name: str, now: datetime, time_zone: str = "Europe/London"
) -> Person:
    """The person behind a Telegram id; made at first contact with the name that Telegram shows, in this time zone."""
    person = known(session, telegram_id)
    if person is None:
        person = Person(telegram_id=telegram_id, display_name=name, time_zone=time_zone, created_at=now)
        session.add(person)
        session.flush()
    return person


def by_id(session: Session, person_id: int) -> Person:
    """The person with this row id."""
    return session.get_one(Person, person_id)


def by_ids(session: Session, person_ids: Collection[int]) -> tuple[Person, ...]:
    """The people with these row ids."""
    return tuple(session.exec(select(Person).where(col(Person.id).in_(person_ids)).order_by(col(Person.id))))


def claim_ownership(session: Session, code: str, person: Person) -> bool:
    """Make the person the owner if the code is the unused owner code."""
    row = session.get(Invitation, code, with_for_update=True)
    if row is None or row.role != OWNER or row.uses_left == 0:
        return False
    row.uses_left = 0
    person.is_owner = True
    return True


def new_code() -> str:
    """A code of 12 letters and digits that nobody can guess (60 bits) or misread (no 0, 1, i or o)."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(12))


def owner_code(session: Session, now: datetime) -> str | None:
    """The code that makes the first person the owner; None once somebody is."""
    if session.exec(select(Person).where(col(Person.is_owner))).first():
        return None
    unused = select(Invitation).where(Invitation.role == OWNER, col(Invitation.uses_left).is_distinct_from(0))
    row = session.exec(unused).first()
    if row is None:
        row = Invitation(code=new_code(), role=OWNER, uses_left=1, created_at=now)
        session.add(row)
    return row.code


def roles_of(session: Session, person_id: int) -> frozenset[Role]:
    """All roles that the person has in any cohort."""
    return frozenset(
        Role(role) for role in session.exec(select(Membership.role).where(Membership.person_id == person_id))
    )


def settings_of(person: Person) -> dict[str, Any]:
    """The person's own settings (assessment date, minutes a day, quiet hours ...)."""
    return dict(json.loads(person.settings))


def change_settings(person: Person, **changes: Any) -> None:
    """Set some of the person's settings; None removes one."""
    merged = settings_of(person) | changes
    person.settings = json.dumps({name: value for name, value in merged.items() if value is not None})


def assessment_date(session: Session, person: Person, today: date) -> date | None:
    """The person's own date, else the earliest of their cohorts (architecture.md, Decisions: Cards).

    In a cohort a tutor may have set another date for this learner than for the group. Dates that have passed do not
    count: who has finished one unit may be on the way to the next.
    """
    own = settings_of(person).get("assessment_date")
    if own and date.fromisoformat(own) >= today:
        return date.fromisoformat(own)
    assert person.id is not None
    places = (
        select(Membership, Cohort)
        .join(Cohort, col(Cohort.id) == Membership.cohort_id)
        .where(Membership.person_id == person.id, Membership.role == Role.LEARNER)
    )
    dates = (membership.assessment_date or row.assessment_date for membership, row in session.exec(places))
    return min((day for day in dates if day and day >= today), default=None)


def cohorts_with(session: Session, person_id: int, role: Role) -> tuple[Cohort, ...]:
    """The cohorts in which the person has this role."""
    mine = select(Cohort).join(Membership, col(Membership.cohort_id) == Cohort.id)
    return tuple(
        session.exec(mine.where(Membership.person_id == person_id, Membership.role == role).order_by(Cohort.name))
    )


def cohort(session: Session, cohort_id: int) -> Cohort | None:
    """One cohort."""
    return session.get(Cohort, cohort_id)


def cohort_named(session: Session, name: str) -> Cohort | None:
    """The first cohort with this name."""
    return session.exec(select(Cohort).where(Cohort.name == name).order_by(col(Cohort.id))).first()


def learners_of(session: Session, cohort_id: int) -> tuple[Person, ...]:
    """The learners of a cohort."""
    members = select(Person).join(Membership, col(Membership.person_id) == Person.id)
    wanted = members.where(Membership.cohort_id == cohort_id, Membership.role == Role.LEARNER)
    return tuple(session.exec(wanted.order_by(col(Person.id))))


def create_cohort(session: Session, name: str, unit_keys: list[str], time_zone: str, now: datetime) -> Cohort:
    """A new cohort."""
    row = Cohort(name=name, unit_keys=json.dumps(unit_keys), time_zone=time_zone, created_at=now)
    session.add(row)
    session.flush()
    return row


def enrol(session: Session, cohort_id: int, person_id: int, role: Role, now: datetime) -> bool:
    """Give the role; False where the person had it already."""
    if session.get(Membership, (cohort_id, person_id, role.value)):
        return False
    session.add(Membership(cohort_id=cohort_id, person_id=person_id, role=role.value, joined_at=now))
    session.flush()
    return True


def invite(session: Session, cohort_id: int, role: Role, now: datetime, uses: int | None = None) -> Invitation:
    """A deep-link code for the cohort; `uses` None means any number of people."""
    row = Invitation(code=new_code(), cohort_id=cohort_id, role=role.value, uses_left=uses, created_at=now)
    session.add(row)
    session.flush()
    return row


def accept(session: Session, code: str, person_id: int, now: datetime) -> Cohort | None:
    """Use an invitation. None where it is unknown, used up, expired or revoked; twice by one person counts once."""
    row = session.get(Invitation, code, with_for_update=True)  # two people at the same moment must not share one place
    if row is None or row.cohort_id is None or row.revoked_at or (row.expires_at and row.expires_at < now):
        return None
    if session.get(Membership, (row.cohort_id, person_id, row.role)):
        return session.get(Cohort, row.cohort_id)
    if row.uses_left == 0:
        return None
    if row.uses_left is not None:
        row.uses_left -= 1
    row.accepted_by = person_id
    enrol(session, row.cohort_id, person_id, Role(row.role), now)
    session.get_one(Membership, (row.cohort_id, person_id, row.role)).assessor_id = row.assessor_id
    return session.get(Cohort, row.cohort_id)


def note_access(session: Session, actor_id: int, subject_id: int, what: str, now: datetime) -> None:
    """Who saw or took what about whom."""
    session.add(AccessLog(actor_id=actor_id, subject_id=subject_id, what=what, at=now))


def note_access_to_all(session: Session, actor_id: int, subject_ids: Iterable[int], what: str, now: datetime) -> None:
    """The same for many learners at once: a tutor took the results of a cohort."""
    found = [{"actor_id": actor_id, "subject_id": each, "what": what, "at": now} for each in subject_ids]
    if found:
        session.exec(insert(AccessLog), params=found)


def accesses_to(session: Session, subject_id: int) -> tuple[AccessLog, ...]:
    """Who saw or took what about the person, newest first."""
    wanted = select(AccessLog).where(AccessLog.subject_id == subject_id)
    return tuple(session.exec(wanted.order_by(col(AccessLog.id).desc())))


def consent(session: Session, person_id: int, notice: str, now: datetime) -> None:
    """The person was told what is kept and who sees it, and went on. The same notice counts once."""
    same = select(Consent.id).where(
        Consent.person_id == person_id, Consent.notice == notice, col(Consent.withdrawn_at).is_(None)
    )
    if session.exec(same).first() is None:
        session.add(Consent(person_id=person_id, notice=notice, given_at=now))


def _colleagues(session: Session, learner_id: int, roles: tuple[Role, ...]) -> tuple[tuple[Person, Cohort], ...]:
    """Who has these roles in the learner's cohorts, an assessor only where the learner is in their caseload."""
    learner, colleague = aliased(Membership), aliased(Membership)
    found = (
        select(Person, Cohort)
        .join(colleague, col(colleague.person_id) == Person.id)
        .join(Cohort, col(Cohort.id) == colleague.cohort_id)
        .join(learner, col(learner.cohort_id) == colleague.cohort_id)
        .where(learner.person_id == learner_id, learner.role == Role.LEARNER)
        .where(col(colleague.role).in_(roles), may_see(colleague, learner))
        .order_by(col(Person.id))
    )
    return tuple((person, cohort) for person, cohort in session.exec(found))


def tutors_of(session: Session, learner_id: int) -> tuple[Person, ...]:
    """The tutors of the learner's cohorts, each once."""
    return tuple({person.id: person for person, _ in _colleagues(session, learner_id, (Role.TUTOR,))}.values())


def safeguarding_leads_of(session: Session, learner_id: int) -> tuple[Person, ...]:
    """Who is told when a practice is stopped: the leads of the learner's cohorts, else their tutors."""
    leads = {person.id: person for person, _ in _colleagues(session, learner_id, (Role.SAFEGUARDING_LEAD,))}
    return tuple(leads.values()) or tutors_of(session, learner_id)


def readers_of(session: Session, learner_id: int, unit_key: str) -> tuple[Person, ...]:
    """Who can open a log that the learner releases: tutors, assessors and quality assurers of the unit's cohorts."""
    roles = (Role.TUTOR, Role.ASSESSOR, Role.QUALITY_ASSURER)
    found = (
        person for person, cohort in _colleagues(session, learner_id, roles) if unit_key in json.loads(cohort.unit_keys)
    )
    return tuple({person.id: person for person in found}.values())
