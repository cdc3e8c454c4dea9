"""What every test may ask for: a database of either kind, empty and migrated."""

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from talkthrough.storage.database import Database
from talkthrough.storage.migrations import migrate
from tests import postgresql


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The URL of a server of our own, without a database name."""
    if not postgresql.POSTGRESQL_PROGRAMS:
        pytest.skip("Debian's postgresql package is not installed")
    with postgresql.postgresql_server() as url:
        yield url


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
