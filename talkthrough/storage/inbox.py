"""What Telegram sent us: stored raw before it is confirmed, so that nothing a learner sent is lost."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from sqlalchemy import and_, bindparam, delete, update
from sqlmodel import Session, col, select

from talkthrough.storage.tables import InboxUpdate

_IS_UNDONE = and_(col(InboxUpdate.done_at).is_(None), col(InboxUpdate.failed_at).is_(None))
_IS_ONE = col(InboxUpdate.update_id).in_(bindparam("update_ids", expanding=True))
# Every update needs these, and building a statement takes as long as running it.
_KNOWN = select(InboxUpdate).where(_IS_ONE)
_STILL_UNDONE = select(InboxUpdate.update_id).where(_IS_UNDONE, _IS_ONE)
KEEP_DONE_FOR = timedelta(days=7)  # Telegram repeats an update for at most 24 hours (Bot API, "Getting updates")


def store(session: Session, payloads: Mapping[int, str], now: datetime) -> list[InboxUpdate]:
    """Keep raw updates, given as {update_id: JSON}. Returns the rows that are new, in the order of their ids.

    Ids may start anew after a quiet week (Bot API, Update), so a known id with another content is another update.
    """
    known = {row.update_id: row for row in session.exec(_KNOWN, params={"update_ids": list(payloads)})}
    rows = []
    for update_id, payload in sorted(payloads.items()):
        row = known.get(update_id)
        if row is None:
            row = InboxUpdate(update_id=update_id, payload=payload, received_at=now)
            session.add(row)
        elif not _is_other(row, payload):
            continue
        row.payload, row.received_at, row.done_at, row.failed_at, row.error = payload, now, None, None, None
        rows.append(row)
    return rows


def _is_other(row: InboxUpdate, payload: str) -> bool:
    return row.payload != payload and (row.done_at is not None or row.failed_at is not None)


def undone(session: Session) -> list[InboxUpdate]:
    """Every update that is neither done nor failed, oldest first."""
    return list(session.exec(select(InboxUpdate).where(_IS_UNDONE).order_by(col(InboxUpdate.update_id))))


def still_undone(session: Session, update_ids: Collection[int]) -> set[int]:
    """Which of these are neither done nor failed."""
    return set(session.exec(_STILL_UNDONE, params={"update_ids": list(update_ids)}))


def mark_done(session: Session, update_ids: Collection[int], now: datetime) -> None:
    """These were handled, in this very transaction."""
    session.exec(update(InboxUpdate).where(col(InboxUpdate.update_id).in_(update_ids)).values(done_at=now))


def mark_failed(session: Session, update_id: int, error: str, now: datetime) -> None:
    """This one cannot be handled; `error` says why, without what was written."""
    failed = update(InboxUpdate).where(col(InboxUpdate.update_id) == update_id)
    session.exec(failed.values(failed_at=now, error=error))


def prune(session: Session, now: datetime) -> None:
    """Forget updates that were done a week ago: their content lives on in the tables it belongs to."""
    session.exec(delete(InboxUpdate).where(col(InboxUpdate.done_at) < now - KEEP_DONE_FOR))
