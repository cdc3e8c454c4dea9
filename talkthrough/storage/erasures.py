"""Erasures outlive the database: a restored backup must not bring a person back.

Beside the database stands a file with a line for each erasure: when it was, and a salted hash of the Telegram id. At
each start everybody who was there before an erasure of theirs is erased again. Somebody who comes back later, as a
new person, stays. The file holds no names and no ids; without its salt, in its first line, a hash tells nothing.
"""

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from sqlmodel import Session, col, select

from talkthrough.storage import own_data
from talkthrough.storage.tables import Person

FILE_NAME = "erasures.jsonl"


def remember(folder: Path, telegram_id: int, now: datetime) -> None:
    """Note an erasure. Call it before the transaction that erases is committed: a note too many only repeats it."""
    path = folder / FILE_NAME
    salt = _salt(path)
    line = json.dumps({"hash": _fingerprint(salt, telegram_id), "at": now.isoformat()})
    with path.open("a", encoding="utf-8") as notes:
        notes.write(f"{line}\n")
        notes.flush()
        os.fsync(notes.fileno())


def _salt(path: Path) -> str:
    if not path.exists():
        folder = path.parent
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as notes:
            notes.write(json.dumps({"salt": secrets.token_hex(32)}) + "\n")
    salt: str = json.loads(path.read_text(encoding="utf-8").splitlines()[0])["salt"]
    return salt


def _fingerprint(salt: str, telegram_id: int) -> str:
    return hmac.new(bytes.fromhex(salt), str(telegram_id).encode(), hashlib.sha256).hexdigest()


def reapply(session: Session, folder: Path) -> int:
    """Erase again whom a restored backup brought back; returns how many. Doing it twice changes nothing."""
    path = folder / FILE_NAME
    if not path.exists():
        return 0
    salt, erased = _salt(path), dict(_notes(path))
    brought_back = [
        person
        for person in session.exec(select(Person).where(col(Person.telegram_id) > 0))
        if (at := erased.get(_fingerprint(salt, person.telegram_id))) and person.created_at < at
    ]
    for person in brought_back:
        own_data.erase(session, person)
    return len(brought_back)


def _notes(path: Path) -> Iterator[tuple[str, datetime]]:
    """The last erasure of each hash; a line that a power cut left half written is passed over."""
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        try:
            note = json.loads(line)
            yield note["hash"], datetime.fromisoformat(note["at"])
        except (ValueError, KeyError):
            continue
