"""Files that take their time: ordered in the transaction of an update, made outside any, handed over in a short one."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from talkthrough.bot.conversations.performers.desk import Desk
from talkthrough.bot.conversations.record_results import FilesOrdered
from talkthrough.bot.conversations.results import Event
from talkthrough.storage import exports, file_orders, people
from talkthrough.storage.records.model import RenderedFile


@dataclass(frozen=True, slots=True)
class Piece:
    """A file to be made, without the database, and its line in the register; `held` notes what its record holds."""

    make: Callable[[], RenderedFile]
    entry: exports.Entry
    held: Callable[[], str | None] = lambda: None


@dataclass(frozen=True, slots=True)
class Production:
    """What was read for an order: the files to make of it, and what is said when they are on their way.

    `taken`: whose data the files show, and how the access log words it; `pack` puts the files into fewer.
    """

    pieces: tuple[Piece, ...]
    said: Event
    taken: tuple[tuple[int, str], ...] = ()
    pack: Callable[[Sequence[RenderedFile]], Sequence[RenderedFile]] = tuple


Maker = Callable[[Desk, Any], Production | Event]


def order(desk: Desk, effect: Any) -> FilesOrdered:
    """Order what an effect asks for. Whoever makes it (see `making.py`) looks again at what the person may have."""
    file_orders.add(
        desk.session, person_id=desk.person_id, what=type(effect).__name__, body=asdict(effect), now=desk.now
    )
    return FilesOrdered()


def register(desk: Desk, production: Production, files: Sequence[RenderedFile]) -> bool:
    """List the files and note whose data was taken; False, and nothing listed, where they are out of date.

    That is: somebody else took their numbers meanwhile, or the learner took the release back.
    """
    entries = {(piece.entry.discussion_id, piece.entry.kind): piece.entry for piece in production.pieces}
    discussions = {entry.discussion_id for entry in entries.values()}
    if not all(exports.may_take(desk.session, each, desk.person_id) for each in discussions):
        return False
    if not all(exports.is_next(desk.session, entry) for entry in entries.values()):
        return False
    for piece, file in zip(production.pieces, files, strict=True):
        made, held = file.content, piece.held()
        exports.register(desk.session, piece.entry, made, taken_by=desk.person_id, now=desk.now, held=held)
    for subject_id, what in production.taken:
        people.note_access(desk.session, desk.person_id, subject_id, what, desk.now)
    return True
