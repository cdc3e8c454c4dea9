"""What an error from Telegram means for the message that met it: a pure table."""

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto

from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError, TimedOut

from talkthrough.bot.telegram.request import NotConnectedError

LONGEST_PAUSE = 60.0
DOUBT_SECONDS = 20.0
MOST_ATTEMPTS = 30
GONE = ("message to edit not found", "message can't be edited")


class Consequence(Enum):
    """What to do with the message."""

    DELIVERED = auto()  # what it says is on the screen already
    GONE = auto()  # the message that it would change is not there any more
    FAILED = auto()  # it can never be sent
    UNREACHABLE = auto()  # the person blocked the bot
    SLOW_DOWN = auto()  # Telegram names the pause
    AGAIN = auto()  # it was surely not delivered: try again after a pause
    DOUBTFUL = auto()  # it may have been delivered: wait for a sign before trying again
    MOVED = auto()  # the chat has another id now


@dataclass(frozen=True)
class Refusal:
    """The consequence, the pause it asks for in seconds, and the new chat id where there is one."""

    consequence: Consequence
    pause: float = 0.0
    chat_id: int | None = None


def refusal(error: TelegramError, attempts: int) -> Refusal:
    """What follows from `error`, met at the `attempts`-th attempt (1 is the first)."""
    match error:
        case RetryAfter():
            return Refusal(Consequence.SLOW_DOWN, seconds(error.retry_after))
        case ChatMigrated():
            return Refusal(Consequence.MOVED, chat_id=error.new_chat_id)
        case Forbidden():
            return Refusal(Consequence.UNREACHABLE)
        case BadRequest() if "message is not modified" in error.message.lower():
            return Refusal(Consequence.DELIVERED)
        case BadRequest() if any(words in error.message.lower() for words in GONE):
            return Refusal(Consequence.GONE)
        case BadRequest():
            return Refusal(Consequence.FAILED)
        case NotConnectedError():
            return Refusal(Consequence.AGAIN, _growing_pause(attempts))
        case _ if attempts >= MOST_ATTEMPTS:
            return Refusal(Consequence.FAILED)
        case TimedOut():
            return Refusal(Consequence.DOUBTFUL, DOUBT_SECONDS)
        case InvalidToken():
            return Refusal(Consequence.AGAIN, LONGEST_PAUSE)
        case _:
            return Refusal(Consequence.DOUBTFUL, _growing_pause(attempts))


def _growing_pause(attempts: int) -> float:
    return min(LONGEST_PAUSE, 2.0 ** (attempts - 1))


def seconds(value: float | timedelta) -> float:
    """A pause that Telegram names, in seconds."""
    return value.total_seconds() if isinstance(value, timedelta) else float(value)
