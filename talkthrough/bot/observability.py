"""Logs: one JSON object a line, without what people wrote and without secrets. Redaction is the last step."""

import logging
import re
import sys
import traceback
from collections.abc import MutableMapping
from typing import IO, Any

import structlog

from talkthrough.bot.settings import Settings

# A bot's token, also as part of an encoded URL; and the password in a database URL.
TOKEN = re.compile(r"(?<!\d)\d{6,12}(?::|%3A)[A-Za-z0-9_-]{30,}", re.IGNORECASE)
PASSWORD = re.compile(r"(?<=://)([^\s:/@]+):[^\s/@]+@")
SECRET_NAMES = frozenset({"token", "secret", "webhook_secret", "password", "authorization", "database_url"})

# At INFO the first two log every URL, token and all; at DEBUG the others log what people wrote.
TALKATIVE = ("httpx", "httpcore", "telegram", "aiohttp", "sqlalchemy", "alembic", "apscheduler", "asyncio", "fontTools")

Event = MutableMapping[str, Any]


def configure_logging(settings: Settings, stream: IO[str] | None = None) -> None:
    """Send everything that is logged, by us and by libraries, through the same steps to `stream` (standard error)."""
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        only_the_place_of_errors,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    last: list[structlog.typing.Processor] = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        redact,
        structlog.processors.JSONRenderer(),
    ]
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=last))
    logging.basicConfig(handlers=[handler], level=settings.log_level, force=True)
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)


def only_the_place_of_errors(_logger: object, _method: str, event: Event) -> Event:
    """An error's kind and the lines it came through. Its message is left out: it may repeat what somebody wrote."""
    found = event.pop("exc_info", None)
    if found:
        error = (
            found if isinstance(found, BaseException) else (found if isinstance(found, tuple) else sys.exc_info())[1]
        )
        if error is not None:
            event["error"] = type(error).__name__
            event["through"] = [f"{step.filename}:{step.lineno}" for step in traceback.extract_tb(error.__traceback__)]
    return event


def place_of(error: BaseException) -> str:
    """The kind of an error and where it was raised; never what somebody wrote."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f"{frames[-1].filename.rpartition('/')[2]}:{frames[-1].lineno}" if frames else "?"
    return f"{type(error).__name__} at {where}"


def redact(_logger: object, _method: str, event: Event) -> Event:
    """Take out every token and password, wherever it stands."""
    return {name: _clean(name, value) for name, value in event.items()}


def _clean(name: object, value: Any) -> Any:
    if name in SECRET_NAMES:
        return "<redacted>"
    if isinstance(value, dict):
        return {inner: _clean(inner, content) for inner, content in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(None, content) for content in value]
    if isinstance(value, bool | int | float | None):
        return value
    return PASSWORD.sub(r"\1:<redacted>@", TOKEN.sub("<bot token>", str(value)))
