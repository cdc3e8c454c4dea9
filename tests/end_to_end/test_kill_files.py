"""Killed while files are made: the order is made again, and what is registered is registered once."""

import asyncio
import signal
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
from sqlmodel import Session, select

from talkthrough.bot.conversations import effects as f
from talkthrough.bot.conversations.performers import discussing, handing_out, planning
from talkthrough.bot.conversations.performers.desk import Desk
from talkthrough.bot.conversations.plan_results import PlanMade
from talkthrough.bot.settings import Settings
from talkthrough.storage import audit, bank, people
from talkthrough.storage.database import Database
from talkthrough.storage.tables import Export, FileOrder, OutboxMessage
from tests.end_to_end.test_kill import act, local_telegram
from tests.end_to_end.test_kill_discussion import _start as start_bot

LEARNER = 5001


async def test_an_order_survives_being_killed_while_its_files_are_made(data_dir: Path, tmp_path: Path) -> None:
    database = Database(Settings.load(data_dir=data_dir).database)
    with database.transaction() as session:
        _order_a_log(session, audit.signing_key(data_dir))
    async with local_telegram(tmp_path) as url, aiohttp.ClientSession() as http:
        await act(http, url, op="say", person=LEARNER, text="/help")
        for attempt in (1, 2):
            bot = await start_bot(data_dir, url)
            await _until_attempted(database, bot, attempt)
            bot.kill()
            await bot.wait()
        bot = await start_bot(data_dir, url)
        await _until_sent(database)
        seen = await act(http, url, op="transcript", person=LEARNER, after=0, seconds=0)
        bot.send_signal(signal.SIGTERM)
        await bot.wait()
    with database.transaction() as session:
        exports = [(export.kind, export.format, export.number) for export in session.exec(select(Export))]
    names = Counter(message["document"]["file_name"] for message in seen["result"] if "document" in message)
    assert sorted(exports) == [("log", name, 1) for name in ("csv", "docx", "html", "json", "pdf")]
    assert len(names) == 5
    database.close()


def _order_a_log(session: Session, key: audit.SigningKey) -> None:
    now = datetime.now(UTC)
    person = people.person_for(session, LEARNER, "Learner", now)
    person.privacy_seen_at = now
    desk = Desk(session, person, LEARNER, now, Settings.load(), key)
    (unit,) = bank.find_units(session, "CS 45")
    made = planning.plan(desk, f.PlanDiscussion(unit.version_id, "2", "mock"))
    assert isinstance(made, PlanMade)
    discussing.begin(desk, f.BeginDiscussion(made.discussion_id))
    discussing.take_turn(desk, f.TakeTurn(made.discussion_id, "Stop", "stop"))
    handing_out.order_log(desk, f.MakeLog(made.discussion_id))


async def _until_attempted(database: Database, bot: asyncio.subprocess.Process, attempt: int) -> None:
    async with asyncio.timeout(60):
        while _attempts(database) < attempt:
            assert bot.returncode is None, "the bot stopped by itself"
            await asyncio.sleep(0.005)


def _attempts(database: Database) -> int:
    """How often the order was begun; an order that is done counts as often as it could."""
    with database.transaction() as session:
        order = session.exec(select(FileOrder)).first()
        return order.attempts if order else 99


async def _until_sent(database: Database) -> None:
    async with asyncio.timeout(60):
        while _unsent(database):  # noqa: ASYNC110
            await asyncio.sleep(0.05)


def _unsent(database: Database) -> int:
    with database.transaction() as session:
        messages = [row for row in session.exec(select(OutboxMessage)) if row.state in {"pending", "sending"}]
        return len(session.exec(select(FileOrder)).all()) + len(messages)
