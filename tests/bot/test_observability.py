import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from talkthrough.bot.observability import configure_logging, redact
from talkthrough.bot.settings import Settings

TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1"
WRITTEN = "my manager shouted at me"


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    configure_logging(Settings.load(log_level="DEBUG"), stream)
    yield stream
    logging.basicConfig(handlers=[], force=True)
    structlog.reset_defaults()


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_every_line_is_json_whoever_wrote_it(stream: io.StringIO) -> None:
    structlog.get_logger("bot").info("started", learners=3)
    logging.getLogger("other").warning("odd %s", "thing")
    ours, theirs = lines(stream)
    assert (ours["event"], ours["learners"], ours["level"], ours["logger"]) == ("started", 3, "info", "bot")
    assert (theirs["event"], theirs["level"]) == ("odd thing", "warning")
    assert ours["timestamp"].endswith("Z")


@given(st.text(), st.text(), st.sampled_from([TOKEN, TOKEN.replace(":", "%3A"), f"bot{TOKEN}"]))
def test_no_token_survives_in_any_corner(before: str, after: str, token: str) -> None:
    event = {
        "event": f"{before} {token} {after}",
        "deep": [{"url": token}, (token,)],
        "token": token,
        "raw": ValueError(token),
    }
    assert TOKEN.partition(":")[2] not in json.dumps(redact(None, "", event))


def test_numbers_stay_numbers_and_words_stay_words() -> None:
    event = {"event": "answered", "ms": 1.5, "count": 3, "is_new": True, "none": None}
    assert redact(None, "", dict(event)) == event


def test_the_password_of_the_database_is_taken_out() -> None:
    event = {"event": "connecting to postgresql://kim:hunter2@host/talkthrough"}
    assert redact(None, "", event)["event"] == "connecting to postgresql://kim:<redacted>@host/talkthrough"


def test_an_errors_message_is_left_out_but_its_place_is_kept(stream: io.StringIO) -> None:
    for logger in (structlog.get_logger("bot"), logging.getLogger("other")):
        try:
            int(WRITTEN)  # its error repeats the words
        except ValueError:
            logger.exception("failed")
    assert WRITTEN not in stream.getvalue()
    for line in lines(stream):
        assert line["error"] == "ValueError"
        assert "test_observability.py:" in line["through"][-1]


@pytest.mark.parametrize("name", ["httpx", "httpcore", "telegram.Bot", "aiohttp.access", "sqlalchemy.engine"])
def test_libraries_that_log_addresses_and_bodies_are_quiet(stream: io.StringIO, name: str) -> None:
    logging.getLogger(name).info("POST https://api.telegram.org/bot%s/sendMessage %s", TOKEN, WRITTEN)
    assert stream.getvalue() == ""
