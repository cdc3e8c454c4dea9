"""Cohorts as tutors run them: settings, pinned units, the register, invitations, who may do what."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import exists, or_
from sqlmodel import Session, col, select

from talkthrough.storage import bank, people
from talkthrough.storage.tables import Answer, Cohort, Discussion, Invitation, Membership, Person, Role

LINK_LASTS = timedelta(days=14)
MOST_IN_YOUNG_COHORT = 60
A_YEAR = 365  # assessment-practice.md 6.3, the proposal for practice that was never exported; the centre decides


@dataclass(frozen=True, slots=True)
class CohortSettings:
    """What a tutor set for a cohort. JSON by pydantic's TypeAdapter.

    `unit_versions`: {unit key: pinned version id}. `holidays`: (first, last) dates without recurring rounds.
    `retention_days`: how long answers and discussions are kept after the assessment date; None until it is erased by
    hand. `expiry_asked`: when its tutors were last asked whether that data may go. `has_under_18`: links for everybody
    run out and have a limited number of places.
    """

    unit_versions: dict[str, int] | None = None
    term_start: date | None = None
    term_end: date | None = None
    holidays: tuple[tuple[date, date], ...] = ()
    retention_days: int | None = A_YEAR
    expiry_asked: date | None = None
    safeguarding_contact: str = ""
    has_under_18: bool = True


_SETTINGS = TypeAdapter(CohortSettings)


def settings_of(row: Cohort) -> CohortSettings:
    """What was set for the cohort, with the defaults for the rest."""
    return _SETTINGS.validate_json(row.settings)


def change_settings(row: Cohort, **changes: Any) -> CohortSettings:
    """Set some of the cohort's settings."""
    changed = replace(settings_of(row), **changes)
    row.settings = _SETTINGS.dump_json(changed).decode()
    return changed


def every_cohort(session: Session) -> tuple[Cohort, ...]:
    """All cohorts, for whoever runs the computer."""
    return tuple(session.exec(select(Cohort).order_by(Cohort.name)))


def units_of(session: Session, row: Cohort) -> tuple[bank.BankUnit, ...]:
    """The units that the cohort works on, each in the version that was pinned when it was added."""
    return _units_of(session, row, _current(session))


def _current(session: Session) -> dict[str, bank.BankUnit]:
    return {entry.unit.key: entry for entry in bank.units(session)}


def _units_of(session: Session, row: Cohort, current: Mapping[str, bank.BankUnit]) -> tuple[bank.BankUnit, ...]:
    """With the bank looked up before: only a version that is not current any more is fetched by itself."""
    pinned = settings_of(row).unit_versions or {}
    found = []
    for key in json.loads(row.unit_keys):
        entry, version = current.get(key), pinned.get(key)
        is_other = version is not None and (entry is None or entry.version_id != version)
        found.append((bank.unit_version(session, version) if is_other and version else None) or entry)
    return tuple(entry for entry in found if entry)


def unit_of(session: Session, row: Cohort, unit_key: str) -> bank.BankUnit | None:
    """A unit as the cohort sees it: the pinned version, else the current one."""
    pinned = (settings_of(row).unit_versions or {}).get(unit_key)
    return (bank.unit_version(session, pinned) if pinned else None) or bank.unit_by_key(session, unit_key)


def own_units_first(session: Session, mine: Iterable[Cohort]) -> tuple[bank.BankUnit, ...]:
    """Every unit of the bank: those of these cohorts first, in the versions pinned there."""
    current, own = _current(session), dict[str, bank.BankUnit]()
    for entry in (each for row in mine for each in _units_of(session, row, current)):
        own.setdefault(entry.unit.key, entry)
    return (*own.values(), *(entry for key, entry in current.items() if key not in own))


def unit_keys_of(row: Cohort) -> tuple[str, ...]:
    """The keys of the units that the cohort works on."""
    return tuple(json.loads(row.unit_keys))


def has_unit(row: Cohort, unit_key: str) -> bool:
    """Whether the cohort works on the unit."""
    return unit_key in unit_keys_of(row)


def toggle_unit(row: Cohort, entry: bank.BankUnit) -> bool:
    """Add the unit in this version, or take it out; returns whether the cohort has it now."""
    keys = json.loads(row.unit_keys)
    pinned = dict(settings_of(row).unit_versions or {})
    has_it = entry.unit.key not in keys
    if has_it:
        keys.append(entry.unit.key)
        pinned[entry.unit.key] = entry.version_id
    else:
        keys.remove(entry.unit.key)
        pinned.pop(entry.unit.key, None)
    row.unit_keys = json.dumps(keys)
    change_settings(row, unit_versions=pinned)
    return has_it


def has_role(session: Session, person_id: int, cohort_id: int, roles: Collection[Role]) -> bool:
    """Whether the person has one of the roles in the cohort."""
    wanted = select(Membership.role).where(Membership.cohort_id == cohort_id, Membership.person_id == person_id)
    return bool(set(session.exec(wanted)) & {role.value for role in roles})


def safeguarding_contacts(session: Session, person_id: int) -> tuple[str, ...]:
    """Whom a learner can talk to, as their cohorts say."""
    mine = select(Cohort).join(Membership, col(Membership.cohort_id) == Cohort.id)
    rows = session.exec(mine.where(Membership.person_id == person_id, Membership.role == Role.LEARNER.value))
    return tuple(dict.fromkeys(filter(None, (settings_of(row).safeguarding_contact for row in rows))))


@dataclass(frozen=True, slots=True)
class Member:
    """A line of the register: somebody who joined, or an expected name whose code waits (`person_id` None).

    `has_started`: they have answered a question or begun a discussion.
    `assessor`, `assessor_id`: in whose caseload a learner is; the name is empty once that assessor has left.
    """

    name: str
    role: Role
    person_id: int | None = None
    has_started: bool = False
    joined_at: datetime | None = None
    code: str = ""
    is_unreachable: bool = False
    assessment_date: date | None = None
    assessor: str = ""
    assessor_id: int | None = None


def register(session: Session, cohort_id: int) -> tuple[Member, ...]:
    """Everybody of the cohort by role and name, then the expected names that have not come."""
    has_answered = exists().where(col(Answer.person_id) == Membership.person_id)
    has_discussed = exists().where(
        col(Discussion.person_id) == Membership.person_id, col(Discussion.started_at).is_not(None)
    )
    has_started = or_(has_answered, has_discussed)
    joined = select(Membership, Person, has_started).join(Person, col(Person.id) == Membership.person_id)
    rows = session.exec(joined.where(Membership.cohort_id == cohort_id)).all()
    assessors = {person.id: person.display_name for place, person, _ in rows if place.role == Role.ASSESSOR}
    members = [
        Member(
            person.display_name,
            Role(place.role),
            person.id,
            started,
            place.joined_at,
            is_unreachable=person.unreachable_since is not None,
            assessment_date=place.assessment_date,
            assessor=assessors.get(place.assessor_id, ""),
            assessor_id=place.assessor_id,
        )
        for place, person, started in rows
    ]
    order = list(Role)
    members.sort(key=lambda member: (order.index(member.role), member.name.casefold()))
    awaited = (
        Member(row.expected_name or "", Role(row.role), code=row.code, assessor=assessors.get(row.assessor_id, ""))
        for row in _awaited(session, cohort_id)
    )
    return (*members, *awaited)


def _awaited(session: Session, cohort_id: int) -> Sequence[Invitation]:
    wanted = select(Invitation).where(
        Invitation.cohort_id == cohort_id,
        col(Invitation.expected_name).is_not(None),
        col(Invitation.accepted_by).is_(None),
        col(Invitation.revoked_at).is_(None),
    )
    return session.exec(wanted.order_by(Invitation.expected_name)).all()


def invite_everybody(session: Session, row: Cohort, role: Role, now: datetime) -> Invitation:
    """A link for a whole group of learners, or for one member of staff. Links run out.

    Staff links work once: a link that is passed on must not make tutors.
    """
    uses: int | None = 1
    if role is Role.LEARNER:
        uses = MOST_IN_YOUNG_COHORT if settings_of(row).has_under_18 else None
    return invite(session, row.id or 0, role, now, uses=uses)


def invite(
    session: Session, cohort_id: int, role: Role, now: datetime, *, uses: int | None, name: str | None = None
) -> Invitation:
    """A code that gives a role in the cohort to so many people, perhaps meant for the one with this name."""
    invitation = Invitation(
        code=people.new_code(),
        cohort_id=cohort_id,
        role=role.value,
        uses_left=uses,
        expires_at=now + LINK_LASTS,
        expected_name=name,
        created_at=now,
    )
    session.add(invitation)
    session.flush()
    return invitation


def set_young(session: Session, row: Cohort, now: datetime, *, has_under_18: bool) -> None:
    """Whether the careful defaults for people under 18 hold; links for any number of people stop working then."""
    change_settings(row, has_under_18=has_under_18)
    if has_under_18:
        for invitation in _open_invitations(session, row.id or 0):
            if invitation.uses_left is None:
                invitation.revoked_at = now


def revoke_invitations(session: Session, cohort_id: int, now: datetime) -> int:
    """Make every open link of the cohort useless; returns how many there were."""
    rows = _open_invitations(session, cohort_id)
    for row in rows:
        row.revoked_at = now
    return len(rows)


def _open_invitations(session: Session, cohort_id: int) -> Sequence[Invitation]:
    wanted = select(Invitation).where(
        Invitation.cohort_id == cohort_id,
        col(Invitation.revoked_at).is_(None),
        col(Invitation.uses_left).is_distinct_from(0),
    )
    return session.exec(wanted).all()


def remove(session: Session, cohort_id: int, person_id: int, roles: Collection[Role] = tuple(Role)) -> bool:
    """Take a person out of the cohort in these roles. Their answers and discussions stay theirs."""
    wanted = select(Membership).where(Membership.cohort_id == cohort_id, Membership.person_id == person_id)
    rows = session.exec(wanted.where(col(Membership.role).in_([role.value for role in roles]))).all()
    for row in rows:
        session.delete(row)
    session.flush()
    return bool(rows)


def move(session: Session, person_id: int, from_id: int, to_id: int, now: datetime) -> bool:
    """Move a learner to another cohort, progress and all; False where they are not a learner of the first."""
    row = session.get(Membership, (from_id, person_id, Role.LEARNER.value))
    if row is None:
        return False
    session.delete(row)
    if session.get(Membership, (to_id, person_id, Role.LEARNER.value)) is None:
        session.add(Membership(cohort_id=to_id, person_id=person_id, role=Role.LEARNER.value, joined_at=now))
    session.flush()
    return True


def set_own_date(session: Session, cohort_id: int, person_id: int, day: date | None) -> bool:
    """A learner's own assessment date in this cohort; None means the cohort's."""
    row = session.get(Membership, (cohort_id, person_id, Role.LEARNER.value))
    if row is not None:
        row.assessment_date = day
    return row is not None
