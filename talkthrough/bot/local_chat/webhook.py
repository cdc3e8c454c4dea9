"""Delivery of updates to a webhook (Bot API, "setWebhook"): each until it is answered with 2xx, with growing pauses."""

import asyncio
import json
import time
from functools import partial

import aiohttp

from talkthrough.bot.local_chat.updates import Update, UpdateQueue

FIRST_PAUSE_SECONDS = 0.1
LONGEST_PAUSE_SECONDS = 5.0
ANSWER_SECONDS = 60


async def deliver_for_ever(updates: UpdateQueue) -> None:
    """Hand every pending update to the webhook, whenever one is set, until cancelled."""
    timeout = aiohttp.ClientTimeout(total=ANSWER_SECONDS)
    under_way: dict[int, asyncio.Task[None]] = {}
    async with aiohttp.ClientSession(timeout=timeout) as session, asyncio.TaskGroup() as tasks:
        while True:
            await updates.arrived.wait()
            updates.arrived.clear()
            if not updates.webhook["url"]:
                continue
            for update in tuple(updates.pending):
                update_id = update["update_id"]
                if update_id not in under_way and len(under_way) < updates.webhook["max_connections"]:
                    under_way[update_id] = tasks.create_task(_deliver(session, updates, update))
                    under_way[update_id].add_done_callback(partial(_finished, under_way, update_id, updates))


def _finished(
    under_way: dict[int, asyncio.Task[None]], update_id: int, updates: UpdateQueue, _: asyncio.Task[None]
) -> None:
    """Make room for the next update."""
    del under_way[update_id]
    updates.arrived.set()


async def _deliver(session: aiohttp.ClientSession, updates: UpdateQueue, update: Update) -> None:
    pause = FIRST_PAUSE_SECONDS
    while updates.webhook["url"]:
        problem = await _problem(session, updates.webhook, update)
        if problem is None:
            updates.delivered(update)
            return
        updates.webhook = {
            **updates.webhook,
            "last_error_message": problem,
            "last_error_date": int(time.time()),
        }
        await asyncio.sleep(pause)
        pause = min(LONGEST_PAUSE_SECONDS, pause * 2)


async def _problem(session: aiohttp.ClientSession, webhook: dict[str, str], update: Update) -> str | None:
    """Post one update; None when it was accepted, else what went wrong in Telegram's words."""
    headers = {"Content-Type": "application/json"}
    if webhook.get("secret_token"):
        headers["X-Telegram-Bot-Api-Secret-Token"] = webhook["secret_token"]
    try:
        async with session.post(webhook["url"], data=json.dumps(update), headers=headers) as answer:
            if answer.ok:
                return None
            return f"Wrong response from the webhook: {answer.status} {answer.reason}"
    except (aiohttp.ClientError, TimeoutError) as error:
        return f"Connection failed: {error}"
