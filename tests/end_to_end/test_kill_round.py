"""Killed again and again while a round goes out to 200 learners and while they answer: nobody missed, nobody twice."""

import asyncio
import random
from collections import Counter
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import aiohttp
from sqlmodel import Session, select

from talkthrough.bot.settings import Settings
from talkthrough.bot.starting import NO_QUIET_HOURS
from talkthrough.scheduler import rounds
from talkthrough.scheduler.recurrence import RoundRule
from talkthrough.storage import bank, cohorts, people, results
from talkthrough.storage.database import Database
from talkthrough.storage.tables import Answer, Cohort, Delivery, OutboxMessage, Person, Review, Role, Round
from tests.end_to_end.acts import HANGING, count
from tests.end_to_end.test_kill import act, local_telegram
from tests.end_to_end.test_kill_discussion import _start, _until_settled

LEARNERS = range(6001, 6201)
ANNOUNCED = "SELECT count(*) FROM outbox WHERE view = 'round_opened' AND state = 'sent'"
ANSWERED = "SELECT count(*) FROM answer"
KILLS = 3  # while it goes out, and as often while it is answered


async def test_a_round_for_200_learners_survives_kill_9_at_random_moments(data_dir: Path, tmp_path: Path) -> None:
    database = Database(Settings.load(data_dir=data_dir).database)
    chance = random.Random(8)
    async with local_telegram(tmp_path) as url, aiohttp.ClientSession() as http:
        for learner in LEARNERS:
            await act(http, url, op="transcript", person=learner)
            await act(http, url, op="say", person=learner, text="/menu")
        bot = await _start(data_dir, url)
        await _until_settled(database, http, url)
        with database.transaction() as session:
            for person in session.exec(select(Person)):
                person.privacy_seen_at = datetime.now(UTC)
            _due_round(session)
        bot = await _killed(bot, chance, ANNOUNCED, database, data_dir, url)
        await _until_settled(database, http, url)
        for learner in LEARNERS:
            for _ in range(chance.choice((1, 2))):  # some tap twice
                await _tap(http, url, learner, "Start")
        await _until_settled(database, http, url)
        for learner in LEARNERS:
            await _tap(http, url, learner, "A")
        bot = await _killed(bot, chance, ANSWERED, database, data_dir, url)
        await _until_settled(database, http, url)
        heard = {learner: await _announcements(http, url, learner) for learner in LEARNERS}
        bot.kill()
        await bot.wait()
    with database.transaction() as session:
        _check(session, heard)
    database.close()


def _check(session: Session, heard: dict[int, int]) -> None:
    opened = session.exec(select(Round)).one()
    deliveries = session.exec(select(Delivery).where(Delivery.round_id == opened.id)).all()
    assert len(deliveries) == len(LEARNERS)
    answers = Counter(session.exec(select(Answer.person_id)).all())
    assert set(answers.values()) == {1}
    assert len(answers) == len(LEARNERS)
    assert len(results.of_round(session, opened)) == len(LEARNERS)
    reviews = Counter(session.exec(select(Review.answer_id, Review.card_key)).all())
    assert set(reviews.values()) == {1}
    sent = session.exec(select(OutboxMessage).where(OutboxMessage.view == "round_opened")).all()
    assert Counter(row.chat_id for row in sent) == dict.fromkeys(LEARNERS, 1)
    assert min(heard.values()) == 1
    assert sum(heard.values()) - len(LEARNERS) <= sum(row.possibly_duplicate for row in sent)


def _due_round(session: Session) -> None:
    now = datetime.now(UTC)
    (entry,) = bank.find_units(session, "323")
    row = people.create_cohort(session, "Large", [], "UTC", now)
    cohorts.toggle_unit(row, entry)
    for learner in LEARNERS:
        person = people.person_for(session, learner, f"Learner {learner}", now)
        people.change_settings(person, reminders=NO_QUIET_HOURS)
        people.enrol(session, row.id, person.id, Role.LEARNER, now)
    tapped = {question.kind for question in bank.questions(session, entry.unit.key) if question.is_tapped}
    rule = RoundRule(
        now.date(), time(now.hour, now.minute), "UTC", entry.unit.key, question_count=1, kinds=tuple(sorted(tapped))
    )
    by = people.known(session, 2001)
    rounds.schedule(
        session, session.get_one(Cohort, row.id), by.id, rule, now, first=now.replace(second=0, microsecond=0)
    )


async def _killed(
    bot: asyncio.subprocess.Process,
    chance: random.Random,
    counted: str,
    database: Database,
    folder: Path,
    url: str,
) -> asyncio.subprocess.Process:
    """Let the bot work and kill it at random moments of the count; returns the last one, alive."""
    for moment in sorted(chance.sample(range(5, len(LEARNERS) - 60), KILLS)):
        async with asyncio.timeout(HANGING):
            while count(database, counted) < moment:
                assert bot.returncode is None, "the bot stopped by itself"
                await asyncio.sleep(0.01)
        await asyncio.sleep(chance.random() / 50)
        bot.kill()
        await bot.wait()
        bot = await _start(folder, url)
    return bot


async def _messages(http: aiohttp.ClientSession, url: str, learner: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await act(http, url, op="transcript", person=learner))["result"]
    return found


async def _announcements(http: aiohttp.ClientSession, url: str, learner: int) -> int:
    messages = await _messages(http, url, learner)
    return sum("quiz round" in message.get("text", "") and message["from"]["is_bot"] for message in messages)


async def _tap(http: aiohttp.ClientSession, url: str, learner: int, label: str) -> None:
    for message in reversed(await _messages(http, url, learner)):
        for row in message.get("reply_markup", {}).get("inline_keyboard", []):
            if any(button["text"] == label for button in row):
                await act(http, url, op="tap", person=learner, message_id=message["message_id"], button=label)
                return
    raise AssertionError(f"{learner} has no button {label}")
