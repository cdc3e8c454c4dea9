"""The whole program as its users meet it: the real Application, the local Telegram, the five sample documents."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from talkthrough.bot.application import TalkthroughApplication, build_application
from talkthrough.bot.commands.run import prepare
from talkthrough.bot.local_chat.server import LocalTelegram
from talkthrough.bot.settings import Settings

LEARNER, OTHER_LEARNER, TUTOR, ASSESSOR = 1001, 1002, 2001, 3001


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder as a first start leaves it: migrated, the samples loaded, the local people admitted."""
    folder = tmp_path_factory.mktemp("prepared")
    prepare(Settings.load(data_dir=folder))
    return folder


@pytest.fixture
def data_dir(prepared: Path, tmp_path: Path) -> Path:
    """A copy of the prepared folder for one test."""
    return Path(shutil.copytree(prepared, tmp_path / "data"))


class Phone:
    """One person's phone: what they do, and what they see."""

    def __init__(self, house: "House", person: int) -> None:
        self.house, self.person = house, person
        self._read = 0

    @property
    def messages(self) -> list[dict[str, Any]]:
        """The whole chat, oldest first."""
        return self.house.local.world.transcript(self.person)

    async def say(self, text: str) -> list[str]:
        """Send a text and return what the bot said to it."""
        self.house.local.world.say(self.person, text)
        return await self.hear()

    async def tap(self, label: str) -> list[str]:
        """Tap the newest button whose label begins so, and return what the bot said to it."""
        message, data = self._button(label)
        return await self.tap_data(message, data)

    async def tap_twice(self, label: str) -> list[str]:
        """Tap a button again before the first tap has had any effect."""
        message, data = self._button(label)
        self.house.local.world.tap(self.person, message, data)
        return await self.tap_data(message, data)

    async def tap_data(self, message_id: int, data: str) -> list[str]:
        """Tap a button of a certain message, however old."""
        self.house.local.world.tap(self.person, message_id, data)
        return await self.hear()

    async def hear(self) -> list[str]:
        """Wait until the bot has nothing left to do; return its new texts and file names."""
        await self.house.settled()
        new = [message for message in self.messages[self._read :] if message["from"]["is_bot"]]
        self._read = len(self.messages)
        return [_words(message) for message in new]

    def buttons(self) -> list[str]:
        """The labels under the newest message that has any."""
        for message in reversed(self.messages):
            if rows := message.get("reply_markup", {}).get("inline_keyboard"):
                return [button["text"] for row in rows for button in row]
        return []

    def button(self, label: str) -> tuple[int, str]:
        """(message, data) of the newest button whose label begins so."""
        return self._button(label)

    def file(self, ending: str) -> bytes:
        """The newest file with this ending that the bot sent."""
        for message in reversed(self.messages):
            document = message.get("document")
            if document and document["file_name"].endswith(ending):
                return self.house.local.world.store.file(document["file_id"])
        raise AssertionError(f"no {ending} file was sent")

    def _button(self, label: str) -> tuple[int, str]:
        for message in reversed(self.messages):
            for row in message.get("reply_markup", {}).get("inline_keyboard", []):
                for button in row:
                    if button["text"].startswith(label):
                        return message["message_id"], button["callback_data"]
        raise AssertionError(f"no button {label!r}; there are {self.buttons()}")


def _words(message: dict[str, Any]) -> str:
    if "document" in message:
        return f"[{message['document']['file_name']}]"
    return ("[photo] " if "photo" in message else "") + (message.get("text") or message.get("caption") or "")


class House:
    """The running program with everybody's phones."""

    def __init__(self, local: LocalTelegram, application: TalkthroughApplication) -> None:
        self.local, self.application = local, application
        self.learner, self.other_learner = Phone(self, LEARNER), Phone(self, OTHER_LEARNER)
        self.tutor, self.assessor = Phone(self, TUTOR), Phone(self, ASSESSOR)

    async def settled(self) -> None:
        """Wait until everything that people did is fetched, handled, and answered."""
        async with asyncio.timeout(20):
            while self.local.world.updates.pending or not await self.application.pipeline.idle():  # noqa: ASYNC110
                await asyncio.sleep(0.005)

    async def enter(self, *phones: Phone) -> None:
        """Let people start the bot and read the privacy card."""
        for phone in phones:
            await phone.say("/start")
            await phone.tap("I have read this")


@pytest.fixture
async def house(data_dir: Path) -> AsyncIterator[House]:
    """The program, started on a copy of the prepared folder."""
    async with started(Settings.load(data_dir=data_dir)) as house:
        yield house


@asynccontextmanager
async def started(prepared: Settings) -> AsyncIterator[House]:
    """The program, running on a prepared database."""
    local = LocalTelegram(rate_limits=False)
    settings = prepared.model_copy(update={"token": SecretStr(local.token), "rate_limits": False})
    async with local.serve() as url:
        application = build_application(settings, base_url=url)
        async with application:
            await application.start()
            assert application.updater is not None
            await application.updater.start_polling()
            yield House(local, application)
            await application.updater.stop()
            await application.stop()
    local.close()
