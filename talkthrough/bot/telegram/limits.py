"""How fast Telegram lets a bot speak: token buckets, without a clock of their own.

Bot FAQ, "My bot is hitting limits": about one message a second in a chat (short bursts pass), 20 a minute in a group,
about 30 a second over all chats.
"""

from dataclasses import dataclass
from math import inf


@dataclass(frozen=True)
class Rate:
    """So many a second on average, and so many at once after a pause."""

    per_second: float
    burst: float


@dataclass(frozen=True)
class Limits:
    """The rates a sender keeps to. `reserve` is how many of the overall burst broadcasts leave for replies."""

    overall: Rate
    broadcast: Rate
    private: Rate
    group: Rate
    reserve: int = 1


# In no second more than 27 + 3 messages; broadcasts (26 a second) never use up the last of them.
TELEGRAM = Limits(
    overall=Rate(27, 3), broadcast=Rate(26, 1), private=Rate(1, 4), group=Rate(per_second=20 / 60, burst=5), reserve=1
)
FREE = Rate(1, inf)
UNLIMITED = Limits(overall=FREE, broadcast=FREE, private=FREE, group=FREE)


class Bucket:
    """A supply of messages that fills at a rate, up to its burst. Times are seconds of any one clock."""

    def __init__(self, rate: Rate, now: float) -> None:
        self._rate = rate
        self._tokens = rate.burst
        self._at = now

    def wait(self, now: float, reserve: int = 0) -> float:
        """Seconds until one more may be sent, while `reserve` stay in the bucket."""
        self._fill(now)
        return max(0.0, (1 + reserve - self._tokens) / self._rate.per_second)

    def take(self, now: float) -> None:
        """Send one."""
        self._fill(now)
        self._tokens -= 1

    def pause(self, now: float, seconds: float) -> None:
        """Let nothing through for a while: the server asked for it."""
        self._fill(now)
        self._tokens = min(self._tokens, 1 - seconds * self._rate.per_second)

    def _fill(self, now: float) -> None:
        self._tokens = min(self._rate.burst, self._tokens + (now - self._at) * self._rate.per_second)
        self._at = max(self._at, now)
