"""The register of exports: files that were handed out, numbered by kind, hashed, and by whom they were taken."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from talkthrough.storage import audit, readers
from talkthrough.storage.tables import Discussion, Export


@dataclass(frozen=True, slots=True)
class Entry:
    """A file's line in the register: of which discussion, what it is ("log", "draft"), and its number among those."""

    discussion_id: int
    kind: str
    format: str
    number: int


def next_number(session: Session, discussion_id: int, kind: str) -> int:
    """The number that the next file of this kind, made from a discussion, prints on its pages.

    Nobody else is given one until this transaction ends.
    """
    session.exec(select(Discussion.id).where(Discussion.id == discussion_id).with_for_update()).one()
    last = last_of(session, discussion_id, kind)
    return last.number + 1 if last else 1


def last_of(session: Session, discussion_id: int, kind: str) -> Export | None:
    """The newest export of this kind."""
    wanted = select(Export).where(Export.discussion_id == discussion_id, Export.kind == kind)
    return session.exec(wanted.order_by(col(Export.number).desc(), col(Export.id).desc())).first()


def may_take(session: Session, discussion_id: int, person_id: int) -> bool:
    """Whether a person may have files of a discussion: it is their own, or released and they are among its readers."""
    row = session.get(Discussion, discussion_id)
    if row is None or row.person_id == person_id:
        return row is not None
    return row.released_at is not None and readers.is_reader(session, person_id, row)


def is_next(session: Session, entry: Entry) -> bool:
    """Whether a file that was made a moment ago still has the next number of its kind."""
    return entry.number == next_number(session, entry.discussion_id, entry.kind)


def register(
    session: Session, entry: Entry, content: bytes, *, taken_by: int, now: datetime, held: str | None = None
) -> None:
    """List a file that was handed out: its number, its SHA-256, who took it, and what the record held."""
    sha256 = audit.digest(content)
    session.add(Export(**asdict(entry), sha256=sha256, held=held, taken_by=taken_by, created_at=now))


def forget_notes(session: Session, discussion_id: int) -> None:
    """Erase what the register noted of a discussion's records; numbers and hashes stay."""
    session.exec(update(Export).where(col(Export.discussion_id) == discussion_id).values(held=None))


def of_file(session: Session, content: bytes) -> tuple[Export, ...]:
    """The exports with exactly these bytes, oldest first: a file that was handed out again is listed again."""
    same = select(Export).where(Export.sha256 == audit.digest(content)).order_by(col(Export.id))
    return tuple(session.exec(same))
