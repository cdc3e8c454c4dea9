"""What Telegram sent us: stored raw before it is confirmed, so that nothing a learner sent is lost."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import Session, col, select

from talkthrough.storage.tables import InboxUpdate

KEEP_DONE_FOR = timedelta(days=7)  # Telegram repeats an update for at most 24 hours (Bot API, "Getting updates")


def store(session: Session, payloads: Mapping[int, str], now: datetime) -> list[InboxUpdate]:
    """Keep raw updates, given as {update_id: JSON}. Returns the rows that are new, in the order of their ids."""
    known = set(session.exec(select(InboxUpdate.update_id).where(col(InboxUpdate.update_id).in_(payloads))))
    rows = [
        InboxUpdate(update_id=update_id, payload=payload, received_at=now)
        for update_id, payload in sorted(payloads.items())
        if update_id not in known
    ]
    session.add_all(rows)
    return rows


def undone(session: Session) -> list[InboxUpdate]:
    """Every update that is neither done nor failed, oldest first."""
    waiting = select(InboxUpdate).where(col(InboxUpdate.done_at).is_(None), col(InboxUpdate.failed_at).is_(None))
    return list(session.exec(waiting.order_by(col(InboxUpdate.update_id))))


def prune(session: Session, now: datetime) -> None:
    """Forget updates that were done a week ago: their content lives on in the tables it belongs to."""
    session.exec(delete(InboxUpdate).where(col(InboxUpdate.done_at) < now - KEEP_DONE_FOR))
