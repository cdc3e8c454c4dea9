"""What the local Telegram remembers: people, chats, messages, files, polls, callbacks, settings and updates."""

import asyncio
import time
from collections.abc import Callable
from typing import Any

from talkthrough.bot.local_chat.people import CAST, Chat, Message, Person, private_chat
from talkthrough.bot.local_chat.store import Numbers, Store
from talkthrough.bot.local_chat.updates import UpdateQueue

BOT_ID = 1000000001
BOT_USER = {"id": BOT_ID, "is_bot": True, "first_name": "Talkthrough", "username": "talkthrough_local_bot"}
ACTION_SECONDS = 5.0

Row = dict[str, Any]
Event = dict[str, Any]
Listener = Callable[[int, Event], None]


class State:
    """Rows and how they change. Every change of a chat is told to `listeners` as (chat id, event).

    Messages, polls and callbacks are replaced whole and never changed in place, so a copy handed out stays what it was.
    """

    def __init__(self, store: Store | None = None, clock: Callable[[], float] = time.time) -> None:
        self.store = store or Store()
        self.clock = clock
        self.numbers = Numbers(self.store, "everything")
        self.updates = UpdateQueue(self.store)
        self.people: dict[int, Person] = {person.id: person for person in CAST}
        self.chats: dict[int, Chat] = {person.id: private_chat(person) for person in CAST}
        self.files: dict[str, Row] = {}
        self.polls: dict[str, Row] = {}
        self.callbacks: dict[str, Row] = {}
        self.settings: dict[str, Any] = {}
        self.listeners: set[Listener] = set()
        self._restore()

    def post(self, chat: Chat, content: Row) -> Message:
        """Add a message to a chat."""
        message_id = self.numbers.next()
        message = {"message_id": message_id, "date": int(self.clock()), "chat": chat.info, **content}
        self._place(chat, message)
        return message

    def replace(self, chat: Chat, message: Message, *, edited: bool = True) -> Message:
        """Put an edited message in the place of the one with its id."""
        if edited:
            message = {**message, "edit_date": int(self.clock())}
        self._place(chat, message)
        return message

    def remove(self, chat: Chat, message_id: int) -> bool:
        if chat.messages.pop(message_id, None) is None:
            return False
        self.store.drop("message", f"{chat.id}:{message_id}")
        self.tell(chat.id, {"kind": "removed", "message_id": message_id})
        return True

    def chat_changed(self, chat: Chat) -> None:
        """Keep and announce a change of anything but the messages."""
        self.store.put("chat", chat.id, chat.as_row())
        self.tell(chat.id, {"kind": "chat"})

    def show_action(self, chat: Chat, action: str) -> None:
        chat.action, chat.action_until = action, self.clock() + ACTION_SECONDS
        self.tell(chat.id, {"kind": "action", "action": action})

    def keep_file(self, content: bytes, name: str, mime_type: str) -> Row:
        """Store a file; returns its row: id, unique_id, name, mime_type, size (bytes)."""
        number = self.numbers.next()
        row: Row = {
            "id": f"local-file-{number}",
            "unique_id": f"unique-{number}",
            "name": name,
            "mime_type": mime_type,
            "size": len(content),
        }
        self.files[row["id"]] = row
        self.store.put_file(row["id"], content)
        self.store.put("file", row["id"], row)
        return row

    def keep_poll(self, row: Row) -> None:
        """Keep a poll (poll, votes, chat_id, message_id) and show its new state in its message."""
        self.polls[row["poll"]["id"]] = row
        self.store.put("poll", row["poll"]["id"], row)
        chat = self.chats[row["chat_id"]]
        if message := chat.messages.get(row["message_id"]):
            self.replace(chat, {**message, "poll": row["poll"]}, edited=False)

    def close_poll(self, poll_id: str) -> Row:
        """Close a poll and tell the bot; returns the closed Poll."""
        row = self.polls[poll_id]
        if row["poll"]["is_closed"]:
            return dict(row["poll"])
        closed = {**row["poll"], "is_closed": True}
        self.keep_poll({**row, "poll": closed})
        self.updates.push("poll", closed)
        return closed

    def close_later(self, poll_id: str) -> None:
        """Close a poll at its close_date (needs a running event loop)."""
        poll = self.polls[poll_id]["poll"]
        if "close_date" in poll and not poll["is_closed"]:
            seconds = max(0.0, poll["close_date"] - self.clock())
            asyncio.get_running_loop().call_later(seconds, self.close_poll, poll_id)

    def keep_callback(self, callback_id: str, row: Row) -> None:
        self.callbacks[callback_id] = row
        self.store.put("callback", callback_id, row)
        self.tell(row["chat_id"], {"kind": "callback", "callback_id": callback_id, "answer": row["answer"]})

    def keep_setting(self, name: str, value: Any) -> None:
        self.settings[name] = value
        self.store.put("setting", name, {"value": value})
        for chat_id in self.chats:
            self.tell(chat_id, {"kind": "chat"})

    def tell(self, chat_id: int, event: Event) -> None:
        for listener in tuple(self.listeners):
            listener(chat_id, event)

    def _place(self, chat: Chat, message: Message) -> None:
        message_id = message["message_id"]
        chat.messages[message_id] = message
        self.store.put("message", f"{chat.id}:{message_id}", message)
        self.tell(chat.id, {"kind": "message", "message_id": message_id})

    def _restore(self) -> None:
        rows: dict[str, dict[str, Row]] = {}
        for kind, key, value in self.store.rows():
            rows.setdefault(kind, {})[key] = value
        for name, row in rows.get("numbers", {}).items():
            {"everything": self.numbers, "update": self.updates.numbers}[name].restore(row)
        self.people |= {row["id"]: Person(**row) for row in rows.get("person", {}).values()}
        self.chats |= {person.id: private_chat(person) for person in self.people.values()}
        self.chats |= {int(key): Chat.from_row(row) for key, row in rows.get("chat", {}).items()}
        for message in sorted(rows.get("message", {}).values(), key=lambda message: message["message_id"]):
            self.chats[message["chat"]["id"]].messages[message["message_id"]] = message
        self.files |= rows.get("file", {})
        self.polls |= rows.get("poll", {})
        self.callbacks |= rows.get("callback", {})
        self.settings |= {name: row["value"] for name, row in rows.get("setting", {}).items()}
        self.updates.restore(list(rows.get("update", {}).values()), rows.get("subscription", {}).get(""))
