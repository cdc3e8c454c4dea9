"""Methods as Telegram plays them: limits, wording of refusals, updates, webhooks."""

import asyncio
import io

import aiohttp
import pytest
from aiohttp import web

from tests.bot.local_chat.conftest import LEARNER

BUTTON = {"text": "A", "callback_data": "a"}


def keyboard(*buttons):
    return {"inline_keyboard": [list(buttons)]}


@pytest.mark.parametrize(
    ("parameters", "refusal"),
    [
        ({"text": "  "}, "message text is empty"),
        ({"text": "😀" * 2049}, "message is too long"),
        ({"text": "x", "parse_mode": "Rich"}, "unsupported parse_mode"),
        ({"text": "x", "reply_markup": keyboard({"text": "A", "callback_data": "é" * 33})}, "BUTTON_DATA_INVALID"),
        (
            {"text": "x", "reply_markup": keyboard({"text": "A"})},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        ({"text": "x", "reply_markup": {"inline_keyboard": [[BUTTON] * 101]}}, "reply markup is too long"),
        ({"text": "x", "reply_parameters": {"message_id": 999}}, "message to be replied not found"),
        ({"text": "x", "reply_markup": "{"}, "can't parse reply_markup JSON object"),
    ],
)
async def test_messages_are_refused_in_telegrams_words(started, parameters, refusal):
    assert await started.refusal("sendMessage", chat_id=LEARNER, **parameters) == f"Bad Request: {refusal}"


async def test_text_of_exactly_4096_units_is_accepted(started):
    sent = await started.result("sendMessage", chat_id=LEARNER, text="😀" * 2048)
    assert len(sent["text"]) == 2048


async def test_unknown_chats_methods_and_tokens(started):
    assert await started.refusal("sendMessage", text="x") == "Bad Request: chat_id is empty"
    assert await started.refusal("sendMessage", chat_id="@nobody", text="x") == "Bad Request: chat not found"
    assert (await started("fly"))["error_code"] == 404
    started.token = "1:wrong"
    assert (await started("getMe"))["error_code"] == 401


@pytest.mark.parametrize(
    ("parameters", "refusal"),
    [
        ({"question": "q" * 301, "options": ["a", "b"]}, "poll question length must not exceed 300"),
        ({"question": "q", "options": ["a", "b" * 101]}, "poll options length must not exceed 100"),
        ({"question": "q", "options": ["a"] * 13}, "poll can't have more than 12 options"),
        ({"question": "q", "options": ["a", "b"], "type": "quiz"}, "correct quiz option list must be non-empty"),
        (
            {"question": "q", "options": ["a", "b"], "type": "quiz", "correct_option_ids": [2]},
            "wrong quiz correct_option_id",
        ),
        (
            {
                "question": "q",
                "options": ["a", "b"],
                "type": "quiz",
                "correct_option_ids": [0],
                "explanation": "e" * 201,
            },
            "MESSAGE_TOO_LONG",
        ),
    ],
)
async def test_polls_are_refused_in_telegrams_words(started, parameters, refusal):
    assert await started.refusal("sendPoll", chat_id=LEARNER, **parameters) == f"Bad Request: {refusal}"


async def test_edit_to_the_same_is_refused_and_a_removed_keyboard_is_gone(started):
    markup = keyboard(BUTTON)
    sent = await started.result("sendMessage", chat_id=LEARNER, text="x", reply_markup=markup)
    target = {"chat_id": LEARNER, "message_id": sent["message_id"]}
    same = await started.refusal("editMessageText", **target, text="x", reply_markup=markup)
    assert same.startswith("Bad Request: message is not modified: specified new message content and reply markup")
    edited = await started.result("editMessageText", **target, text="x")
    assert "reply_markup" not in edited
    assert "edit_date" in edited
    gone = {"chat_id": LEARNER, "message_id": 999}
    assert await started.refusal("editMessageText", **gone, text="y") == "Bad Request: message to edit not found"
    assert await started.refusal("deleteMessage", **gone) == "Bad Request: message to delete not found"
    assert await started.result("deleteMessage", **target) is True


async def test_a_persons_message_cannot_be_edited_by_the_bot(local, started):
    asked = local.world.say(LEARNER, "mine")
    target = {"chat_id": LEARNER, "message_id": asked["message_id"]}
    assert await started.refusal("editMessageText", **target, text="y") == "Bad Request: message can't be edited"


async def test_a_callback_is_answered_once_and_in_time(local, started):
    local.world.clock = lambda: 1000.0
    sent = await started.result("sendMessage", chat_id=LEARNER, text="x", reply_markup=keyboard(BUTTON))
    callback = local.world.tap(LEARNER, sent["message_id"], "A")
    too_long = await started.refusal("answerCallbackQuery", callback_query_id=callback, text="x" * 201)
    assert too_long == "Bad Request: MESSAGE_TOO_LONG"
    assert await started.result("answerCallbackQuery", callback_query_id=callback) is True
    again = await started.refusal("answerCallbackQuery", callback_query_id=callback)
    assert again == "Bad Request: query is too old and response timeout expired or query ID is invalid"
    late = local.world.tap(LEARNER, sent["message_id"], "A")
    local.world.clock = lambda: 2000.0
    assert "too old" in await started.refusal("answerCallbackQuery", callback_query_id=late)


async def test_large_and_empty_files_are_refused(local, started, url):
    form = aiohttp.FormData({"chat_id": str(LEARNER)})
    form.add_field("document", io.BytesIO(b"x" * (50 * 1024 * 1024 + 1)), filename="big.bin")
    async with started.session.post(f"{url}/bot{local.token}/sendDocument", data=form) as answer:
        assert (await answer.json())["error_code"] == 413
    big = local.world.keep_file(b"x" * (20 * 1024 * 1024 + 1), "big.bin", "application/octet-stream")
    assert await started.refusal("getFile", file_id=big["id"]) == "Bad Request: file is too big"
    unknown = await started.refusal("getFile", file_id="nothing")
    assert unknown == "Bad Request: wrong file_id or the file is temporarily unavailable"
    not_a_picture = aiohttp.FormData({"chat_id": str(LEARNER)})
    not_a_picture.add_field("photo", b"text", filename="x.png")
    async with started.session.post(f"{url}/bot{local.token}/sendPhoto", data=not_a_picture) as answer:
        assert (await answer.json())["description"] == "Bad Request: IMAGE_PROCESS_FAILED"


async def test_offset_confirms_and_a_negative_one_keeps_the_end(local, started):
    for text in ("one", "two", "three"):
        local.world.say(LEARNER, text)
    updates = await started.result("getUpdates")
    ids = [update["update_id"] for update in updates]
    assert ids == list(range(ids[0], ids[0] + 4))
    assert len(await started.result("getUpdates", limit=2)) == 2
    assert [u["update_id"] for u in await started.result("getUpdates", offset=ids[1])] == ids[1:]
    assert [u["update_id"] for u in await started.result("getUpdates", offset=-1)] == ids[3:]
    assert await started.result("getUpdates", offset=ids[3] + 1) == []


async def test_allowed_updates_are_remembered_and_reactions_come_only_when_asked_for(local, started):
    sent = await started.result("sendMessage", chat_id=LEARNER, text="x", reply_markup=keyboard(BUTTON))
    await started.result("getUpdates", offset=-1)
    local.world.react(LEARNER, sent["message_id"], "👍")
    await started.result("getUpdates", allowed_updates=["message_reaction"])
    local.world.tap(LEARNER, sent["message_id"], "A")
    local.world.react(LEARNER, sent["message_id"], "🔥")
    kinds = [next(k for k in u if k != "update_id") for u in await started.result("getUpdates", offset=0)]
    assert kinds == ["message", "message_reaction"]


async def test_long_poll_wakes_on_the_first_update(local, started):
    first = (await started.result("getUpdates"))[-1]["update_id"]
    polling = asyncio.create_task(started.result("getUpdates", offset=first + 1, timeout=10))
    await asyncio.sleep(0.05)
    local.world.say(LEARNER, "hello")
    updates = await asyncio.wait_for(polling, 1)
    assert updates[0]["message"]["text"] == "hello"
    assert await started.result("getUpdates", offset=updates[0]["update_id"] + 1, timeout=0) == []


async def test_the_newer_poll_wins_and_the_older_one_gets_409(started):
    first = (await started.result("getUpdates"))[-1]["update_id"]
    older = asyncio.create_task(started("getUpdates", offset=first + 1, timeout=10))
    await asyncio.sleep(0.05)
    newer = asyncio.create_task(started("getUpdates", offset=first + 1, timeout=1))
    refused = await asyncio.wait_for(older, 2)
    assert refused["error_code"] == 409
    assert refused["description"] == (
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    )
    assert (await newer)["ok"]


async def test_webhook_gets_each_update_with_its_secret_until_it_accepts(local, started):
    received: list[tuple[str, int]] = []

    async def hook(request: web.Request) -> web.Response:
        update = await request.json()
        received.append((request.headers["X-Telegram-Bot-Api-Secret-Token"], update["update_id"]))
        return web.Response(status=500 if len(received) == 1 else 200)

    application = web.Application()
    application.router.add_post("/hook", hook)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    address = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    await started.result("setWebhook", url=address, secret_token="s3cret")
    assert (await started("getUpdates"))["error_code"] == 409
    local.world.say(LEARNER, "hello")
    async with asyncio.timeout(5):
        while local.world.updates.pending:  # noqa: ASYNC110 - a delivery is no change of the world
            await asyncio.sleep(0.01)
    assert {secret for secret, _ in received} == {"s3cret"}
    assert {number for _, number in received} == {1, 2}
    info = await started.result("getWebhookInfo")
    assert info["pending_update_count"] == 0
    assert info["last_error_message"] == "Wrong response from the webhook: 500 Internal Server Error"
    await started.result("deleteWebhook")
    assert await started.result("getUpdates") == []
    await runner.cleanup()


async def test_a_poll_closes_at_its_date_and_a_closed_one_takes_no_votes(local, started):
    sent = await started.result("sendPoll", chat_id=LEARNER, question="q", options=["a", "b"], is_anonymous=False)
    target = {"chat_id": LEARNER, "message_id": sent["message_id"]}
    local.world.vote(LEARNER, sent["poll"]["id"], [1])
    local.world.vote(LEARNER, sent["poll"]["id"], [])
    closed = await started.result("stopPoll", **target)
    assert (closed["is_closed"], closed["total_voter_count"]) == (True, 0)
    with pytest.raises(ValueError, match="closed"):
        local.world.vote(LEARNER, sent["poll"]["id"], [0])
    assert await started.refusal("stopPoll", **target) == "Bad Request: poll has already been closed"
