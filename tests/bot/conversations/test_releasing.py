"""Who hears of it when a learner releases a discussion: their assessors, and the tutor who set it."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session, select

from talkthrough.bot.conversations import effects as f
from talkthrough.bot.conversations.performers import discussing
from talkthrough.bot.conversations.performers.desk import Desk
from talkthrough.bot.settings import Settings
from talkthrough.storage import caseloads, discussions, people, planning
from talkthrough.storage.audit import signing_key
from talkthrough.storage.database import Database
from talkthrough.storage.tables import Discussion, Document, OutboxMessage, Role, UnitVersion
from tests.storage.records.examples import PLAN

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
NIGHT = datetime(2026, 11, 23, 22, tzinfo=UTC)
ADA, ANN, CAS, TIM, TAM, QUE = range(1, 7)
ROLES = {
    ADA: Role.LEARNER,
    ANN: Role.ASSESSOR,
    CAS: Role.ASSESSOR,
    TIM: Role.TUTOR,
    TAM: Role.TUTOR,
    QUE: Role.QUALITY_ASSURER,
}


@pytest.fixture
def closed(database: Database, tmp_path):
    """A closed discussion of Ada's, on a unit of her group; the desk is hers."""
    with database.transaction() as session:
        cohort = people.create_cohort(session, "Group", [PLAN.unit_key], "Europe/London", NOON)
        for number, role in ROLES.items():
            person = people.person_for(session, number, role.value, NOON)
            assert person.id == number
            people.enrol(session, cohort.id, number, role, NOON)
        document = Document(file_name="a", sha256="a", content=b"a", imported_at=NOON)
        session.add(document)
        session.flush()
        version = UnitVersion(
            unit_key=PLAN.unit_key, document_id=document.id, label="", title="", status="", body="{}", imported_at=NOON
        )
        session.add(version)
        session.flush()
        row = discussions.start(
            session, person_id=ADA, unit_version_id=version.id, plan=PLAN, time_zone="Europe/London", now=NOON
        )
        discussions.close(session, row, signing_key(tmp_path), NOON)
    with database.transaction() as session:
        yield session, session.exec(select(Discussion)).one(), tmp_path


def release(closed, now=NOON, *, is_release=True):
    session, row, folder = closed
    desk = Desk(session, people.by_id(session, ADA), ADA, now, Settings.load(data_dir=folder), signing_key(folder))
    return discussing.release(desk, f.ReleaseLog(row.id, is_release))


def told(session: Session):
    rows = session.exec(select(OutboxMessage).where(OutboxMessage.view == "released_news")).all()
    return sorted(row.chat_id for row in rows)


def test_the_assessors_of_the_learner_hear_of_a_release_and_nobody_else(closed):
    release(closed)
    session, row, _ = closed
    assert told(session) == [ANN, CAS]
    news = session.exec(select(OutboxMessage).where(OutboxMessage.chat_id == ANN)).one()
    assert json.loads(news.data)["buttons"] == [[["Open it", f"logs:{row.id}"]]]


def test_only_the_named_assessor_hears_of_it(closed):
    caseloads.name_assessor(closed[0], 1, ADA, CAS)
    release(closed)
    assert told(closed[0]) == [CAS]


def test_the_tutor_who_set_the_discussion_hears_of_it(closed):
    planning.planning_of(closed[0], closed[1].id).prepared_by = TAM
    release(closed)
    assert told(closed[0]) == [ANN, CAS, TAM]


def test_a_double_tap_tells_once_and_taking_it_back_tells_nobody(closed):
    release(closed)
    release(closed)
    release(closed, is_release=False)
    assert told(closed[0]) == [ANN, CAS]
    assert closed[1].released_at is None


def test_nobody_is_written_to_in_their_quiet_hours(closed):
    people.change_settings(people.by_id(closed[0], ANN), reminders={"quiet_from": "00:00", "quiet_until": "00:00"})
    release(closed, NIGHT)
    rows = closed[0].exec(select(OutboxMessage).where(OutboxMessage.view == "released_news")).all()
    assert {row.chat_id: row.not_before for row in rows} == {ANN: None, CAS: NIGHT + timedelta(hours=10)}
