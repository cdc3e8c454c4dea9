"""Makes ordered files, oldest first, without holding up a transaction: read, made in a thread, handed over once."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

import structlog
from sqlmodel import Session

from talkthrough.bot.observability import place_of
from talkthrough.storage import outbox
from talkthrough.storage.database import Database, StorageError
from talkthrough.storage.tables import OutboxMessage

P = ParamSpec("P")
R = TypeVar("R")

LONGEST_PAUSE = 30.0


class Batch(Protocol):
    """The files of an order, read from the database and ready to be made outside it."""

    @property
    def steps(self) -> Sequence[Callable[[], Any]]:
        """One call for each file, in order; each returns the file."""
        ...

    def pack(self, files: Sequence[Any]) -> Sequence[Any]:
        """The files as they are sent."""
        ...

    def hand_over(self, session: Session, now: datetime, files: Sequence[Any], sent: Sequence[Any]) -> None:
        """Register and send the files, and settle the order; leave it where what was read is out of date."""
        ...


class Orders(Protocol):
    """The orders of files. Each method runs in a transaction of its own and may add messages."""

    def take(self, session: Session, now: datetime) -> int | None:
        """The oldest order, one attempt counted; None where nobody waits for anything."""
        ...

    def read(self, session: Session, now: datetime, order_id: int) -> Batch | None:
        """What the order needs; None where it is settled without files."""
        ...


class FileMaker:
    """One order at a time. An order that the program did not live to settle is made again at the next start."""

    def __init__(self, database: Database, orders: Orders, send: Callable[[Iterable[OutboxMessage]], None]) -> None:
        self._database = database
        self._orders = orders
        self._send = send
        self._log = structlog.get_logger("files")
        self._wake = asyncio.Event()
        self._has_work = False
        self._worker: asyncio.Task[None] | None = None

    @property
    def idle(self) -> bool:
        """Is every order settled?"""
        return not self._has_work

    def wake(self) -> None:
        """There may be an order."""
        self._has_work = True
        self._wake.set()

    def start(self) -> None:
        """Begin, with what the last run left."""
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="files")
        self.wake()
        self._worker = asyncio.create_task(self._work(), name="files")

    async def stop(self) -> None:
        """Finish the file under way. Orders that are not settled wait for the next start."""
        if self._worker is None:
            return
        self._worker.cancel()
        await asyncio.gather(self._worker, return_exceptions=True)
        self._worker, self._has_work = None, False
        await asyncio.to_thread(self._thread.shutdown)

    async def _work(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            while (order_id := await self._in_transaction(self._orders.take)) is not None:
                await self._try(order_id)
            self._has_work = self._wake.is_set()

    async def _try(self, order_id: int) -> None:
        try:
            await self._fill(order_id)
        except Exception as error:  # noqa: BLE001 - a file that cannot be made must not hold up the next person's
            self._log.error("files not made", order_id=order_id, error=place_of(error))

    async def _fill(self, order_id: int) -> None:
        batch = await self._in_transaction(self._orders.read, order_id)
        if batch is None:
            return
        loop = asyncio.get_running_loop()
        files = [await loop.run_in_executor(self._thread, step) for step in batch.steps]
        sent = await loop.run_in_executor(self._thread, batch.pack, files)
        await self._in_transaction(batch.hand_over, files, sent)

    async def _in_transaction(
        self, use_case: Callable[Concatenate[Session, datetime, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Run it and send what it added; while the database takes nothing (a full disk), wait and try again."""

        def and_added(session: Session) -> tuple[R, list[OutboxMessage]]:
            return use_case(session, datetime.now(UTC), *args, **kwargs), outbox.added(session)

        pause = 1.0
        while True:
            try:
                result, messages = await self._database.run(and_added)
            except StorageError as error:
                self._log.error("files wait for the database", reason=str(error))
                await asyncio.sleep(pause)
                pause = min(LONGEST_PAUSE, pause * 2)
            else:
                self._send(messages)
                return result
