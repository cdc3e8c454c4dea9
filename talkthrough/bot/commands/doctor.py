"""`talkthrough doctor`: what is there, what is missing, and what to do about it, in sentences."""

import asyncio
import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlmodel import col, func, select
from telegram.error import InvalidToken, TelegramError

from talkthrough.bot.safeguarding_words import own_words
from talkthrough.bot.settings import Settings, settings_file
from talkthrough.bot.telegram.calls import BotCall, TelegramBot
from talkthrough.bot.telegram.request import AiohttpRequest
from talkthrough.bot.telegram.updater import UNKNOWN_TOKEN
from talkthrough.bot.transcription import transcriber_named
from talkthrough.errors import UserError
from talkthrough.storage.database import AlreadyRunningError, Database
from talkthrough.storage.migrations import newest, revision_of
from talkthrough.storage.tables import InboxUpdate, OutboxMessage

LITTLE_ROOM = 200 * 1024 * 1024


@dataclass(frozen=True)
class Finding:
    """One sentence. `is_missing`: Talkthrough cannot run, or not run rightly, before it is put right.

    `is_advice`: it runs, but somebody should look at this.
    """

    sentence: str
    is_missing: bool = False
    is_advice: bool = False

    @property
    def mark(self) -> str:
        """What stands before the sentence."""
        return "✗" if self.is_missing else "!" if self.is_advice else "✓"


def doctor() -> int:
    """Print every finding; 1 when something is missing."""
    found = list(examine())
    for finding in found:
        sys.stdout.write(f"{finding.mark} {finding.sentence}\n")
    return int(any(finding.is_missing for finding in found))


def examine(base_url: str = "https://api.telegram.org") -> Iterator[Finding]:
    """Every finding, the settings first: without them nothing else can be looked at."""
    try:
        settings = Settings.load()
    except UserError as error:
        yield from (Finding(line, is_missing=True) for line in str(error).splitlines())
        return
    yield Finding(_where_settings_are(settings_file(os.environ)))
    for check in (_time_zone, _data_folder, _database, _webhook, _safeguarding, _transcriber, _refit):
        yield from check(settings)
    yield from _token(settings, base_url)


def _where_settings_are(file: Path) -> str:
    if file.exists():
        return f"Settings come from the environment and from {file}."
    return f"Settings come from the environment. You can also write them to {file}."


def _time_zone(settings: Settings) -> Iterator[Finding]:
    try:
        ZoneInfo(settings.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        yield Finding(f"There is no time zone {settings.time_zone!r}. Try Europe/London.", is_missing=True)


def _data_folder(settings: Settings) -> Iterator[Finding]:
    folder = settings.data_dir
    nearest = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    if not os.access(nearest, os.W_OK):
        yield Finding(f"The data folder {folder} cannot be written to. Check who owns it.", is_missing=True)
    elif shutil.disk_usage(nearest).free < LITTLE_ROOM:
        yield Finding(f"The disk of the data folder {folder} is nearly full. Free some space.", is_missing=True)
    else:
        yield Finding(f"Everything is kept in {folder}.")


def _database(settings: Settings) -> Iterator[Finding]:
    if not settings.has_database:
        yield Finding("There is no database yet. The first start makes it.")
        return
    database = Database(settings.database)
    try:
        yield from _tables(database)
    except UserError as error:
        yield Finding(str(error), is_missing=True)
    finally:
        database.close()


def _tables(database: Database) -> Iterator[Finding]:
    with database.transaction() as session:
        revision = revision_of(session.connection())
    if revision != newest():
        yield Finding("The database is from another release. The next start brings it up to date.", is_advice=True)
        return
    yield _running(database)
    with database.transaction() as session:
        failed = session.exec(select(func.count()).where(col(InboxUpdate.failed_at).is_not(None))).one()
        unsent = session.exec(select(func.count()).where(col(OutboxMessage.state) == "failed")).one()
    if failed:
        yield Finding(f"{failed} messages from people could not be handled. The table inbox says why.", is_advice=True)
    if unsent:
        yield Finding(f"{unsent} messages to people could not be sent. The table outbox says why.", is_advice=True)


def _running(database: Database) -> Finding:
    try:
        database.claim_sole_use()
    except AlreadyRunningError:
        return Finding("The database is in order. Talkthrough is running.")
    return Finding("The database is in order. Talkthrough is not running.")


def _webhook(settings: Settings) -> Iterator[Finding]:
    if settings.webhook_url and not settings.webhook_secret:
        yield Finding("TALKTHROUGH_WEBHOOK_SECRET is missing. Set it to 32 random letters and digits.", is_missing=True)
    if settings.webhook_secret and not settings.webhook_url:
        yield Finding("TALKTHROUGH_WEBHOOK_URL is missing. Set it to the public https:// address.", is_missing=True)


def _safeguarding(settings: Settings) -> Iterator[Finding]:
    if not settings.safeguarding_contact:
        advice = "Set TALKTHROUGH_SAFEGUARDING_CONTACT to a name and a telephone number."
        yield Finding(f"Learners are not told whom they can talk to. {advice}", is_advice=True)
    try:
        own = own_words(settings.safeguarding_words)
    except UserError as error:
        yield Finding(str(error), is_missing=True)
        return
    shipped = "English words stop a discussion, and Welsh ones from a list that nobody has reviewed yet."
    if own.phrases:
        yield Finding(f"{shipped} Your safeguarding lead's own list is loaded: {len(own.phrases)} phrases.")
    else:
        advice = "To add some in any language, name a file in TALKTHROUGH_SAFEGUARDING_WORDS."
        yield Finding(f"{shipped} No list of your safeguarding lead is loaded. {advice}")


def _transcriber(settings: Settings) -> Iterator[Finding]:
    try:
        is_there = transcriber_named(settings.transcriber) is not None
    except UserError as error:
        yield Finding(str(error), is_missing=True)
        return
    if is_there:
        yield Finding(f"Voice messages are written down by {settings.transcriber}. Learners check what it wrote.")
    else:
        advice = "To have them written down, install a transcriber and set TALKTHROUGH_TRANSCRIBER."
        yield Finding(f"Voice messages are kept as sound only. Learners are asked to type their words too. {advice}")


def _refit(settings: Settings) -> Iterator[Finding]:
    if settings.refit:
        yield Finding("The memory model is fitted to each learner's own answers, once there are 400 of them.")
    else:
        yield Finding(
            "The memory model is not fitted to each learner. To have it fitted, set TALKTHROUGH_REFIT to true."
        )


def _token(settings: Settings, base_url: str) -> Iterator[Finding]:
    if settings.token is None:
        yield Finding("There is no token, so `talkthrough run` serves a chat page on this computer.")
        yield Finding("For Telegram, ask @BotFather for a token and set TALKTHROUGH_TOKEN.")
        return
    try:
        yield from asyncio.run(_ask(settings.token.get_secret_value(), base_url))
    except InvalidToken:
        yield Finding(UNKNOWN_TOKEN, is_missing=True)
    except TelegramError:
        advice = "Check the network. Behind a proxy, set HTTPS_PROXY."
        yield Finding(f"Telegram cannot be reached from here. {advice}", is_missing=True)


async def _ask(token: str, base_url: str) -> list[Finding]:
    request = AiohttpRequest()
    await request.initialize()
    try:
        bot = TelegramBot(token, base_url=f"{base_url}/bot", request=request, get_updates_request=request)
        me: dict[str, Any] = await bot.call(BotCall("getMe"))
        webhook: dict[str, Any] = await bot.call(BotCall("getWebhookInfo"))
    finally:
        await request.shutdown()
    found = [Finding(f"The token belongs to @{me['username']}.")]
    if webhook.get("last_error_message"):
        problem = f"Telegram could not call the webhook: {webhook['last_error_message']}"
        found.append(Finding(problem, is_advice=True))
    return found
