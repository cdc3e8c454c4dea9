import asyncio
import threading
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import Session, col, select
from telegram import Update

from talkthrough.bot.telegram import dispatcher
from talkthrough.bot.telegram.received import Received
from talkthrough.storage.tables import InboxUpdate, StoredPhrasing
from tests.bot.telegram import echo
from tests.bot.telegram.conftest import KIM, SAM, Running, Start, until

UNREADABLE = {"message_id": "?", "chat": {"id": KIM}, "date": "yesterday"}


def failed(bot: Running) -> list[InboxUpdate]:
    with bot.database.transaction() as session:
        return list(session.exec(select(InboxUpdate).where(col(InboxUpdate.failed_at).is_not(None))))


async def test_an_update_that_always_fails_is_put_aside_without_its_text_and_the_learner_is_told(start: Start) -> None:
    async with start() as bot:
        for words in ("before", "fail", "after"):
            bot.world.say(KIM, words)
        bot.world.say(SAM, "hello")
        await bot.settled()
        assert bot.texts(KIM) == ["You said before", "Sorry: failed", "You said after"]
        assert bot.texts(SAM) == ["You said hello"]
        assert [words for _, words in bot.answers() if words == "fail"] == []
        (row,) = failed(bot)
        assert str(row.error).startswith("WrittenTextError at echo.py:")
        assert row.done_at is None


async def test_an_update_that_fails_once_is_tried_again(start: Start) -> None:
    attempts = []

    def handle(session: Session, update: Update, now: datetime, fetched: Any) -> None:
        attempts.append(update.update_id)
        echo.handle(session, update, now, fetched)
        if len(attempts) == 1:
            raise KeyError

    async with start(handle=handle) as bot:
        bot.world.say(KIM, "hello")
        await bot.settled()
        assert len(attempts) == 2
        assert bot.answers() == [(str(KIM), "hello")]
        assert bot.texts(KIM) == ["You said hello"]


async def test_an_update_that_nobody_can_read_is_put_aside_and_the_rest_goes_on(start: Start) -> None:
    async with start() as bot:
        bot.world.say(KIM, "open")
        await bot.settled()
        number = bot.world.updates.push("message", UNREADABLE)
        bot.world.say(KIM, "hello")
        await bot.settled()
        assert bot.texts(KIM)[-2:] == ["Sorry: unreadable", "You said hello"]
        assert [row.update_id for row in failed(bot)] == [number]


async def test_a_handler_that_spoils_the_commit_spoils_only_its_own(start: Start) -> None:
    def handle(session: Session, update: Update, now: datetime, fetched: Any) -> None:
        echo.handle(session, update, now, fetched)
        if update.message and update.message.text == "bad":
            session.connection().exec_driver_sql("PRAGMA defer_foreign_keys = ON")
            session.connection().exec_driver_sql(
                "INSERT INTO invitation (code, cohort_id, role, created_at) VALUES ('x', 99, 'learner', '2026-01-01')"
            )

    async with start(handle=handle) as bot:
        for chat_id, words in ((KIM, "bad"), (SAM, "good")):
            bot.world.say(chat_id, words)
        await bot.settled()
        assert bot.answers() == [(str(SAM), "good")]
        assert (bot.texts(KIM), bot.texts(SAM)) == (["Sorry: failed"], ["You said good"])


async def test_a_tap_is_answered_before_its_slow_work_is_done(start: Start) -> None:
    may_go_on = threading.Event()

    def handle(session: Session, update: Update, now: datetime, fetched: Any) -> None:
        if update.callback_query is not None:
            assert may_go_on.wait(5)
        echo.handle(session, update, now, fetched)

    async with start(handle=handle) as bot:
        bot.world.say(KIM, "hello")
        await bot.settled()
        question = bot.world.last(KIM)
        assert question is not None
        query_id = bot.world.tap(KIM, question["message_id"], "again")
        await until(lambda: bot.world.callbacks[query_id]["answer"] is not None)
        assert bot.texts(KIM) == ["You said hello"]
        may_go_on.set()
        await bot.settled()
        assert bot.texts(KIM) == ["tapped again"]


async def test_a_tap_that_telegram_finds_too_old_still_counts(start: Start) -> None:
    async with start() as bot:
        bot.world.say(KIM, "hello")
        await bot.settled()
        question = bot.world.last(KIM)
        assert question is not None
        query_id = bot.world.tap(KIM, question["message_id"], "again")
        bot.world.callbacks.pop(query_id)
        await bot.settled()
        assert bot.texts(KIM) == ["tapped again"]


def set_pages(session: Session, more: int) -> None:
    """Leave room for so many pages of 4 KB."""
    pages = session.exec(text("PRAGMA page_count")).scalar_one()  # type: ignore[call-overload]
    session.exec(text(f"PRAGMA max_page_count = {pages + more}"))  # type: ignore[call-overload]


async def test_a_disk_too_full_to_handle_an_answer_loses_nothing_and_the_learner_is_told_once(start: Start) -> None:
    def handle(session: Session, update: Update, now: datetime, fetched: Any) -> None:
        echo.handle(session, update, now, fetched)
        session.add(StoredPhrasing(point_key="much", text="x" * 100_000, source="test", created_at=now))

    async with start(handle=handle) as bot:
        bot.world.say(KIM, "open")
        await bot.settled()
        await bot.database.run(set_pages, 8)
        bot.world.say(KIM, "hello")
        await until(lambda: "Sorry: storage" in bot.texts(KIM))
        assert not bot.world.updates.pending
        await bot.database.run(set_pages, 10_000)
        await bot.settled()
        assert [words for chat, words in bot.answers() if chat != "much"] == ["open", "hello"]
        assert bot.texts(KIM) == ["You said open", "Sorry: storage", "You said hello"]


async def test_a_full_disk_loses_nothing_and_the_learner_is_told_once(start: Start) -> None:
    async with start() as bot:
        bot.world.say(KIM, "open")
        await bot.settled()
        await bot.database.run(set_pages, 0)
        long = ("I would tell the designated lead. " * 110).strip()
        for _ in range(3):
            bot.world.say(KIM, long)
        await until(lambda: "Sorry: storage" in bot.texts(KIM))
        await asyncio.sleep(0.2)
        await bot.database.run(set_pages, 10_000)
        await bot.settled()
        assert bot.answers() == [(str(KIM), "open"), *[(str(KIM), long)] * 3]
        assert bot.texts(KIM).count(f"You said {long}"[:4096]) == 3
        assert 1 <= bot.texts(KIM).count("Sorry: storage") <= 2


async def test_updates_of_many_chats_share_a_transaction(start: Start) -> None:
    seen: list[int] = []

    def handle(session: Session, update: Update, now: datetime, fetched: Any) -> None:
        seen.append(id(session))
        echo.handle(session, update, now, fetched)

    async with start(handle=handle) as bot:
        for chat_id in range(3001, 3001 + 2 * dispatcher.TOGETHER):
            bot.world.say(chat_id, "hello")
        await bot.settled()
        assert len(bot.answers()) == 2 * dispatcher.TOGETHER
        assert max(map(seen.count, seen)) > 1


async def test_the_handler_is_told_the_time_once_a_transaction(start: Start) -> None:
    async with start() as bot:
        bot.world.say(KIM, "hello")
        await bot.settled()
        with bot.database.transaction() as session:
            kept = session.exec(select(StoredPhrasing)).one()
            done = session.exec(select(InboxUpdate.done_at)).one()
        assert kept.created_at == done


@pytest.mark.parametrize(
    ("data", "chat_id"),
    [
        ({"message": {"chat": {"id": -5}, "from": {"id": 7}}}, -5),
        ({"callback_query": {"id": "1", "from": {"id": 7}, "message": {"chat": {"id": -5}}}}, -5),
        ({"callback_query": {"id": "1", "from": {"id": 7}, "inline_message_id": "x"}}, 7),
        ({"poll_answer": {"poll_id": "1", "user": {"id": 7}}}, 7),
        ({"my_chat_member": {"chat": {"id": 7}}}, 7),
        ({"message": {"chat": "nonsense"}}, None),
        ({"message": ["nonsense"]}, None),
        ({}, None),
    ],
)
def test_an_update_belongs_to_a_chat(data: dict[str, Any], chat_id: int | None) -> None:
    assert Received(1, {"update_id": 1, **data}).chat_id == chat_id
