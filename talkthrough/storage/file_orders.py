"""Files that somebody waits for, as rows: an order lives until its files are on their way, through any crash."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from talkthrough.storage.record_tables import FileOrder

MOST_ATTEMPTS = 3
_ADDED = "file orders"


def add(session: Session, *, person_id: int, what: str, body: Mapping[str, Any], now: datetime) -> None:
    """Order files once this transaction is committed; the same order that still waits is not added again."""
    text = json.dumps(body, ensure_ascii=False)
    same = (FileOrder.person_id == person_id, FileOrder.what == what, FileOrder.body == text)
    if session.exec(select(FileOrder).where(*same)).first() is None:
        session.add(FileOrder(person_id=person_id, what=what, body=text, ordered_at=now))
        session.info[_ADDED] = True


def are_added(session: Session) -> bool:
    """Whether this session added an order."""
    return bool(session.info.get(_ADDED))


def take(session: Session) -> FileOrder | None:
    """The oldest order with one attempt more; None when nobody waits.

    The attempt is counted before it is made, so that files which end the program do not end it for ever.
    """
    order = session.exec(select(FileOrder).order_by(col(FileOrder.id)).limit(1)).first()
    if order is not None:
        order.attempts += 1
    return order


def is_hopeless(order: FileOrder) -> bool:
    """Whether it was tried often enough."""
    return order.attempts > MOST_ATTEMPTS
