"""Records of a discussion as files: made from rows, sealed, numbered, hashed, and listed with who took them."""

import json
from collections.abc import Iterable
from datetime import date
from zoneinfo import ZoneInfo

from talkthrough import __version__
from talkthrough.bot.conversations import effects as f
from talkthrough.bot.conversations import results as r
from talkthrough.bot.conversations.performers.desk import Desk
from talkthrough.question_bank import discussion as policy
from talkthrough.storage import bank, discussions, drafts, own_turns, people, planning, retention
from talkthrough.storage.records import FileFormat, render
from talkthrough.storage.records.draft import reflective_draft
from talkthrough.storage.records.log import discussion_log, local, seal
from talkthrough.storage.records.model import DiscussionLog, LogDetails, Record, ReflectiveDraft, RenderedFile
from talkthrough.storage.records.supplements import with_supplements
from talkthrough.storage.tables import Discussion, Document, Role, StoredDraft

LOG_FORMATS: tuple[FileFormat, ...] = ("html", "pdf", "docx", "csv", "json")
DRAFT_FORMATS: tuple[FileFormat, ...] = ("html", "docx", "pdf", "txt")


def row_id(row: Discussion) -> int:
    """The id of a discussion that is in the database."""
    assert row.id is not None
    return row.id


def make_log(desk: Desk, effect: f.MakeLog) -> r.Event:
    """The discussion log in every format, for the learner."""
    row = desk.session.get(Discussion, effect.discussion_id)
    if row is None or row.person_id != desk.person_id:
        return r.NoSuchDiscussion()
    hand_out(desk, row, "log", log_of(desk, row), LOG_FORMATS)
    return r.FilesMade("your discussion log", discussion_id=row_id(row))


def log_of(desk: Desk, row: Discussion) -> DiscussionLog:
    """The log of a discussion, sealed with the installation's key."""
    made, unit_version = discussions.plan_of(row), bank.unit_version(desk.session, row.unit_version_id)
    assert unit_version is not None
    log = discussion_log(
        row,
        discussions.stored_turns(desk.session, row_id(row)),
        unit_version.unit,
        policy.standings(made, discussions.transcript(desk.session, row_id(row))),
        learner_name=people.by_id(desk.session, row.person_id).display_name,
        export_number=discussions.next_export_number(desk.session, row_id(row)),
        now=desk.now,
        details=_details(desk, row),
        claims=own_turns.claims_of(desk.session, row_id(row)),
    )
    return seal(log, desk.signing_key)


def _details(desk: Desk, row: Discussion) -> LogDetails:
    """What a record prints beside the discussion itself (assessment-practice.md section 5.4)."""
    version = discussions.unit_version_of(desk.session, row)
    document = desk.session.get(Document, version.document_id)
    planned = planning.planning_of(desk.session, row_id(row))
    tutor = people.by_id(desk.session, planned.prepared_by).display_name if planned.prepared_by else None
    learner = people.settings_of(people.by_id(desk.session, row.person_id))
    return LogDetails(
        learner_reference=learner.get("reference"),
        centre=desk.settings.centre or None,
        document_name=document.file_name if document else None,
        document_version=f"version {version.version} in this question bank",
        present=f"{planned.present}, as the learner said" if planned.present else None,
        prepared_by=f"{tutor} (tutor)" if tutor else "the learner",
        agreed_at=planned.acknowledged_at or row.started_at,
        bank_version=f"version {version.version}",
        tool_version=f"Talkthrough {__version__}",
        next_steps=tuple(json.loads(planned.next_steps)),
        retain_until=_retain_until(desk, row),
    )


def _retain_until(desk: Desk, row: Discussion) -> date | None:
    """The last day on which a cohort of the learner keeps this discussion; None where none has a period."""
    cohorts = people.cohorts_with(desk.session, row.person_id, Role.LEARNER)
    days = (retention.due_day(cohort) for cohort in cohorts if row.unit_key in json.loads(cohort.unit_keys))
    return max((day for day in days if day), default=None)


def draft_record(desk: Desk, row: Discussion) -> ReflectiveDraft:
    """The draft as the learner left it. NothingToDraftError where no message is left for it."""
    decided = drafts.draft_of(desk.session, row_id(row))
    added = [log_of(desk, part) for part in drafts.supplements_of(desk.session, row_id(row))]
    return reflective_draft(
        with_supplements(log_of(desk, row), added),
        decided.model,  # type: ignore[arg-type]  # only models of the list are stored
        drafts.struck_out(decided),
        confirmed=_confirmation(row, decided),
    )


def _confirmation(row: Discussion, decided: StoredDraft) -> str | None:
    if decided.confirmed_at is None:
        return None
    when = local(decided.confirmed_at, ZoneInfo(row.time_zone))
    help_had = f"Help from another tool or person: {decided.declared_help}"
    return f"{when}, in the chat, with the declaration on this record. {help_had}"


def hand_out(desk: Desk, row: Discussion, kind: str, record: Record, formats: Iterable[FileFormat]) -> None:
    """Send a record as files."""
    for file_format in formats:
        send(desk, row, kind, render(record, file_format), file_format, record.export.number)


def send(desk: Desk, row: Discussion, kind: str, file: RenderedFile, file_format: str, number: int) -> None:
    """Send a file: numbered, hashed and listed with who took it."""
    discussions.register_export(
        desk.session,
        discussion_id=row_id(row),
        kind=kind,
        file_format=file_format,
        number=number,
        content=file.content,
        taken_by=desk.person_id,
        now=desk.now,
    )
    desk.send_file(file.name, file.media_type, file.content)
