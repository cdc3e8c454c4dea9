"""The database: one engine, a bounded executor, one transaction per use case.

Sessions are synchronous on purpose: in threads they beat asynchronous drivers on both databases
(see the design notes). SQLite gets one thread, because it has one writer; PostgreSQL gets a few.
"""

import asyncio
import fcntl
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import IO, Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import URL, Connection, Engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.pool import StaticPool
from sqlmodel import Session, create_engine

from talkthrough.errors import UserError

P = ParamSpec("P")
R = TypeVar("R")

POSTGRESQL_THREADS = 8
BUSY_TIMEOUT_MS = 10_000
ERASED = "erased"  # in Session.info: the transaction takes somebody's words away for good
SOLE_USE = 7_255_701  # any number that nobody else takes as an advisory lock in our database

SQLITE_SENTENCES = {
    sqlite3.SQLITE_FULL: "The disk is full, so nothing was saved. Free some space. Talkthrough then goes on by itself.",
    sqlite3.SQLITE_BUSY: "Another program is using the database. Close it. Talkthrough then goes on by itself.",
    sqlite3.SQLITE_LOCKED: "Another program is using the database. Close it. Talkthrough then goes on by itself.",
    sqlite3.SQLITE_READONLY: "The database cannot be written to. Check who owns the data folder.",
    sqlite3.SQLITE_CANTOPEN: "The database file cannot be opened. Check that the data folder exists and who owns it.",
    sqlite3.SQLITE_IOERR: "The disk cannot be read or written. Check the disk.",
    sqlite3.SQLITE_CORRUPT: "The database file is damaged. Put back a backup.",
    sqlite3.SQLITE_NOTADB: "The database file is damaged. Put back a backup.",
}
# The first two characters of PostgreSQL's error codes (PostgreSQL manual, appendix A).
POSTGRESQL_SENTENCES = {
    "08": "The database server cannot be reached. Check that it is running.",
    "53": "The database server has no room left, so nothing was saved. Free some space or memory on it.",
    "57": "The database server is stopping. Talkthrough goes on when it is back.",
    "58": "The database server cannot read or write its disk. Check the disk.",
}


class StorageError(UserError, RuntimeError):
    """The database cannot take anything at the moment: no fault of the use case. The message says what to do."""


class AlreadyRunningError(UserError):
    """Another bot works on this database. The message says what to do."""

    def __init__(self) -> None:
        super().__init__("Another Talkthrough is already running on this database. Stop it first.")


class Database:
    """Where everything is kept.

    url: an SQLAlchemy URL, for example "sqlite:////home/kim/talkthrough.db" or "postgresql://college@host/talkthrough".
    """

    def __init__(self, url: str) -> None:
        self.url = database_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.threads = 1 if self.is_sqlite else POSTGRESQL_THREADS
        self.engine = _sqlite_engine(self.url) if self.is_sqlite else _postgresql_engine(self.url, self.threads)
        self._executor = ThreadPoolExecutor(self.threads, thread_name_prefix="database")
        self._claim: IO[bytes] | Connection | None = None
        self._has_remains = False

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A session whose work is committed at the end, or undone wholly when anything is raised.

        Rows stay readable after the commit. Raises StorageError when the database cannot take it (a full disk).
        """
        try:
            with Session(self.engine, expire_on_commit=False) as session, session.begin():
                yield session
        except SQLAlchemyError as error:
            if reason := storage_error(error):
                raise reason from error
            raise
        self._has_remains = self.is_sqlite and (self._has_remains or session.info.get(ERASED, False))
        if self._has_remains:
            self._has_remains = not _emptied_log(self.engine)

    async def run(self, use_case: Callable[Concatenate[Session, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Call `use_case(session, *args)` in a transaction of its own, in one hop to the executor."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._executor, partial(self._run, use_case, *args, **kwargs))

    def _run(self, use_case: Callable[..., R], *args: Any, **kwargs: Any) -> R:
        with self.transaction() as session:
            return use_case(session, *args, **kwargs)

    def claim_sole_use(self) -> None:
        """Make sure that only one running bot works on this database: two would send everything twice.

        The claim ends with the process, however it ends. Raises AlreadyRunningError. Commands that only read, or only
        add, need no claim.
        """
        if self._claim is None:
            self._claim = _lock_file(self.url) if self.is_sqlite else _lock_server(self.engine)

    def close(self) -> None:
        """Wait for what is running, then let go of every connection."""
        self._executor.shutdown(wait=True)
        if self._claim is not None:
            self._claim.close()
            self._claim = None
        self.engine.dispose()


def note_erasure(session: Session) -> None:
    """What this transaction takes away must be readable in no file: SQLite's log is emptied once it is committed."""
    session.info[ERASED] = True


def database_url(url: str) -> URL:
    """The URL with the driver we use: plain "postgresql://" and "postgres://" mean psycopg 3."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise StorageError(
            "TALKTHROUGH_DATABASE_URL is not a database address. It looks like postgresql://user@host/name."
        ) from None
    return parsed.set(drivername="postgresql+psycopg") if parsed.drivername in {"postgresql", "postgres"} else parsed


def storage_error(error: BaseException | None) -> StorageError | None:
    """The sentence for an error that says the database itself is in trouble, or None when a use case is at fault.

    SQLite gives up the whole transaction when the disk is full, so a failed roll-back may hide the cause: look behind.
    """
    while error is not None:
        if isinstance(error, DBAPIError) and (sentence := _sentence(error)):
            return StorageError(sentence)
        error = error.__context__
    return None


def _sentence(error: DBAPIError) -> str | None:
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        return SQLITE_SENTENCES.get(code & 0xFF)  # the low byte is the primary code: https://sqlite.org/rescode.html
    state = getattr(error.orig, "sqlstate", "")
    if state is None and isinstance(error, OperationalError):
        state = "08"  # without a server there is nobody to give a code
    return POSTGRESQL_SENTENCES.get((state or "")[:2])


def _sqlite_engine(url: URL) -> Engine:
    engine = create_engine(
        url,
        hide_parameters=True,  # an error message must not carry what a learner wrote
        connect_args={"check_same_thread": False},
        **({"poolclass": StaticPool} if _in_memory(url) else {}),
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves, so that savepoints work
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            f"busy_timeout={BUSY_TIMEOUT_MS}",
            "foreign_keys=ON",
            "secure_delete=ON",  # what is erased is overwritten, not only let go
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _emptied_log(engine: Engine) -> bool:
    """Empty SQLite's write-ahead log, which still holds what was erased; False while another program reads it.

    It must not be in a transaction (https://sqlite.org/pragma.html#pragma_wal_checkpoint).
    """
    connection = engine.raw_connection()
    cursor = connection.cursor()
    try:
        cursor.execute("PRAGMA busy_timeout=0")  # nobody waits for a reader: the next transaction tries again
        is_busy, *_ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.Error:
        return False
    finally:
        cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
        connection.close()
    return not is_busy


def _postgresql_engine(url: URL, threads: int) -> Engine:
    return create_engine(url, hide_parameters=True, pool_size=threads, pool_pre_ping=True)


def _lock_file(url: URL) -> IO[bytes] | None:
    if _in_memory(url):
        return None
    file = Path(f"{url.database}.lock").open("wb")  # noqa: SIM115 - open as long as the claim
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        raise AlreadyRunningError from None
    return file


def _lock_server(engine: Engine) -> Connection:
    connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    if not connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": SOLE_USE}):
        connection.close()
        raise AlreadyRunningError
    connection.detach()  # closing it must end the lock, so it must not go back to the pool
    return connection


def _in_memory(url: URL) -> bool:
    return url.database in {None, "", ":memory:"}
