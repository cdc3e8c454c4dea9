"""A call's parameters in their own types: one table from name to parser. What is not in the table is text."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from talkthrough.bot.local_chat.errors import bad_request


def integer(value: Any) -> int:
    return int(value)


def boolean(value: Any) -> bool:
    return value is True or str(value).lower() in {"true", "1", "yes"}


def structure(value: Any) -> Any:
    """A list or an object: JSON text in a form, itself in a JSON body."""
    return json.loads(value) if isinstance(value, str) else value


def chat(value: Any) -> int | str:
    """A chat's id, or an @username."""
    try:
        return int(value)
    except ValueError:
        return str(value)


PARSERS: dict[str, Callable[[Any], Any]] = {
    "allowed_updates": structure,
    "allows_multiple_answers": boolean,
    "allows_revoting": boolean,
    "caption_entities": structure,
    "chat_id": chat,
    "close_date": integer,
    "commands": structure,
    "correct_option_id": integer,
    "correct_option_ids": structure,
    "drop_pending_updates": boolean,
    "duration": integer,
    "entities": structure,
    "explanation_entities": structure,
    "from_chat_id": chat,
    "height": integer,
    "is_anonymous": boolean,
    "is_closed": boolean,
    "limit": integer,
    "max_connections": integer,
    "menu_button": structure,
    "message_id": integer,
    "message_ids": structure,
    "offset": integer,
    "open_period": integer,
    "options": structure,
    "protect_content": boolean,
    "reaction": structure,
    "reply_markup": structure,
    "reply_parameters": structure,
    "scope": structure,
    "show_alert": boolean,
    "timeout": integer,
    "user_id": integer,
    "width": integer,
}


def parse_parameters(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Raises ApiError 400 for a value that is not of its parameter's type."""
    parsed: dict[str, Any] = {}
    for name, value in raw.items():
        if value is None:
            continue
        parser = PARSERS.get(name, str)
        try:
            parsed[name] = parser(value)
        except (TypeError, ValueError) as error:
            problem = f"can't parse {name} JSON object" if parser is structure else f"invalid {name} specified"
            raise bad_request(problem) from error
    return parsed
