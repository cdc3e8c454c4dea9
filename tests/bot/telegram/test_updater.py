import asyncio
import io
import logging
from typing import Any

import aiohttp
import pytest
from pydantic import SecretStr
from sqlmodel import Session

from talkthrough.bot.application import TalkthroughApplication, build_application
from talkthrough.bot.local_chat.server import LocalTelegram
from talkthrough.bot.observability import configure_logging
from talkthrough.bot.settings import Settings
from talkthrough.bot.telegram.updater import CONFLICT, SECRET_HEADER, UNKNOWN_TOKEN, CannotGoOnError
from talkthrough.storage import inbox
from talkthrough.storage.database import AlreadyRunningError, StorageError
from tests.bot.telegram import echo
from tests.bot.telegram.conftest import KIM, Start, run_while, stop, until
from tests.bot.telegram.faults import NOT_CONNECTED, FaultyRequest, refused

SECRET = "a-secret-of-the-webhook"


def echo_application(settings: Settings, url: str) -> TalkthroughApplication:
    return build_application(settings, base_url=url, handle=echo.handle, render=echo.render)


async def test_an_update_is_confirmed_only_once_it_is_stored(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    store, refusing = inbox.store, [True]

    def full(session: Session, *args: Any) -> Any:
        if refusing:
            raise StorageError("The disk is full.")
        return store(session, *args)

    monkeypatch.setattr(inbox, "store", full)
    async with start() as bot:
        bot.world.say(KIM, "hello")
        await until(lambda: "Sorry: storage" in bot.texts(KIM))
        assert len(bot.world.updates.pending) == 1
        refusing.clear()
        await bot.settled()
        assert bot.answers() == [(str(KIM), "hello")]
        assert bot.texts(KIM) == ["Sorry: storage", "You said hello"]


async def test_what_was_sent_while_nobody_ran_is_answered_at_the_next_start(start: Start, local: LocalTelegram) -> None:
    async with start() as bot:
        bot.world.say(KIM, "one")
        await bot.settled()
    local.world.say(KIM, "two")
    async with start() as bot:
        await bot.settled()
        assert bot.texts(KIM) == ["You said one", "You said two"]
        assert bot.answers() == [(str(KIM), "one"), (str(KIM), "two")]


async def test_what_was_stored_but_not_handled_is_handled_at_the_next_start(start: Start, local: LocalTelegram) -> None:
    local.world.say(KIM, "stored")
    raw = list(local.world.updates.pending)
    async with start() as bot:
        await bot.settled()
    with_done = raw[0] | {"update_id": 800_000}
    async with start() as bot:
        assert bot.application.updater is not None
        await bot.application.updater.stop()
        await bot.application.pipeline.stop()
        await bot.application.pipeline.receive([with_done])
        assert len(bot.answers()) == 1
        await bot.application.pipeline.start()
        await bot.settled()
        assert [words for _, words in bot.answers()] == ["stored", "stored"]
        await bot.application.updater.start_polling()


@pytest.mark.postgresql
async def test_a_bot_with_many_workers_stops_when_it_is_told_to(
    start: Start, settings: Settings, postgresql_url: str
) -> None:
    on_postgresql = settings.model_copy(update={"database_url": SecretStr(postgresql_url)})
    for _ in range(3):
        async with asyncio.timeout(20), start(settings=on_postgresql) as bot:
            for learner in range(3001, 3031):
                bot.world.say(learner, "hello")
            await bot.settled()
            sent = len(bot.outbox())
    assert sent == 90


async def test_two_bots_on_one_database_is_a_sentence(start: Start, settings: Settings, url: str) -> None:
    async with start():
        second = echo_application(settings, url)
        with pytest.raises(AlreadyRunningError, match="Another Talkthrough is already running on this database"):
            await second.initialize()
        second.pipeline.database.close()


async def test_two_bots_with_one_token_is_a_sentence_and_one_of_them_stops(
    start: Start, settings: Settings, url: str, tmp_path: Any
) -> None:
    async with start() as first:
        second = echo_application(settings.model_copy(update={"data_dir": tmp_path / "second"}), url)
        await run_while(second)
        await until(lambda: bool(first.application.stopped_because or second.stopped_because))
        stopped = [app for app in (first.application, second) if app.stopped_because]
        assert [app.stopped_because for app in stopped] == [CONFLICT]
        first.world.say(KIM, "hello")
        await first.world.wait(lambda: first.world.last(KIM))
        assert first.texts(KIM) == ["You said hello"]
        await stop(second)


async def test_a_token_that_telegram_does_not_know_is_a_sentence(start: Start) -> None:
    request = FaultyRequest()
    request.faults["getUpdates"].append(refused(401, "Unauthorized"))
    async with start(request=request) as bot:
        await until(lambda: bool(bot.application.stopped_because))
        assert bot.application.stopped_because == UNKNOWN_TOKEN


async def test_a_token_that_telegram_does_not_know_at_the_start_is_the_same_sentence(
    settings: Settings, url: str
) -> None:
    wrong = settings.model_copy(update={"token": SecretStr("123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1")})
    application = echo_application(wrong, url)
    with pytest.raises(CannotGoOnError, match="does not know this token"):
        await application.initialize()
    await application.bot.shutdown()
    application.pipeline.database.close()


async def test_a_bot_that_starts_without_a_network_waits_for_it(start: Start) -> None:
    request = FaultyRequest()
    request.faults["getMe"].append(NOT_CONNECTED)
    async with start(request=request) as bot:
        bot.world.say(KIM, "hello")
        await bot.settled()
        assert bot.texts(KIM) == ["You said hello"]


async def test_a_webhook_address_that_telegram_refuses_is_a_sentence(webhook_settings: Settings, url: str) -> None:
    request = FaultyRequest()
    request.faults["setWebhook"].append(refused(400, "Bad Request: bad webhook: the address is reserved"))
    application = build_application(
        webhook_settings, base_url=url, request=request, handle=echo.handle, render=echo.render
    )
    await application.initialize()
    assert application.updater is not None
    with pytest.raises(CannotGoOnError, match="the address is reserved"):
        await application.updater.start_webhook(port=0, webhook_url="https://localhost/", secret_token=SECRET)
    await application.shutdown()


async def test_polling_goes_on_after_errors(start: Start) -> None:
    request = FaultyRequest()
    request.faults["deleteWebhook"].append(refused(502, "Bad Gateway"))
    request.faults["getUpdates"].extend([refused(502, "Bad Gateway"), (200, b"<html>")])
    async with start(request=request) as bot:
        bot.world.say(KIM, "hello")
        await bot.settled()
        assert bot.texts(KIM) == ["You said hello"]


async def test_nothing_that_waits_is_ever_dropped_and_only_what_we_understand_is_asked_for(start: Start) -> None:
    async with start() as bot:
        bot.world.say(KIM, "hello")
        await bot.settled()
        assert bot.world.updates.allowed == [
            "message",
            "edited_message",
            "callback_query",
            "poll_answer",
            "my_chat_member",
        ]


async def call(port: int, update: Any, secret: str | None = SECRET) -> int:
    headers = {SECRET_HEADER: secret} if secret is not None else {}
    url = f"http://127.0.0.1:{port}/any/path"
    async with aiohttp.ClientSession() as session, session.post(url, json=update, headers=headers) as response:
        return response.status


@pytest.fixture
def webhook_settings(settings: Settings, unused_port: int) -> Settings:
    return settings.model_copy(update={"webhook_port": unused_port, "webhook_secret": SecretStr(SECRET)})


@pytest.fixture
def unused_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def test_a_webhook_takes_updates_only_from_who_knows_the_secret(
    local: LocalTelegram, webhook_settings: Settings, url: str
) -> None:
    application = echo_application(webhook_settings, url)
    port = webhook_settings.webhook_port
    await application.initialize()
    assert application.updater is not None
    await application.updater.start_webhook(port=port, webhook_url=f"http://127.0.0.1:{port}/", secret_token=SECRET)
    await application.start()
    local.world.say(KIM, "over the webhook")
    await local.world.wait(lambda: local.world.last(KIM))
    update = {"update_id": 700_000, "message": {"message_id": 5, "date": 1, "chat": {"id": KIM, "type": "private"}}}
    assert await call(port, update, None) == 403
    assert await call(port, update, "a-secret-of-somebody-else") == 403
    assert await call(port, update, "ünïcode") == 403
    assert [await call(port, wrong) for wrong in ("text", {}, {"update_id": "x"}, [1])] == [400] * 4
    assert await call(port, update) == 200
    assert await call(port, update) == 200
    while not await application.pipeline.idle():  # noqa: ASYNC110
        await asyncio.sleep(0.005)
    with application.pipeline.database.transaction() as session:
        assert [words for _, words in echo.answers(session)] == ["over the webhook", ""]
    await stop(application)


async def test_a_webhook_whose_update_cannot_be_stored_is_called_again(
    webhook_settings: Settings, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    application = echo_application(webhook_settings, url)
    port = webhook_settings.webhook_port
    await application.initialize()
    assert application.updater is not None
    await application.updater.start_webhook(port=port, webhook_url=f"http://127.0.0.1:{port}/", secret_token=SECRET)

    def full(*_: Any) -> None:
        raise StorageError("The disk is full.")

    monkeypatch.setattr(inbox, "store", full)
    assert await call(port, {"update_id": 1}) == 503
    await stop(application)


async def test_a_webhook_without_its_settings_is_a_sentence(settings: Settings, url: str) -> None:
    application = echo_application(settings, url)
    await application.initialize()
    assert application.updater is not None
    with pytest.raises(CannotGoOnError, match="TALKTHROUGH_WEBHOOK_URL and TALKTHROUGH_WEBHOOK_SECRET"):
        await application.updater.start_webhook(webhook_url="https://example.org/")
    await application.shutdown()


async def test_neither_the_token_nor_what_was_written_is_ever_logged(
    start: Start, settings: Settings, capfd: pytest.CaptureFixture[str]
) -> None:
    written, stream = "what only my tutor should read", io.StringIO()
    configure_logging(settings.model_copy(update={"log_level": "DEBUG"}), stream)
    request = FaultyRequest()
    request.faults["sendMessage"].append(refused(502, "Bad Gateway"))
    try:
        async with start(request=request) as bot:
            for words in (written, "fail", written):
                bot.world.say(KIM, words)
            bot.world.updates.push("message", {"text": written})
            await bot.settled()
            logging.getLogger("any").error("calling %s", f"{bot.url}/bot{LocalTelegram.token}/getMe")
            logging.getLogger("httpx").info("POST %s", f"{bot.url}/bot{LocalTelegram.token}/getMe")
    finally:
        logging.basicConfig(handlers=[], force=True)
    logged = stream.getvalue() + "".join(capfd.readouterr())
    assert "WrittenTextError" in logged
    assert "not sent" in logged
    assert LocalTelegram.token not in logged
    assert LocalTelegram.token.partition(":")[2] not in logged
    assert written not in logged
