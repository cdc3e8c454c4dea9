import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from talkthrough.bot.settings import Settings
from talkthrough.bot.telegram import refusals, sender
from talkthrough.bot.telegram.calls import BotCall
from talkthrough.storage import outbox
from talkthrough.storage.outbox import BROADCAST
from talkthrough.storage.tables import Attachment, OutboxMessage, Person
from tests.bot.telegram import echo
from tests.bot.telegram.conftest import KIM, SAM, Running, Start, until
from tests.bot.telegram.faults import LOST_ANSWER, LOST_CALL, NOT_CONNECTED, FaultyRequest, refused

NOW = datetime.now(UTC)


@pytest.fixture
def request_() -> FaultyRequest:
    return FaultyRequest()


@pytest.fixture
def with_faults(start: Start, request_: FaultyRequest) -> Start:
    @asynccontextmanager
    async def start_(**options: Any) -> AsyncIterator[Running]:
        async with start(request=request_, **options) as bot:
            yield bot

    return start_


def say(session: Session, chat_ids: list[int], lane: int = BROADCAST, **more: Any) -> None:
    for chat_id in chat_ids:
        outbox.add(session, chat_id=chat_id, view="echo", data={"text": "a round"}, lane=lane, now=NOW, **more)


async def test_too_many_requests_pauses_for_as_long_as_telegram_says(
    with_faults: Start, request_: FaultyRequest
) -> None:
    async with with_faults() as bot:
        request_.faults["sendMessage"].append(refused(429, "Too Many Requests: retry after 1", retry_after=1))
        bot.world.say(KIM, "one")
        bot.world.say(KIM, "two")
        await bot.settled()
        assert bot.texts(KIM) == ["You said one", "You said two"]
        first, second, _third = request_.times("sendMessage")
        assert 1.0 <= second - first < 1.5
        assert [row.attempts for row in bot.outbox()] == [2, 1]


async def test_too_many_requests_in_one_chat_does_not_hold_up_another_but_in_two_it_does(
    with_faults: Start, request_: FaultyRequest
) -> None:
    async with with_faults() as bot:
        slow = refused(429, "Too Many Requests: retry after 1", retry_after=1)
        bot.world.say(SAM, "open")
        await bot.settled()
        request_.faults["sendMessage"].append(slow)
        bot.world.say(KIM, "one")
        await until(lambda: len(request_.times("sendMessage")) == 2)
        bot.world.say(SAM, "two")
        await until(lambda: bot.texts(SAM) == ["You said open", "You said two"], 0.8)
        assert bot.texts(KIM) == []
        request_.faults["sendMessage"].append(slow)
        bot.world.say(SAM, "three")
        await bot.settled()
        assert (bot.texts(KIM), bot.texts(SAM)[-1]) == (["You said one"], "You said three")


async def test_somebody_who_blocked_the_bot_is_unreachable_until_they_come_back(start: Start) -> None:
    async with start() as bot:
        await bot.application.pipeline.run(lambda s: s.add(Person(telegram_id=KIM, display_name="Kim", created_at=NOW)))

        def since(session: Session) -> datetime | None:
            return session.exec(select(Person.unreachable_since)).one()

        bot.world.say(KIM, "hello")
        await bot.settled()
        bot.world.block(KIM)
        await bot.application.pipeline.run(say, [KIM])
        await bot.settled()
        assert [(row.state, row.last_error) for row in bot.outbox()][-1] == (
            "failed",
            "Forbidden: bot was blocked by the user",
        )
        assert await bot.database.run(since) is not None
        bot.world.block(KIM, blocked=False)
        await bot.settled()
        assert await bot.database.run(since) is None
        await bot.application.pipeline.run(say, [KIM])
        await bot.settled()
        assert bot.texts(KIM)[-1] == "a round"


async def test_a_group_that_became_a_supergroup_is_followed(with_faults: Start, request_: FaultyRequest) -> None:
    async with with_faults() as bot:
        request_.faults["sendMessage"].append(
            refused(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=KIM)
        )
        bot.world.person(KIM)
        bot.world.say(KIM, "open")
        await bot.settled()
        request_.faults["sendMessage"].append(
            refused(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=KIM)
        )
        await bot.application.pipeline.run(say, [-55, -55])
        await bot.settled()
        assert bot.texts(KIM)[-2:] == ["a round", "a round"]
        assert [row.chat_id for row in bot.outbox()][-2:] == [KIM, KIM]


async def test_a_message_that_says_that_already_counts_as_sent(start: Start) -> None:
    async with start() as bot:
        bot.world.say(KIM, "hello")
        await bot.settled()
        question = bot.world.last(KIM)
        assert question is not None
        for _ in range(2):
            bot.world.tap(KIM, question["message_id"], "again")
            await bot.settled()
        assert [row.state for row in bot.outbox()] == ["sent"] * 3
        assert "not modified" in str(bot.outbox()[-1].last_error)


async def test_a_new_text_for_a_deleted_message_is_sent_as_a_message_of_its_own(start: Start) -> None:
    async with start() as bot:
        bot.world.say(KIM, "hello")
        await bot.settled()
        question = bot.world.last(KIM)
        assert question is not None
        bot.world.tap(KIM, question["message_id"], "again")
        bot.world.remove(bot.world.chats[KIM], question["message_id"])
        await bot.settled()
        assert bot.texts(KIM) == ["tapped again"]
        assert [row.state for row in bot.outbox()] == ["sent", "sent"]


async def test_buttons_that_are_gone_already_trouble_nobody(start: Start) -> None:
    def render(row: OutboxMessage, attachment: Attachment | None) -> BotCall:
        if row.view == "echo":
            return BotCall("editMessageReplyMarkup", {"chat_id": row.chat_id, "message_id": 424242})
        return echo.render(row, attachment)

    async with start(render=render) as bot:
        bot.world.say(KIM, "hello")
        await bot.settled()
        assert bot.texts(KIM) == []
        assert [row.state for row in bot.outbox()] == ["sent"]


async def test_a_message_that_telegram_cannot_take_is_put_aside_and_the_learner_is_told(start: Start) -> None:
    def render(row: OutboxMessage, attachment: Attachment | None) -> BotCall:
        if row.view == "trouble":
            return echo.render(row, attachment)
        return BotCall("sendMessage", {"chat_id": row.chat_id, "text": "<b>open", "parse_mode": "HTML"})

    async with start(render=render) as bot:
        bot.world.say(KIM, "hello")
        await bot.settled()
        (row,) = bot.outbox()
        assert row.state == "failed"
        assert "end tag" in str(row.last_error)
        assert bot.texts(KIM) == ["Sorry: unsent"]


async def test_a_message_that_cannot_be_made_stops_nobody_else(start: Start) -> None:
    def render(row: OutboxMessage, attachment: Attachment | None) -> BotCall:
        if "bad" in json.loads(row.data).get("text", ""):
            raise KeyError
        return echo.render(row, attachment)

    async with start(render=render) as bot:
        bot.world.say(KIM, "bad")
        bot.world.say(KIM, "good")
        bot.world.say(SAM, "good")
        await bot.settled()
        assert sorted(bot.texts(KIM)) == ["Sorry: unsent", "You said good"]
        assert bot.texts(SAM) == ["You said good"]
        first = bot.outbox()[0]
        assert (first.state, first.last_error) == ("failed", "KeyError")


async def test_without_a_connection_a_message_is_tried_again_and_is_no_duplicate(
    with_faults: Start, request_: FaultyRequest
) -> None:
    async with with_faults() as bot:
        request_.faults["sendMessage"].append(NOT_CONNECTED)
        bot.world.say(KIM, "hello")
        await bot.settled()
        assert bot.texts(KIM) == ["You said hello"]
        assert [(row.attempts, row.possibly_duplicate) for row in bot.outbox()] == [(2, False)]


async def test_no_answer_and_then_silence_sends_again_and_flags_it(
    with_faults: Start, request_: FaultyRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refusals, "DOUBT_SECONDS", 0.3)
    async with with_faults() as bot:
        request_.faults["sendMessage"].append(LOST_CALL)
        bot.world.say(KIM, "hello")
        await bot.settled()
        assert bot.texts(KIM) == ["You said hello"]
        assert [(row.attempts, row.possibly_duplicate, row.state) for row in bot.outbox()] == [(2, True, "sent")]


async def test_no_answer_but_the_learner_goes_on_sends_nothing_twice(
    with_faults: Start, request_: FaultyRequest
) -> None:
    async with with_faults() as bot:
        request_.faults["sendMessage"].append(LOST_ANSWER)
        bot.world.say(KIM, "hello")
        question = await bot.world.wait(lambda: bot.world.last(KIM))
        bot.world.tap(KIM, question["message_id"], "again")
        await bot.settled()
        assert [row.state for row in bot.outbox()] == ["sent", "sent"]
        assert [row.possibly_duplicate for row in bot.outbox()] == [False, False]
        assert bot.texts(KIM) == ["tapped again"]


async def test_what_was_written_before_we_tried_is_no_sign_that_it_arrived(
    with_faults: Start, request_: FaultyRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refusals, "DOUBT_SECONDS", 0.5)
    async with with_faults() as bot:
        request_.faults["sendMessage"].append(LOST_CALL)
        bot.world.clock = lambda: NOW.timestamp() - 60
        bot.world.say(KIM, "one")
        await until(lambda: bool(request_.times("sendMessage")))
        bot.world.say(KIM, "two")
        await bot.settled()
        assert bot.texts(KIM) == ["You said one", "You said two"]


async def test_replies_go_before_a_broadcast(start: Start, settings: Settings) -> None:
    async with start(settings=settings.model_copy(update={"rate_limits": True})) as bot:
        learners = list(range(2001, 2101))
        for chat_id in learners:
            bot.world.person(chat_id)
        bot.world.say(KIM, "open")
        await bot.settled()
        await bot.application.pipeline.run(say, [KIM] * 3 + learners)
        await asyncio.sleep(0.2)
        started = asyncio.get_running_loop().time()
        bot.world.say(SAM, "hello")
        await bot.world.wait(lambda: bot.world.last(SAM))
        assert asyncio.get_running_loop().time() - started < 0.25
        waiting = [row for row in bot.outbox() if row.lane == BROADCAST and row.state == "pending"]
        assert len(waiting) > 50


async def test_a_message_waits_for_its_time(start: Start) -> None:
    async with start() as bot:
        bot.world.say(KIM, "open")
        await bot.settled()
        soon = datetime.now(UTC) + timedelta(seconds=0.4)
        await bot.application.pipeline.run(say, [KIM], not_before=soon)
        await bot.application.pipeline.run(say, [KIM], not_before=NOW + timedelta(days=1))
        await asyncio.sleep(0.1)
        assert bot.texts(KIM) == ["You said open"]
        await bot.world.wait(lambda: bot.texts(KIM)[-1] == "a round", 2)
        assert datetime.now(UTC) >= soon
        await bot.settled()
        assert [row.state for row in bot.outbox()] == ["sent", "sent", "pending"]


async def test_a_file_is_sent_and_then_forgotten(start: Start) -> None:
    async with start() as bot:
        bot.world.say(KIM, "file")
        await bot.settled()
        message = bot.world.last(KIM)
        assert message is not None
        assert message["document"]["file_name"] == "a.html"
        with bot.database.transaction() as session:
            assert session.exec(select(Attachment)).all() == []


def test_no_more_messages_are_on_their_way_than_connections_exist() -> None:
    assert sender.AT_ONCE <= 64
