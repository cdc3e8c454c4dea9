"""A group keeps the version of a unit that it works on until its tutor moves it to the bank's."""

from datetime import UTC, datetime

import pytest
from sqlmodel import Session

from talkthrough.scheduler import sitting
from talkthrough.scheduler.progress import progress_of
from talkthrough.scheduler.round_report import map_of_cohort
from talkthrough.storage import bank, cohorts, people, pinned
from talkthrough.storage.database import Database
from talkthrough.storage.records.progress import progress_text
from talkthrough.storage.tables import Cohort, Person, Role
from tests.scheduler.group import UNIT
from tests.storage.test_cohorts import added

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
NEWER = UNIT.replace(b"1.3 list the types of tea", b"1.3 state who drinks tea at four in the afternoon")


@pytest.fixture
def group(database: Database) -> tuple[int, int]:
    """The ids of a group that was given the unit before a newer version came in, and of a learner in it."""
    with database.transaction() as session:
        old = added(session, UNIT)
        row = people.create_cohort(session, "Tea", [], "UTC", NOW)
        cohorts.toggle_unit(row, old)
        learner = people.person_for(session, 101, "Kim", NOW)
        people.enrol(session, row.id or 0, learner.id or 0, Role.LEARNER, NOW)
        added(session, NEWER)
        return row.id or 0, learner.id or 0


def texts(entry: bank.BankUnit) -> list[str]:
    return [criterion.text for criterion in entry.unit.criteria]


def found(session: Session, group: tuple[int, int]) -> tuple[Cohort, Person, bank.BankUnit]:
    row, learner = session.get_one(Cohort, group[0]), people.by_id(session, group[1])
    entry = pinned.unit_for(session, learner.id or 0, bank.units(session)[0].unit.key)
    assert entry is not None
    return row, learner, entry


def test_learners_and_tutor_see_the_same_version_before_and_after_the_move(
    database: Database, group: tuple[int, int]
) -> None:
    with database.transaction() as session:
        row, learner, entry = found(session, group)
        assert "list the types of tea" in texts(entry)
        assert cohorts.units_of(session, row) == (entry,)
        current = bank.units(session)[0]
        assert pinned.meant_by(session, learner.id or 0, current.version_id) == entry
        assert pinned.move(session, row, current.version_id) == current
        assert pinned.unit_for(session, learner.id or 0, entry.unit.key) == current
        assert pinned.meant_by(session, learner.id or 0, entry.version_id) == current
        assert pinned.units_behind(session, row) == ()


def test_only_what_both_versions_have_is_asked_before_the_move_and_all_of_it_after(
    database: Database, group: tuple[int, int]
) -> None:
    with database.transaction() as session:
        row, learner, entry = found(session, group)
        assert {each.criterion_number for each in sitting.situation(session, learner, entry.unit, NOW).questions} == {
            "1.1",
            "1.2",
        }
        moved = pinned.move(session, row, bank.units(session)[0].version_id)
        assert moved is not None
        asked = sitting.situation(session, learner, moved.unit, NOW).questions
        assert "1.3" in {each.criterion_number for each in asked}


def test_progress_and_report_say_which_version_they_show_and_what_was_left_out(
    database: Database, group: tuple[int, int]
) -> None:
    with database.transaction() as session:
        row, learner, entry = found(session, group)
        progress = progress_of(session, learner, entry.unit, NOW, pinned.behind(session, entry))
        assert "Your group uses version 1 of this unit, from 23 November 2026." in progress_text(progress)
        assert "The newest version has no 1.3" in progress_text(progress)
        assert map_of_cohort(session, row, entry).subtitle.endswith("Version 1, 23 Nov 2026. Not in the new one: 1.3")
        (said,) = pinned.in_words(pinned.units_behind(session, row))
        assert said.startswith("Unit 7: this group uses version 1, added on 23 November 2026.")
        current = bank.units(session)[0]
        assert "version" not in progress_text(progress_of(session, learner, current.unit, NOW, None))
        assert map_of_cohort(session, row, current).subtitle == "All rounds so far"


def test_a_move_to_a_version_that_is_no_longer_the_banks_or_a_unit_that_is_not_the_groups_changes_nothing(
    database: Database, group: tuple[int, int]
) -> None:
    with database.transaction() as session:
        row, _, entry = found(session, group)
        assert pinned.move(session, row, entry.version_id) is None
        other = people.create_cohort(session, "Coffee", [], "UTC", NOW)
        assert pinned.move(session, other, bank.units(session)[0].version_id) is None
        assert pinned.move(session, row, 999) is None
        assert cohorts.units_of(session, row) == (entry,)


def test_who_learns_in_no_group_sees_the_banks_version(database: Database, group: tuple[int, int]) -> None:
    with database.transaction() as session:
        _, _, entry = found(session, group)
        alone = people.person_for(session, 102, "Lee", NOW)
        assert pinned.meant_by(session, alone.id or 0, entry.version_id) == bank.units(session)[0]
