"""What the sender must not forget, written in batches: one transaction every few milliseconds, not one per message."""

import asyncio

import structlog

from talkthrough.storage import outbox
from talkthrough.storage.database import Database, StorageError
from talkthrough.storage.outbox import Outcome

GATHER_SECONDS = 0.004
RETRY_SECONDS = 2.0


class Ledger:
    """Collects what is about to be sent (claims) and what became of messages (outcomes)."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._log = structlog.get_logger("outbox")
        self._claims: dict[int, asyncio.Future[None]] = {}
        self._outcomes: list[Outcome] = []
        self._releases: list[int] = []
        self._work = asyncio.Event()
        self._writing = False
        self._task: asyncio.Task[None] | None = None

    @property
    def idle(self) -> bool:
        """Is everything written?"""
        return not (self._writing or self._claims or self._outcomes or self._releases)

    async def claim(self, outbox_id: int) -> None:
        """Return when it is on disk that this message is about to be sent."""
        future = asyncio.get_running_loop().create_future()
        self._claims[outbox_id] = future
        self._work.set()
        await future

    def settle(self, outcome: Outcome) -> None:
        """Note what became of a message."""
        self._outcomes.append(outcome)
        self._work.set()

    def release(self, outbox_id: int) -> None:
        """Note that a message was not tried after all, so that the next start need not suspect a duplicate."""
        self._releases.append(outbox_id)
        self._work.set()

    def start(self) -> None:
        """Begin to write."""
        self._task = asyncio.create_task(self._write_for_ever(), name="ledger")

    async def stop(self) -> None:
        """Write what there is, then stop. What a full disk refuses stays `sending` and is flagged at the next start."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        try:
            await self._write()
        except StorageError as error:
            self._log.error("not written at stop", reason=str(error))

    async def _write_for_ever(self) -> None:
        while True:
            await self._work.wait()
            await asyncio.sleep(GATHER_SECONDS)
            self._work.clear()
            try:
                await self._write()
            except StorageError as error:
                self._log.error("not written yet", reason=str(error))
                await asyncio.sleep(RETRY_SECONDS)
                self._work.set()

    async def _write(self) -> None:
        claims, outcomes, releases = self._claims, self._outcomes, self._releases
        self._claims, self._outcomes, self._releases = {}, [], []
        self._writing = True
        try:
            await self._database.run(outbox.record, list(claims), outcomes, releases)
        except BaseException:
            self._claims, self._outcomes = claims | self._claims, outcomes + self._outcomes
            self._releases = releases + self._releases
            raise
        finally:
            self._writing = False
        for future in claims.values():
            if not future.done():
                future.set_result(None)
