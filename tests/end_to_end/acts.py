"""What people, or changed clients, can do that no button offers."""

import sqlite3
from contextlib import closing

from talkthrough.storage.database import Database
from tests.end_to_end.conftest import Phone

HANGING = 300  # seconds after which a test gives up waiting for a bot; says nothing about how fast it is


async def forge(phone: Phone, data: str) -> list[str]:
    """A tap with data that none of the person's buttons carries; also a tap on a button that is gone."""
    message = next(m for m in reversed(phone.messages) if m.get("reply_markup", {}).get("inline_keyboard"))
    button = message["reply_markup"]["inline_keyboard"][0][0]
    kept, button["callback_data"] = button["callback_data"], data
    try:
        return await phone.tap_data(message["message_id"], data)
    finally:
        button["callback_data"] = kept


def count(database: Database, question: str) -> int:
    """A number from the database of a running bot, without a lock: it must not wait for the test that watches it."""
    with closing(sqlite3.connect(f"file:{database.url.database}?mode=ro", uri=True)) as watching:
        return int(watching.execute(question).fetchone()[0])
