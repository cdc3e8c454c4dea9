from datetime import UTC, datetime, timedelta

from sqlmodel import select

from talkthrough.storage import inbox
from talkthrough.storage.database import Database
from talkthrough.storage.tables import InboxUpdate

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


async def test_an_update_that_comes_twice_is_kept_once(database: Database) -> None:
    first = await database.run(inbox.store, {5: '{"a": 1}', 3: "{}"}, NOW)
    again = await database.run(inbox.store, {5: '{"a": 1}', 6: "{}"}, NOW)
    assert [row.update_id for row in first] == [3, 5]
    assert [row.update_id for row in again] == [6]
    assert [(row.update_id, row.payload) for row in await database.run(inbox.undone)] == [
        (3, "{}"),
        (5, '{"a": 1}'),
        (6, "{}"),
    ]


async def test_a_number_that_is_used_anew_for_another_update_is_not_taken_for_the_old_one(database: Database) -> None:
    with database.transaction() as session:
        done, waiting = inbox.store(session, {1: '{"a": 1}', 2: '{"a": 1}'}, NOW)
        done.done_at = NOW
    assert waiting.done_at is None
    new = await database.run(inbox.store, {1: '{"a": 2}', 2: '{"a": 2}'}, NOW + timedelta(days=9))
    assert [(row.update_id, row.payload) for row in new] == [(1, '{"a": 2}')]
    assert [(row.update_id, row.payload) for row in await database.run(inbox.undone)] == [
        (1, '{"a": 2}'),
        (2, '{"a": 1}'),
    ]


async def test_what_is_done_or_failed_is_not_handled_again(database: Database) -> None:
    with database.transaction() as session:
        done, failed, _waiting = inbox.store(session, {1: "{}", 2: "{}", 3: "{}"}, NOW)
        done.done_at = NOW
        failed.failed_at = NOW
    assert [row.update_id for row in await database.run(inbox.undone)] == [3]


async def test_only_what_was_done_a_week_ago_is_forgotten(database: Database) -> None:
    with database.transaction() as session:
        old, recent, _waiting, failed = inbox.store(session, {1: "{}", 2: "{}", 3: "{}", 4: "{}"}, NOW)
        old.done_at = NOW - timedelta(days=8)
        recent.done_at = NOW - timedelta(days=6)
        failed.failed_at = NOW - timedelta(days=8)
    await database.run(inbox.prune, NOW)
    with database.transaction() as session:
        assert list(session.exec(select(InboxUpdate.update_id).order_by(InboxUpdate.update_id))) == [2, 3, 4]  # type: ignore[arg-type]
