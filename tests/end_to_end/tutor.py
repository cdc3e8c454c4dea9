"""What tests of tutors share: sending files, tapping through, forged buttons, and a look at the rows."""

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.end_to_end.conftest import TUTOR, House, Phone


async def send(house: House, text: str | bytes, name: str = "unit 7.txt") -> list[str]:
    content = text.encode() if isinstance(text, str) else text
    house.local.world.send_file(TUTOR, "document", content, name=name)
    return await house.tutor.hear()


async def through(phone: Phone, *labels: str) -> list[str]:
    said: list[str] = []
    for label in labels:
        said = await phone.tap(label)
    return said


async def forge(phone: Phone, data: str) -> list[str]:
    """Send button data that no message of the bot carries."""
    world = phone.house.local.world
    message = next(message for message in reversed(phone.messages) if message["from"]["is_bot"])
    query = {"id": f"forged-{data}", "from": world.person(phone.person).as_user(), "message": message, "data": data}
    world.updates.push("callback_query", {**query, "chat_instance": "1"})
    return await phone.hear()


def rows(data_dir: Path, question: str, *values: object) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(data_dir / "talkthrough.db")) as database:
        return database.execute(question, values).fetchall()
