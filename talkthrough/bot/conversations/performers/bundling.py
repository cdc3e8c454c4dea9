"""Released records in number: a cohort's bundle, a quality assurer's sampling list, and the register of exports."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from talkthrough.bot.conversations import record_effects as e
from talkthrough.bot.conversations import results as r
from talkthrough.bot.conversations.performers.desk import Desk
from talkthrough.bot.conversations.performers.handing_out import (
    draft_pieces,
    log_of,
    log_pieces,
    read_discussion,
    read_draft,
    row_id,
)
from talkthrough.bot.conversations.performers.ordering import Piece, Production, order
from talkthrough.bot.conversations.plan_results import LearnerChoice
from talkthrough.bot.conversations.record_results import BundlesFound, FileChecked, FilesSent
from talkthrough.storage import discussions, drafts, exports, people, readers
from talkthrough.storage.exports import Entry
from talkthrough.storage.records import FileFormat, file_stem
from talkthrough.storage.records.bundle import bundle
from talkthrough.storage.records.model import BANNER, RenderedFile
from talkthrough.storage.records.review import reviews_table, signed_file
from talkthrough.storage.records.sampling import Sampleable, Sampled, sampling_list
from talkthrough.storage.records.tables import csv_file
from talkthrough.storage.tables import Cohort, Discussion, Export, Recording, Role

MOST_IN_CHAT = 30
BUNDLED: tuple[FileFormat, ...] = ("html", "pdf", "json")
TOO_MANY = (
    "{count} logs are too many for the chat. Ask the person who runs this Talkthrough: "
    'talkthrough records bundle "{cohort}" FOLDER'
)
COLUMNS = ("status", "discussion", "learner", "unit", "outcome", "held", "method", "assessor", "why sampled", "seed")
ENDINGS = {"audio/ogg": "ogg", "audio/mpeg": "mp3", "audio/mp4": "m4a"}


def find_bundles(desk: Desk, _effect: e.FindBundles) -> r.Event:
    """The reader's cohorts with the number of logs that were released in each."""
    released = discussions.released_to(desk.session, desk.person_id)
    choices = []
    for cohort in readers.cohorts_read_by(desk.session, desk.person_id):
        count = len(_of_cohort(desk, cohort, released))
        choices += [LearnerChoice(cohort.id or 0, f"{cohort.name} ({count})")] if count else []
    return BundlesFound(tuple(choices))


def _of_cohort(desk: Desk, cohort: Cohort, released: Sequence[Discussion]) -> list[Discussion]:
    return [row for row in released if readers.is_in(desk.session, row, cohort)]


def order_bundle(desk: Desk, effect: e.MakeBundle) -> r.Event:
    """Order the released logs of a cohort, where they are not too many for a chat."""
    found = _bundled(desk, effect.cohort_id)
    if found is None:
        return r.NotAllowed()
    cohort, rows = found
    if len(rows) > MOST_IN_CHAT:
        return FilesSent("", TOO_MANY.format(count=len(rows), cohort=cohort.name))
    return order(desk, effect)


def make_bundle(desk: Desk, effect: e.MakeBundle) -> Production | r.Event:
    """The released logs of a cohort as ZIP parts."""
    found = _bundled(desk, effect.cohort_id)
    if found is None:
        return r.NotAllowed()
    cohort, rows = found
    each = [files_of(desk, row) for row in rows]
    return Production(
        tuple(piece for one in each for piece in one.pieces),
        FilesSent(f"{len(rows)} released {'log' if len(rows) == 1 else 'logs'} of {cohort.name}"),
        tuple(taken for one in each for taken in one.taken),
        lambda files: tuple(bundle(files, stem(cohort, desk.now))),
    )


def _bundled(desk: Desk, cohort_id: int) -> tuple[Cohort, list[Discussion]] | None:
    cohorts = {cohort.id: cohort for cohort in readers.cohorts_read_by(desk.session, desk.person_id)}
    cohort = cohorts.get(cohort_id)
    return (cohort, released_in(desk, cohort)) if cohort else None


def released_in(desk: Desk, cohort: Cohort) -> list[Discussion]:
    """The released discussions of a cohort that the person at the desk may read."""
    return _of_cohort(desk, cohort, discussions.released_to(desk.session, desk.person_id))


def stem(cohort: Cohort, now: datetime) -> str:
    """What the parts of a bundle are called."""
    return f"{cohort.name.replace(' ', '-')}_{now:%Y-%m-%d}"


def files_of(desk: Desk, row: Discussion) -> Production:
    """A released discussion as a bundle holds it: the log, the draft where it is confirmed, and the reviews."""
    pieces = log_pieces(read_discussion(desk, row), BUNDLED)
    if drafts.is_confirmed(desk.session, row_id(row)):
        pieces += draft_pieces(read_draft(desk, row), ("html", "pdf"))
    pieces += _review_pieces(desk, row)
    return Production(pieces, FilesSent(""), ((row.person_id, f"took discussion {row.id} in a bundle"),))


def _review_pieces(desk: Desk, row: Discussion) -> tuple[Piece, ...]:
    """Each review as it was signed, and all of them in one table to be read."""
    signed = [json.loads(review.body) for review in discussions.reviews_of(desk.session, row_id(row))]
    if not signed:
        return ()
    held = read_discussion(desk, row, "review")
    entry = Entry(row_id(row), "review", "json", held.number)
    each = tuple(Piece(partial(signed_file, review, held.stem("signed-review")), entry) for review in signed)
    table = partial(reviews_table, signed, held.stem("reviews"))
    return (*each, Piece(table, replace(entry, format="csv")))


def sounds_of(desk: Desk, row: Discussion) -> tuple[RenderedFile, ...]:
    """The sound of voice turns, except of those that are kept out of the log."""
    log = log_of(desk, row)
    found = []
    for turn in log.turns:
        recording = desk.session.get(Recording, (row_id(row), turn.number))
        if turn.text is not None and recording is not None and recording.content:
            name = f"{file_stem(log)}_turn{turn.number}.{ENDINGS.get(recording.media_type, 'ogg')}"
            found.append(RenderedFile(name, recording.media_type, recording.content))
    return tuple(found)


# --- sampling -------------------------------------------------------------------------------------------------------


def make_sampling_list(desk: Desk, effect: e.MakeSamplingList) -> r.Event:
    """A list for quality assurance: the same within a year for the same share, whoever asks and however often."""
    rows = {
        row_id(row): row
        for row in discussions.released_to(desk.session, desk.person_id)
        if Role.QUALITY_ASSURER in readers.roles_towards(desk.session, desk.person_id, row)
    }
    if not rows:
        return FilesSent("", "No learner has released a log to you as a quality assurer yet.")
    seed = f"sampling {desk.now.year}"
    chosen = sampling_list((_sampleable(desk, row) for row in rows.values()), seed=seed, share=effect.percent / 100)
    lines = (_line(rows[sampled.entry.discussion], sampled, seed) for sampled in chosen)
    desk.send_file(f"sampling-list_{effect.percent}percent.csv", "text/csv; charset=utf-8", csv_file(COLUMNS, lines))
    return FilesSent(f"your sampling list, {len(chosen)} of {len(rows)} released logs")


def _sampleable(desk: Desk, row: Discussion) -> Sampleable:
    reviews = [json.loads(review.body) for review in discussions.reviews_of(desk.session, row_id(row))]
    return Sampleable(
        row_id(row),
        people.by_id(desk.session, row.person_id).display_name,
        reviews[-1]["reviewer"] if reviews else None,
        f"{discussions.plan_of(row).mode} discussion",
    )


def _line(row: Discussion, sampled: Sampled, seed: str) -> tuple[object, ...]:
    plan, entry = discussions.plan_of(row), sampled.entry
    held = f"{row.closed_at or row.planned_at:%Y-%m-%d}"
    about = (BANNER, entry.discussion, entry.learner, plan.unit_label, plan.outcome_number, held, entry.method)
    return (*about, entry.assessor or "not reviewed yet", sampled.why, seed)


# --- the register ---------------------------------------------------------------------------------------------------


def check_file(desk: Desk, effect: e.CheckFile) -> r.Event:
    """Whether a file is one that was handed out here, byte for byte. Says nothing of discussions one may not read."""
    found = exports.of_file(desk.session, effect.content)
    row = desk.session.get(Discussion, found[0].discussion_id) if found else None
    if row is None or (row.released_at is None and row.person_id != desk.person_id):
        return FileChecked(effect.file_name, UNKNOWN_FILE)
    learner = people.by_id(desk.session, row.person_id).display_name
    may_read = row.person_id == desk.person_id or readers.is_reader(desk.session, desk.person_id, row)
    whose = f" of {learner}" if may_read else ""
    return FileChecked(
        effect.file_name,
        f"I handed out this file{whose}: discussion {row.id}, {_exports_in_words(found)}. It has not been changed.",
    )


def _exports_in_words(found: Sequence[Export]) -> str:
    """Such as "log number 2, made on 3 May 2026", and the newest where the same file was handed out again."""
    each = [f"{one.kind} number {one.number}, made on {one.created_at:%-d %B %Y}" for one in found]
    return each[0] if len(each) == 1 else f"{each[0]}; {len(each)} times so far, the last as {each[-1]}"


UNKNOWN_FILE = (
    "I did not hand out this file as it is now. It was changed, it is from another Talkthrough, "
    "or its learner took the release back."
)
