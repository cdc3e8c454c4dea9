"""Records of a discussion as files: read from rows in a transaction; made, sealed and rendered outside it."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from talkthrough import __version__
from talkthrough.bot.conversations import effects as f
from talkthrough.bot.conversations import record_effects as e
from talkthrough.bot.conversations import results as r
from talkthrough.bot.conversations.performers.desk import Desk
from talkthrough.bot.conversations.performers.ordering import Piece, Production, order
from talkthrough.bot.conversations.record_results import PasteMade
from talkthrough.question_bank import discussion as policy
from talkthrough.question_bank.discussion.claims import Claim
from talkthrough.question_bank.specification import Unit
from talkthrough.storage import bank, discussions, drafts, exports, own_turns, people, planning, retention
from talkthrough.storage.audit import SigningKey
from talkthrough.storage.records import FileFormat, around, render, stem_of
from talkthrough.storage.records.around import local
from talkthrough.storage.records.changes import Earlier, held_in, with_changes
from talkthrough.storage.records.draft import reflective_draft
from talkthrough.storage.records.log import discussion_log, seal
from talkthrough.storage.records.model import Cover, DiscussionLog, LogDetails, Record, ReflectiveDraft, RenderedFile
from talkthrough.storage.records.paste import as_paste_block
from talkthrough.storage.records.planning import planning_pdf
from talkthrough.storage.records.supplements import with_supplements
from talkthrough.storage.tables import Cohort, Discussion, Document, Role, StoredDraft, StoredTurn

LOG_FORMATS: tuple[FileFormat, ...] = ("html", "pdf", "docx", "csv", "json")
DRAFT_FORMATS: tuple[FileFormat, ...] = ("html", "docx", "pdf", "txt")


def row_id(row: Discussion) -> int:
    """The id of a discussion that is in the database."""
    assert row.id is not None
    return row.id


def own(desk: Desk, discussion_id: int) -> Discussion | None:
    """The discussion if it is the person's own, and its tutor has not cancelled it."""
    row = desk.session.get(Discussion, discussion_id)
    return row if row and row.person_id == desk.person_id and row.status != planning.CANCELLED else None


@dataclass(frozen=True, slots=True)
class HeldDiscussion:
    """A discussion as it stands in the database: all that its log is made of, readable after the transaction."""

    row: Discussion
    turns: tuple[StoredTurn, ...]
    unit: Unit
    learner_name: str
    number: int
    earlier: Earlier | None
    now: datetime
    details: LogDetails
    claims: tuple[Claim, ...]
    key: SigningKey

    def plan_file(self) -> RenderedFile:
        """The planning sheet on paper."""
        plan = discussions.plan_of(self.row)
        cover = self._cover()
        export = around.export_line(self.number, self.now, ZoneInfo(self.row.time_zone), self.details)
        cover = replace(cover, present=self.details.present or "not said yet")
        return planning_pdf(plan, cover, prepared_by=self.details.prepared_by, export=export)

    def stem(self, kind: str) -> str:
        """What a file of this kind is called, without its ending."""
        return stem_of(self._cover(), kind, self.number)

    def _cover(self) -> Cover:
        plan = discussions.plan_of(self.row)
        return around.cover(self.row, plan, self.unit, self.learner_name, self.details, ())

    def log(self) -> DiscussionLog:
        """The log, sealed with the installation's key."""
        standings = policy.standings(
            discussions.plan_of(self.row), tuple(discussions.turn_of(stored) for stored in self.turns)
        )
        log = discussion_log(
            self.row,
            self.turns,
            self.unit,
            standings,
            learner_name=self.learner_name,
            export_number=self.number,
            now=self.now,
            details=self.details,
            claims=self.claims,
        )
        return seal(with_changes(log, self.earlier), self.key)


@dataclass(frozen=True, slots=True)
class HeldDraft:
    """A learner's draft as it stands in the database: the discussion, what was added to it, and their decisions."""

    held: HeldDiscussion
    added: tuple[HeldDiscussion, ...]
    decided: StoredDraft
    earlier: Earlier | None

    def draft(self) -> ReflectiveDraft:
        """The draft. NothingToDraftError where no message is left for it."""
        draft = reflective_draft(
            with_supplements(self.held.log(), [part.log() for part in self.added]),
            self.decided.model,  # type: ignore[arg-type]  # only models of the list are stored
            drafts.struck_out(self.decided),
            confirmed=_confirmation(self.held.row, self.decided),
        )
        return with_changes(draft, self.earlier)


def read_discussion(desk: Desk, row: Discussion, kind: str = "log") -> HeldDiscussion:
    """What a record of this kind needs of a discussion."""
    unit_version = bank.unit_version(desk.session, row.unit_version_id)
    assert unit_version is not None
    return HeldDiscussion(
        row,
        discussions.stored_turns(desk.session, row_id(row)),
        unit_version.unit,
        people.by_id(desk.session, row.person_id).display_name,
        exports.next_number(desk.session, row_id(row), kind),
        _earlier(desk, row, kind) if kind == "log" else None,
        desk.now,
        _details(desk, row),
        own_turns.claims_of(desk.session, row_id(row)),
        desk.signing_key,
    )


def read_draft(desk: Desk, row: Discussion) -> HeldDraft:
    """What the draft of a discussion needs, as the learner left it."""
    return HeldDraft(
        read_discussion(desk, row, "draft"),
        tuple(read_discussion(desk, part) for part in drafts.supplements_of(desk.session, row_id(row))),
        drafts.draft_of(desk.session, row_id(row)),
        _earlier(desk, row, "draft"),
    )


def _earlier(desk: Desk, row: Discussion, kind: str) -> Earlier | None:
    last = exports.last_of(desk.session, row_id(row), kind)
    if last is None or last.held is None:
        return None
    return Earlier(last.number, local(last.created_at, ZoneInfo(row.time_zone)), last.held)


def log_of(desk: Desk, row: Discussion) -> DiscussionLog:
    """The log of a discussion."""
    return read_discussion(desk, row).log()


def draft_record(desk: Desk, row: Discussion) -> ReflectiveDraft:
    """The draft as the learner left it. NothingToDraftError where no message is left for it."""
    return read_draft(desk, row).draft()


def _details(desk: Desk, row: Discussion) -> LogDetails:
    """What a record prints beside the discussion itself (assessment-practice.md section 5.4)."""
    version = discussions.unit_version_of(desk.session, row)
    document = desk.session.get(Document, version.document_id)
    planned = planning.planning_of(desk.session, row_id(row))
    tutor = people.by_id(desk.session, planned.prepared_by).display_name if planned.prepared_by else None
    learner = people.settings_of(people.by_id(desk.session, row.person_id))
    cohorts = _cohorts_of(desk, row)
    return LogDetails(
        learner_reference=learner.get("reference"),
        centre=desk.settings.centre or None,
        programme="; ".join(cohort.name for cohort in cohorts) or None,
        document_name=document.file_name if document else None,
        document_version=f"version {version.version} in this question bank",
        present=f"{planned.present}, as the learner said" if planned.present else None,
        prepared_by=f"{tutor} (tutor)" if tutor else "the learner",
        agreed_at=planned.acknowledged_at or row.started_at,
        bank_version=f"version {version.version}",
        tool_version=f"Talkthrough {__version__}",
        next_steps=tuple(json.loads(planned.next_steps)),
        released_at=row.released_at,
        retain_until=max((day for cohort in cohorts if (day := retention.due_day(cohort))), default=None),
    )


def _cohorts_of(desk: Desk, row: Discussion) -> list[Cohort]:
    """The groups in which the learner learns this unit; the longest retention period among them counts."""
    cohorts = people.cohorts_with(desk.session, row.person_id, Role.LEARNER)
    return [cohort for cohort in cohorts if row.unit_key in json.loads(cohort.unit_keys)]


def _confirmation(row: Discussion, decided: StoredDraft) -> str | None:
    if decided.confirmed_at is None:
        return None
    when = local(decided.confirmed_at, ZoneInfo(row.time_zone))
    help_had = f"Help from another tool or person: {decided.declared_help}"
    return f"{when}, in the chat, with the declaration on this record. {help_had}"


# --- files ----------------------------------------------------------------------------------------------------------


def log_pieces(held: HeldDiscussion, formats: Iterable[FileFormat] = LOG_FORMATS) -> tuple[Piece, ...]:
    """The log in each format; it is made once, when the first of them is."""
    return _pieces(held, "log", held.log, formats)


def draft_pieces(held: HeldDraft, formats: Iterable[FileFormat] = DRAFT_FORMATS) -> tuple[Piece, ...]:
    """The draft in each format."""
    return _pieces(held.held, "draft", held.draft, formats)


def plan_piece(held: HeldDiscussion) -> Piece:
    """The planning sheet as a PDF."""
    return Piece(held.plan_file, exports.Entry(row_id(held.row), "plan", "pdf", held.number))


def _pieces(
    held: HeldDiscussion, kind: str, make: Callable[[], Record], formats: Iterable[FileFormat]
) -> tuple[Piece, ...]:
    record = cache(make)
    return tuple(
        Piece(
            lambda wanted=file_format: render(record(), wanted),  # type: ignore[misc]  # its own format, not the last
            exports.Entry(row_id(held.row), kind, file_format, held.number),
            lambda: held_in(record()),
        )
        for file_format in formats
    )


def order_log(desk: Desk, effect: f.MakeLog) -> r.Event:
    """Order the discussion log in every format, for the learner."""
    return order(desk, effect) if own(desk, effect.discussion_id) else r.NoSuchDiscussion()


def make_log(desk: Desk, effect: f.MakeLog) -> Production | r.Event:
    """The discussion log for the learner."""
    row = own(desk, effect.discussion_id)
    if row is None:
        return r.NoSuchDiscussion()
    said = r.FilesMade("your discussion log", discussion_id=row_id(row))
    return Production(log_pieces(read_discussion(desk, row)), said)


def paste_log(desk: Desk, effect: e.PasteLog) -> r.Event:
    """The learner's own log as text to be pasted."""
    row = own(desk, effect.discussion_id)
    return pasted(desk, row, is_own=True) if row else r.NoSuchDiscussion()


def pasted(desk: Desk, row: Discussion, *, is_own: bool) -> PasteMade:
    """The log as text to be pasted: an export like any other, short enough to be made at once."""
    log = log_of(desk, row)
    text = as_paste_block(log)
    entry = exports.Entry(row_id(row), "log", "txt", log.export.number)
    made, held = text.encode(), held_in(log)
    exports.register(desk.session, entry, made, taken_by=desk.person_id, now=desk.now, held=held)
    return PasteMade(row_id(row), text, is_own)
