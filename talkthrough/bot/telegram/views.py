"""Outbox rows as Bot API calls: templates rendered with everything from outside escaped, cut to Telegram's limits."""

import json
import re
from datetime import date
from functools import lru_cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from talkthrough import languages
from talkthrough.bot.telegram.calls import BotCall, Upload
from talkthrough.languages import SOURCE
from talkthrough.storage.tables import Attachment, OutboxMessage

TEXT_LIMIT = 4096  # UTF-16 code units, Bot API sendMessage
CAPTION_LIMIT = 1024
ROOM = 64  # for closing a cut message


def render(row: OutboxMessage, attachment: Attachment | None) -> BotCall:
    """The call that delivers a row; an attachment makes it a photo or a document with a caption."""
    data = json.loads(row.data)
    if row.view == "remove_buttons":
        return BotCall("editMessageReplyMarkup", {"chat_id": row.chat_id, "message_id": data["message_id"]})
    parameters: dict[str, Any] = {"chat_id": row.chat_id, "parse_mode": "HTML"}
    if data.get("buttons"):
        parameters["reply_markup"] = {"inline_keyboard": _keyboard(data["buttons"], language_of(data))}
    if attachment is not None:
        return _file(row, data, parameters, attachment)
    text = text_of(row.view, data.get("values", data), language=language_of(data))
    return BotCall("sendMessage", parameters | {"text": text, "link_preview_options": {"is_disabled": True}})


def _file(row: OutboxMessage, data: dict[str, Any], parameters: dict[str, Any], attachment: Attachment) -> BotCall:
    caption = text_of(row.view, data.get("values", data), CAPTION_LIMIT, language_of(data))
    if caption:
        parameters["caption"] = caption
    is_photo = attachment.media_type.startswith("image/")
    method, field = ("sendPhoto", "photo") if is_photo else ("sendDocument", "document")
    return BotCall(method, parameters, {field: Upload.of(attachment)})


def language_of(data: dict[str, Any]) -> str:
    """The language that a message is put into: the person's at the time it was decided."""
    return str(data.get("language") or SOURCE)


def _keyboard(rows: list[list[list[str]]], language: str) -> list[list[dict[str, str]]]:
    """A button is [text, data], or [text, data, published text that takes the place of %s]."""
    in_words = languages.language(language)
    return [
        [
            {"text": in_words(text).replace("%s", about[0]) if about else in_words(text), "callback_data": data}
            for text, data, *about in row
        ]
        for row in rows
    ]


def text_of(view: str, values: dict[str, Any], limit: int = TEXT_LIMIT, language: str = SOURCE) -> str:
    """A view's message as Telegram HTML, at most `limit` UTF-16 units of visible text."""
    rendered = _environment(language).get_template(f"{view}.html.j2").render(**values)
    lines = [line.rstrip() for line in rendered.strip().splitlines()]
    return _cut(re.sub(r"\n{3,}", "\n\n", "\n".join(lines)), limit)


def _cut(text: str, limit: int) -> str:
    """Templates open and close their tags within a line, so a message can be cut between lines."""
    if _units(text) <= limit:
        return text
    kept: list[str] = []
    for line in text.split("\n"):
        if _units("\n".join([*kept, line])) > limit - ROOM:
            kept.append(_cut_line(line, limit - ROOM - _units("\n".join(kept))))
            break
        kept.append(line)
    return "\n".join(kept) + "\n…"


def _cut_line(line: str, units: int) -> str:
    """A line too long to keep whole: without its tags, and never in the middle of an entity."""
    plain = re.sub(r"<[^>]*>", "", line)
    short = plain.encode("utf-16-le")[: max(0, units) * 2].decode("utf-16-le", errors="ignore")
    return re.sub(r"&[^;\s]*$", "", short)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@lru_cache(maxsize=8)
def _environment(language: str) -> Environment:
    """Where templates are found. Filters: `day`, `weekday`, and `in_words` for sentences of ours in values."""
    environment = Environment(
        loader=PackageLoader("talkthrough.bot.telegram"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        auto_reload=False,
        extensions=["jinja2.ext.i18n"],
    )
    spoken = languages.language(language)
    environment.install_gettext_translations(spoken.catalogue, newstyle=True)  # type: ignore[attr-defined]
    environment.filters["day"] = lambda day, has_year=True: spoken.day(date.fromisoformat(day), has_year=has_year)
    environment.filters["weekday"] = spoken.weekday
    environment.filters["in_words"] = spoken
    environment.globals["language_code"] = spoken.code
    return environment
