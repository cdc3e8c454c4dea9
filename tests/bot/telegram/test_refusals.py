from datetime import timedelta

import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from talkthrough.bot.telegram.refusals import DOUBT_SECONDS, LONGEST_PAUSE, MOST_ATTEMPTS, Consequence, refusal
from talkthrough.bot.telegram.request import NotConnectedError

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same"
)


@pytest.mark.parametrize(
    ("error", "consequence", "pause"),
    [
        (RetryAfter(timedelta(seconds=17)), Consequence.SLOW_DOWN, 17),
        (Forbidden("bot was blocked by the user"), Consequence.UNREACHABLE, 0),
        (BadRequest(NOT_MODIFIED), Consequence.DELIVERED, 0),
        (BadRequest("Bad Request: message to edit not found"), Consequence.GONE, 0),
        (BadRequest("Bad Request: message can't be edited"), Consequence.GONE, 0),
        (BadRequest("Chat not found"), Consequence.FAILED, 0),
        (TimedOut(), Consequence.DOUBTFUL, DOUBT_SECONDS),
        (NotConnectedError("x"), Consequence.AGAIN, 1),
        (NetworkError("Bad Gateway"), Consequence.DOUBTFUL, 1),
        (InvalidToken(), Consequence.AGAIN, LONGEST_PAUSE),
        (TelegramError("Invalid server response"), Consequence.DOUBTFUL, 1),
    ],
)
def test_every_error_has_its_consequence(error: TelegramError, consequence: Consequence, pause: float) -> None:
    said = refusal(error, 1)
    assert (said.consequence, said.pause) == (consequence, pause)


def test_a_chat_that_moved_says_where() -> None:
    assert refusal(ChatMigrated(-1005), 1).chat_id == -1005


def test_pauses_grow_but_not_for_ever() -> None:
    pauses = [refusal(NotConnectedError("x"), attempt).pause for attempt in range(1, 12)]
    assert pauses[:4] == [1, 2, 4, 8]
    assert pauses[-1] == LONGEST_PAUSE


def test_without_a_connection_nobody_gives_up() -> None:
    assert refusal(NotConnectedError("x"), 10 * MOST_ATTEMPTS).consequence is Consequence.AGAIN


def test_a_server_that_always_breaks_off_is_given_up_in_the_end() -> None:
    assert refusal(NetworkError("Request Entity Too Large"), MOST_ATTEMPTS).consequence is Consequence.FAILED
