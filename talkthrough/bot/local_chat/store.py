"""Where the local chat keeps its rows, so that a second run shows the same: one SQLite file of JSON rows and files.

Writes are gathered and committed in the background (no fsync: WAL with synchronous=NORMAL survives a killed process,
which is all a chat on the same machine needs). `saved()` waits for what was put so far. Without a path nothing is kept.
"""

import asyncio
import contextlib
import json
import logging
import sqlite3
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

SCHEMA = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
CREATE TABLE IF NOT EXISTS rows (kind TEXT, key TEXT, value TEXT NOT NULL, PRIMARY KEY (kind, key)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS files (id TEXT PRIMARY KEY, content BLOB NOT NULL);
"""
GATHER_SECONDS = 0.05

logger = logging.getLogger(__name__)

Row = dict[str, Any]


class Store:
    """Rows by kind and key. A value that was put must not be changed afterwards: it is written later."""

    def __init__(self, path: Path | None = None) -> None:
        self._pending: dict[tuple[str, str], Row | None] = {}
        self._new_files: dict[str, bytes] = {}
        self._wake = asyncio.Event()
        self._writing = asyncio.Lock()
        self._connection = _open(path) if path else None
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="local-chat-store")

    def rows(self) -> Iterator[tuple[str, str, Row]]:
        if self._connection:
            for kind, key, value in self._connection.execute("SELECT kind, key, value FROM rows"):
                yield kind, key, json.loads(value)

    def put(self, kind: str, key: object, value: Row) -> None:
        if self._connection:
            self._pending[kind, str(key)] = value
            self._wake.set()

    def drop(self, kind: str, key: object) -> None:
        if self._connection:
            self._pending[kind, str(key)] = None
            self._wake.set()

    def put_file(self, file_id: str, content: bytes) -> None:
        self._new_files[file_id] = content
        self._wake.set()

    def file(self, file_id: str) -> bytes:
        """The bytes of a stored file; KeyError when there is no such file."""
        if file_id in self._new_files:
            return self._new_files[file_id]
        found = (
            self._connection
            and self._connection.execute("SELECT content FROM files WHERE id = ?", (file_id,)).fetchone()
        )
        if not found:
            raise KeyError(file_id)
        return bytes(found[0])

    async def saved(self) -> None:
        """Return when everything put before this call is on disk; callers that wait together share one commit."""
        async with self._writing:
            await self._write_pending()

    @contextlib.asynccontextmanager
    async def writing(self) -> AsyncIterator[None]:
        """Write in the background while the block runs, and everything that is left at its end."""
        task = asyncio.create_task(self._write_for_ever())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            await self.saved()

    def close(self) -> None:
        self._writer.shutdown()
        if self._connection:
            self._connection.close()

    async def _write_for_ever(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            await asyncio.sleep(GATHER_SECONDS)
            try:
                await asyncio.shield(self.saved())
            except sqlite3.Error as error:
                logger.warning("The local chat could not write its file: %s", error)

    async def _write_pending(self) -> None:
        if not self._connection or not (self._pending or self._new_files):
            return
        rows, self._pending = self._pending, {}
        files = dict(self._new_files)
        try:
            await asyncio.get_running_loop().run_in_executor(self._writer, _write, self._connection, rows, files)
        except sqlite3.Error:
            self._pending = {**rows, **self._pending}
            raise
        for file_id in files:
            del self._new_files[file_id]


def _open(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    connection = sqlite3.connect(path, check_same_thread=False)
    connection.executescript(SCHEMA)
    return connection


def _write(connection: sqlite3.Connection, rows: dict[tuple[str, str], Row | None], files: dict[str, bytes]) -> None:
    kept = [(kind, key, json.dumps(value)) for (kind, key), value in rows.items() if value is not None]
    dropped = [name for name, value in rows.items() if value is None]
    with connection:
        connection.executemany("INSERT OR REPLACE INTO rows VALUES (?, ?, ?)", kept)
        connection.executemany("DELETE FROM rows WHERE kind = ? AND key = ?", dropped)
        connection.executemany("INSERT OR REPLACE INTO files VALUES (?, ?)", list(files.items()))


class Numbers:
    """Numbers that never repeat, not even after a killed process: they are reserved in blocks, ahead of use."""

    BLOCK = 1000

    def __init__(self, store: Store, name: str) -> None:
        self._store, self._name = store, name
        self._next, self._reserved = 1, 0

    def restore(self, row: Row) -> None:
        self._next = self._reserved = row["reserved"]

    def next(self) -> int:
        number = self._next
        self._next += 1
        if number + self.BLOCK // 2 >= self._reserved:
            self._reserved = number + self.BLOCK
            self._store.put("numbers", self._name, {"reserved": self._reserved})
        return number
