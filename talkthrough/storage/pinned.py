"""Which version of a unit a group works on, until its tutor moves it to the one in the bank.

A group's learners practise, discuss and see their progress on the pinned version. The bank holds questions for one
version only, the current one: of the pinned one, what the current one left out is not asked any more, and what it
added is not asked yet. Answers stay with their criteria, by permanent keys.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from talkthrough.question_bank.items.question import Question
from talkthrough.question_bank.specification import Unit
from talkthrough.storage import bank, cohorts, people
from talkthrough.storage.bank import BankUnit
from talkthrough.storage.tables import Cohort, Role, UnitVersion


@dataclass(frozen=True, slots=True)
class Behind:
    """A version in use, the other one that the bank has now, and the numbers of the criteria that only one has."""

    used: BankUnit
    number: int
    added_on: date
    current: BankUnit
    left_out: tuple[str, ...]
    new: tuple[str, ...]


def behind(session: Session, used: BankUnit) -> Behind | None:
    """How a version in use differs from the bank's; None where it is the bank's."""
    current, row = bank.unit_by_key(session, used.unit.key), session.get(UnitVersion, used.version_id)
    if current is None or row is None or current.version_id == used.version_id:
        return None
    return Behind(
        used,
        row.version,
        row.imported_at.date(),
        current,
        _only(used.unit, current.unit),
        _only(current.unit, used.unit),
    )


def _only(unit: Unit, other: Unit) -> tuple[str, ...]:
    there = {criterion.key for criterion in other.criteria}
    return tuple(criterion.number for criterion in unit.criteria if criterion.key not in there)


def units_behind(session: Session, row: Cohort) -> tuple[Behind, ...]:
    """The group's units of which the bank has another version."""
    found = (behind(session, entry) for entry in cohorts.units_of(session, row))
    return tuple(each for each in found if each is not None)


def move(session: Session, row: Cohort, version_id: int) -> BankUnit | None:
    """Let the group use this version; None where it does not have the unit, or the bank has another one meanwhile."""
    entry = bank.unit_version(session, version_id)
    current = bank.unit_by_key(session, entry.unit.key) if entry else None
    if entry is None or current != entry or not cohorts.has_unit(row, entry.unit.key):
        return None
    pinned = cohorts.settings_of(row).unit_versions or {}
    cohorts.change_settings(row, unit_versions={**pinned, entry.unit.key: entry.version_id})
    return entry


def unit_for(session: Session, person_id: int, unit_key: str) -> BankUnit | None:
    """A unit as the person learns it: in the version of their first group that has it, else in the bank's."""
    mine = people.cohorts_with(session, person_id, Role.LEARNER)
    group = next((row for row in mine if cohorts.has_unit(row, unit_key)), None)
    return cohorts.unit_of(session, group, unit_key) if group else bank.unit_by_key(session, unit_key)


def meant_by(session: Session, person_id: int, version_id: int) -> BankUnit | None:
    """The unit that a button means, in the person's version: the button may be older than that."""
    entry = bank.unit_version(session, version_id)
    return unit_for(session, person_id, entry.unit.key) if entry else None


def questions(session: Session, unit: Unit) -> tuple[Question, ...]:
    """What may be asked on this version of a unit."""
    keys = {criterion.key for criterion in unit.criteria}
    return tuple(each for each in bank.questions(session, unit.key) if each.criterion_key in keys)


def in_words(units: Sequence[Behind]) -> tuple[str, ...]:
    """For tutors: each unit whose version is not the bank's, with what that means."""
    return tuple(_words(each) for each in units)


def _words(each: Behind) -> str:
    words = [f"{each.used.unit.label}: this group uses version {each.number}, added on {each.added_on:%-d %B %Y}."]
    if each.left_out:
        words.append(f"The bank's version has no {', '.join(each.left_out)}: nothing new is asked on that.")
    if each.new:
        words.append(f"Not in this group's version: {', '.join(each.new)} of the bank's.")
    return " ".join(words)
