"""A request class that goes wrong on demand; everything else goes over real HTTP."""

import asyncio
import json
from collections import defaultdict, deque
from typing import Any

from telegram.error import TimedOut

from talkthrough.bot.telegram.request import AiohttpRequest, NotConnectedError

LOST_ANSWER = "lost answer"  # the call is received, its answer is not
LOST_CALL = "lost call"  # neither is
NOT_CONNECTED = "not connected"


def refused(code: int, description: str, **parameters: Any) -> tuple[int, bytes]:
    """An answer as Telegram writes it when it refuses."""
    body = {"ok": False, "error_code": code, "description": description, "parameters": parameters}
    return code, json.dumps(body).encode()


class FaultyRequest(AiohttpRequest):
    """faults["sendMessage"] is what happens to the next calls of that method; `calls` is what was tried, and when."""

    def __init__(self) -> None:
        super().__init__(trust_env=False)
        self.faults: dict[str, deque[str | tuple[int, bytes] | None]] = defaultdict(deque)
        self.calls: list[tuple[str, float]] = []

    async def do_request(self, url: str, method: str, *args: Any, **more: Any) -> tuple[int, bytes]:
        name = url.rpartition("/")[2]
        self.calls.append((name, asyncio.get_running_loop().time()))
        fault = self.faults[name].popleft() if self.faults[name] else None
        if isinstance(fault, tuple):
            return fault
        if fault == NOT_CONNECTED:
            raise NotConnectedError("refused")
        if fault == LOST_CALL:
            raise TimedOut
        answer = await super().do_request(url, method, *args, **more)
        if fault == LOST_ANSWER:
            raise TimedOut
        return answer

    def times(self, name: str) -> list[float]:
        """When a method was called."""
        return [at for called, at in self.calls if called == name]
