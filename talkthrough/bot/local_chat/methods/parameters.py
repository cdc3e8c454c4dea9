"""A call's parameters in their own types: one table from name to parser."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from talkthrough.bot.local_chat.errors import bad_request


def _integer(value: Any) -> int:
    return int(value)


def _boolean(value: Any) -> bool:
    return value is True or str(value).lower() in {"true", "1", "yes"}


def _structure(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def _chat_id(value: Any) -> int | str:
    try:
        return int(value)
    except ValueError:
        return str(value)


PARSERS: dict[str, Callable[[Any], Any]] = (
    dict.fromkeys(
        [
            "message_id",
            "user_id",
            "offset",
            "limit",
            "timeout",
            "duration",
            "width",
            "height",
            "open_period",
            "close_date",
            "correct_option_id",
            "max_connections",
            "cache_time",
        ],
        _integer,
    )
    | dict.fromkeys(
        [
            "is_anonymous",
            "allows_multiple_answers",
            "allows_revoting",
            "is_closed",
            "show_alert",
            "drop_pending_updates",
            "protect_content",
        ],
        _boolean,
    )
    | dict.fromkeys(
        [
            "entities",
            "caption_entities",
            "reply_markup",
            "reply_parameters",
            "allowed_updates",
            "commands",
            "scope",
            "menu_button",
            "options",
            "correct_option_ids",
            "explanation_entities",
            "message_ids",
            "reaction",
            "media",
        ],
        _structure,
    )
    | dict.fromkeys(
        [
            "text",
            "parse_mode",
            "caption",
            "question",
            "explanation",
            "explanation_parse_mode",
            "type",
            "action",
            "callback_query_id",
            "file_id",
            "language_code",
            "name",
            "description",
            "short_description",
            "secret_token",
            "document",
            "photo",
            "voice",
            "audio",
            "video",
            "animation",
            "performer",
            "title",
        ],
        str,
    )
    | {"chat_id": _chat_id, "from_chat_id": _chat_id}
)


def parse_parameters(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Known parameters in their own types; unknown ones are left out, as Telegram leaves them out."""
    parsed: dict[str, Any] = {}
    for name, value in raw.items():
        parser = PARSERS.get(name)
        if parser is None or value is None:
            continue
        try:
            parsed[name] = parser(value)
        except ValueError as error:
            raise bad_request(
                f"can't parse {name} JSON object" if parser is _structure else f"invalid {name} specified"
            ) from error
    if "url" in raw:
        parsed["url"] = str(raw["url"] or "")
    return parsed
