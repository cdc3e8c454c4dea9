"""Methods that change a message in place (Bot API, "Updating messages")."""

from typing import Any

from talkthrough.bot.local_chat.errors import bad_request
from talkthrough.bot.local_chat.methods.calls import (
    Call,
    bot_method,
    inline_keyboard,
    message_caption,
    message_text,
    target_message,
)
from talkthrough.bot.local_chat.people import Chat, Message

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)


@bot_method("editMessageText")
def edit_message_text(call: Call) -> Message:
    chat, message = _own_message(call)
    if "text" not in message:
        raise bad_request("there is no text in the message to edit")
    return _changed(call, chat, message, ("text", "entities"), message_text(call))


@bot_method("editMessageCaption")
def edit_message_caption(call: Call) -> Message:
    chat, message = _own_message(call)
    if "text" in message or "poll" in message:
        raise bad_request("there is no caption in the message to edit")
    return _changed(call, chat, message, ("caption", "caption_entities"), message_caption(call))


@bot_method("editMessageReplyMarkup")
def edit_message_reply_markup(call: Call) -> Message:
    chat, message = _own_message(call)
    return _changed(call, chat, message, (), {})


def _own_message(call: Call) -> tuple[Chat, Message]:
    chat, message = target_message(call, "to edit")
    if not message["from"]["is_bot"]:
        raise bad_request("message can't be edited")
    return chat, message


def _changed(call: Call, chat: Chat, message: Message, fields: tuple[str, ...], content: dict[str, Any]) -> Message:
    """The message with `fields` and its keyboard taken out and the new content and keyboard put in."""
    keyboard = inline_keyboard(call)
    kept = {key: value for key, value in message.items() if key not in {*fields, "reply_markup"}}
    changed = kept | content | ({"reply_markup": keyboard} if keyboard else {})
    if changed == message:
        raise bad_request(NOT_MODIFIED)
    return call.world.replace(chat, changed)
