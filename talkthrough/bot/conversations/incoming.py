"""From a Telegram update to what the person did."""

from datetime import timedelta

from telegram import Message, Update

from talkthrough.bot.conversations.events import (
    Commanded,
    PersonEvent,
    Said,
    SentEdit,
    SentFile,
    SentOther,
    SentVoice,
    Tapped,
)
from talkthrough.bot.conversations.fetching import FetchedFile

READABLE_KINDS = ("sticker", "photo", "video", "audio", "animation", "location", "contact", "poll", "dice")


def event_of(update: Update, file: FetchedFile | None) -> PersonEvent | None:
    """What the person did; None for updates that the dialogues have nothing to do with.

    `file` is the document that came with it, fetched before.
    """
    if update.callback_query is not None:
        query = update.callback_query
        return Tapped(tuple((query.data or "").split(":")), query.message.message_id if query.message else None)
    if update.edited_message is not None:
        return SentEdit(update.edited_message.text or "", update.edited_message.message_id)
    if update.message is not None and update.message.chat.type == "private":
        return _of_message(update.message, file)
    return None


def _of_message(message: Message, file: FetchedFile | None) -> PersonEvent | None:
    if message.text is not None:
        return _of_text(message)
    if message.document is not None:
        return SentFile(message.document.file_name or "file", file)
    if message.voice is not None:
        sound = message.voice.mime_type or "audio/ogg"
        return SentVoice(_seconds(message.voice.duration), sound, file, message.message_id)
    kind = next((name for name in READABLE_KINDS if getattr(message, name, None)), None)
    return SentOther(kind) if kind else None


def _of_text(message: Message) -> PersonEvent:
    text = message.text or ""
    if not text.startswith("/") or len(text.split(maxsplit=1)[0]) == 1:
        return Said(text, message.message_id, message.forward_origin is not None)
    name, _, argument = text[1:].partition(" ")
    return Commanded(name.split("@")[0].lower(), argument.strip())


def _seconds(duration: int | timedelta) -> int:
    return int(duration.total_seconds()) if isinstance(duration, timedelta) else duration
