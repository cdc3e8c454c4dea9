"""Nothing lost, nothing twice: the bot is killed at random moments under a load of answers, over real processes."""

import asyncio
import os
import random
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from sqlmodel import Session, select

from talkthrough.storage.database import Database
from talkthrough.storage.tables import InboxUpdate, OutboxMessage
from tests.bot.telegram import echo

LEARNERS = range(4001, 4021)
ANSWERS = 10  # of each learner: 200 in all
KILLS = 4


@asynccontextmanager
async def local_telegram(folder: Path) -> AsyncIterator[str]:
    """Its address. It is a process of its own, so it lives on when the bot dies."""
    command = ["-m", "talkthrough.bot.local_chat", "--no-limits", "--data-dir", str(folder)]
    process = await asyncio.create_subprocess_exec(sys.executable, *command, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    try:
        yield (await process.stdout.readline()).decode().split()[0]
    finally:
        process.terminate()
        await process.wait()


async def start_bot(folder: Path, url: str, database_url: str) -> asyncio.subprocess.Process:
    environment = os.environ | {
        "TALKTHROUGH_DATA_DIR": str(folder),
        "TALKTHROUGH_DATABASE_URL": database_url,
        "LOCAL_TELEGRAM": url,
    }
    return await asyncio.create_subprocess_exec(sys.executable, "-m", "tests.bot.telegram.echo", env=environment)


async def act(session: aiohttp.ClientSession, url: str, **order: Any) -> Any:
    async with session.post(f"{url}/sim", json=order) as answer:
        assert answer.status == 200, await answer.text()
        return await answer.json()


def counts(database: Database) -> tuple[int, int]:
    """(answers kept, messages still to be sent or handled)."""
    with database.transaction() as session:
        waiting = [row for row in session.exec(select(InboxUpdate)) if row.done_at is None]
        unsent = [row for row in session.exec(select(OutboxMessage)) if row.state != "sent"]
        return len(echo.answers(session)), len(waiting) + len(unsent)


async def wait_until_kept(database: Database, bot: asyncio.subprocess.Process, number: int) -> None:
    async with asyncio.timeout(60):
        while counts(database)[0] < number:
            assert bot.returncode is None, "the bot stopped by itself"
            await asyncio.sleep(0.02)


async def wait_until_settled(database: Database, session: aiohttp.ClientSession, url: str) -> None:
    async with asyncio.timeout(60):
        while counts(database)[1] or (await act(session, url, op="pending"))["result"]:  # noqa: ASYNC110
            await asyncio.sleep(0.05)


async def kill_at_random(
    folder: Path, url: str, database: Database, chance: random.Random
) -> asyncio.subprocess.Process:
    """Let the bot work, killing it again and again on the way. Returns the last one, alive."""
    moments = sorted(chance.sample(range(5, len(LEARNERS) * ANSWERS - 20), KILLS))
    for moment in moments:
        bot = await start_bot(folder, url, database.url.render_as_string(hide_password=False))
        await wait_until_kept(database, bot, moment)
        await asyncio.sleep(chance.random() * 0.01)
        bot.send_signal(signal.SIGKILL)
        await bot.wait()
    return await start_bot(folder, url, database.url.render_as_string(hide_password=False))


def sent_twice(session: Session, said: Counter[tuple[int, str]]) -> None:
    """Whatever reached a phone twice carries the flag that says so."""
    rows = session.exec(select(OutboxMessage)).all()
    flagged = sum(row.possibly_duplicate for row in rows)
    assert sum(count > 1 for count in said.values()) <= flagged
    assert len(rows) == len(LEARNERS) * ANSWERS


@pytest.mark.parametrize("seed", [1, 2])
async def test_every_answer_is_kept_once_and_answered_whenever_the_bot_is_killed(
    seed: int, empty_url: str, open_database: Any, tmp_path: Path
) -> None:
    database: Database = open_database(empty_url)
    async with local_telegram(tmp_path) as url, aiohttp.ClientSession() as session:
        for number in range(ANSWERS):
            for learner in LEARNERS:
                await act(session, url, op="say", person=learner, text=f"answer {number}")
        bot = await kill_at_random(tmp_path / "bot", url, database, random.Random(seed))
        await wait_until_settled(database, session, url)
        said: Counter[tuple[int, str]] = Counter()
        for learner in LEARNERS:
            chat = await act(session, url, op="transcript", person=learner)
            said.update((learner, row["text"]) for row in chat["result"] if row["from"]["is_bot"])
        bot.kill()
        await bot.wait()
    expected = [(str(learner), f"answer {number}") for learner in LEARNERS for number in range(ANSWERS)]
    with database.transaction() as storage:
        kept = echo.answers(storage)
        assert sorted(kept) == sorted(expected)
        for learner in LEARNERS:
            assert [words for chat, words in kept if chat == str(learner)] == [f"answer {n}" for n in range(ANSWERS)]
        assert set(said) == {(int(chat), f"You said {words}") for chat, words in expected}
        sent_twice(storage, said)
