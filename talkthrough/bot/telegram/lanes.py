"""Which message may go next: replies before broadcasts, each chat in its own order, all within the limits.

Knows nothing of the network or the database; time is an argument, so every rule can be tested without waiting.
"""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from talkthrough.bot.telegram.limits import Bucket, Limits
from talkthrough.storage.outbox import BROADCAST, REPLY
from talkthrough.storage.tables import OutboxMessage

LANES = (REPLY, BROADCAST)


class Doubt(NamedTuple):
    """The message at the head of a chat that may have been delivered, and when we tried."""

    row: OutboxMessage
    tried_at: datetime


@dataclass(eq=False)
class Chat:
    """What waits for one chat. `busy`: one message is on its way. Times are seconds of the lanes' clock."""

    id: int
    bucket: Bucket
    queues: tuple[deque[OutboxMessage], deque[OutboxMessage]] = field(default_factory=lambda: (deque(), deque()))
    busy: bool = False
    paused_until: float = 0.0
    doubt: Doubt | None = None

    def next_lane(self) -> int | None:
        """The lane of the message that goes next."""
        return next((lane for lane in LANES if self.queues[lane]), None)


class Lanes:
    """All chats with something to say."""

    def __init__(self, limits: Limits, now: float) -> None:
        self._limits = limits
        self._chats: dict[int, Chat] = {}
        self._ready: tuple[dict[Chat, None], dict[Chat, None]] = ({}, {})
        self._overall = Bucket(limits.overall, now)
        self._broadcast = Bucket(limits.broadcast, now)

    @property
    def waiting(self) -> int:
        """How many messages have not been handed out."""
        return sum(len(queue) for chat in self._chats.values() for queue in chat.queues)

    def chat(self, chat_id: int, now: float) -> Chat:
        """The chat with this id; groups (negative ids) are slower."""
        if chat_id not in self._chats:
            rate = self._limits.group if chat_id < 0 else self._limits.private
            self._chats[chat_id] = Chat(chat_id, Bucket(rate, now))
        return self._chats[chat_id]

    def add(self, row: OutboxMessage, now: float) -> Chat:
        """Queue a message behind those of its chat and lane. The chat must then be offered."""
        chat = self.chat(row.chat_id, now)
        chat.queues[row.lane].append(row)
        return chat

    def put_back(self, chat: Chat, row: OutboxMessage, pause: float, now: float) -> None:
        """A message that must be tried again keeps its place, the first, and waits for `pause` seconds."""
        chat.queues[row.lane].appendleft(row)
        chat.paused_until = max(chat.paused_until, now + pause)

    def offer(self, chat: Chat, now: float) -> float:
        """Let a chat take part when it may speak now. Returns the seconds until then, 0 when there is nothing to do."""
        lane = chat.next_lane()
        if lane is None or chat.busy:
            return 0.0
        wait = self._wait(chat, now)
        if wait <= 0:
            self._ready[lane][chat] = None
        return max(wait, 0.0)

    def take(self, now: float) -> tuple[Chat, OutboxMessage] | float | None:
        """The next message with its chat (now busy), or the seconds to wait for it, or None when none is ready."""
        for lane in LANES:
            while self._ready[lane]:
                wait = self._wait_for_room(lane, now)
                if wait > 0:
                    return wait
                chat = next(iter(self._ready[lane]))
                del self._ready[lane][chat]
                if not chat.busy and chat.next_lane() == lane and self._wait(chat, now) <= 0:
                    return chat, self._hand_out(chat, lane, now)
        return None

    def pause_all(self, seconds: float, now: float) -> None:
        """Let nothing through at all for a while."""
        self._overall.pause(now, seconds)

    def take_back(self, chat: Chat) -> list[OutboxMessage]:
        """Everything that still waits for a chat, which has nothing to say afterwards."""
        rows = [row for queue in chat.queues for row in queue]
        for queue in chat.queues:
            queue.clear()
        chat.doubt = None
        return rows

    def take_back_all(self) -> list[OutboxMessage]:
        """Everything that was not handed out."""
        return [row for chat in self._chats.values() for row in self.take_back(chat)]

    def _wait(self, chat: Chat, now: float) -> float:
        return max(chat.bucket.wait(now), chat.paused_until - now)

    def _wait_for_room(self, lane: int, now: float) -> float:
        if lane == REPLY:
            return self._overall.wait(now)
        return max(self._overall.wait(now, self._limits.reserve), self._broadcast.wait(now))

    def _hand_out(self, chat: Chat, lane: int, now: float) -> OutboxMessage:
        chat.busy = True
        chat.bucket.take(now)
        self._overall.take(now)
        if lane == BROADCAST:
            self._broadcast.take(now)
        return chat.queues[lane].popleft()
