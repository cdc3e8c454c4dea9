"""Sends what the outbox holds, within Telegram's limits, and notes what became of it."""

import asyncio
import json
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

import structlog
from telegram.error import TelegramError

from talkthrough.bot.telegram.calls import BotCall, TelegramBot
from talkthrough.bot.telegram.lanes import Chat, Doubt, Lanes
from talkthrough.bot.telegram.ledger import Ledger
from talkthrough.bot.telegram.limits import Limits
from talkthrough.bot.telegram.refusals import Consequence, Refusal, refusal
from talkthrough.storage import outbox
from talkthrough.storage.database import Database, StorageError
from talkthrough.storage.outbox import FAILED, PENDING, REPLY, SENDING, SENT, Outcome
from talkthrough.storage.tables import Attachment, OutboxMessage

Render = Callable[[OutboxMessage, Attachment | None], BotCall]

AT_ONCE = 32
LAST_SECONDS = 5.0
STORAGE_PAUSE = 5.0
TROUBLE = "trouble"


class Sender:
    """Takes rows of committed transactions. Rows without an id are sent but not kept (tidying; a full database)."""

    def __init__(self, bot: TelegramBot, database: Database, render: Render, limits: Limits) -> None:
        self._bot = bot
        self._database = database
        self._render = render
        self._limits = limits
        self._ledger = Ledger(database)
        self._log = structlog.get_logger("sender")
        self._deliveries: set[asyncio.Task[None]] = set()
        self._wake = asyncio.Event()
        self._pump: asyncio.Task[None] | None = None
        self._slowed: dict[int, float] = {}

    @property
    def idle(self) -> bool:
        """Is everything that is due sent and noted?"""
        return not self._deliveries and not self._lanes.waiting and self._ledger.idle

    def start(self) -> None:
        """Begin to send."""
        self._loop = asyncio.get_running_loop()
        self._lanes = Lanes(self._limits, self._loop.time())
        self._ledger.start()
        self._pump = asyncio.create_task(self._send_for_ever(), name="sender")

    async def stop(self) -> None:
        """Finish what is on its way; what was not tried waits for the next start."""
        if self._pump is None:
            return
        self._pump.cancel()
        if self._deliveries:
            await asyncio.wait(self._deliveries, timeout=LAST_SECONDS)
        for row in self._lanes.take_back_all():
            if row.id is not None and row.state == SENDING and not row.attempts:
                self._ledger.release(row.id)
        await self._ledger.stop()

    def enqueue(self, rows: Iterable[OutboxMessage]) -> None:
        """Send these rows as soon as the limits allow, each not before its time."""
        for row in rows:
            wait = (row.not_before - datetime.now(UTC)).total_seconds() if row.not_before else 0.0
            if wait > 0:
                self._loop.call_later(wait, self._add, row)
            else:
                self._add(row)

    def heard_from(self, chat_id: int, written_at: datetime) -> None:
        """A sign of life: a message of ours that may or may not have arrived before that time did arrive."""
        chat = self._lanes.chat(chat_id, self._loop.time())
        if chat.doubt is None or written_at <= chat.doubt.tried_at:
            return
        row = chat.doubt.row
        chat.queues[row.lane].remove(row)
        chat.doubt, chat.paused_until = None, 0.0
        self._settle(row, SENT, error="no answer from Telegram, but the chat went on")
        self._offer(chat)

    def _add(self, row: OutboxMessage) -> None:
        self._offer(self._lanes.add(row, self._loop.time()))

    def _offer(self, chat: Chat) -> None:
        wait = self._lanes.offer(chat, self._loop.time())
        if wait > 0:
            self._loop.call_later(wait, self._offer, chat)
        else:
            self._wake.set()

    async def _send_for_ever(self) -> None:
        while True:
            self._wake.clear()
            wait = self._start_deliveries()
            try:
                await asyncio.wait_for(self._wake.wait(), wait)
            except TimeoutError:
                continue

    def _start_deliveries(self) -> float | None:
        """Start all that may go now. Returns the seconds until more may, or None to wait for a sign."""
        while len(self._deliveries) < AT_ONCE:
            taken = self._lanes.take(self._loop.time())
            if not isinstance(taken, tuple):
                return taken
            delivery = asyncio.create_task(self._deliver(*taken))
            self._deliveries.add(delivery)
            delivery.add_done_callback(self._deliveries.discard)
        return None

    async def _deliver(self, chat: Chat, row: OutboxMessage) -> None:
        try:
            await self._try(chat, row)
        except StorageError as error:
            self._log.error("message waits for the database", outbox_id=row.id, reason=str(error))
            self._lanes.put_back(chat, row, STORAGE_PAUSE, self._loop.time())
        except Exception as error:  # noqa: BLE001 - a message that cannot be made must not stop the others
            self._log.error("message cannot be made", outbox_id=row.id, view=row.view, error=type(error).__name__)
            self._fail(row, type(error).__name__)
        finally:
            chat.busy = False
            self._offer(chat)
            self._wake.set()

    async def _try(self, chat: Chat, row: OutboxMessage) -> None:
        if row.state == PENDING and row.id is not None:
            await self._ledger.claim(row.id)
            row.state = SENDING
        attachment = await self._database.run(outbox.attachment_of, row) if row.attachment_id is not None else None
        call = self._render(row, attachment)
        if chat.doubt is not None:
            row.possibly_duplicate, chat.doubt = True, None
        row.attempts += 1
        tried_at = datetime.now(UTC)
        try:
            answer = await self._post(call)
        except TelegramError as error:
            await self._refused(chat, row, error, tried_at)
        else:
            self._settle(row, SENT, message_id=answer.get("message_id") if isinstance(answer, dict) else None)

    async def _post(self, call: BotCall) -> Any:
        """Make the call; a new text for a message that somebody deleted is sent as a message of its own."""
        try:
            return await self._bot.call(call)
        except TelegramError as error:
            if call.method != "editMessageText" or refusal(error, 1).consequence is not Consequence.GONE:
                raise
        parameters = {name: value for name, value in call.parameters.items() if name != "message_id"}
        return await self._bot.call(BotCall("sendMessage", parameters))

    async def _refused(self, chat: Chat, row: OutboxMessage, error: TelegramError, tried_at: datetime) -> None:
        said = refusal(error, row.attempts)
        now = self._loop.time()
        self._log.warning("not sent", outbox_id=row.id, error=type(error).__name__, then=said.consequence.name.lower())
        match said.consequence:
            case Consequence.DELIVERED | Consequence.GONE:
                self._settle(row, SENT, error=error.message)
            case Consequence.FAILED:
                self._fail(row, error.message)
            case Consequence.UNREACHABLE:
                await self._database.run(outbox.mark_unreachable, row.chat_id, tried_at)
                self._settle(row, FAILED, error=error.message)
            case Consequence.MOVED:
                await self._move(chat, row, said)
            case Consequence.SLOW_DOWN:
                self._slow_down(chat, said.pause, now)
                self._lanes.put_back(chat, row, said.pause, now)
            case Consequence.DOUBTFUL:
                chat.doubt = Doubt(row, tried_at)
                self._lanes.put_back(chat, row, said.pause, now)
            case Consequence.AGAIN:
                self._lanes.put_back(chat, row, said.pause, now)

    def _slow_down(self, chat: Chat, pause: float, now: float) -> None:
        """Telegram does not say whether it means the chat or the bot: two chats at once mean the bot."""
        self._slowed = {chat_id: until for chat_id, until in self._slowed.items() if until > now}
        if self._slowed.keys() - {chat.id}:
            self._lanes.pause_all(pause, now)
        self._slowed[chat.id] = now + pause

    async def _move(self, chat: Chat, row: OutboxMessage, said: Refusal) -> None:
        if said.chat_id is None:
            raise ValueError("a chat moved without a new id")
        await self._database.run(outbox.move_chat, chat.id, said.chat_id)
        for moved in [row, *self._lanes.take_back(chat)]:
            moved.chat_id = said.chat_id
            self._add(moved)

    def _fail(self, row: OutboxMessage, error: str) -> None:
        self._settle(row, FAILED, error=error)
        if row.lane == REPLY and row.view != TROUBLE:
            self.say_trouble([row.chat_id], "unsent")

    def say_trouble(self, chat_ids: Iterable[int | None], reason: str) -> None:
        """Tell chats that something went wrong, without a row: the database may be the trouble.

        reason: "storage" (not saved yet) or "unsent" (an answer could not be sent). The dispatcher's rows of the same
        view have "failed" or "unreadable".
        """
        data, now = json.dumps({"reason": reason}), datetime.now(UTC)
        for chat_id in chat_ids:
            if chat_id is not None:
                self._add(OutboxMessage(chat_id=chat_id, view=TROUBLE, data=data, state=SENDING, created_at=now))

    def _settle(
        self, row: OutboxMessage, state: str, *, message_id: int | None = None, error: str | None = None
    ) -> None:
        if row.id is None:
            return
        now = datetime.now(UTC)
        self._ledger.settle(Outcome(row.id, state, now, row.attempts, message_id, error, row.possibly_duplicate))
