import asyncio
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from telegram.error import TimedOut

from talkthrough.bot.local_chat.server import LocalTelegram
from talkthrough.bot.telegram.calls import BotCall, TelegramBot, Upload
from talkthrough.bot.telegram.request import AiohttpRequest, NotConnectedError
from tests.bot.telegram.conftest import KIM

TOKEN = LocalTelegram.token


@pytest.fixture
async def request_() -> AsyncIterator[AiohttpRequest]:
    request = AiohttpRequest(trust_env=False)
    await request.initialize()
    yield request
    await request.shutdown()


def bot_at(url: str, request: AiohttpRequest) -> TelegramBot:
    return TelegramBot(TOKEN, base_url=f"{url}/bot", request=request, get_updates_request=request)


async def test_a_call_takes_nested_json_and_returns_plain_json(
    local: LocalTelegram, url: str, request_: AiohttpRequest
) -> None:
    local.world.say(KIM, "hello")
    keyboard = {"inline_keyboard": [[{"text": "Ünï 👍", "callback_data": "x"}]]}
    call = BotCall("sendMessage", {"chat_id": KIM, "text": "a & b", "reply_markup": keyboard})
    answer = await bot_at(url, request_).call(call)
    assert answer["text"] == "a & b"
    assert answer["reply_markup"] == keyboard


async def test_a_file_arrives_with_its_name_and_every_byte(
    local: LocalTelegram, url: str, request_: AiohttpRequest
) -> None:
    local.world.say(KIM, "hello")
    content = bytes(range(256)) * 1000
    upload = Upload("Kim’s draft.docx", content, "application/x-special")
    call = BotCall("sendDocument", {"chat_id": KIM, "caption": "yours"}, {"document": upload})
    answer = await bot_at(url, request_).call(call)
    assert (answer["document"]["file_name"], answer["caption"]) == ("Kim’s draft.docx", "yours")
    assert answer["document"]["mime_type"] == "application/x-special"
    assert local.world.store.file(answer["document"]["file_id"]) == content


async def test_without_a_server_the_error_says_that_nothing_was_received_and_hides_the_token(
    request_: AiohttpRequest,
) -> None:
    with pytest.raises(NotConnectedError) as caught:
        await bot_at("http://127.0.0.1:1", request_).call(BotCall("getMe"))
    assert TOKEN not in repr(caught.value)
    assert caught.value.__cause__ is None


async def test_a_server_that_does_not_answer_or_breaks_off_leaves_it_open(request_: AiohttpRequest) -> None:
    async def never(_request: web.Request) -> web.Response:
        await asyncio.sleep(0.3)
        return web.Response()

    async def break_off(request: web.Request) -> web.Response:
        assert request.transport is not None
        request.transport.close()
        return web.Response()

    application = web.Application()
    application.router.add_post("/bot{token}/getMe", never)
    application.router.add_post("/bot{token}/getChat", break_off)
    runner = web.AppRunner(application, shutdown_timeout=0)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    bot = bot_at(f"http://127.0.0.1:{runner.addresses[0][1]}", request_)
    for method, seconds in (("getMe", 0.05), ("getChat", 5.0)):
        with pytest.raises(TimedOut) as caught:
            await bot.call(BotCall(method), seconds)
        assert TOKEN not in repr(caught.value)
    await runner.cleanup()
