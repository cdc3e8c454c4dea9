"""The smallest conversation: every answer is kept as a row and echoed. `python -m tests.bot.telegram.echo` runs it."""

import json
import logging
import os
import sys
import time
from datetime import datetime

from sqlmodel import Session, col, select
from telegram import Update

from talkthrough.bot.application import TalkthroughApplication, build_application, run
from talkthrough.bot.settings import Settings
from talkthrough.bot.telegram.calls import BotCall, Upload
from talkthrough.storage import outbox
from talkthrough.storage.tables import Attachment, OutboxMessage, StoredPhrasing


class WrittenTextError(Exception):
    """What a careless program might raise: it repeats what the learner wrote."""


def handle(session: Session, update: Update, now: datetime, _fetched: object) -> None:
    """Keep the answer, answer it. "fail" fails always; "file" sends a file; a tap edits its message."""
    chat = update.effective_chat
    if chat is None or update.my_chat_member:
        return
    if update.callback_query is not None:
        message = update.callback_query.message
        data = {"text": f"tapped {update.callback_query.data}", "message_id": message.message_id if message else 0}
        outbox.add(session, chat_id=chat.id, view="edit", data=data, now=now)
        return
    text = (update.message and update.message.text) or ""
    session.add(StoredPhrasing(point_key=str(chat.id), text=text, source="test", created_at=now))
    if text == "fail":
        raise WrittenTextError(text)
    attachment = Attachment(file_name="a.html", media_type="text/html", content=b"<p>") if text == "file" else None
    outbox.add(session, chat_id=chat.id, view="echo", data={"text": f"You said {text}"}, attachment=attachment, now=now)


def slow_handle(session: Session, update: Update, now: datetime, fetched: object) -> None:
    """Like marking a long answer."""
    time.sleep(0.003)
    handle(session, update, now, fetched)


def render(row: OutboxMessage, attachment: Attachment | None) -> BotCall:
    """The message's text, with one button; or the file."""
    data = json.loads(row.data)
    if row.view == "trouble":
        return BotCall("sendMessage", {"chat_id": row.chat_id, "text": f"Sorry: {data['reason']}"})
    if attachment is not None:
        return BotCall("sendDocument", {"chat_id": row.chat_id}, {"document": Upload.of(attachment)})
    keyboard = {"inline_keyboard": [[{"text": "Again", "callback_data": "again"}]]}
    parameters = {"chat_id": row.chat_id, "text": data["text"], "reply_markup": keyboard}
    if row.view == "edit":
        return BotCall("editMessageText", parameters | {"message_id": data["message_id"]})
    return BotCall("sendMessage", parameters)


def answers(session: Session) -> list[tuple[str, str]]:
    """Every kept answer as (chat id, text), in the order they were kept."""
    rows = session.exec(select(StoredPhrasing).order_by(col(StoredPhrasing.id)))
    return [(row.point_key, row.text) for row in rows]


def build(settings: Settings, url: str) -> TalkthroughApplication:
    """The real Application with this conversation."""
    return build_application(settings, base_url=url, handle=slow_handle, render=render)


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    settings = Settings.load(rate_limits="--limits" in sys.argv)
    run(build(settings, os.environ["LOCAL_TELEGRAM"]), settings)
