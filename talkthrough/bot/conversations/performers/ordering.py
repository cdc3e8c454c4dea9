"""Files that take their time: ordered in the transaction of an update, made outside any, handed over in a short one."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from talkthrough.bot.conversations.performers.desk import Desk
from talkthrough.bot.conversations.record_results import FilesOrdered
from talkthrough.bot.conversations.results import Event
from talkthrough.scheduler.round_report import Report
from talkthrough.storage import exports, file_orders, people
from talkthrough.storage.records.model import RenderedFile


@dataclass(frozen=True, slots=True)
class Piece:
    """A file to be made, without the database.

    `entry`: its line in the register, where it is made of a discussion; `held` notes what its record holds.
    """

    make: Callable[[], RenderedFile]
    entry: exports.Entry | None = None
    held: Callable[[], str | None] = lambda: None


@dataclass(frozen=True, slots=True)
class Production:
    """What was read for an order: the files to make of it, and what is said, if anything, when they are on their way.

    `taken`: whose data the files show, and how the access log words it; `pack` puts the files into fewer.
    """

    pieces: tuple[Piece, ...]
    said: Event | None = None
    taken: tuple[tuple[int, str], ...] = ()
    pack: Callable[[Sequence[RenderedFile]], Sequence[RenderedFile]] = tuple


Maker = Callable[[Desk, Any], Production | Event]


def order(desk: Desk, effect: Any) -> FilesOrdered:
    """Order what an effect asks for. Whoever makes it (see `making.py`) looks again at what the person may have."""
    file_orders.add(
        desk.session, person_id=desk.person_id, what=type(effect).__name__, body=asdict(effect), now=desk.now
    )
    return FilesOrdered()


def report_production(report: Report, what: str, said: Event | None = None) -> Production:
    """A report to be handed over; everybody whose data it holds can read who took it (`what`)."""
    return Production(
        tuple(Piece(make) for make in report.makes), said, tuple((each, what) for each in report.person_ids)
    )


def register(desk: Desk, production: Production, files: Sequence[RenderedFile]) -> bool:
    """List the files and note whose data was taken; False, and nothing listed, where they are out of date.

    That is: somebody else took their numbers meanwhile, or the learner took the release back.
    """
    entries = {(each.discussion_id, each.kind): each for piece in production.pieces if (each := piece.entry)}
    discussions = {entry.discussion_id for entry in entries.values()}
    if not all(exports.may_take(desk.session, each, desk.person_id) for each in discussions):
        return False
    if not all(exports.is_next(desk.session, entry) for entry in entries.values()):
        return False
    for piece, file in zip(production.pieces, files, strict=True):
        if piece.entry is not None:
            made, held = file.content, piece.held()
            exports.register(desk.session, piece.entry, made, taken_by=desk.person_id, now=desk.now, held=held)
    for what in dict.fromkeys(what for _, what in production.taken):
        subjects = [subject_id for subject_id, taken in production.taken if taken == what]
        people.note_access_to_all(desk.session, desk.person_id, subjects, what, desk.now)
    return True
