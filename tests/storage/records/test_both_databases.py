"""What was hashed before it was stored verifies after it was read back, on both databases."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy.pool import NullPool
from sqlmodel import Session, create_engine

from talkthrough.storage import audit, discussions
from talkthrough.storage.database import database_url
from talkthrough.storage.migrations import migrate
from talkthrough.storage.records.log import discussion_log, seal
from talkthrough.storage.records.values import as_json
from talkthrough.storage.tables import Document, Person, UnitVersion
from tests.storage.records.examples import HOSTILE, KEY, PLAN, STANDINGS, UNIT, said

NOW = datetime(2026, 7, 1, 22, 59, 59, 123457, tzinfo=UTC)


def test_a_chain_that_went_through_the_database_holds(empty_url):
    migrate(empty_url)
    engine = create_engine(database_url(empty_url), poolclass=NullPool)
    with Session(engine) as session:
        number = held(session)
        session.commit()
    with Session(engine) as session:
        discussion = session.get_one(discussions.Discussion, number)
        rows = discussions.stored_turns(session, number)
        made = discussion_log(discussion, rows, UNIT, STANDINGS, learner_name="Sam", export_number=1, now=NOW)
    engine.dispose()
    assert [turn.text for turn in made.turns] == list(HOSTILE)
    assert made.turns[0].local_time == "2026-07-01 23:59:59 BST"
    assert audit.verify(as_json(seal(made, KEY)), KEY.public).holds


def held(session):
    session.add(Person(id=1, telegram_id=2**40, display_name="Sam", created_at=NOW))
    session.add(Document(id=1, file_name="f", sha256="0", content=b"", imported_at=NOW))
    session.flush()
    fields = {"label": "Unit 401", "title": "Manage", "status": "published", "body": "{}", "imported_at": NOW}
    session.add(UnitVersion(id=1, unit_key="u-401", document_id=1, **fields))
    session.flush()
    discussion = discussions.start(
        session, person_id=1, unit_version_id=1, plan=PLAN, time_zone="Europe/London", now=NOW
    )
    for place, text in enumerate(HOSTILE):
        turn = said(text, "p1")
        at = NOW + timedelta(microseconds=place)
        discussions.append_turn(session, discussion, replace(turn, at=at), at)
    discussions.close(session, discussion, KEY, NOW + timedelta(minutes=9))
    return discussion.id
