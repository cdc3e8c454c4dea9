"""The path of one answer: stored, handled, answered. Everything between Telegram and the conversation."""

import asyncio
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Concatenate, ParamSpec, TypeVar

import structlog
from sqlmodel import Session
from telegram.error import TelegramError

from talkthrough.bot.telegram.calls import BotCall, TelegramBot
from talkthrough.bot.telegram.dispatcher import Dispatcher, Fetch, Handle
from talkthrough.bot.telegram.limits import Limits
from talkthrough.bot.telegram.received import Received
from talkthrough.bot.telegram.sender import Render, Sender
from talkthrough.storage import inbox, outbox
from talkthrough.storage.database import Database, StorageError
from talkthrough.storage.tables import OutboxMessage

P = ParamSpec("P")
R = TypeVar("R")


class Pipeline:
    """Stores raw updates, has them handled, sends what they led to. One for each running program."""

    def __init__(
        self, bot: TelegramBot, database: Database, handle: Handle, render: Render, limits: Limits, fetch: Fetch
    ) -> None:
        self.database = database
        self.bot = bot
        self._sender = Sender(bot, database, render, limits)
        self._dispatcher = Dispatcher(bot, database, handle, fetch, self._sender)
        self._log = structlog.get_logger("pipeline")
        self._storing = asyncio.Lock()
        self._running = False
        self._answers: set[asyncio.Task[None]] = set()
        self._told: set[int | None] = set()

    async def start(self) -> None:
        """Take up what the last run left, then what comes."""
        self._sender.start()
        async with self._storing:
            updates, messages = await self.database.run(_left_over, datetime.now(UTC))
            self._running = True
            self._sender.enqueue(messages)
            self._accept(updates)
            self._dispatcher.start()

    async def stop(self) -> None:
        """Finish what is under way. What is queued stays in the database for the next start."""
        self._running = False
        await self._dispatcher.stop()
        await self._sender.stop()
        for answer in self._answers:
            answer.cancel()

    async def idle(self) -> bool:
        """Is every update handled, and everything that is due sent and noted?"""
        await asyncio.sleep(0)
        return self._dispatcher.idle and self._sender.idle and not self._storing.locked()

    async def receive(self, updates: Sequence[Mapping[str, Any]]) -> None:
        """Store raw updates in one transaction, then have them handled. Once this returns they may be confirmed.

        Raises StorageError when they could not be stored: then they must not be confirmed.
        """
        received = [Received(int(update["update_id"]), dict(update)) for update in updates]
        payloads = {update.update_id: json.dumps(update.data, ensure_ascii=False) for update in received}
        async with self._storing:
            try:
                rows = await self.database.run(inbox.store, payloads, datetime.now(UTC))
            except StorageError:
                self._tell_not_stored(received)
                raise
            new = {row.update_id for row in rows}
            if self._running:  # before the start they are found in the database
                self._accept(update for update in received if update.update_id in new)
        self._told.clear()

    async def run(self, use_case: Callable[Concatenate[Session, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a use case that is not the answer to an update (a round, a reminder) and send what it added."""

        def and_added(session: Session) -> tuple[R, list[OutboxMessage]]:
            return use_case(session, *args, **kwargs), outbox.added(session)

        result, messages = await self.database.run(and_added)
        if self._running:  # before the start they are found in the database
            self._sender.enqueue(messages)
        return result

    def _accept(self, updates: Iterable[Received]) -> None:
        now = datetime.now(UTC)
        for update in sorted(updates, key=lambda update: update.update_id):
            if update.callback_query_id is not None:
                self._answer(update.callback_query_id)
            if update.chat_id is not None:
                self._sender.heard_from(update.chat_id, update.written_at(now))
            self._dispatcher.enqueue([update])

    def _answer(self, query_id: str) -> None:
        """Answer a tap at once, before the slow work: until then the phone shows a clock on the button."""
        task = asyncio.create_task(self._answer_query(query_id))
        self._answers.add(task)
        task.add_done_callback(self._answers.discard)

    async def _answer_query(self, query_id: str) -> None:
        try:
            await self.bot.call(BotCall("answerCallbackQuery", {"callback_query_id": query_id}))
        except TelegramError as error:  # "query is too old": the tap still counts, only the clock ran out
            self._log.info("tap not answered", error=type(error).__name__)

    def _tell_not_stored(self, updates: Iterable[Received]) -> None:
        """Once for each chat: Telegram keeps what could not be stored, and gives it again."""
        if self._running:
            chats = {update.chat_id for update in updates}
            self._sender.say_trouble(chats - self._told, "storage")
            self._told |= chats


def _left_over(session: Session, now: datetime) -> tuple[list[Received], list[OutboxMessage]]:
    inbox.prune(session, now)
    outbox.prune(session, now)
    return [Received.of(row) for row in inbox.undone(session)], outbox.unsent(session)
