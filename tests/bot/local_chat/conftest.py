"""A served local Telegram, a bare client for it, and a small python-telegram-bot application that answers."""

import io
from collections.abc import AsyncIterator

import aiohttp
import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    MessageHandler,
    MessageReactionHandler,
    PollAnswerHandler,
    filters,
)

from talkthrough.bot.local_chat.server import LocalTelegram

LEARNER, TUTOR = 1001, 2001


class Client:
    """Calls Bot API methods with JSON and returns the whole answer."""

    def __init__(self, session: aiohttp.ClientSession, url: str, token: str) -> None:
        self.session, self.url, self.token = session, url, token

    async def __call__(self, method: str, **parameters):
        async with self.session.post(f"{self.url}/bot{self.token}/{method}", json=parameters) as answer:
            return await answer.json()

    async def result(self, method: str, **parameters):
        answer = await self(method, **parameters)
        assert answer["ok"], answer
        return answer["result"]

    async def refusal(self, method: str, **parameters) -> str:
        answer = await self(method, **parameters)
        assert not answer["ok"], answer
        return answer["description"]


@pytest.fixture
async def local() -> AsyncIterator[LocalTelegram]:
    local = LocalTelegram(rate_limits=False)
    yield local
    local.close()


@pytest.fixture
async def url(local: LocalTelegram) -> AsyncIterator[str]:
    async with local.serve() as url:
        yield url


@pytest.fixture
async def client(local: LocalTelegram, url: str) -> AsyncIterator[Client]:
    async with aiohttp.ClientSession() as session:
        yield Client(session, url, local.token)


@pytest.fixture
def started(local: LocalTelegram, client: Client) -> Client:
    """A client of a server where learner 1 has started the bot."""
    local.world.say(LEARNER, "/start")
    return client


async def start(update: Update, context) -> None:
    context.bot_data["heard"].append(("start", context.args))
    buttons = [
        [InlineKeyboardButton("Revise", callback_data="go:1"), InlineKeyboardButton("Alert", callback_data="al")]
    ]
    await update.message.reply_html(
        f"<b>Hello</b> {' '.join(context.args)}", reply_markup=InlineKeyboardMarkup(buttons)
    )


async def tap(update: Update, context) -> None:
    query = update.callback_query
    await query.answer("Saved", show_alert=query.data == "al")
    if query.data == "go:1":
        await query.edit_message_text("You chose revision")


async def quiz(update: Update, context) -> None:
    await update.message.reply_poll(
        "Who is told first?",
        ["A friend", "The designated lead"],
        type="quiz",
        correct_option_ids=[1],
        is_anonymous=False,
        explanation="The lead decides <b>next</b>.",
        explanation_parse_mode="HTML",
    )


async def vote(update: Update, context) -> None:
    answer = update.poll_answer
    context.bot_data["heard"].append(("vote", answer.user.id, answer.option_ids))


async def draft(update: Update, context) -> None:
    file = io.BytesIO(b"<p>Draft</p>")
    await update.message.reply_document(file, filename="draft.html", caption="Your <i>draft</i>", parse_mode="HTML")


async def voice(update: Update, context) -> None:
    file = await update.message.voice.get_file()
    context.bot_data["heard"].append(("voice", bytes(await file.download_as_bytearray())))
    await update.message.set_reaction("👍")


async def reaction(update: Update, context) -> None:
    context.bot_data["heard"].append(("reaction", update.message_reaction.new_reaction[0].emoji))


async def member(update: Update, context) -> None:
    context.bot_data["heard"].append(("member", update.my_chat_member.new_chat_member.status))


async def text(update: Update, context) -> None:
    context.bot_data["heard"].append(("text", update.effective_message.text))
    if update.message:
        await update.message.reply_text("Noted")


def build_demo(url: str, token: str) -> Application:
    """A bot that uses every feature the tutor uses; what it heard is in bot_data["heard"]."""
    builder = Application.builder().token(token).base_url(f"{url}/bot").base_file_url(f"{url}/file/bot")
    application = builder.build()
    application.bot_data["heard"] = []
    application.add_handlers(
        [
            CommandHandler("start", start),
            CommandHandler("quiz", quiz),
            CommandHandler("draft", draft),
            CallbackQueryHandler(tap),
            PollAnswerHandler(vote),
            MessageHandler(filters.VOICE, voice),
            MessageHandler(filters.TEXT, text),
            MessageReactionHandler(reaction),
            ChatMemberHandler(member),
        ]
    )
    return application


@pytest.fixture
async def demo(local: LocalTelegram, url: str) -> AsyncIterator[Application]:
    """The demo bot, polling."""
    application = build_demo(url, local.token)
    async with application:
        await application.start()
        await application.updater.start_polling(allowed_updates=Update.ALL_TYPES)
        yield application
        await application.updater.stop()
        await application.stop()
