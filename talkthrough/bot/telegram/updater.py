"""Fetches raw updates, by long polling or a webhook, and confirms them only once they are stored."""

import asyncio
import hmac
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

import structlog
from aiohttp import web
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.ext import Updater

from talkthrough.bot.telegram.calls import BotCall, TelegramBot
from talkthrough.bot.telegram.received import ALLOWED_UPDATES
from talkthrough.bot.telegram.refusals import seconds
from talkthrough.errors import UserError
from talkthrough.storage.database import StorageError

Receive = Callable[[Sequence[Mapping[str, Any]]], Awaitable[None]]

POLL_SECONDS = 25
ANSWER_MARGIN = 10.0
LONGEST_PAUSE = 30.0
CONNECTIONS = 40
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header

CONFLICT = "Another Talkthrough is already running with this token. Stop it, or use another token."
UNKNOWN_TOKEN = "Telegram does not know this token. Copy it from BotFather again."  # noqa: S105 - a sentence

WEBHOOK_SETTINGS = "A webhook needs TALKTHROUGH_WEBHOOK_URL and TALKTHROUGH_WEBHOOK_SECRET. Set both."


class CannotGoOnError(UserError, RuntimeError):
    """Updates cannot be fetched at all. The message says what to do."""


class DurableUpdater(Updater):
    """python-telegram-bot's updater hands updates on in memory and confirms them; this one stores them first.

    receive: stores updates and returns, or raises StorageError. `on_stop` is told the sentence when it cannot go on.
    """

    __slots__ = ("_log", "_offset", "_polling", "_receive", "_runner", "_secret", "on_stop")

    def __init__(self, bot: TelegramBot, receive: Receive) -> None:
        super().__init__(bot, asyncio.Queue())
        self._receive = receive
        self.on_stop: Callable[[str], None] = lambda _sentence: None
        self._log = structlog.get_logger("updater")
        self._offset: int | None = None
        self._secret = b""
        self._polling: asyncio.Task[None] | None = None
        self._runner: web.AppRunner | None = None

    async def start_polling(self, *_: Any, **__: Any) -> asyncio.Queue[object]:
        """Begin to poll. The options of python-telegram-bot are ours to decide: nothing that waits is ever dropped."""
        self._begin()
        self._polling = asyncio.create_task(self._poll_for_ever(), name="polling")
        return self.update_queue

    async def start_webhook(
        self,
        listen: Any = "127.0.0.1",
        port: Any = 8080,
        *_: Any,
        webhook_url: str | None = None,
        secret_token: str | None = None,
        **__: Any,
    ) -> asyncio.Queue[object]:
        """Listen on listen:port, and tell Telegram to call `webhook_url`, proving itself with `secret_token`."""
        if not webhook_url or not secret_token:
            raise CannotGoOnError(WEBHOOK_SETTINGS)
        self._begin()
        self._secret = secret_token.encode()
        await self._listen(listen, port)
        try:
            await self._set_webhook(webhook_url, secret_token)
        except TelegramError as error:
            await self.stop()
            raise CannotGoOnError(f"Telegram did not take the webhook address: {error.message}") from None
        return self.update_queue

    async def _set_webhook(self, url: str, secret: str) -> None:
        parameters = {
            "url": url,
            "secret_token": secret,
            "allowed_updates": list(ALLOWED_UPDATES),
            "max_connections": CONNECTIONS,
            "drop_pending_updates": False,
        }
        await self._call("setWebhook", parameters)

    async def stop(self) -> None:
        """Stop fetching. What was stored is confirmed; what was not comes again at the next start."""
        self._running = False
        if self._polling is not None:
            self._polling.cancel()
            await asyncio.gather(self._polling, return_exceptions=True)
            self._polling = None
            await self._confirm()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    def _begin(self) -> None:
        if self._running:
            raise RuntimeError("The updater is running already.")
        self._running = True

    async def _call(self, method: str, parameters: Mapping[str, Any], seconds: float | None = None) -> Any:
        bot: Any = self.bot
        return await bot.call(BotCall(method, parameters), seconds)

    async def _confirm(self) -> None:
        if self._offset is not None:
            with suppress(TelegramError):
                await self._call("getUpdates", {"offset": self._offset, "timeout": 0, "limit": 1})

    async def _poll_for_ever(self) -> None:
        pause, has_webhook = 1.0, True
        while True:
            try:
                if has_webhook:  # or once had: a webhook and polling exclude each other
                    await self._call("deleteWebhook", {"drop_pending_updates": False})
                has_webhook = False
                await self._poll()
                pause = 1.0
            except Conflict:
                return self._cannot_go_on(CONFLICT)
            except InvalidToken:
                return self._cannot_go_on(UNKNOWN_TOKEN)
            except (TelegramError, StorageError) as error:
                reason = str(error) if isinstance(error, StorageError) else type(error).__name__
                self._log.error("updates not fetched", reason=reason, again_in=pause)
                await asyncio.sleep(_named_pause(error) or pause)
                pause = min(LONGEST_PAUSE, pause * 2)

    async def _poll(self) -> None:
        parameters = {"offset": self._offset, "timeout": POLL_SECONDS, "allowed_updates": list(ALLOWED_UPDATES)}
        updates = await self._call("getUpdates", parameters, POLL_SECONDS + ANSWER_MARGIN)
        if updates:
            await self._receive(updates)
            self._offset = updates[-1]["update_id"] + 1

    def _cannot_go_on(self, sentence: str) -> None:
        self._log.critical("stopped", reason=sentence)
        self._running = False
        self.on_stop(sentence)

    async def _listen(self, host: str, port: int) -> None:
        endpoint = web.Application()
        endpoint.router.add_post("/{any:.*}", self._on_call)  # the secret counts; a proxy may change the path
        self._runner = web.AppRunner(endpoint, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, host, port).start()

    async def _on_call(self, request: web.Request) -> web.Response:
        if not hmac.compare_digest(request.headers.get(SECRET_HEADER, "").encode(), self._secret):
            return web.Response(status=403)
        try:
            update = json.loads(await request.read())
            int(update["update_id"])
        except (ValueError, TypeError, KeyError):
            return web.Response(status=400)
        try:
            await self._receive([update])
        except StorageError as error:
            self._log.error("update not stored", reason=str(error))
            return web.Response(status=503)  # Telegram calls again
        return web.Response()


def _named_pause(error: Exception) -> float | None:
    """The pause that Telegram itself asks for."""
    return seconds(error.retry_after) if isinstance(error, RetryAfter) else None
