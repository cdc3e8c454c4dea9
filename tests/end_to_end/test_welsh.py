"""A learner who chose Welsh meets every part of the bot: nothing that has a translation is shown in English."""

import re
from datetime import UTC, datetime, timedelta

from tests.end_to_end.conftest import House
from tests.test_languages import catalogue

FEWEST_WORDS = 4  # shorter ones also come up in what is said in a discussion, which stays as it was said


async def tapped(house: House, *starts: str) -> list[str]:
    """Tap the newest button with each of these beginnings of its data; what was said to the last one."""
    said: list[str] = []
    for start in starts:
        said = await house.learner.tap_data(*newest(house, start))
    return said


def newest(house: House, start: str) -> tuple[int, str]:
    for message in reversed(house.learner.messages):
        for row in message.get("reply_markup", {}).get("inline_keyboard", []):
            for button in row:
                if button["callback_data"].startswith(start):
                    return message["message_id"], button["callback_data"]
    raise AssertionError(f"no button {start}; there are {house.learner.buttons()}")


def has(house: House, start: str) -> bool:
    rows = next(m["reply_markup"]["inline_keyboard"] for m in reversed(house.learner.messages) if "reply_markup" in m)
    return any(button["callback_data"].startswith(start) for row in rows for button in row)


def pieces(source: str) -> list[str]:
    """The parts of a sentence between its places, where they are long enough to be told from other words."""
    parts = re.split(r"%\(\w+\)s|%s|<[^>]*>|\0", source)
    return [part.strip(" .:,") for part in parts if len(part.split()) >= FEWEST_WORDS]


async def settings(house: House) -> None:
    await house.learner.say("/settings")
    await tapped(house, "set:time:on", "set:steps:on", "set:min", "set:min:10", "set:date")
    await house.learner.say("someday")
    await house.learner.say(f"{datetime.now(UTC) + timedelta(days=40):%d/%m/%Y}")
    await tapped(house, "set:zone")
    await house.learner.say("Atlantis")
    await tapped(house, "set:zone:Europe/London", "rem", "rem:on", "rem:page:day", "rem:day:6", "rem", "rem:pause")
    await tapped(house, "set:log", "set:mydata")
    for command in ("/help", "/teapot", "/whosaw", "/leave", "/calendar", "/menu"):
        await house.learner.say(command)
    house.local.world.send_file(house.learner.person, "photo", b"\x89PNG\r\n\x1a\n", name="x.png")
    await house.learner.hear()


async def revision(house: House) -> None:
    await house.learner.say("/revise")
    await house.learner.tap("Unit 401")
    await tapped(house, "rev:go")
    await house.learner.say("the environment, and the people")
    await tapped(house, "undo", "next")
    await tapped(house, "ans:")
    await tapped(house, "flag")
    await house.learner.say("I do not know this word")
    while has(house, "next"):
        await tapped(house, "next")
        if has(house, "ans:"):
            await tapped(house, "ans:")
    await house.learner.say("/progress")
    await house.learner.tap("Unit 401")
    await tapped(house, "prog:out", "prog:outlook", "prog:plot")


async def discussion(house: House) -> None:
    await house.learner.say("/discuss")
    await house.learner.tap("Unit 401")
    await tapped(
        house, "dis:outcome", "dis:plan", "pln:ask", "pln:who", "pln:adjust", "pln:switch", "pln:short", "pln:criteria"
    )
    await tapped(house, "pln:show", "pln:begin")
    await house.learner.say("Last Tuesday I moved two people to the tills because the queue was growing.")
    for wish in ("hint", "say", "skip"):
        message, data = newest(house, "wish:")
        await house.learner.tap_data(message, data.rpartition(":")[0] + f":{wish}")
    message, data = newest(house, "wish:")
    await house.learner.tap_data(message, data.rpartition(":")[0] + ":pause")
    await tapped(house, "dis:resume")
    message, data = newest(house, "wish:")
    await house.learner.tap_data(message, data.rpartition(":")[0] + ":stop")
    await tapped(house, "dis:rate", "dis:release", "dis:released", "dis:withdraw", "drf:start", "drf:model")


async def test_what_has_a_translation_is_never_shown_in_english(house: House) -> None:
    await house.enter(house.learner)
    known = catalogue()
    await house.learner.say("/settings")
    await tapped(house, "set:lang", "set:lang:cy")
    start = len(house.learner.messages)
    for part in (settings, revision, discussion):
        await part(house)
    messages = [message for message in house.learner.messages[start:] if message["from"]["is_bot"]]
    labels = {
        button["text"]
        for message in messages
        for row in message.get("reply_markup", {}).get("inline_keyboard", [])
        for button in row
    }
    assert {label for label in labels if known.get(label, (label,)) != (label,)} == set()
    texts = "\n".join(message.get("text") or message.get("caption") or "" for message in messages)
    english = {part for source, forms in known.items() for part in pieces(source) if not any(part in f for f in forms)}
    assert {part for part in english if part in texts} == set()
    assert "Amcangyfrif yw hwn." in texts  # the end of the words that go with the progress picture
    assert len(messages) > 50
