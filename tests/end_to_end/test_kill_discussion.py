"""Killed in the middle of twenty discussions: every message is a turn exactly once, and everybody is answered."""

import asyncio
import os
import random
import signal
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
from sqlmodel import Session, select

from talkthrough.bot.conversations import effects as f
from talkthrough.bot.conversations.performers import discussing, planning
from talkthrough.bot.conversations.performers.desk import Desk
from talkthrough.bot.conversations.plan_results import PlanMade
from talkthrough.bot.conversations.states import STATES, Discussing
from talkthrough.bot.settings import Settings
from talkthrough.storage import bank, people
from talkthrough.storage.audit import SigningKey, signing_key
from talkthrough.storage.database import Database
from talkthrough.storage.tables import Conversation, StoredTurn
from tests.end_to_end.acts import HANGING, count
from tests.end_to_end.test_kill import act, local_telegram

LEARNERS = range(5001, 5021)
MESSAGES = 10
KILLS = 3
WORDS = "Last week I read what customers wrote about us online and told my team, because two of them were upset."


async def test_no_turn_is_lost_or_doubled_when_the_bot_is_killed_under_load(data_dir: Path, tmp_path: Path) -> None:
    database = Database(Settings.load(data_dir=data_dir).database)
    key = signing_key(data_dir)
    with database.transaction() as session:
        for learner in LEARNERS:
            _open_discussion(session, learner, key)
    async with local_telegram(tmp_path) as url, aiohttp.ClientSession() as http:
        sent = [f"{WORDS} Message {number} of {learner}" for number in range(MESSAGES) for learner in LEARNERS]
        for text in sent:
            await act(http, url, op="say", person=int(text.rsplit(" ", 1)[1]), text=text)
        bot = await _killed_again_and_again(data_dir, url, database)
        await _until_settled(database, http, url)
        replies = {learner: await _replies(http, url, learner) for learner in LEARNERS}
        bot.send_signal(signal.SIGTERM)
        await bot.wait()
    with database.transaction() as session:
        kept = Counter(session.exec(select(StoredTurn.text).where(StoredTurn.speaker == "learner")).all())
    assert {text: kept[text] for text in sent} == dict.fromkeys(sent, 1)
    assert min(replies.values()) >= MESSAGES
    database.close()


def _open_discussion(session: Session, telegram_id: int, key: SigningKey) -> None:
    now = datetime.now(UTC)
    person = people.person_for(session, telegram_id, f"Learner {telegram_id}", now)
    person.privacy_seen_at = now
    desk = Desk(session, person, telegram_id, now, Settings.load(), key)
    (unit,) = bank.find_units(session, "CS 45")
    made = planning.plan(desk, f.PlanDiscussion(unit.version_id, "2", "mock"))
    assert isinstance(made, PlanMade)
    discussing.begin(desk, f.BeginDiscussion(made.discussion_id))
    state = STATES.dump_json(Discussing(made.discussion_id)).decode()
    session.add(Conversation(chat_id=telegram_id, state=state, updated_at=now))


async def _killed_again_and_again(folder: Path, url: str, database: Database) -> asyncio.subprocess.Process:
    """Let the bot work and kill it at random moments; returns the last one, alive."""
    chance = random.Random(20)
    moments = sorted(chance.sample(range(10, len(LEARNERS) * MESSAGES - 40), KILLS))
    for moment in moments:
        bot = await _start(folder, url)
        async with asyncio.timeout(HANGING):
            while _turns(database) < moment:
                assert bot.returncode is None, "the bot stopped by itself"
                await asyncio.sleep(0.01)
        await asyncio.sleep(chance.random() / 20)
        bot.kill()
        await bot.wait()
    return await _start(folder, url)


async def _start(folder: Path, url: str) -> asyncio.subprocess.Process:
    environment = os.environ | {"TALKTHROUGH_DATA_DIR": str(folder), "TALKTHROUGH_LOG_LEVEL": "ERROR"}
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.end_to_end.bot_process", url, env=environment
    )


def _turns(database: Database) -> int:
    return count(database, "SELECT count(*) FROM turn WHERE speaker = 'learner'") - len(LEARNERS)


async def _until_settled(database: Database, http: aiohttp.ClientSession, url: str) -> None:
    async with asyncio.timeout(HANGING):
        while (await act(http, url, op="pending"))["result"] or _unfinished(database):  # noqa: ASYNC110
            await asyncio.sleep(0.1)


def _unfinished(database: Database) -> int:
    unsent = "SELECT count(*) FROM outbox WHERE state IN ('pending', 'sending')"
    return count(database, "SELECT count(*) FROM inbox WHERE done_at IS NULL") + count(database, unsent)


async def _replies(http: aiohttp.ClientSession, url: str, learner: int) -> int:
    seen = await act(http, url, op="transcript", person=learner, after=0, seconds=0)
    return sum(message["from"]["is_bot"] for message in seen["result"])
