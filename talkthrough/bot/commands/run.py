"""`talkthrough run`: prepare everything, then listen on Telegram, or serve the local chat."""

import asyncio
import contextlib
import signal
import sys
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import available_timezones

from pydantic import SecretStr

from talkthrough.bot import application, starting
from talkthrough.bot.commands.first_start import read_samples_apart
from talkthrough.bot.local_chat.server import LocalTelegram
from talkthrough.bot.observability import configure_logging
from talkthrough.bot.settings import Settings
from talkthrough.errors import UserError
from talkthrough.storage import people
from talkthrough.storage.database import Database
from talkthrough.storage.migrations import migrate

WELCOME = """
Talkthrough is ready. Open this page in a browser:

    {url}

You can be a learner, a tutor or an assessor there. Stop with Ctrl+C; everything is kept in
{folder}

To put it on Telegram: ask @BotFather for a token, then start it with
    TALKTHROUGH_TOKEN=123456789:AA... TALKTHROUGH_DATA_DIR=$HOME/talkthrough-bot make run
"""


def run(*, webhook: bool, port: int | None) -> None:
    """Start, and go on until Ctrl+C or a signal."""
    settings = Settings.load(**({"local_port": port} if port is not None else {}))
    if webhook and settings.token is None:
        raise UserError("A webhook needs a bot. Set TALKTHROUGH_TOKEN to the token from BotFather.")
    if settings.time_zone not in available_timezones():
        raise UserError(f"There is no time zone {settings.time_zone!r}. Use a name such as Europe/London.")
    configure_logging(settings)
    make_folder(settings.data_dir)
    with only_one(settings.data_dir):
        read_samples_apart(settings)
        prepare(settings)
        if settings.token is None:
            asyncio.run(serve_local_chat(settings))
        else:
            application.run(application.build_application(settings), settings, webhook=webhook)


def make_folder(folder: Path) -> None:
    """Make the data folder, for this user's eyes."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as problem:
        raise UserError(
            f"The data folder {folder} cannot be made ({problem.strerror}). Set TALKTHROUGH_DATA_DIR to another one."
        ) from problem


@contextlib.contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Hold the data folder, so that a second start says so instead of answering everything twice."""
    import fcntl

    with (folder / "running").open("w") as mine:
        try:
            fcntl.flock(mine, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise UserError(f"Talkthrough is running already with the data in {folder}. Stop it first.") from None
        yield


def prepare(settings: Settings) -> None:
    """Migrate, load the sample specifications, and say how the owner gets in."""
    migrate(settings.database)
    database = Database(settings.database)
    try:
        _load(database, is_local=settings.token is None)
    finally:
        database.close()


def _load(database: Database, *, is_local: bool) -> None:
    load_samples(database)
    with database.transaction() as session:
        starting.refuse_the_others(session, is_local=is_local)
        if is_local:
            starting.admit_local_people(session)
        elif code := people.owner_code(session, datetime.now(UTC)):
            _say(f"Nobody owns this bot yet. Send it this message from your own account:\n\n    /start {code}\n")


def load_samples(database: Database) -> None:
    """Load the sample specifications that are not in the bank yet."""
    loaded = starting.load_samples(database, starting.samples_folder())
    if loaded:
        _say(f"Read {loaded} specification documents into the question bank.")


async def serve_local_chat(settings: Settings) -> None:
    """Serve the chat page and run the very same bot against it."""
    local = LocalTelegram(settings.data_dir, rate_limits=False)
    try:
        async with _served(local, settings.local_port) as url:
            _say(WELCOME.format(url=url, folder=settings.data_dir))
            await _talk(settings.model_copy(update={"token": SecretStr(local.token), "rate_limits": False}), url)
    finally:
        local.close()


@contextlib.asynccontextmanager
async def _served(local: LocalTelegram, port: int) -> AsyncIterator[str]:
    server = local.serve(port=port)
    try:
        url = await server.__aenter__()
    except OSError as problem:
        raise UserError(f"Port {port} is taken ({problem.strerror}). Try: talkthrough run --port 0") from problem
    try:
        yield url
    finally:
        await server.__aexit__(None, None, None)


async def _talk(settings: Settings, url: str) -> None:
    bot = application.build_application(settings, base_url=url)
    async with bot:
        await bot.start()
        assert bot.updater is not None
        await bot.updater.start_polling()
        await _until_stopped(bot)
        await bot.updater.stop()
        await bot.stop()
    if bot.stopped_because:
        raise UserError(bot.stopped_because)


async def _until_stopped(bot: application.TalkthroughApplication) -> None:
    stopped = asyncio.Event()
    bot.when_stopped = stopped.set
    for wanted in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(wanted, stopped.set)
    await stopped.wait()


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
