"""What every test may ask for: a database of either kind, empty and migrated."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import mkdtemp
from uuid import uuid4

import pytest

from talkthrough.storage.database import Database
from talkthrough.storage.migrations import migrate

POSTGRESQL_PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The URL of a server of our own, without a database name. It listens on a socket in a folder of its own only."""
    if not POSTGRESQL_PROGRAMS:
        pytest.skip("Debian's postgresql package is not installed")
    programs = POSTGRESQL_PROGRAMS[-1]
    folder = Path(mkdtemp(prefix="talkthrough-postgresql-"))
    prefix = _as_postgres(folder)
    _run([*prefix, programs / "initdb", "-D", folder / "data", "-U", "postgres", "-A", "trust", "--no-sync"])
    options = ["-c", "listen_addresses=", "-c", f"unix_socket_directories={folder}", "-c", "fsync=off"]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [*prefix, programs / "postgres", "-D", folder / "data", *options], stdout=log, stderr=log, cwd="/"
        )
    _run([programs / "pg_isready", "-h", folder, "-t", "30"], tries=100)
    yield f"postgresql://postgres@/{{}}?host={folder}"
    server.send_signal(signal.SIGQUIT)
    server.wait(timeout=30)
    shutil.rmtree(folder)


def _as_postgres(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root: then it runs as its own user. It ends when we do, however we end."""
    end_with_us = ["setpriv", "--pdeathsig=QUIT"]
    if os.geteuid() != 0:
        return end_with_us
    shutil.chown(folder, "postgres")
    return [*end_with_us, "--reuid=postgres", "--regid=postgres", "--clear-groups"]


def _run(command: list[object], tries: int = 1) -> None:
    for _ in range(tries):
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, cwd="/", check=False)  # type: ignore[call-overload]
        if done.returncode == 0:
            return
        time.sleep(0.1)
    raise AssertionError(done.stdout + done.stderr)


@pytest.fixture
def postgresql_url(postgresql_server: str) -> str:
    """The URL of a new, empty PostgreSQL database."""
    import psycopg

    name = f"test_{uuid4().hex}"
    with psycopg.connect(postgresql_server.format("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return postgresql_server.format(name)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database: every test that asks for it runs on both kinds."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'talkthrough.db'}"
    return str(request.getfixturevalue("postgresql_url"))


@pytest.fixture
def database(empty_url: str, open_database: Callable[[str], Database]) -> Database:
    """A migrated database, of both kinds in turn."""
    return open_database(empty_url)


@pytest.fixture
def sqlite_database(tmp_path: Path, open_database: Callable[[str], Database]) -> Database:
    """A migrated SQLite database."""
    return open_database(f"sqlite:///{tmp_path / 'talkthrough.db'}")


@pytest.fixture
def open_database() -> Iterator[Callable[[str], Database]]:
    """Migrate the database at a URL and open it; it is closed after the test."""
    opened: list[Database] = []

    def open_(url: str) -> Database:
        migrate(url)
        opened.append(Database(url))
        return opened[-1]

    yield open_
    for database in opened:
        database.close()
