"""The queue of updates a bot has not confirmed yet (Bot API, "Getting updates")."""

import asyncio
import itertools
from collections import deque
from typing import Any

from talkthrough.bot.local_chat.errors import conflict
from talkthrough.bot.local_chat.store import Numbers, Store

ONLY_WHEN_ASKED_FOR = {"chat_member", "message_reaction", "message_reaction_count"}
OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"

Update = dict[str, Any]


class UpdateQueue:
    """Updates in order of their ids; an update leaves only when an offset or a webhook answer confirms it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.numbers = Numbers(store, "update")
        self.pending: deque[Update] = deque()
        self.webhook: dict[str, Any] = {"url": ""}
        self.allowed: list[str] = []
        self.arrived = asyncio.Event()
        self._poller: asyncio.Future[None] | None = None

    def restore(self, updates: list[Update], subscription: dict[str, Any] | None) -> None:
        self.pending.extend(sorted(updates, key=lambda update: update["update_id"]))
        if subscription:
            self.webhook, self.allowed = subscription["webhook"], subscription["allowed"]

    def push(self, kind: str, payload: dict[str, Any]) -> int | None:
        """Queue an update, unless the bot did not ask for this kind. Returns its id."""
        wanted = kind in self.allowed if self.allowed else kind not in ONLY_WHEN_ASKED_FOR
        if not wanted:
            return None
        update_id = self.numbers.next()
        update = {"update_id": update_id, kind: payload}
        self.pending.append(update)
        self._store.put("update", update_id, update)
        self.arrived.set()
        self.interrupt()
        return update_id

    def confirm(self, offset: int) -> None:
        """Forget what comes before `offset`; a negative one keeps only that many from the end."""
        if offset < 0:
            while len(self.pending) > -offset:
                self._forget(self.pending.popleft())
        while offset > 0 and self.pending and self.pending[0]["update_id"] < offset:
            self._forget(self.pending.popleft())

    def delivered(self, update: Update) -> None:
        if update in self.pending:
            self.pending.remove(update)
            self._forget(update)

    def clear(self) -> None:
        while self.pending:
            self._forget(self.pending.popleft())

    def subscribe(self, allowed: list[str] | None) -> None:
        if allowed is not None and allowed != self.allowed:
            self.allowed = allowed
            self._save_subscription()

    def set_webhook(self, webhook: dict[str, Any]) -> None:
        self.webhook = webhook
        self._save_subscription()
        self.interrupt("terminated by setWebhook request")

    async def poll(self, offset: int, limit: int, seconds: float) -> list[Update]:
        """One getUpdates call. Raises ApiError 409 when a webhook is set or a newer poll takes over."""
        if self.webhook["url"]:
            raise conflict(WEBHOOK_ACTIVE)
        self.interrupt(OTHER_POLLER)
        self.confirm(offset)
        if not self.pending and seconds > 0:
            await self._wait(seconds)
        return list(itertools.islice(self.pending, limit))

    def interrupt(self, reason: str | None = None) -> None:
        """End the long poll under way: with 409 and `reason`, or empty-handed."""
        poller, self._poller = self._poller, None
        if poller and not poller.done():
            if reason:
                poller.set_exception(conflict(reason))
            else:
                poller.set_result(None)

    async def _wait(self, seconds: float) -> None:
        poller = self._poller = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(seconds):
                await poller
        except TimeoutError:
            pass
        finally:
            if self._poller is poller:
                self._poller = None

    def _forget(self, update: Update) -> None:
        self._store.drop("update", update["update_id"])

    def _save_subscription(self) -> None:
        self._store.put("subscription", "", {"webhook": self.webhook, "allowed": self.allowed})
