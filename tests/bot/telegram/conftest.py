"""The real Application, talking over real HTTP to the local Telegram."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from talkthrough.bot.application import TalkthroughApplication, build_application
from talkthrough.bot.local_chat.server import LocalTelegram
from talkthrough.bot.local_chat.world import World
from talkthrough.bot.settings import Settings
from talkthrough.storage.database import Database
from talkthrough.storage.tables import OutboxMessage
from tests.bot.telegram import echo

KIM, SAM = 1001, 1002


@dataclass
class Running:
    """A running bot and the Telegram it talks to."""

    application: TalkthroughApplication
    world: World
    url: str

    @property
    def database(self) -> Database:
        return self.application.pipeline.database

    async def settled(self) -> None:
        """Wait until everything that people wrote is fetched, handled and sent."""
        async with asyncio.timeout(10):
            while self.world.updates.pending or not await self.application.pipeline.idle():  # noqa: ASYNC110
                await asyncio.sleep(0.005)

    def texts(self, chat_id: int) -> list[str]:
        """What the bot said in a chat."""
        return [message.get("text", "") for message in self.world.transcript(chat_id) if message["from"]["is_bot"]]

    def outbox(self) -> list[OutboxMessage]:
        from sqlmodel import col, select

        with self.database.transaction() as session:
            return list(session.exec(select(OutboxMessage).order_by(col(OutboxMessage.id))))

    def answers(self) -> list[tuple[str, str]]:
        with self.database.transaction() as session:
            return echo.answers(session)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.load(data_dir=tmp_path / "data", rate_limits=False)


@pytest.fixture
async def local() -> AsyncIterator[LocalTelegram]:
    local = LocalTelegram(rate_limits=False)
    yield local
    local.close()


@pytest.fixture
async def url(local: LocalTelegram) -> AsyncIterator[str]:
    async with local.serve() as url:
        yield url


Start = Callable[..., Any]


@pytest.fixture
def start(local: LocalTelegram, url: str, settings: Settings) -> Start:
    """start(handle=..., settings=...) runs a bot while the block runs; the handler is the echo unless given."""

    @asynccontextmanager
    async def start_(*, settings: Settings = settings, **options: Any) -> AsyncIterator[Running]:
        options = {"handle": echo.handle, "render": echo.render} | options
        application = build_application(settings, base_url=url, **options)
        await run_while(application)
        try:
            yield Running(application, local.world, url)
        finally:
            await stop(application)

    return start_


async def run_while(application: TalkthroughApplication) -> None:
    await application.initialize()
    assert application.updater is not None
    await application.updater.start_polling()
    await application.start()


async def stop(application: TalkthroughApplication) -> None:
    assert application.updater is not None
    await application.updater.stop()
    if application.running:
        await application.stop()
    await application.shutdown()


async def until(holds: Callable[[], bool], seconds: float = 5.0) -> None:
    """Wait for something that nobody announces."""
    async with asyncio.timeout(seconds):
        while not holds():  # noqa: ASYNC110
            await asyncio.sleep(0.005)
