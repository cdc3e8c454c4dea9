"""Erasures outlive the database: a restored backup must not bring a person back.

Beside the database stands a file with a line for each erasure: when it was, and a salted hash of the Telegram id. At
each start everybody who was there before an erasure of theirs is erased again. Somebody who comes back later, as a
new person, stays. Turns that a learner had erased are noted by number and chain hash. The file holds no names
and no ids of people; without its salt, in its first line, a hash tells nothing.
"""

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlmodel import Session, col, select

from talkthrough.storage import own_data, own_turns
from talkthrough.storage.tables import Person, StoredTurn

FILE_NAME = "erasures.jsonl"


def remember(folder: Path, telegram_id: int, now: datetime) -> None:
    """Note an erasure. Call it before the transaction that erases is committed: a note too many only repeats it."""
    path = folder / FILE_NAME
    salt = _salt(path)
    _note(path, {"hash": _fingerprint(salt, telegram_id), "at": now.isoformat()})


def remember_turns(folder: Path, turns: Iterable[StoredTurn], now: datetime) -> None:
    """Note turns that lost their words. Call it, too, before the transaction is committed."""
    path = folder / FILE_NAME
    _salt(path)
    for turn in turns:
        _note(path, {"turn": [turn.discussion_id, turn.number, turn.hash], "at": now.isoformat()})


def _note(path: Path, note: Mapping[str, object]) -> None:
    with path.open("a", encoding="utf-8") as notes:
        notes.write(f"{json.dumps(note)}\n")
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
    """Erase again what a restored backup brought back; returns how many people and turns. Twice changes nothing."""
    path = folder / FILE_NAME
    if not path.exists():
        return 0
    turns = _reapply_turns(session, path)
    salt, erased = _salt(path), dict(_notes(path, "hash"))
    brought_back = [
        person
        for person in session.exec(select(Person).where(col(Person.telegram_id) > 0))
        if (at := erased.get(_fingerprint(salt, person.telegram_id))) and person.created_at < at
    ]
    for person in brought_back:
        own_data.erase(session, person)
    return len(brought_back) + turns


def _reapply_turns(session: Session, path: Path) -> int:
    return sum(own_turns.erase_again(session, *turn) for turn, _ in _notes(path, "turn"))


def _notes(path: Path, what: str) -> Iterator[tuple[Any, datetime]]:
    """The last erasure of each hash; a line that a power cut left half written is passed over."""
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        try:
            note = json.loads(line)
            yield note[what], datetime.fromisoformat(note["at"])
        except (ValueError, KeyError):
            continue
