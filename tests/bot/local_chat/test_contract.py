"""The server held against the machine-readable Bot API, with python-telegram-bot and aiogram as the two clients."""

import asyncio
import json
import os
from pathlib import Path
from typing import Any

import pytest
from aiogram import Bot as OtherBot
from aiogram import Dispatcher, F
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError
from aiogram.filters import Command, CommandStart
from aiogram.types import (
    BotCommand,
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputPollOption,
    MenuButtonCommands,
    ReactionTypeEmoji,
)

from talkthrough.bot.local_chat.errors import ApiError
from talkthrough.bot.local_chat.methods import METHODS, calls
from talkthrough.bot.local_chat.methods.parameters import PARSERS
from tests.bot.local_chat.conftest import LEARNER, TUTOR

SHARED = Path(os.environ.get("TALKTHROUGH_SHARED", Path(__file__).resolve().parents[4] / "shared"))
SPECIFICATION = SHARED / "telegram" / "bot-api.json"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
METHODS_FOLDER = Path(calls.__file__).parent
METHODS_SOURCE = "".join(path.read_text("utf-8") for path in METHODS_FOLDER.glob("*.py"))
SIMPLE = {"Integer": int, "Float": (int, float), "String": str, "Boolean": bool}

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SPECIFICATION.exists(), reason=f"{SPECIFICATION} is absent; set TALKTHROUGH_SHARED"),
]


class Referee:
    """Checks objects and parameters against the published types; what it finds wrong is in `problems`."""

    def __init__(self) -> None:
        specification = json.loads(SPECIFICATION.read_text("utf-8"))
        self.types = specification["types"]
        self.methods = {name.lower(): method for name, method in specification["methods"].items()}
        self.problems: list[str] = []
        self.methods_seen: set[str] = set()

    def observe(self, method: str, parameters: dict[str, Any], result: Any) -> None:
        published = self.methods.get(method.lower())
        if published is None:
            self.problems.append(f"{method} is not a method")
            return
        known = {field["name"]: field for field in published.get("fields", [])}
        for name, value in parameters.items():
            if name in known:
                self._parameter(f"{method}({name})", value, known[name]["types"])
            elif not name.startswith("attach"):
                self.problems.append(f"{method} has no parameter {name}")
        if not isinstance(result, ApiError):
            self.methods_seen.add(method.lower())
            self._check(f"{method} →", json.loads(json.dumps(result)), published["returns"])

    def _parameter(self, where: str, value: Any, types: list[str]) -> None:
        """Forms carry text: numbers, booleans and JSON are read from it as Telegram reads them."""
        if isinstance(value, str) and "String" not in types and "InputFile" not in types:
            value = json.loads(value.lower() if value in {"True", "False"} else value)
        if "InputFile" not in types:
            self._check(where, value, types)

    def _check(self, where: str, value: Any, types: list[str]) -> None:
        if not any(self._fits(value, type_) for type_ in types):
            found: list[str] = []
            for type_ in types:
                found += self._faults(where, value, type_)
            self.problems += found or [f"{where} {value!r} is not {types}"]

    def _fits(self, value: Any, type_: str) -> bool:
        return not self._faults("", value, type_)

    def _faults(self, where: str, value: Any, type_: str) -> list[str]:
        if type_ in SIMPLE:
            fits = isinstance(value, SIMPLE[type_]) and (type_ == "Boolean" or not isinstance(value, bool))
            return [] if fits else [f"{where} {value!r} is not {type_}"]
        if type_.startswith("Array of "):
            if not isinstance(value, list):
                return [f"{where} {value!r} is not {type_}"]
            return [fault for item in value for fault in self._faults(f"{where}[]", item, type_[9:])]
        published = self.types[type_]
        if subtypes := published.get("subtypes"):
            options = [self._faults(where, value, subtype) for subtype in subtypes]
            return min(options, key=len)
        return self._object_faults(where, value, type_, published.get("fields", []))

    def _object_faults(self, where: str, value: Any, type_: str, fields: list[dict[str, Any]]) -> list[str]:
        if not isinstance(value, dict):
            return [f"{where} {value!r} is not {type_}"]
        known = {field["name"]: field for field in fields}
        faults = [f"{where} {type_} has no field {name}" for name in value if name not in known]
        faults += [f"{where} {type_} lacks {n}" for n, field in known.items() if field["required"] and n not in value]
        for name in value.keys() & known.keys():
            options = [self._faults(f"{where}.{name}", value[name], option) for option in known[name]["types"]]
            faults += min(options, key=len)
        return faults


@pytest.fixture
def referee(local) -> Referee:
    referee = Referee()
    local.observers.append(referee.observe)
    return referee


def test_the_referee_sees_wrong_objects():
    referee = Referee()
    referee.observe("getMe", {"colour": "red"}, {"id": "1", "is_bot": True, "first_name": "x", "shoe": 9})
    assert len(referee.problems) == 3


def test_every_method_and_parameter_we_read_is_published():
    referee = Referee()
    assert METHODS.keys() <= referee.methods.keys()
    published: dict[str, set[str]] = {}
    for method in METHODS:
        for field in referee.methods[method].get("fields", []):
            published.setdefault(field["name"], set()).update(field["types"])
    # correct_option_id was sendPoll's single answer before Bot API 9; older clients still send it
    for name in PARSERS.keys() - {"correct_option_id"}:
        assert name in published, name
        kinds = {"integer": {"Integer"}, "boolean": {"Boolean"}, "chat": {"Integer"}}
        expected = kinds.get(PARSERS[name].__name__)
        assert expected is None or expected <= published[name], (name, published[name])
        assert expected is not None or not published[name] & SIMPLE.keys(), (name, published[name])
    not_text = {name for name, types in published.items() if "String" not in types and "InputFile" not in types}
    read_as_text = {name for name in not_text - PARSERS.keys() if f'get("{name}"' in METHODS_SOURCE}
    assert read_as_text == set()


async def test_first_client_hears_and_says_only_what_is_published(local, demo, referee):
    world = local.world
    await demo.bot.set_my_commands([("start", "Begin")])
    await demo.bot.set_chat_menu_button()
    world.say(LEARNER, "/start a")
    first = await world.wait(lambda: world.last(LEARNER))
    world.tap(LEARNER, first["message_id"], "Revise")
    await world.wait(lambda: world.last(LEARNER).get("edit_date"))
    for text, what in (("/quiz", "poll"), ("/draft", "document"), ("hello", "text")):
        world.say(LEARNER, text)
        await world.wait(lambda what=what: what in world.last(LEARNER))
    polls = [message["poll"] for message in world.transcript(LEARNER) if "poll" in message]
    world.vote(LEARNER, polls[0]["id"], [1])
    voice = world.send_file(LEARNER, "voice", b"OggS", mime_type="audio/ogg")
    await world.wait(lambda: world.chats[LEARNER].reactions.get(voice["message_id"]))
    world.send_file(TUTOR, "document", b"1.1 Explain", name="unit.txt", mime_type="text/plain")
    world.send_file(TUTOR, "photo", PNG)
    await demo.bot.send_photo(LEARNER, PNG, caption="Progress")
    await demo.bot.send_chat_action(LEARNER, "typing")
    await demo.bot.send_message(LEARNER, "Choose", reply_to_message_id=voice["message_id"], protect_content=True)
    world.react(LEARNER, first["message_id"], "👍")
    world.block(LEARNER)
    async with asyncio.timeout(5):
        while world.updates.pending:  # noqa: ASYNC110 - a confirmation is no change of the world
            await asyncio.sleep(0.01)
    assert referee.problems == []
    assert {"getupdates", "sendmessage", "sendpoll", "senddocument", "sendphoto", "getfile"} <= referee.methods_seen


@pytest.fixture
async def other(local, url):
    """aiogram's bot, polling; what it heard is in `heard`."""
    bot = OtherBot(local.token, session=AiohttpSession(api=TelegramAPIServer.from_base(url)))
    bot.heard = []
    dispatcher = Dispatcher()
    _answer_everything(dispatcher, bot.heard)
    kinds = ["message", "edited_message", "callback_query", "poll_answer", "message_reaction", "my_chat_member"]
    options = {"handle_signals": False, "polling_timeout": 5, "allowed_updates": kinds}
    polling = asyncio.create_task(dispatcher.start_polling(bot, **options))
    yield bot
    await dispatcher.stop_polling()
    await polling
    await bot.session.close()


def _answer_everything(dispatcher: Dispatcher, heard: list[Any]) -> None:
    @dispatcher.message(CommandStart(deep_link=True))
    async def start(message, command) -> None:
        markup = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="A", callback_data="x")]])
        await message.answer(f"<b>hi</b> {command.args}", parse_mode="HTML", reply_markup=markup)

    @dispatcher.callback_query()
    async def tapped(query) -> None:
        await query.answer("done")
        await query.message.edit_text(f"tapped {query.data}")

    @dispatcher.message(Command("quiz"))
    async def quiz(message) -> None:
        await message.answer_poll(
            "q",
            [InputPollOption(text="a"), InputPollOption(text="b")],
            type="quiz",
            correct_option_ids=[1],
            is_anonymous=False,
        )

    @dispatcher.poll_answer()
    async def voted(answer) -> None:
        heard.append(("vote", answer.option_ids))

    @dispatcher.message(Command("document"))
    async def document(message) -> None:
        await message.answer_document(BufferedInputFile(b"abc", "a.txt"), caption="<i>c</i>", parse_mode="HTML")

    @dispatcher.message(F.voice)
    async def voice(message) -> None:
        heard.append(("voice", (await message.bot.download(message.voice.file_id)).read()))
        await message.react([ReactionTypeEmoji(emoji="👍")])

    @dispatcher.message_reaction()
    async def reacted(change) -> None:
        heard.append(("reaction", change.new_reaction[0].emoji))

    @dispatcher.my_chat_member()
    async def member(change) -> None:
        heard.append(("member", change.new_chat_member.status))


async def test_second_client_is_served_as_well(local, other, referee):
    world = local.world
    world.say(LEARNER, "/start join_1")
    message = await world.wait(lambda: world.last(LEARNER))
    assert message["text"] == "hi join_1"
    world.tap(LEARNER, message["message_id"], "A")
    await world.wait(lambda: world.last(LEARNER)["text"] == "tapped x")
    world.say(LEARNER, "/quiz")
    poll = (await world.wait(lambda: "poll" in world.last(LEARNER) and world.last(LEARNER)))["poll"]
    world.vote(LEARNER, poll["id"], [1])
    world.say(LEARNER, "/document")
    sent = await world.wait(lambda: "document" in world.last(LEARNER) and world.last(LEARNER))
    assert sent["caption_entities"] == [{"type": "italic", "offset": 0, "length": 1}]
    voice = world.send_file(LEARNER, "voice", b"ogg", mime_type="audio/ogg")
    await world.wait(lambda: world.chats[LEARNER].reactions.get(voice["message_id"]))
    world.react(LEARNER, voice["message_id"], "🔥")
    await other.set_my_commands([BotCommand(command="start", description="Begin")])
    await other.set_chat_menu_button(menu_button=MenuButtonCommands())
    assert (await other.get_chat_menu_button()).type == "commands"
    assert (await other.get_chat(LEARNER)).first_name == "Learner 1"
    with pytest.raises(TelegramBadRequest, match="can't parse entities"):
        await other.send_message(LEARNER, "a < b", parse_mode="HTML")
    world.block(LEARNER)
    with pytest.raises(TelegramForbiddenError, match="bot was blocked by the user"):
        await other.send_message(LEARNER, "x")
    async with asyncio.timeout(5):
        while len(other.heard) < 4:  # noqa: ASYNC110 - what a bot hears is no change of the world
            await asyncio.sleep(0.01)
    assert other.heard == [("vote", [1]), ("voice", b"ogg"), ("reaction", "🔥"), ("member", "kicked")]
    assert referee.problems == []
