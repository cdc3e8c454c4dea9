"""What the chat page talks to: its files, a stream of events per person, the acts of a person; and /sim for scripts."""

import asyncio
import json
import mimetypes
from pathlib import Path
from typing import Any
from urllib.parse import quote

from aiohttp import web

from talkthrough.bot.local_chat.acts import ACTS
from talkthrough.bot.local_chat.errors import ActRefusedError
from talkthrough.bot.local_chat.methods.settings import commands_of, menu_button_of
from talkthrough.bot.local_chat.people import CAST, Chat, Message
from talkthrough.bot.local_chat.state import BOT_USER, Event
from talkthrough.bot.local_chat.world import World

PAGE = Path(__file__).parent / "page"
PAGE_FILES = {
    "": ("index.html", "text/html"),
    "chat.css": ("chat.css", "text/css"),
    "chat.js": ("chat.js", "text/javascript"),
    "bubbles.js": ("bubbles.js", "text/javascript"),
    "composer.js": ("composer.js", "text/javascript"),
    "voice.js": ("voice.js", "text/javascript"),
    "icon.svg": ("icon.svg", "image/svg+xml"),
}
PROTECTION = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src 'self' blob:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
SHOWN_IN_PLACE = {
    "image/png",
    "image/jpeg",
    "image/gif",
    "image/webp",
    "audio/ogg",
    "audio/webm",
    "audio/mpeg",
    "audio/mp4",
}
HEARTBEAT_SECONDS = 15.0
MESSAGES_AT_FIRST = 500


class PageApi:
    """Routes of the page and of /sim over one world."""

    def __init__(self, world: World) -> None:
        self.world = world

    def add_routes(self, application: web.Application) -> None:
        router = application.router
        router.add_get("/", _page_file)
        router.add_get("/page/{name}", _page_file)
        router.add_get(r"/chat/{person:\d{1,15}}/events", self._events)
        router.add_post(r"/chat/{person:\d{1,15}}/act", self._act)
        router.add_post(r"/chat/{person:\d{1,15}}/file", self._upload)
        router.add_get("/chat/file/{file_id}", self._file)
        router.add_post("/sim", self._act_as_told)

    async def _events(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events: first everything there is, then each change. The page keeps what it has by message id."""
        person_id = self.world.person(int(request.match_info["person"])).id
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", **PROTECTION})
        await response.prepare(request)
        changes: asyncio.Queue[Event] = asyncio.Queue()

        def listener(chat_id: int, event: Event) -> None:
            if chat_id == person_id:
                changes.put_nowait(event)
            elif self._is_news(chat_id, event):
                changes.put_nowait({"kind": "elsewhere", "person": chat_id})

        self.world.listeners.add(listener)
        try:
            await response.write(b"retry: 1000\n\n")
            await _write_event(response, self._everything(person_id))
            while True:
                try:
                    event = await asyncio.wait_for(changes.get(), HEARTBEAT_SECONDS)
                except TimeoutError:
                    await response.write(b": still here\n\n")
                else:
                    await _write_event(response, self._for_page(person_id, event))
        except (ConnectionResetError, asyncio.CancelledError):
            return response
        finally:
            self.world.listeners.discard(listener)

    def _is_news(self, chat_id: int, event: Event) -> bool:
        """Whether another person of the cast got a new message from the bot."""
        if event["kind"] != "message" or chat_id not in {person.id for person in CAST}:
            return False
        newest = self.world.last(chat_id)
        return newest is not None and newest["message_id"] == event["message_id"] and "edit_date" not in newest

    def _everything(self, person_id: int) -> Event:
        chat = self.world.chats[person_id]
        messages = list(chat.messages.values())[-MESSAGES_AT_FIRST:]
        return {
            "kind": "everything",
            "people": [{"id": person.id, "name": person.first_name} for person in CAST],
            "messages": [page_message(self.world, chat, message) for message in messages],
            "chat": page_chat(self.world, chat),
        }

    def _for_page(self, person_id: int, event: Event) -> Event:
        chat = self.world.chats[person_id]
        if event["kind"] == "message" and event["message_id"] in chat.messages:
            return {"kind": "message", "message": page_message(self.world, chat, chat.messages[event["message_id"]])}
        if event["kind"] == "message":
            return {"kind": "removed", "message_id": event["message_id"]}
        return {"kind": "chat", "chat": page_chat(self.world, chat)} if event["kind"] == "chat" else event

    async def _act(self, request: web.Request) -> web.Response:
        return await self._answer(await _order(request) | {"person": int(request.match_info["person"])})

    async def _act_as_told(self, request: web.Request) -> web.Response:
        return await self._answer(await _order(request))

    async def _answer(self, order: dict[str, Any]) -> web.Response:
        """Carry out {"op": ..., ...}; answered only when the act is on disk, so that what was sent is never lost."""
        act = ACTS.get(order.get("op", ""))
        if act is None:
            return _refusal(f"There is no act {order.get('op')!r}. There are: {', '.join(ACTS)}.")
        try:
            result = act(self.world, order)
            if asyncio.iscoroutine(result):
                result = await result
        except (ActRefusedError, KeyError, TypeError, ValueError) as error:
            return _refusal(str(error))
        await self.world.store.saved()
        return web.json_response({"ok": True, "result": result})

    async def _upload(self, request: web.Request) -> web.Response:
        """A file from the page: multipart field `file`, and `kind` (document, photo or voice)."""
        form = await request.post()
        upload, kind = form.get("file"), str(form.get("kind", "document"))
        if not isinstance(upload, web.FileField) or kind not in {"document", "photo", "voice"}:
            return _refusal("There is no file in this form.")
        with upload.file:
            content = upload.file.read()
        person_id = int(request.match_info["person"])
        try:
            message = self.world.send_file(
                person_id, kind, content, name=upload.filename, mime_type=upload.content_type
            )
        except ActRefusedError as error:
            return _refusal(str(error))
        await self.world.store.saved()
        return web.json_response({"ok": True, "result": {"message_id": message["message_id"]}})

    async def _file(self, request: web.Request) -> web.Response:
        """A file of the chat. Pictures and sound open in place; anything else is only ever downloaded, never run."""
        file = self.world.files.get(request.match_info["file_id"])
        if file is None:
            return web.Response(status=404, text="There is no such file.")
        kind = file["mime_type"].split(";")[0]
        if kind not in SHOWN_IN_PLACE:
            kind = mimetypes.guess_type(file["name"])[0] or "application/octet-stream"
        shown = kind in SHOWN_IN_PLACE
        disposition = "inline" if shown else f"attachment; filename*=UTF-8''{quote(file['name'], safe='')}"
        headers = {**PROTECTION, "Content-Disposition": disposition, "Content-Type": kind}
        return web.Response(body=self.world.store.file(file["id"]), headers=headers)


def page_chat(world: World, chat: Chat) -> dict[str, Any]:
    """What the page shows around the messages: the bot, its commands, the keyboard, what it is doing."""
    return {
        "bot": {"name": world.settings.get("name:", BOT_USER["first_name"]), "username": BOT_USER["username"]},
        "about": world.settings.get("description:", ""),
        "started": chat.started,
        "blocked": chat.blocked,
        "keyboard": chat.keyboard,
        "commands": commands_of(world, chat.id),
        "menu": menu_button_of(world, chat.id),
        "action": chat.action if chat.action_until > world.clock() else "",
    }


def page_message(world: World, chat: Chat, message: Message) -> Message:
    """A message as its reader sees it: with reactions, and a quiz without its answer until it is answered or closed."""
    shown = {**message, "reactions": chat.reactions.get(message["message_id"], [])}
    if "poll" not in message:
        return shown
    voted = world.polls.get(message["poll"]["id"], {"votes": {}})["votes"].get(str(chat.id), [])
    hidden = (
        set()
        if voted or message["poll"]["is_closed"]
        else {"correct_option_ids", "explanation", "explanation_entities"}
    )
    poll = {key: value for key, value in message["poll"].items() if key not in hidden}
    return {**shown, "poll": poll, "voted": voted}


async def _order(request: web.Request) -> dict[str, Any]:
    """The JSON object of a request; an empty one, which no act fits, when it is something else."""
    try:
        order = await request.json()
    except ValueError:
        return {}
    return order if isinstance(order, dict) else {}


async def _page_file(request: web.Request) -> web.StreamResponse:
    found = PAGE_FILES.get(request.match_info.get("name", ""))
    if found is None:
        return web.Response(status=404, text="There is no such file.")
    name, content_type = found
    return web.Response(text=(PAGE / name).read_text("utf-8"), content_type=content_type, headers=PROTECTION)


async def _write_event(response: web.StreamResponse, event: Event) -> None:
    await response.write(b"data: " + json.dumps(event).encode() + b"\n\n")


def _refusal(sentence: str) -> web.Response:
    return web.json_response({"ok": False, "error": sentence}, status=400)
