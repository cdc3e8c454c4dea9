"""The units of a cohort: pinned when they were added, first where its learners choose."""

from datetime import UTC, datetime

from sqlmodel import Session

from talkthrough.question_bank.reading import read_bytes
from talkthrough.storage import bank, cohorts, people
from talkthrough.storage.database import Database
from tests.scheduler.group import UNIT

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
OTHER = UNIT.replace(b"Unit 7", b"Unit 8").replace(b"X/123/4567", b"X/123/4568").replace(b"tea", b"coffee")


def added(session: Session, content: bytes) -> bank.BankUnit:
    specification = read_bytes(content, "unit.txt")
    (entry,) = bank.add_specification(session, specification, file_name="unit.txt", content=content, by=None, now=NOW)
    return entry


def test_a_cohort_keeps_the_version_that_it_started_with_and_its_units_come_first(database: Database) -> None:
    with database.transaction() as session:
        coffee, tea = added(session, OTHER), added(session, UNIT)
        row = people.create_cohort(session, "Tea", [], "UTC", NOW)
        cohorts.toggle_unit(row, tea)
        newer = added(session, UNIT.replace(b"types of tea", b"types of tea and their origins"))
        assert newer.unit.key == tea.unit.key
        assert [entry.version_id for entry in cohorts.units_of(session, row)] == [tea.version_id]
        offered = [entry.version_id for entry in cohorts.own_units_first(session, [row])]
        assert offered == [tea.version_id, coffee.version_id]
        assert [entry.version_id for entry in cohorts.own_units_first(session, [])] == [
            coffee.version_id,
            newer.version_id,
        ]
