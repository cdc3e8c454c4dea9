"""Methods that send, answer and react (Bot API, "Available methods")."""

from typing import Any

from talkthrough.bot.local_chat.errors import ApiError, bad_request
from talkthrough.bot.local_chat.formatting import utf16_length
from talkthrough.bot.local_chat.media import DEFAULT_TYPES, PHOTO_LIMIT, UPLOAD_LIMIT, describe, image_size
from talkthrough.bot.local_chat.methods.calls import (
    Call,
    bot_method,
    message_caption,
    message_text,
    send,
    target_chat,
    target_message,
)
from talkthrough.bot.local_chat.people import Message
from talkthrough.bot.local_chat.state import BOT_USER

CALLBACK_TEXT_LIMIT = 200
CALLBACK_SECONDS = 15 * 60
MOST_MESSAGES_AT_ONCE = 100
ACTIONS = [
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
]
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


@bot_method("sendMessage")
def send_message(call: Call) -> Message:
    target_chat(call)
    return send(call, message_text(call))


@bot_method("sendDocument", "sendPhoto", "sendVoice", "sendAudio", "sendVideo", "sendAnimation")
def send_media(call: Call) -> Message:
    """One of the media kinds, told apart by which parameter or upload is there."""
    target_chat(call)
    kind = next((kind for kind in DEFAULT_TYPES if kind in call.uploads or kind in call.parameters), None)
    if kind is None:
        raise bad_request("there is no file in the request")
    file = _given_file(call, kind)
    content = call.world.store.file(file["id"])
    if kind == "photo" and (image_size(content) is None or len(content) > PHOTO_LIMIT):
        raise bad_request("IMAGE_PROCESS_FAILED")
    return send(call, {kind: describe(kind, file, content, call.parameters), **message_caption(call)})


@bot_method("copyMessage")
def copy_message(call: Call) -> dict[str, int]:
    target_chat(call)
    source = call.world.chats.get(call.get("from_chat_id"))
    original = source.messages.get(call.get("message_id")) if source else None
    if original is None:
        raise bad_request("message to copy not found")
    left_out = {"message_id", "date", "edit_date", "chat", "from", "reply_markup", "reply_to_message"}
    return {"message_id": send(call, {k: v for k, v in original.items() if k not in left_out})["message_id"]}


@bot_method("deleteMessage")
def delete_message(call: Call) -> bool:
    chat, message = target_message(call, "to delete")
    return call.world.remove(chat, message["message_id"])


@bot_method("deleteMessages")
def delete_messages(call: Call) -> bool:
    chat, message_ids = target_chat(call), call.get("message_ids")
    if not isinstance(message_ids, list):
        raise bad_request("message identifiers are not specified")
    if len(message_ids) > MOST_MESSAGES_AT_ONCE:
        raise bad_request("too many message identifiers specified")
    for message_id in message_ids:
        call.world.remove(chat, int(message_id))
    return True


@bot_method("answerCallbackQuery")
def answer_callback_query(call: Call) -> bool:
    callback_id = call.get("callback_query_id", "")
    row = call.world.callbacks.get(callback_id)
    if row is None or row["answer"] is not None or call.world.clock() - row["asked_at"] > CALLBACK_SECONDS:
        raise bad_request(QUERY_TOO_OLD)
    if utf16_length(call.get("text", "")) > CALLBACK_TEXT_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    answer = {"text": call.get("text", ""), "show_alert": call.get("show_alert", False)}
    call.world.keep_callback(callback_id, {**row, "answer": answer})
    return True


@bot_method("sendChatAction")
def send_chat_action(call: Call) -> bool:
    chat = target_chat(call)
    if call.get("action") not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    call.world.show_action(chat, call.get("action"))
    return True


@bot_method("setMessageReaction")
def set_message_reaction(call: Call) -> bool:
    chat, message = target_message(call, "to react")
    chat.reactions[message["message_id"]] = call.get("reaction") or []
    call.world.chat_changed(chat)
    call.world.tell(chat.id, {"kind": "message", "message_id": message["message_id"]})
    return True


@bot_method("pinChatMessage", "unpinChatMessage", "unpinAllChatMessages")
def pin_chat_message(call: Call) -> bool:
    """Accepted; the page shows no pinned messages."""
    target_chat(call)
    return True


@bot_method("getChat")
def get_chat(call: Call) -> dict[str, Any]:
    accepted = dict.fromkeys(
        ["unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"], False
    )
    chat = target_chat(call)
    return {**chat.info, "accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": accepted}


@bot_method("getChatMember")
def get_chat_member(call: Call) -> dict[str, Any]:
    target_chat(call)
    user_id = call.get("user_id")
    if user_id == BOT_USER["id"]:
        return {"user": BOT_USER, "status": "member"}
    if user_id not in call.world.people:
        raise bad_request("invalid user_id specified")
    return {"user": call.world.people[user_id].as_user(), "status": "member"}


def _given_file(call: Call, kind: str) -> dict[str, Any]:
    """The row of the file a call sends: uploaded, attached, or named by the id of an earlier file."""
    value = call.get(kind, "")
    upload = call.uploads.get(kind) or call.uploads.get(value.removeprefix("attach://"))
    if upload is None:
        if value not in call.world.files:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return call.world.files[value]
    if len(upload.content) > UPLOAD_LIMIT:
        raise ApiError(413, "Request Entity Too Large")
    if not upload.content:
        raise bad_request("file must be non-empty")
    return call.world.keep_file(upload.content, upload.name, upload.mime_type or DEFAULT_TYPES[kind])
