"""Who sees which learner of a group: tutors and quality assurers all, assessors those who were named for them."""

from datetime import UTC, datetime

import pytest
from sqlmodel import Session, select

from talkthrough.storage import caseloads, cohorts, discussions, expected, people, readers
from talkthrough.storage.database import Database
from talkthrough.storage.tables import Cohort, Discussion, Document, Invitation, Role, UnitVersion

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
ADA, BOB, ANN, CAS, QUE, TIM = range(1, 7)
ROLES = {
    ADA: ("Ada", Role.LEARNER),
    BOB: ("Bob", Role.LEARNER),
    ANN: ("Ann", Role.ASSESSOR),
    CAS: ("Cas", Role.ASSESSOR),
    QUE: ("Que", Role.QUALITY_ASSURER),
    TIM: ("Tim", Role.TUTOR),
}


@pytest.fixture
def group(database: Database) -> int:
    """A group whose two learners have each released a discussion."""
    with database.transaction() as session:
        row = people.create_cohort(session, "Group", ["unit"], "Europe/London", NOW)
        document = Document(file_name="a", sha256="a", content=b"a", imported_at=NOW)
        session.add(document)
        session.flush()
        version = UnitVersion(
            unit_key="unit", document_id=document.id, label="", title="", status="", body="{}", imported_at=NOW
        )
        session.add(version)
        session.flush()
        for number, (name, role) in ROLES.items():
            person = people.person_for(session, number, name, NOW)
            assert person.id == number
            people.enrol(session, row.id, person.id, role, NOW)
            if role is Role.LEARNER:
                discussion = Discussion(
                    person_id=person.id, unit_key="unit", unit_version_id=version.id, outcome_number="1", plan="{}",
                    time_zone="Europe/London", planned_at=NOW, released_at=NOW,
                )  # fmt: skip
                session.add(discussion)
        return row.id


def seen_by(session: Session, reader: int) -> set[int]:
    """Whose discussions somebody sees: the list, the role towards each, and the learner's own view agree."""
    listed = {row.person_id for row in discussions.released_to(session, reader)}
    every = session.exec(select(Discussion)).all()
    assert {row.person_id for row in every if readers.roles_towards(session, reader, row)} == listed
    told = {who for who in (ADA, BOB) if reader in {each.id for each in people.readers_of(session, who, "unit")}}
    assert told == listed
    return listed


def test_where_nobody_is_named_every_assessor_sees_the_whole_group(database: Database, group: int) -> None:
    with database.transaction() as session:
        for reader in (ANN, CAS, QUE, TIM):
            assert seen_by(session, reader) == {ADA, BOB}
        assert caseloads.without_assessor(session, group) == 0


def test_once_one_learner_is_named_each_assessor_sees_only_their_own(database: Database, group: int) -> None:
    with database.transaction() as session:
        assert caseloads.name_assessor(session, group, ADA, ANN)
        assert (seen_by(session, ANN), seen_by(session, CAS)) == ({ADA}, set())
        assert seen_by(session, QUE) == seen_by(session, TIM) == {ADA, BOB}
        assert caseloads.without_assessor(session, group) == 1
        caseloads.name_assessor(session, group, ADA, None)
        assert seen_by(session, CAS) == {ADA, BOB}


def test_an_assessor_who_is_taken_out_sees_nothing_and_opens_nothing_to_the_others(
    database: Database, group: int
) -> None:
    with database.transaction() as session:
        caseloads.name_assessor(session, group, ADA, ANN)
        cohorts.remove(session, group, ANN, (Role.ASSESSOR,))
        assert seen_by(session, ANN) == seen_by(session, CAS) == set()
        assert caseloads.without_assessor(session, group) == 2


def test_an_assessor_who_also_teaches_sees_all_and_is_not_widened_by_another_group(
    database: Database, group: int
) -> None:
    with database.transaction() as session:
        caseloads.name_assessor(session, group, ADA, ANN)
        other = people.create_cohort(session, "Other", ["another unit"], "Europe/London", NOW)
        people.enrol(session, other.id, BOB, Role.LEARNER, NOW)
        people.enrol(session, other.id, ANN, Role.ASSESSOR, NOW)
        assert seen_by(session, ANN) == {ADA}
        people.enrol(session, group, ANN, Role.TUTOR, NOW)
        assert seen_by(session, ANN) == {ADA, BOB}


@pytest.mark.parametrize(("learner", "assessor"), [(TIM, ANN), (ADA, TIM), (ADA, 99), (99, ANN)])
def test_only_a_learner_and_an_assessor_of_the_group_go_together(
    database: Database, group: int, learner: int, assessor: int
) -> None:
    with database.transaction() as session:
        assert not caseloads.name_assessor(session, group, learner, assessor)


def test_a_list_names_assessors_for_who_has_come_and_who_is_still_to_come(database: Database, group: int) -> None:
    listed = expected.listed_in(b"Name,Assessor\nAda,ann\nCleo,Cas\nDan,\n")
    with database.transaction() as session:
        row = session.get_one(Cohort, group)
        made = dict(expected.expect(session, row, listed, NOW))
        assert list(made) == ["Cleo", "Dan"]
        assert expected.expect(session, row, listed, NOW) == ()
        assert seen_by(session, ANN) == {ADA}
        cleo = people.person_for(session, 50, "C.", NOW)
        people.accept(session, made["Cleo"].code, cleo.id, NOW)
        assert {
            (each.name, each.assessor) for each in cohorts.register(session, group) if each.role is Role.LEARNER
        } == {
            ("Ada", "Ann"),
            ("Bob", ""),
            ("C.", "Cas"),
            ("Dan", ""),
        }


def test_a_name_that_stands_twice_is_asked_back_before_anything_is_kept() -> None:
    with pytest.raises(ValueError, match="Twice in the list: Amira"):
        expected.listed_in(b"name\nAmira\nBo\nAmira\n")


def test_a_list_with_an_unknown_assessor_changes_nothing(database: Database, group: int) -> None:
    with database.transaction() as session:
        listed = expected.listed_in(b"learner,assessor\nCleo,Zoe\n")
        with pytest.raises(ValueError, match='no assessor called "Zoe"'):
            expected.expect(session, session.get_one(Cohort, group), listed, NOW)
        assert session.exec(select(Invitation)).first() is None
