"""Telegram's published sending limits (Bot FAQ, "My bot is hitting limits").

30 messages a second overall, about one a second in a private chat with a small burst, 20 a minute in a group.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

from talkthrough.bot.local_chat.errors import too_many_requests


@dataclass
class Allowance:
    """A token bucket: `size` messages at once, refilled at `per_second`."""

    size: float
    per_second: float
    level: float
    filled_at: float

    def refill(self, now: float) -> None:
        self.level = min(self.size, self.level + (now - self.filled_at) * self.per_second)
        self.filled_at = now

    def seconds_to_wait(self) -> float:
        return max(0.0, (1 - self.level) / self.per_second)


class RateLimits:
    """Who may send when. `spend` takes one message from the allowances or raises ApiError 429 with retry_after."""

    OVERALL = (30.0, 30.0)
    PRIVATE_CHAT = (5.0, 1.0)
    GROUP = (20.0, 20 / 60)

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._overall = self._allowance(self.OVERALL)
        self._chats: dict[int, Allowance] = {}

    def spend(self, chat_id: int) -> None:
        chat = self._chats.get(chat_id)
        if chat is None:
            chat = self._chats[chat_id] = self._allowance(self.GROUP if chat_id < 0 else self.PRIVATE_CHAT)
        now = self._clock()
        for allowance in (chat, self._overall):
            allowance.refill(now)
            if wait := allowance.seconds_to_wait():
                raise too_many_requests(max(1, math.ceil(wait)))
        chat.level -= 1
        self._overall.level -= 1

    def _allowance(self, size_and_rate: tuple[float, float]) -> Allowance:
        size, per_second = size_and_rate
        return Allowance(size, per_second, size, self._clock())
