"""The acts of a person as JSON orders ({"op": "say", "person": 1001, "text": "..."}), for the page and for scripts."""

import base64
from collections.abc import Callable
from typing import Any

from talkthrough.bot.local_chat.people import Message
from talkthrough.bot.local_chat.world import World

LONGEST_WAIT_SECONDS = 60.0


async def _transcript(world: World, order: dict[str, Any]) -> list[Message]:
    """Messages of a chat after `after` (a message id); waits up to `seconds` for the first one from the bot."""
    chat_id, after = order.get("chat") or order["person"], order.get("after", 0)
    world.person(order["person"])

    def newer() -> list[Message]:
        return [message for message in world.transcript(chat_id) if message["message_id"] > after]

    seconds = min(LONGEST_WAIT_SECONDS, order.get("seconds", 0))
    if seconds:
        try:
            await world.wait(lambda: any(message["from"]["is_bot"] for message in newer()), seconds)
        except TimeoutError:
            return newer()
    return newer()


def _say(world: World, order: dict[str, Any]) -> Any:
    return world.say(order["person"], order["text"], order.get("chat"))


def _tap(world: World, order: dict[str, Any]) -> Any:
    return world.tap(order["person"], order["message_id"], order["button"], order.get("chat"))


def _vote(world: World, order: dict[str, Any]) -> Any:
    return world.vote(order["person"], order["poll_id"], list(order["option_ids"]))


def _edit(world: World, order: dict[str, Any]) -> Any:
    return world.edit(order["person"], order["message_id"], order["text"])


def _react(world: World, order: dict[str, Any]) -> Any:
    return world.react(order["person"], order["message_id"], order["emoji"])


def _block(world: World, order: dict[str, Any]) -> Any:
    return world.block(order["person"], blocked=order.get("blocked", True))


def _send_file(world: World, order: dict[str, Any]) -> Any:
    content = base64.b64decode(order["content"])
    named = {key: order[key] for key in ("name", "mime_type", "caption") if key in order}
    return world.send_file(order["person"], order.get("kind", "document"), content, **named)


def _pending(world: World, _: dict[str, Any]) -> Any:
    return len(world.updates.pending)


ACTS: dict[str, Callable[[World, dict[str, Any]], Any]] = {
    "say": _say,
    "tap": _tap,
    "vote": _vote,
    "edit": _edit,
    "react": _react,
    "block": _block,
    "send_file": _send_file,
    "transcript": _transcript,
    "pending": _pending,
}
