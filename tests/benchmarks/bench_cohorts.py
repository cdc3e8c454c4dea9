"""Measures of rounds: opened for thousands, delivered within Telegram's limits, drawn, and looked up among a million.

Run with `python -m tests.benchmarks.bench_cohorts`. Prints a table and exits with 1 where a limit is passed.
"""

import asyncio
import os
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from sqlalchemy import insert
from sqlmodel import Session, select

from talkthrough.bot.conversations.announcing import RoundWording
from talkthrough.bot.local_chat.errors import ApiError
from talkthrough.bot.local_chat.server import LocalTelegram
from talkthrough.bot.settings import Settings
from talkthrough.bot.starting import NO_QUIET_HOURS, load_samples, samples_folder
from talkthrough.scheduler import round_report, rounds
from talkthrough.scheduler.recurrence import RoundRule
from talkthrough.storage import bank, cohorts, people, results
from talkthrough.storage import rounds as rows
from talkthrough.storage.database import Database
from talkthrough.storage.migrations import migrate
from talkthrough.storage.records import heat_map
from talkthrough.storage.tables import (
    Answer,
    Cohort,
    Delivery,
    Membership,
    OutboxMessage,
    Person,
    Role,
    Round,
    Schedule,
)
from tests.benchmarks.bench_pipeline import Learner, percentile

DELIVERED_SECONDS, REPLY_P95 = 25.0, 0.100
OPENED_SECONDS, MAP_SECONDS, QUERY_SECONDS = 3.0, 0.300, 0.050
MANY, GROUP, LARGE_GROUP, QUESTIONS = 1_000_000, 200, 10_000, 5
ROUND_OF = range(10_001, 10_601)
Figure = tuple[str, float, str, bool]


def filled(folder: Path, learners: range) -> Database:
    """A database with the samples and one cohort of so many learners who work on unit 401."""
    url = Settings.load(data_dir=folder).database
    migrate(url)
    database = Database(url)
    load_samples(database, samples_folder())
    now = datetime.now(UTC)
    with database.transaction() as session:
        (entry,) = bank.find_units(session, "401")
        row = people.create_cohort(session, "Large", [], "Europe/London", now)
        cohorts.toggle_unit(row, entry)
        settings = f'{{"reminders": {{"quiet_from": "{NO_QUIET_HOURS["quiet_from"]}", "quiet_until": "00:00"}}}}'
        persons = [
            {"telegram_id": each, "display_name": f"Learner {each}", "settings": settings, "created_at": now}
            for each in learners
        ]
        session.exec(insert(Person), params=persons)
        ids = session.exec(select(Person.id)).all()
        members = [
            {"cohort_id": row.id, "person_id": each, "role": Role.LEARNER.value, "joined_at": now} for each in ids
        ]
        session.exec(insert(Membership), params=members)
    return database


def due_round(session: Session) -> Schedule:
    """A round that is due now."""
    now = datetime.now(UTC)
    cohort = session.exec(select(Cohort)).one()
    (entry,) = cohorts.units_of(session, cohort)
    rule = RoundRule(
        now.date(), clock_time(now.hour, now.minute), "UTC", entry.unit.key, tuple(c.key for c in entry.unit.criteria)
    )
    by = session.exec(select(Person.id)).first()
    return rounds.schedule(session, cohort, by or 0, rule, now, first=now.replace(second=0, microsecond=0))


def opening() -> list[Figure]:
    """Rows of a round for ten thousand learners, in one transaction."""
    with TemporaryDirectory() as folder:
        database = filled(Path(folder), range(1, LARGE_GROUP + 1))
        with database.transaction() as session:
            due_round(session)
        started = time.perf_counter()
        with database.transaction() as session:
            opened = rounds.open_due(session, datetime.now(UTC), RoundWording())
        took = time.perf_counter() - started
        with database.transaction() as session:
            written = len(session.exec(select(OutboxMessage.id)).all())
        database.close()
    assert (opened, written) == (1, LARGE_GROUP)
    return [("a round opened for 10,000 learners", took, f"s (at most {OPENED_SECONDS:.0f})", took <= OPENED_SECONDS)]


def drawing() -> list[Figure]:
    """The heat map of 200 learners and 28 criteria, in each form."""
    columns = [heat_map.Column(f"{place // 7 + 1}.{place % 7 + 1}", "explain how it is done") for place in range(28)]
    words = [word for word in heat_map.STANDINGS if word != "not asked"]
    lines = [
        heat_map.Line(
            f"Learner {number}", tuple(heat_map.Cell(words[(number + place) % 4], 0.5) for place in range(28))
        )
        for number in range(GROUP)
    ]
    grid = heat_map.heat_map("Large: Unit 401", "All rounds so far", columns, lines)
    forms: dict[str, Callable[[heat_map.HeatMap], bytes]] = {
        "picture": heat_map.as_picture,
        "page": heat_map.as_html,
        "table": heat_map.as_csv,
        "workbook": heat_map.as_xlsx,
    }
    found = []
    for name, draw in forms.items():
        draw(grid)
        took = _best(lambda draw=draw: draw(grid))
        found.append(
            (f"heat map 200 x 28, {name}", took * 1000, f"ms (at most {MAP_SECONDS * 1000:.0f})", took <= MAP_SECONDS)
        )
    return found


def _best(work: Callable[[], object], times: int = 5) -> float:
    """The median of some runs, in seconds."""
    seconds = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - started)
    return median(seconds)


def looking_up() -> list[Figure]:
    """Results of a round among a million answers."""
    with TemporaryDirectory() as folder:
        database = filled(Path(folder), range(1, GROUP + 1))
        with database.transaction() as session:
            last = _million(session)
        found = []
        with database.transaction() as session:
            row = session.get_one(Round, last)
            cohort = session.get_one(Cohort, row.cohort_id)
            queries: dict[str, Callable[[], object]] = {
                "scores": lambda: results.of_round(session, row),
                "tally": lambda: rows.counts(session, last),
                "hardest": lambda: round_report.hardest_questions(session, row),
                "not finished": lambda: rows.not_finished(session, last),
                "grid": lambda: round_report.map_of_round(session, row, cohort),
            }
            for name, query in queries.items():
                query()
                took = _best(query)
                limit = f"ms (at most {QUERY_SECONDS * 1000:.0f})"
                found.append((f"results at 1,000,000 answers, {name}", took * 1000, limit, took <= QUERY_SECONDS))
        database.close()
    return found


def _million(session: Session) -> int:
    """Rounds with all their answers; returns the last round's id."""
    schedule, now = due_round(session), datetime.now(UTC)
    keys = [question.key for question in bank.questions(session, rounds.rule_of(schedule).unit_key)][:QUESTIONS]
    a_round = GROUP * QUESTIONS
    for number in range(1, MANY // a_round + 1):
        day = date(2000, 1, 1) + timedelta(days=number)
        values = {"schedule_id": schedule.id, "cohort_id": schedule.cohort_id, "local_date": day, "local_time": "18:00"}
        session.exec(insert(Round), params=[{**values, "question_keys": "[]", "opened_at": now, "id": number}])
        first = (number - 1) * a_round
        people_and_keys = [(person, key) for person in range(1, GROUP + 1) for key in keys]
        deliveries = [
            {"id": first + place, "person_id": person, "question_key": key, "round_id": number, "position": 1}
            for place, (person, key) in enumerate(people_and_keys, start=1)
        ]
        session.exec(insert(Delivery), params=deliveries)
        answers = [
            {
                "delivery_id": each["id"],
                "person_id": each["person_id"],
                "question_key": each["question_key"],
                "score": each["id"] % 3 / 2,
                "text": "words",
                "mark": "{}",
                "received_at": now,
            }
            for each in deliveries
        ]
        session.exec(insert(Answer), params=answers)
    return MANY // a_round


async def delivering() -> list[Figure]:
    """A round for 600 learners against a Telegram with its limits, with one reply a second beside it."""
    refused: list[str] = []
    local = LocalTelegram(rate_limits=True)
    with TemporaryDirectory() as folder:
        database = filled(Path(folder), ROUND_OF)
        async with local.serve() as url:
            local.observers.append(
                lambda name, _raw, outcome: refused.append(name) if isinstance(outcome, ApiError) else None
            )
            for person in ROUND_OF:
                local.world.person(person)
            environment = os.environ | {"TALKTHROUGH_DATA_DIR": folder, "TALKTHROUGH_TOKEN": local.token}
            command = ["-m", "tests.benchmarks.bench_cohorts", url]
            bot = await asyncio.create_subprocess_exec(sys.executable, *command, env=environment)
            try:
                for person in ROUND_OF:
                    local.world.say(person, "/menu")
                await local.world.wait(lambda: all(len(local.world.transcript(each)) > 1 for each in ROUND_OF), 180)
                refused.clear()
                replies, took = await _one_round(local, database)
            finally:
                bot.terminate()
                await bot.wait()
        database.close()
    local.close()
    p95 = percentile(replies, 95)
    limit = f"s (at most {DELIVERED_SECONDS:.0f})"
    return [
        ("a round for 600 delivered", took, limit, took <= DELIVERED_SECONDS),
        ("a reply beside it, p95", p95 * 1000, f"ms (at most {REPLY_P95 * 1000:.0f})", p95 <= REPLY_P95),
        ("refusals (429) meanwhile", refused.count("sendMessage"), "(at most 1)", refused.count("sendMessage") <= 1),
    ]


async def _one_round(local: LocalTelegram, database: Database) -> tuple[list[float], float]:
    """(seconds of the replies, seconds from the first announcement to the last)."""
    beside = Learner(local, 999)
    await beside.say("/start")
    before = {person: len(local.world.transcript(person)) for person in ROUND_OF}
    with database.transaction() as session:
        due_round(session)
    waiting = set(ROUND_OF)

    def all_arrived() -> bool:
        waiting.difference_update([each for each in waiting if len(local.world.transcript(each)) > before[each]])
        return not waiting

    await local.world.wait(lambda: all_arrived() or len(waiting) < len(ROUND_OF), 30)
    started, replies = time.perf_counter(), []
    last = asyncio.create_task(_moment_of(local, all_arrived))
    while not last.done():
        replies.append(await beside.say("/help"))
        await asyncio.wait([last], timeout=1)
    return replies, await last - started


async def _moment_of(local: LocalTelegram, happened: Callable[[], bool]) -> float:
    """When it was so, by the clock of the measures."""
    await local.world.wait(happened, 60)
    return time.perf_counter()


def run_bot(url: str) -> None:
    """What the second process does."""
    from talkthrough.bot.application import build_application, run

    settings = Settings.load(rate_limits=True)
    run(build_application(settings, base_url=url), settings)


def main() -> int:
    """Print the table; 1 when a limit is passed."""
    print(f"{os.cpu_count()} cores.")
    found = [*opening(), *drawing(), *looking_up(), *asyncio.run(delivering())]
    for what, value, unit, is_kept in found:
        print(f"{'  ' if is_kept else '! '}{what:<44}{value:>9.2f} {unit}")
    return int(not all(is_kept for *_, is_kept in found))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        run_bot(sys.argv[1])
    else:
        sys.exit(main())
