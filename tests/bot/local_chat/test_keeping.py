"""What a second run still has, and what a killed one had already promised."""

import asyncio
import sqlite3
import sys
from pathlib import Path

import aiohttp

from talkthrough.bot.local_chat.server import LocalTelegram
from tests.bot.local_chat.conftest import LEARNER, Client


async def test_a_second_run_has_messages_files_updates_polls_settings_and_higher_ids(tmp_path):
    local = LocalTelegram(tmp_path)
    async with local.serve() as url, aiohttp.ClientSession() as session:
        client = Client(session, url, local.token)
        said = local.world.say(LEARNER, "/start")
        await client.result("getUpdates", allowed_updates=["message"])
        local.world.send_file(LEARNER, "document", b"words", name="notes.txt", mime_type="text/plain")
        poll = await client.result("sendPoll", chat_id=LEARNER, question="q", options=["a", "b"])
        local.world.vote(LEARNER, poll["poll"]["id"], [0])
        keyboard = {"keyboard": [["Yes", "No"]]}
        last = await client.result("sendMessage", chat_id=LEARNER, text="x", reply_markup=keyboard)
        await client.result("setMyCommands", commands=[{"command": "start", "description": "Begin"}])
        await client.result("getUpdates", offset=2)
    local.close()

    again = LocalTelegram(tmp_path)
    transcript = again.world.transcript(LEARNER)
    assert transcript == local.world.transcript(LEARNER)
    assert transcript[0] == said
    assert again.world.store.file(transcript[1]["document"]["file_id"]) == b"words"
    assert again.world.polls[poll["poll"]["id"]]["votes"] == {str(LEARNER): [0]}
    assert again.world.chats[LEARNER].keyboard["keyboard"] == [[{"text": "Yes"}, {"text": "No"}]]
    assert again.world.updates.allowed == ["message"]
    assert [update["update_id"] for update in again.world.updates.pending] == [2]
    assert again.world.settings == local.world.settings
    assert again.world.say(LEARNER, "more")["message_id"] > last["message_id"]
    assert again.world.updates.pending[-1]["update_id"] > 2
    again.close()


async def test_what_was_answered_survives_a_kill(tmp_path):
    """Kill -9 right after the answers: the person's text and the bot's reply are both there."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "talkthrough.bot.local_chat", "--data-dir", str(tmp_path), stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    url, token = (await process.stdout.readline()).decode().split()
    async with aiohttp.ClientSession() as session:
        order = {"op": "say", "person": LEARNER, "text": "/start"}
        async with session.post(f"{url}/sim", json=order) as answer:
            assert (await answer.json())["ok"]
        await Client(session, url, token).result("sendMessage", chat_id=LEARNER, text="hello")
        process.kill()
    await process.wait()
    again = LocalTelegram(tmp_path)
    assert [message["text"] for message in again.world.transcript(LEARNER)] == ["/start", "hello"]
    assert len(again.world.updates.pending) == 1
    again.close()


async def test_a_full_disk_loses_nothing_that_can_be_written_later(tmp_path, caplog):
    local = LocalTelegram(tmp_path)
    store = local.world.store
    assert store._connection is not None
    pages = store._connection.execute("PRAGMA page_count").fetchone()[0]
    store._connection.execute(f"PRAGMA max_page_count = {pages}")
    async with local.serve():
        local.world.say(LEARNER, "x" * 4000)
        for _ in range(200):
            if caplog.records:
                break
            await asyncio.sleep(0.01)
        assert "could not write" in caplog.text
        store._connection.execute("PRAGMA max_page_count = 100000")
    local.close()
    rows = sqlite3.connect(tmp_path / "local-chat.sqlite")
    kinds = {kind for (kind,) in rows.execute("SELECT kind FROM rows")}
    rows.close()
    assert {"message", "update", "chat", "numbers"} <= kinds


async def test_the_file_is_for_its_owner_only(tmp_path: Path):
    local = LocalTelegram(tmp_path)
    local.world.say(LEARNER, "private")
    async with local.serve():
        modes = {(tmp_path / f"local-chat.sqlite{end}").stat().st_mode & 0o077 for end in ("", "-wal", "-shm")}
    assert modes == {0}
    local.close()
