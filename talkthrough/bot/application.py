"""The program: python-telegram-bot's Application around our pipeline. The local chat and Telegram run the very same."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, cast

import structlog
from telegram.error import InvalidToken, NetworkError, TelegramError
from telegram.ext import Application, ApplicationBuilder
from telegram.request import BaseRequest

from talkthrough.bot.conversations.announcing import RoundWording
from talkthrough.bot.conversations.fetching import fetcher_for
from talkthrough.bot.conversations.handling import handler_for
from talkthrough.bot.conversations.inviting import invite
from talkthrough.bot.local_chat.server import LocalTelegram
from talkthrough.bot.settings import Settings
from talkthrough.bot.telegram.calls import BotCall, TelegramBot
from talkthrough.bot.telegram.dispatcher import Handle
from talkthrough.bot.telegram.limits import TELEGRAM, UNLIMITED
from talkthrough.bot.telegram.pipeline import Pipeline
from talkthrough.bot.telegram.request import AiohttpRequest
from talkthrough.bot.telegram.sender import Render
from talkthrough.bot.telegram.updater import (
    LONGEST_PAUSE,
    UNKNOWN_TOKEN,
    WEBHOOK_SETTINGS,
    CannotGoOnError,
    DurableUpdater,
)
from talkthrough.bot.telegram.views import render
from talkthrough.scheduler import refitting
from talkthrough.scheduler.clock import DAY, SECOND, ticker
from talkthrough.scheduler.reminding import remind_due
from talkthrough.scheduler.round_closing import tick
from talkthrough.storage import erasures, inbox, outbox
from talkthrough.storage.audit import signing_key
from talkthrough.storage.database import Database
from talkthrough.storage.migrations import migrate

COMMANDS = (
    ("menu", "What would you like to do?"),
    ("revise", "Short questions with feedback"),
    ("discuss", "Practise a professional discussion"),
    ("progress", "What you have mentioned so far"),
    ("settings", "Assessment date and more"),
    ("calendar", "What is planned, for your calendar"),
    ("whosaw", "Who looked at your data"),
    ("help", "All commands"),
)
DESCRIPTION = (
    "Practice for your unit: short questions, mock professional discussions, and your own words as a draft. "
    "It is not an assessment."
)
TELEGRAM_API = "https://api.telegram.org"


class TalkthroughApplication(Application[Any, Any, Any, Any, Any, Any]):
    """An Application that starts and stops the pipeline with itself.

    When updates cannot be fetched any more, `stopped_because` becomes the sentence that says why, and `when_stopped`
    is called: whoever runs the application decides what follows.
    """

    __slots__ = ("pipeline", "stopped_because", "ticker", "when_stopped")

    def __init__(self, *, pipeline: Pipeline, **options: Any) -> None:
        super().__init__(**options)
        self.pipeline = pipeline
        self.ticker = ticker(
            (self.look_at_rounds, SECOND), (self.remind, SECOND), (self.refit, 60 * SECOND), (self.tidy, DAY)
        )
        self.stopped_because: str | None = None
        self.when_stopped: Callable[[], None] = lambda: None

    async def initialize(self) -> None:
        """Make sure that nobody else works on this database, then greet Telegram. Raises UserError."""
        self.pipeline.database.claim_sole_use()
        pause = 1.0
        while not await self._greeted(pause):
            await asyncio.sleep(pause)
            pause = min(LONGEST_PAUSE, pause * 2)

    async def _greeted(self, pause: float) -> bool:
        try:
            await super().initialize()
        except InvalidToken:
            raise CannotGoOnError(UNKNOWN_TOKEN) from None
        except NetworkError as error:
            problem = type(error).__name__
            structlog.get_logger("application").warning("Telegram cannot be reached", error=problem, again_in=pause)
            return False
        return True

    async def start(self) -> None:
        """Start, and take up what the last run left."""
        await super().start()
        await self.pipeline.start()
        self.ticker.start()
        await self.introduce()

    async def stop(self) -> None:
        """Finish what is under way."""
        self.ticker.shutdown(wait=False)
        await self.pipeline.stop()
        await super().stop()

    async def shutdown(self) -> None:
        """Let go of everything."""
        await super().shutdown()
        self.pipeline.database.close()

    async def introduce(self) -> None:
        """Fill the command menu and the description that Telegram shows. It may fail: the bot works without."""
        calls = [
            BotCall("setMyCommands", {"commands": [{"command": name, "description": what} for name, what in COMMANDS]}),
            BotCall("setMyDescription", {"description": DESCRIPTION}),
        ]
        try:
            for call in calls:
                await self.pipeline.bot.call(call)
        except TelegramError as error:
            structlog.get_logger("application").warning("menu not set", error=type(error).__name__)

    async def remind(self) -> None:
        """Send the reminders whose time has come."""
        await self.pipeline.run(remind_due, datetime.now(UTC), invite)

    async def refit(self) -> None:
        """Fit the memory model to the learner who has waited longest for it: outside transactions, as it takes long."""
        found = await self.pipeline.run(refitting.next_try)
        if found is not None:
            fitted = await asyncio.to_thread(found.fitted)
            await self.pipeline.run(refitting.settle, found.refit_id, fitted, datetime.now(UTC))

    async def tidy(self) -> None:
        """Forget updates and messages whose time is over."""
        now = datetime.now(UTC)
        await self.pipeline.run(inbox.prune, now)
        await self.pipeline.run(outbox.prune, now)

    async def look_at_rounds(self) -> None:
        """Open, remind of and close the quiz rounds whose time has come."""
        await self.pipeline.run(tick, datetime.now(UTC), RoundWording())

    def cannot_go_on(self, sentence: str) -> None:
        """Remember why, and tell whoever runs us."""
        self.stopped_because = sentence
        self.when_stopped()


def build_application(
    settings: Settings,
    *,
    base_url: str | None = None,
    request: BaseRequest | None = None,
    handle: Handle | None = None,
    render: Render = render,
) -> TalkthroughApplication:
    """The whole bot, ready to run. Migrates the database.

    base_url: a Bot API server other than Telegram's, for example "http://127.0.0.1:8765", without the token;
    request: how calls are made; handle: what an update leads to (see conversations.handling); render: how a message
    becomes a call (see telegram.views).
    """
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    migrate(settings.database)
    server = (base_url or TELEGRAM_API).rstrip("/")
    bot = TelegramBot(
        token=settings.token.get_secret_value() if settings.token else LocalTelegram.token,
        base_url=f"{server}/bot",
        base_file_url=f"{server}/file/bot",
        request=request or AiohttpRequest(trust_env=base_url is None),
        get_updates_request=request or AiohttpRequest(connections=1, trust_env=base_url is None),
    )
    limits = TELEGRAM if settings.rate_limits else UNLIMITED
    database = Database(settings.database)
    with database.transaction() as session:
        erasures.reapply(session, settings.data_dir)
    handle = handle or handler_for(settings, signing_key(settings.data_dir), lambda: bot.username)
    pipeline = Pipeline(bot, database, handle, render, limits, fetcher_for(bot, database))
    updater = DurableUpdater(bot, pipeline.receive)
    builder = ApplicationBuilder().updater(updater).job_queue(None)
    application: Any = builder.application_class(TalkthroughApplication, {"pipeline": pipeline}).build()
    updater.on_stop = application.cannot_go_on
    return cast("TalkthroughApplication", application)


def run(application: TalkthroughApplication, settings: Settings, *, webhook: bool = False) -> None:
    """Run until a signal comes. Raises CannotGoOnError with a sentence when it had to stop by itself."""
    application.when_stopped = application.stop_running
    if webhook and not (settings.webhook_url and settings.webhook_secret):
        raise CannotGoOnError(WEBHOOK_SETTINGS)
    if webhook:
        application.run_webhook(
            listen=settings.webhook_listen,
            port=settings.webhook_port,
            webhook_url=settings.webhook_url,
            secret_token=settings.webhook_secret.get_secret_value() if settings.webhook_secret else None,
        )
    else:
        application.run_polling()
    if application.stopped_because:
        raise CannotGoOnError(application.stopped_because)
