"""`python -m tests.benchmarks.bench_due_counts`: due counts of 50,000 learners on PostgreSQL, in at most a second."""

import os
import sys
from statistics import median
from time import perf_counter

from sqlalchemy import text

from talkthrough.storage.answer_log import due_counts
from talkthrough.storage.database import Database
from talkthrough.storage.migrations import migrate
from tests import postgresql

LEARNERS, CARDS, TODAY = 50_000, 40, 20_000
SECONDS = 1.0
PEOPLE = """INSERT INTO person (id, telegram_id, display_name, is_owner, time_zone, language, settings, created_at)
    SELECT n, n, 'L', false, 'Europe/London', 'en', '{}', now() FROM generate_series(1, :learners) n"""
MEMORIES = """INSERT INTO card (person_id, card_key, unit_key, criterion_key, stability, difficulty, last_day, due_day,
    answers, misses) SELECT p, 'card-' || c, 'unit', 'criterion', 5, 5, :today - 5,
    :today - 10 + (p * 7919 + c * 104729) % 40, 3, 1
    FROM generate_series(1, :learners) p, generate_series(1, :cards) c"""


def main() -> int:
    """Prints the figure."""
    if not postgresql.POSTGRESQL_PROGRAMS:
        print("PostgreSQL is not installed: due counts not measured.")
        return 0
    with postgresql.postgresql_server() as server:
        url = server.format("postgres")
        migrate(url)
        database = Database(url)
        with database.transaction() as session:
            session.execute(text(PEOPLE), {"learners": LEARNERS})
            session.execute(text(MEMORIES), {"learners": LEARNERS, "cards": CARDS, "today": TODAY})
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE card"))  # as the server itself does in the background
        taken = [_measured(database) for _ in range(5)]
        database.close()
    seconds = median(taken)
    print(f"{os.cpu_count()} cores. {LEARNERS:,} learners with {CARDS} cards each.")
    print(
        f"{'  ' if seconds <= SECONDS else '! '}due counts of all, median of 5: {seconds:.2f} s (at most {SECONDS:.0f})"
    )
    return int(seconds > SECONDS)


def _measured(database: Database) -> float:
    with database.transaction() as session:
        started = perf_counter()
        counts = due_counts(session, TODAY)
        taken = perf_counter() - started
    assert len(counts) == LEARNERS
    return taken


if __name__ == "__main__":
    sys.exit(main())
