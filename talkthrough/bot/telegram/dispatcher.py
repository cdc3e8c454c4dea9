"""Hands stored updates to the conversation: in order within a chat, chats in turn, a few in one transaction."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import structlog
from sqlmodel import Session
from telegram import ChatMember, Update

from talkthrough.bot.observability import place_of
from talkthrough.bot.telegram.calls import TelegramBot
from talkthrough.bot.telegram.following import Following, following
from talkthrough.bot.telegram.received import Received
from talkthrough.bot.telegram.sender import TROUBLE, Sender
from talkthrough.storage import inbox, outbox
from talkthrough.storage.database import Database, StorageError

Handle = Callable[[Session, Update, datetime, Any], None]
Fetch = Callable[[Update], Awaitable[Any]]
Follow = Callable[[Following], None]

TOGETHER = 12  # updates in one transaction: more would keep the first of them waiting
LONGEST_PAUSE = 30.0
ABSENT = {ChatMember.BANNED, ChatMember.LEFT}


class UnreadableUpdateError(ValueError):
    """The library cannot make sense of an update."""


class Dispatcher:
    """Queues of updates by chat, and the workers that empty them."""

    def __init__(
        self, bot: TelegramBot, database: Database, handle: Handle, fetch: Fetch, sender: Sender, follow: Follow
    ) -> None:
        self._bot = bot
        self._database = database
        self._handle = handle
        self._fetch = fetch
        self._fetched: dict[int, Any] = {}
        self._fetching: set[asyncio.Task[None]] = set()
        self._sender = sender
        self._follow = follow
        self._log = structlog.get_logger("inbox")
        self._queues: dict[int | None, deque[Received]] = {}
        self._turns: asyncio.Queue[int | None] = asyncio.Queue()
        self._known: set[int] = set()
        self._workers: list[asyncio.Task[None]] = []
        self._stopping = asyncio.Event()

    @property
    def idle(self) -> bool:
        """Is every update handled?"""
        return not self._known

    def enqueue(self, updates: Iterable[Received]) -> None:
        """Queue stored updates. One that waits already is not queued again."""
        for update in updates:
            if update.update_id in self._known:
                continue
            self._known.add(update.update_id)
            key = update.chat_id
            queue = self._queues.setdefault(key, deque())
            queue.append(update)
            if len(queue) == 1:
                self._give_turn(key)

    def start(self) -> None:
        """Begin to handle: as many workers as the database has threads."""
        self._stopping.clear()
        self._workers = [asyncio.create_task(self._work(), name="inbox") for _ in range(self._database.threads)]

    async def stop(self) -> None:
        """Finish the transactions under way. The rest stays in the inbox for the next start."""
        self._stopping.set()
        self._turns.put_nowait(None)
        for fetching in self._fetching:
            fetching.cancel()
        await asyncio.gather(*self._workers, *self._fetching, return_exceptions=True)
        self._workers, self._turns = [], asyncio.Queue()
        self._queues.clear()
        self._known.clear()

    async def _work(self) -> None:
        while True:
            keys = [await self._turns.get()]
            while len(keys) < TOGETHER and not self._turns.empty():
                keys.append(self._turns.get_nowait())
            if self._stopping.is_set():
                self._turns.put_nowait(None)  # wake the next worker, who may be waiting for a turn
                return
            batch = [self._queues[key][0] for key in keys]
            for each in await self._handle_until_stored(batch):
                self._follow(each)
            self._next_turns(keys)

    def _give_turn(self, key: int | None) -> None:
        """Let a chat's first update be handled, after its file is fetched where it has one: others need not wait."""
        first = self._queues[key][0]
        if first.has_file:
            fetching = asyncio.create_task(self._fetch_first(key, first))
            self._fetching.add(fetching)
            fetching.add_done_callback(self._fetching.discard)
        else:
            self._turns.put_nowait(key)

    async def _fetch_first(self, key: int | None, received: Received) -> None:
        try:
            self._fetched[received.update_id] = await self._fetch(self._parse(received))
        except Exception as error:  # noqa: BLE001 - the dialogue says that the file did not come through
            self._log.warning("file not fetched", error=type(error).__name__)
        self._turns.put_nowait(key)

    def _next_turns(self, keys: list[int | None]) -> None:
        for key in keys:
            queue = self._queues[key]
            update_id = queue.popleft().update_id
            self._known.discard(update_id)
            self._fetched.pop(update_id, None)
            if queue:
                self._give_turn(key)
            else:
                del self._queues[key]

    async def _handle_until_stored(self, batch: list[Received]) -> list[Following]:
        """Handle a batch; while the database takes nothing (a full disk), say so, wait and try again."""
        pause = 1.0
        while not self._stopping.is_set():
            try:
                return await self._handle_together(batch)
            except StorageError as error:
                self._log.error("not handled yet", updates=len(batch), reason=str(error))
            if pause == 1.0:
                self._sender.say_trouble({update.chat_id for update in batch}, "storage")
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), pause)
            pause = min(LONGEST_PAUSE, pause * 2)
        return []

    async def _handle_together(self, batch: list[Received]) -> list[Following]:
        """One transaction for all. When it fails, each gets its own second try, so that none spoils the others'."""
        try:
            return [await self._database.run(self._handle_batch, batch, datetime.now(UTC))]
        except StorageError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever one update does, the others are handled
            self._log.info("tried again", updates=len(batch), error=type(error).__name__)
        return [await self._handle_alone(update) for update in batch]

    async def _handle_alone(self, update: Received) -> Following:
        try:
            return await self._database.run(self._handle_batch, [update], datetime.now(UTC))
        except StorageError:
            raise
        except Exception as error:  # noqa: BLE001
            return await self._database.run(self._give_up, update, error, datetime.now(UTC))

    def _handle_batch(self, session: Session, batch: list[Received], now: datetime) -> Following:
        undone = inbox.still_undone(session, [update.update_id for update in batch])
        for received in batch:
            if received.update_id in undone:
                update = self._parse(received)
                note_membership(session, update, now)
                self._handle(session, update, now, self._fetched.get(received.update_id))
        inbox.mark_done(session, undone, now)
        return following(session)

    def _parse(self, received: Received) -> Update:
        try:
            return Update.de_json(received.data, self._bot)
        except Exception as error:
            raise UnreadableUpdateError from error

    def _give_up(self, session: Session, update: Received, error: Exception, now: datetime) -> Following:
        """Put the update aside with the kind and place of the error (never what was written), and tell the chat."""
        said = place_of(error)
        self._log.error("update failed", update_id=update.update_id, error=said)
        inbox.mark_failed(session, update.update_id, said, now)
        if update.chat_id is not None:
            reason = "unreadable" if isinstance(error, UnreadableUpdateError) else "failed"
            outbox.add(session, chat_id=update.chat_id, view=TROUBLE, data={"reason": reason}, now=now)
        return following(session)


def note_membership(session: Session, update: Update, now: datetime) -> None:
    """Keep track of who blocked the bot or came back, and of groups that got a new id."""
    if (change := update.my_chat_member) is not None:
        if change.new_chat_member.status in ABSENT:
            outbox.mark_unreachable(session, change.chat.id, now)
        else:
            outbox.mark_reachable(session, change.chat.id)
    message = update.message
    if message is not None and message.migrate_to_chat_id:
        outbox.move_chat(session, message.chat.id, message.migrate_to_chat_id)
