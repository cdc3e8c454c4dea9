"""A raw update, and the little that must be known of it before it is parsed."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from talkthrough.storage.tables import InboxUpdate

# Everything the conversation understands. Telegram sends nothing else (Bot API, getUpdates, allowed_updates).
ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "poll_answer", "my_chat_member")


@dataclass(frozen=True)
class Received:
    """An update as it came. Its parts are untrusted: any of them may be missing or of another type."""

    update_id: int
    data: dict[str, Any]

    @classmethod
    def of(cls, row: InboxUpdate) -> "Received":
        """What a stored row holds."""
        return cls(row.update_id, json.loads(row.payload))

    @property
    def chat_id(self) -> int | None:
        """The chat whose order it belongs to: for a poll answer the private chat, which has the id of the person."""
        for content in self._contents():
            message = content.get("message")
            holder = message if isinstance(message, dict) else content
            for found in (holder.get("chat"), content.get("from"), content.get("user")):
                if isinstance(found, dict) and isinstance(found.get("id"), int):
                    return int(found["id"])
        return None

    @property
    def callback_query_id(self) -> str | None:
        """The tap that waits for its answer, if it is one."""
        query = self.data.get("callback_query")
        return str(query["id"]) if isinstance(query, dict) and "id" in query else None

    @property
    def has_file(self) -> bool:
        """Does it bring a document or a voice message that must be fetched before it can be handled?"""
        return any("document" in content or "voice" in content for content in self._contents())

    def written_at(self, received_at: datetime) -> datetime:
        """When the person did it. Taps carry no time: then when we heard of it."""
        for content in self._contents():
            if isinstance(content.get("date"), int):
                return datetime.fromtimestamp(content["date"], UTC)
        return received_at

    def _contents(self) -> list[dict[str, Any]]:
        return [value for name, value in self.data.items() if name != "update_id" and isinstance(value, dict)]
