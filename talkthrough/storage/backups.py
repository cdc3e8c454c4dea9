"""A copy of the SQLite database while the bot runs, and putting one back. PostgreSQL has its own tools for both.

The copy is made by SQLite itself: a plain copy of the file loses what is still in the write-ahead log.
"""

import os
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from talkthrough.storage.database import Database, StorageError

NOT_OURS = "The file {file} is not a Talkthrough database, or it is damaged. Nothing was changed."
SERVER = "The data is on a PostgreSQL server. Use pg_dump and pg_restore, then start Talkthrough."


def back_up(database: Database, to: Path) -> None:
    """Copy the whole database into a new file that only its owner can read. Raises StorageError in a sentence."""
    source = _file_of(database)
    try:
        os.close(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        raise StorageError(f"The file {to} is there already. Choose another name.") from None
    except OSError:
        raise StorageError(f"The file {to} cannot be written. Check the folder.") from None
    _copy(source, to)
    _check(to)


def restore(database: Database, backup: Path, now: datetime) -> Path:
    """Put a backup in the place of the database; returns where the old one is now. StorageError in a sentence.

    Nobody may be at work on the database: the caller has claimed sole use. What was erased since the backup was made
    must then be erased again (`erasures.reapply`).
    """
    here = _file_of(database)
    _check(backup)
    database.engine.dispose()
    aside = here.with_name(f"{here.name}.{now:%Y-%m-%d-%H%M%S}")
    if here.exists():
        _copy(here, aside)
    for path in (here, Path(f"{here}-wal"), Path(f"{here}-shm")):  # an old log must not be played into a new file
        path.unlink(missing_ok=True)
    os.close(os.open(here, os.O_WRONLY | os.O_CREAT, 0o600))
    _copy(backup, here)
    return aside


def _file_of(database: Database) -> Path:
    if not database.is_sqlite or not database.url.database:
        raise StorageError(SERVER)
    return Path(database.url.database)


def _copy(source: Path, to: Path) -> None:
    """All pages at once: in portions it would never end while people write."""
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(to)) as new:
        old.backup(new, pages=-1)
    to.chmod(0o600)


def _check(file: Path) -> None:
    """Raise StorageError unless it is a sound database of ours."""
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as found:
            is_sound = found.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            found.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error:
        is_sound = False
    if not is_sound:
        raise StorageError(NOT_OURS.format(file=file))
