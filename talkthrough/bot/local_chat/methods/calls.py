"""What every method shares: the call and its parameters, the registry, the target chat, text, keyboards, sending."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from talkthrough.bot.local_chat.errors import bad_request, forbidden
from talkthrough.bot.local_chat.formatting import (
    FormattedText,
    parse_html,
    trimmed,
    utf16_length,
    with_detected,
)
from talkthrough.bot.local_chat.limits import RateLimits
from talkthrough.bot.local_chat.people import Chat, Message
from talkthrough.bot.local_chat.state import BOT_USER
from talkthrough.bot.local_chat.world import World

CAPTION_LIMIT = 1024
TEXT_LIMIT = 4096
BUTTON_DATA_LIMIT = 64
BUTTON_COUNT_LIMIT = 100
INLINE_BUTTON_KINDS = [
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
]


class Upload(NamedTuple):
    name: str
    mime_type: str
    content: bytes


@dataclass
class Call:
    """One call of a method: the world it acts on, parsed parameters, uploaded files by field name, sending limits."""

    world: World
    parameters: dict[str, Any]
    uploads: Mapping[str, Upload] = field(default_factory=dict)
    limits: RateLimits | None = None

    def get(self, name: str, default: Any = None) -> Any:
        return self.parameters.get(name, default)


Method = Callable[[Call], Any | Awaitable[Any]]
METHODS: dict[str, Method] = {}


def bot_method(*names: str) -> Callable[[Method], Method]:
    """Register a function under the method names it plays (names are matched without regard to case)."""

    def register(method: Method) -> Method:
        METHODS.update({name.lower(): method for name in names})
        return method

    return register


def target_chat(call: Call) -> Chat:
    """The chat to act on. Raises Telegram's 400 and 403 errors for chats the bot cannot write to."""
    chat_id = call.get("chat_id")
    if chat_id in {None, ""}:
        raise bad_request("chat_id is empty")
    chat = call.world.chats.get(chat_id)
    if chat is None:
        raise bad_request("chat not found")
    if chat.migrated_to:
        raise bad_request("group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.migrated_to)
    if chat.blocked:
        raise forbidden("bot was blocked by the user")
    if not chat.started:
        raise forbidden("bot can't initiate conversation with a user")
    return chat


def target_message(call: Call, purpose: str) -> tuple[Chat, Message]:
    """The message named by chat_id and message_id; `purpose` completes “message to … not found”."""
    chat = target_chat(call)
    if "message_id" not in call.parameters:
        raise bad_request("message identifier is not specified")
    message = chat.messages.get(call.get("message_id"))
    if message is None:
        raise bad_request(f"message {purpose} not found")
    return chat, message


def formatted(text: str, parse_mode: str | None, entities: list[dict[str, Any]] | None) -> FormattedText:
    """Text in a parse mode or with given entities, trimmed, with links and commands detected."""
    mode = (parse_mode or "").lower()
    if mode == "html":
        given = parse_html(text)
    elif mode:
        raise bad_request("unsupported parse_mode")
    else:
        given = FormattedText(text, list(entities or []))
    given = trimmed(given)
    return FormattedText(given.text, with_detected(given))


def message_text(call: Call) -> dict[str, Any]:
    """The `text` and `entities` of a Message from a call's parameters."""
    given = formatted(call.get("text", ""), call.get("parse_mode"), call.get("entities"))
    if not given.text:
        raise bad_request("message text is empty")
    if utf16_length(given.text) > TEXT_LIMIT:
        raise bad_request("message is too long")
    return {"text": given.text} | ({"entities": given.entities} if given.entities else {})


def message_caption(call: Call) -> dict[str, Any]:
    """The `caption` and `caption_entities` of a Message, empty when there is no caption."""
    given = formatted(call.get("caption", ""), call.get("parse_mode"), call.get("caption_entities"))
    if utf16_length(given.text) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    if not given.text:
        return {}
    return {"caption": given.text} | ({"caption_entities": given.entities} if given.entities else {})


def reply_markup(call: Call) -> dict[str, Any]:
    """The checked keyboard of a call, or an empty object."""
    markup = call.get("reply_markup")
    if not markup:
        return {}
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    rows = markup.get("inline_keyboard", [])
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    for row in rows:
        for button in row:
            _check_inline_button(button)
    if sum(map(len, rows)) > BUTTON_COUNT_LIMIT:
        raise bad_request("reply markup is too long")
    _check_reply_keyboard(markup.get("keyboard", []))
    return markup


def inline_keyboard(call: Call) -> dict[str, Any]:
    """The keyboard of an edit, which can only be an inline one."""
    markup = reply_markup(call)
    if markup and "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    return markup if markup.get("inline_keyboard") else {}


def send(call: Call, content: dict[str, Any]) -> Message:
    """Post the bot's message: limits, reply, keyboard, protection."""
    chat = target_chat(call)
    markup = reply_markup(call)
    replied = _replied_message(call, chat)
    if call.limits:
        call.limits.spend(chat.id)
    chat.action = ""
    body: dict[str, Any] = {"from": BOT_USER, **content, **replied}
    if call.get("protect_content"):
        body["has_protected_content"] = True
    if markup.get("inline_keyboard"):
        body["reply_markup"] = markup
    message = call.world.post(chat, body)
    _change_keyboard(call.world, chat, markup)
    return message


def _change_keyboard(world: World, chat: Chat, markup: dict[str, Any]) -> None:
    if "keyboard" in markup or "force_reply" in markup:
        chat.keyboard = markup
    elif "remove_keyboard" in markup and chat.keyboard:
        chat.keyboard = None
    else:
        return
    world.chat_changed(chat)


def _replied_message(call: Call, chat: Chat) -> dict[str, Any]:
    reply = call.get("reply_parameters")
    if not reply:
        return {}
    original = chat.messages.get(int(reply["message_id"]))
    if original:
        return {"reply_to_message": {key: value for key, value in original.items() if key != "reply_to_message"}}
    if reply.get("allow_sending_without_reply"):
        return {}
    raise bad_request("message to be replied not found")


def _check_inline_button(button: Any) -> None:
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    if not button.get("text"):
        raise bad_request("can't parse inline keyboard button: can't find field \"text\"")
    if not any(kind in button for kind in INLINE_BUTTON_KINDS):
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= BUTTON_DATA_LIMIT:
        raise bad_request("BUTTON_DATA_INVALID")
    if "url" in button and not button["url"].startswith(("http://", "https://", "tg://")):
        raise bad_request(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")


def _check_reply_keyboard(rows: Any) -> None:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('field "keyboard" must be an Array of Arrays')
    for row in rows:
        row[:] = [{"text": button} if isinstance(button, str) else button for button in row]
        for button in row:
            if not isinstance(button, dict) or not button.get("text"):
                raise bad_request("can't parse keyboard button: KeyboardButton must be a String or an Object")
