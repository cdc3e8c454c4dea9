"""Orders of files: oldest first, each attempt counted before it is made, the same wish once."""

from datetime import UTC, datetime

import pytest
from sqlmodel import Session, create_engine, select

from talkthrough.storage import file_orders
from talkthrough.storage.tables import FileOrder, Table

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


@pytest.fixture
def session():
    engine = create_engine("sqlite://")
    Table.metadata.create_all(engine)
    with Session(engine) as session:
        yield session
    engine.dispose()


def ordered(session, person_id=1, what="MakeLog", number=7):
    file_orders.add(session, person_id=person_id, what=what, body={"discussion_id": number}, now=NOW)


def test_the_same_order_twice_is_one_order_until_it_is_made(session):
    assert not file_orders.are_added(session)
    ordered(session)
    ordered(session)
    ordered(session, person_id=2)
    assert len(session.exec(select(FileOrder)).all()) == 2
    assert file_orders.are_added(session)


def test_the_oldest_order_is_taken_first_and_stays_until_it_is_made(session):
    ordered(session, number=7)
    ordered(session, number=8)
    for attempt in (1, 2):
        taken = file_orders.take(session)
        assert (taken.body, taken.attempts) == ('{"discussion_id": 7}', attempt)
    session.delete(taken)
    assert file_orders.take(session).body == '{"discussion_id": 8}'


def test_an_order_is_hopeless_after_three_attempts(session):
    ordered(session)
    verdicts = [file_orders.is_hopeless(file_orders.take(session)) for _ in range(4)]
    assert verdicts == [False, False, False, True]


def test_nobody_waits(session):
    assert file_orders.take(session) is None
