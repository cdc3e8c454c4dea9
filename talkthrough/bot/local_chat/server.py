"""The local Telegram: a Bot API server, a chat page and a control endpoint on one loopback address.

local = LocalTelegram(data_dir)
async with local.serve(port=8017) as url:
    ...  # bots use base_url=f"{url}/bot" and base_file_url=f"{url}/file/bot" with local.token
"""

import asyncio
import contextlib
import inspect
import json
import logging
import re
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web

from talkthrough.bot.local_chat.errors import ApiError
from talkthrough.bot.local_chat.limits import RateLimits
from talkthrough.bot.local_chat.media import UPLOAD_LIMIT
from talkthrough.bot.local_chat.methods import METHODS
from talkthrough.bot.local_chat.methods.calls import Call, Upload
from talkthrough.bot.local_chat.methods.parameters import parse_parameters
from talkthrough.bot.local_chat.page_api import PageApi
from talkthrough.bot.local_chat.state import BOT_ID
from talkthrough.bot.local_chat.store import Store
from talkthrough.bot.local_chat.webhook import deliver_for_ever
from talkthrough.bot.local_chat.world import World

FILE_NAME = "local-chat.sqlite"
LOCAL_HOST = re.compile(r"(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?")
ROOM_FOR_FORM_FIELDS = 1024 * 1024
logger = logging.getLogger(__name__)

Observer = Callable[[str, dict[str, Any], Any], None]


class LocalTelegram:
    """Telegram on this machine, for one bot.

    `data_dir` keeps the chat between runs (None: nothing is kept). `rate_limits` switches Telegram's sending limits.
    `world` is where people act and transcripts are read; `token` is the bot's fixed token, good for nothing elsewhere.
    `observers` are told of every answered call: (method, raw parameters, result or ApiError).
    """

    token = f"{BOT_ID}:{'LocalChat'.ljust(35, '0')}"

    def __init__(self, data_dir: Path | None = None, *, rate_limits: bool = True) -> None:
        self.world = World(Store(data_dir / FILE_NAME if data_dir else None))
        self.observers: list[Observer] = []
        self._limits = RateLimits(self.world.clock) if rate_limits else None

    @contextlib.asynccontextmanager
    async def serve(self, host: str = "127.0.0.1", port: int = 0) -> AsyncIterator[str]:
        """Serve while the block runs; yields the address. Refuses an address that other machines can reach."""
        if not LOCAL_HOST.fullmatch(_bracketed(host)):
            raise ValueError("The local chat is for this machine only. Use 127.0.0.1 or localhost.")
        runner = web.AppRunner(self._application(), access_log=None, shutdown_timeout=0.5, handle_signals=False)
        async with self.world.store.writing():
            await runner.setup()
            webhook = asyncio.create_task(deliver_for_ever(self.world.updates))
            try:
                site = web.TCPSite(runner, host, port)
                await site.start()
                for poll_id in self.world.polls:
                    self.world.close_later(poll_id)
                yield f"http://{_bracketed(host)}:{runner.addresses[0][1]}"
            finally:
                webhook.cancel()
                self.world.updates.interrupt()
                await asyncio.gather(webhook, return_exceptions=True)
                await runner.cleanup()

    def close(self) -> None:
        """Close the file of rows; call it after the last `serve`."""
        self.world.store.close()

    def _application(self) -> web.Application:
        application = web.Application(middlewares=[_only_local], client_max_size=UPLOAD_LIMIT + ROOM_FOR_FORM_FIELDS)
        application.router.add_route("*", "/bot{token}/{method}", self._bot_call)
        application.router.add_get("/file/bot{token}/files/{file_id}", self._download)
        PageApi(self.world).add_routes(application)
        return application

    async def _bot_call(self, request: web.Request) -> web.Response:
        name = request.match_info["method"]
        raw: dict[str, Any] = {}
        outcome: Any
        try:
            self._check_token(request)
            raw, uploads = await _read(request)
            outcome = await self._play(name, Call(self.world, parse_parameters(raw), uploads, self._limits))
        except ApiError as error:
            outcome = error
        for observer in self.observers:
            observer(name, raw, outcome)
        if isinstance(outcome, ApiError):
            return _json(outcome.as_json(), outcome.code)
        return _json({"ok": True, "result": outcome})

    async def _play(self, name: str, call: Call) -> Any:
        """Carry out a call. What the bot counts as sent is on disk before it hears so, and survives a kill."""
        method = METHODS.get(name.lower())
        if method is None:
            raise ApiError(404, "Not Found: method not found")
        try:
            outcome = method(call)
            if inspect.isawaitable(outcome):
                return await outcome
            await self.world.store.saved()
        except (AttributeError, KeyError, TypeError, ValueError, sqlite3.Error) as error:
            logger.exception("The local chat could not play %s", name)
            raise ApiError(500, "Internal Server Error") from error
        return outcome

    async def _download(self, request: web.Request) -> web.Response:
        self._check_token(request)
        try:
            content = self.world.store.file(request.match_info["file_id"])
        except KeyError:
            return _json(ApiError(404, "Not Found").as_json(), 404)
        return web.Response(body=content, content_type="application/octet-stream")

    def _check_token(self, request: web.Request) -> None:
        if request.match_info["token"] != self.token:
            raise ApiError(401, "Unauthorized")


@web.middleware
async def _only_local(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Refuse requests that another site's page made: a foreign Host (DNS rebinding) or a foreign Origin."""
    host = request.headers.get("Host", "")
    if not LOCAL_HOST.fullmatch(host) or request.headers.get("Origin", f"http://{host}") != f"http://{host}":
        return web.Response(status=403, text="The local chat answers only pages of its own address.")
    try:
        return await handler(request)
    except web.HTTPRequestEntityTooLarge:
        return _json(ApiError(413, "Request Entity Too Large").as_json(), 413)


async def _read(request: web.Request) -> tuple[dict[str, Any], dict[str, Upload]]:
    """Parameters and uploads of a call, in all the ways Telegram takes them: query, form, multipart form, JSON."""
    parameters: dict[str, Any] = dict(request.query)
    uploads: dict[str, Upload] = {}
    kind = request.content_type
    if not request.body_exists:
        pass
    elif kind == "application/json":
        parameters |= await request.json()
    elif kind == "application/x-www-form-urlencoded":
        parameters |= dict(parse_qsl(await request.text(), keep_blank_values=True))
    elif kind.startswith("multipart/"):
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                with value.file:
                    uploads[name] = Upload(value.filename, value.content_type, value.file.read())
            else:
                parameters[name] = value
    return parameters, uploads


def _json(content: Any, status: int = 200) -> web.Response:
    return web.Response(body=json.dumps(content).encode(), status=status, content_type="application/json")


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
