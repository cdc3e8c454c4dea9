"""CSV: the criteria matrix, the transcript and a draft, safe to open in a spreadsheet."""

import csv
from collections.abc import Iterable, Sequence
from functools import singledispatch
from io import StringIO

from talkthrough.storage.records.criteria_index import Heard, dates_of, evidence_of, heard_in
from talkthrough.storage.records.layout import changes_of, numbers_of
from talkthrough.storage.records.model import CriterionIndex, DiscussionLog, Record, ReflectiveDraft

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

MATRIX = (
    "status",
    "export",
    "changes",
    "transcript hash",
    "unit",
    "unit reference",
    "outcome",
    "criterion",
    "criterion text",
    "verb",
    "kind",
    "quantity needed",
    "quantity mentioned",
    "standing",
    "turns",
    "first turn at",
    "last turn at",
    "claimed by",
    "tool suggestion",
    "answers to questions about it",
    "event date, as said",
    "evidence named in",
    "assessor decision",
    "assessor comment",
    "quality assurance",
)
DRAFT = (
    "status",
    "export",
    "changes",
    "event",
    "when",
    "prompt",
    "turn",
    "time",
    "learner's words",
    "criteria",
    "notes",
)


@singledispatch
def as_csv(record: Record) -> bytes:
    """A log as its criteria matrix (one row a criterion), a draft as its messages (one row a message)."""
    raise TypeError(f"{type(record).__name__} has no table.")


@as_csv.register
def _log_as_csv(log: DiscussionLog) -> bytes:
    heard = heard_in(log.turns)
    return csv_file(MATRIX, (_matrix_row(log, entry, heard) for entry in log.criteria))


@as_csv.register
def _draft_as_csv(draft: ReflectiveDraft) -> bytes:
    rows = (
        (
            draft.banner,
            draft.export.number,
            changes_of(draft.export),
            event.number,
            event.time.printed if event.time else event.gap or "",
            part.prompt,
            message.turn,
            message.local_time,
            message.text,
            "; ".join(numbers_of(message.references)),
            "; ".join(message.notes),
        )
        for event in draft.events
        for part in event.parts
        for message in part.messages
    )
    return csv_file(DRAFT, rows)


def csv_file(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A table in UTF-8 with a byte order mark, which spreadsheets ask for. No cell is read as a formula."""
    output = StringIO(newline="")
    writer = csv.writer(output, quoting=csv.QUOTE_ALL)
    writer.writerow(header)
    writer.writerows([inert(str(value)) for value in row] for row in rows)
    return output.getvalue().encode("utf-8-sig")


def inert(text: str) -> str:
    """The text, after an apostrophe where a spreadsheet would run it (OWASP, "CSV injection")."""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text


def _matrix_row(log: DiscussionLog, entry: CriterionIndex, heard: Heard) -> tuple[object, ...]:
    turns = entry.turns
    people = [by for turn in turns for by in turn.by if by != "tool"]
    return (
        log.banner,
        log.export.number,
        changes_of(log.export),
        log.integrity.head or "",
        log.cover.unit_label,
        log.cover.unit_reference or "",
        log.cover.outcome_number,
        entry.number,
        entry.text,
        entry.verb,
        entry.kind,
        entry.quantity_needed or "",
        entry.quantity_mentioned,
        entry.standing,
        "; ".join(str(turn.number) for turn in turns),
        turns[0].local_time if turns else "",
        turns[-1].local_time if turns else "",
        "; ".join(dict.fromkeys(people)),
        "; ".join(str(turn.number) for turn in turns if "tool" in turn.by),
        "; ".join(str(turn) for turn in entry.replies),
        "; ".join(words for _, words in dates_of(entry, heard)),
        "; ".join(f"turn {turn}" for turn in evidence_of(entry, heard)),
        *("",) * 3,
    )
