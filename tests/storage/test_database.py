import asyncio
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlmodel import Session, func, select, text

from talkthrough.storage.database import Database, StorageError, note_erasure, storage_error
from talkthrough.storage.tables import Cohort, Invitation, Membership, Person, Role

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
SECRET = "what the learner wrote"


def add_cohort(session: Session, name: str = "Bakers") -> Cohort:
    cohort = Cohort(name=name, created_at=NOW)
    session.add(cohort)
    return cohort


def count_cohorts(session: Session) -> int:
    return session.exec(select(func.count()).select_from(Cohort)).one()


async def test_a_use_case_is_committed_and_its_rows_stay_readable(database: Database) -> None:
    cohort = await database.run(add_cohort, name="Bakers")
    assert (cohort.id, cohort.name) == (1, "Bakers")
    assert await database.run(count_cohorts) == 1


async def test_a_use_case_that_raises_leaves_nothing_behind(database: Database) -> None:
    def fail(session: Session) -> None:
        add_cohort(session)
        session.flush()
        raise KeyError

    with pytest.raises(KeyError):
        await database.run(fail)
    assert await database.run(count_cohorts) == 0


async def test_many_use_cases_at_once_are_all_kept(database: Database) -> None:
    await asyncio.gather(*(database.run(add_cohort, name=str(number)) for number in range(40)))
    assert await database.run(count_cohorts) == 40


def test_foreign_keys_are_enforced(database: Database) -> None:
    with pytest.raises(IntegrityError), database.transaction() as session:
        session.add(Invitation(code="x", cohort_id=99, role="learner", created_at=NOW))


def test_a_savepoint_undoes_only_its_own_work(database: Database) -> None:
    with database.transaction() as session:
        add_cohort(session, "kept")
        with pytest.raises(IntegrityError), session.begin_nested():
            session.add(Invitation(code="x", cohort_id=99, role="learner", created_at=NOW))
        add_cohort(session, "kept too")
    with database.transaction() as session:
        assert set(session.exec(select(Cohort.name))) == {"kept", "kept too"}


def test_times_come_back_as_utc(database: Database) -> None:
    with database.transaction() as session:
        add_cohort(session)
    with database.transaction() as session:
        assert session.exec(select(Cohort.created_at)).one() == NOW


def test_an_enumeration_is_stored_as_its_value(database: Database) -> None:
    with database.transaction() as session:
        cohort = add_cohort(session)
        person = Person(telegram_id=2**40, display_name="Kim", created_at=NOW)
        session.add(person)
        session.flush()
        assert cohort.id is not None
        assert person.id is not None
        session.add(Membership(cohort_id=cohort.id, person_id=person.id, role=Role.QUALITY_ASSURER, joined_at=NOW))
    with database.transaction() as session:
        assert session.exec(text("SELECT role FROM membership")).one() == ("quality assurer",)  # type: ignore[call-overload]


def test_an_error_does_not_repeat_what_a_learner_wrote(database: Database) -> None:
    with pytest.raises(IntegrityError) as caught, database.transaction() as session:
        session.add(Invitation(code=SECRET, cohort_id=99, role=SECRET, created_at=NOW))
    assert SECRET not in str(caught.value)


def test_a_mistake_in_a_use_case_is_not_blamed_on_the_database(database: Database) -> None:
    with pytest.raises(Exception, match="no_such_table") as caught, database.transaction() as session:
        session.exec(text("SELECT * FROM no_such_table"))  # type: ignore[call-overload]
    assert storage_error(caught.value) is None


def fill_up(session: Session) -> None:
    pages = session.exec(text("PRAGMA page_count")).scalar_one()  # type: ignore[call-overload]
    session.exec(text(f"PRAGMA max_page_count = {pages}"))  # type: ignore[call-overload]


async def test_a_full_disk_is_a_sentence_and_nothing_is_half_written(sqlite_database: Database) -> None:
    await sqlite_database.run(fill_up)

    def much(session: Session) -> None:
        add_cohort(session, "first")
        session.flush()
        add_cohort(session, SECRET * 10_000)

    with pytest.raises(StorageError, match="The disk is full, so nothing was saved") as caught:
        await sqlite_database.run(much)
    assert SECRET not in str(caught.value)
    assert await sqlite_database.run(count_cohorts) == 0


async def test_a_full_disk_is_found_behind_a_failed_roll_back_of_a_savepoint(sqlite_database: Database) -> None:
    await sqlite_database.run(fill_up)

    def much(session: Session) -> None:
        with session.begin_nested():
            add_cohort(session, SECRET * 10_000)

    with pytest.raises(StorageError, match="The disk is full"):
        await sqlite_database.run(much)


def test_a_stopped_server_is_a_sentence(postgresql_server: str) -> None:
    database = Database("postgresql://postgres@/x?host=/nowhere")
    with pytest.raises(StorageError, match="The database server cannot be reached"), database.transaction() as session:
        count_cohorts(session)
    database.close()


def test_a_missing_folder_is_a_sentence() -> None:
    database = Database("sqlite:////nowhere/at/all/talkthrough.db")
    with pytest.raises(StorageError, match="cannot be opened"), database.transaction() as session:
        count_cohorts(session)
    database.close()


def test_sqlite_is_set_up_to_survive_a_power_cut(sqlite_database: Database) -> None:
    with sqlite_database.transaction() as session:
        found = {name: session.exec(text(f"PRAGMA {name}")).scalar_one() for name in ("journal_mode", "synchronous")}  # type: ignore[call-overload]
    assert found == {"journal_mode": "wal", "synchronous": 2}


def test_the_error_of_a_use_case_passes_unchanged(database: Database) -> None:
    with pytest.raises(KeyError), database.transaction():
        raise KeyError
    assert storage_error(OperationalError("", None, Exception())) is None


def erase_everything(session: Session) -> None:
    note_erasure(session)
    for cohort in session.exec(select(Cohort)):
        session.delete(cohort)


def files_that_hold(words: str, folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if words.encode() in path.read_bytes()]


def test_erased_words_are_in_no_file_of_the_data_folder(sqlite_database: Database, tmp_path: Path) -> None:
    with sqlite_database.transaction() as session:
        add_cohort(session, SECRET * 2_000)
    assert files_that_hold(SECRET, tmp_path)
    with sqlite_database.transaction() as session:
        erase_everything(session)
    assert not files_that_hold(SECRET, tmp_path)


def test_a_log_that_somebody_reads_is_emptied_after_the_next_transaction(
    sqlite_database: Database, tmp_path: Path
) -> None:
    with sqlite_database.transaction() as session:
        add_cohort(session, SECRET)
    with closing(sqlite3.connect(tmp_path / "talkthrough.db", isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT name FROM cohort").fetchall()
        with sqlite_database.transaction() as session:
            erase_everything(session)
        assert files_that_hold(SECRET, tmp_path)
    with sqlite_database.transaction() as session:
        count_cohorts(session)
    assert not files_that_hold(SECRET, tmp_path)
