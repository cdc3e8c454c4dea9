"""A unit's questions as files for other programs, and an edited table on its way back."""

import csv
from collections.abc import Sequence
from datetime import datetime
from itertools import islice
from typing import Literal

from sqlmodel import Session

from talkthrough.question_bank.exchange import CsvImport, from_csv, to_apkg, to_csv, to_gift, to_moodle_xml
from talkthrough.question_bank.exchange.table import rows_of
from talkthrough.question_bank.identity import slug
from talkthrough.question_bank.specification import Unit
from talkthrough.storage import bank, bank_items
from talkthrough.storage.bank_items import APPROVED, HELD_BACK, RETIRED, Item
from talkthrough.storage.tables import StoredQuestion

ExportFormat = Literal["apkg", "xml", "gift", "csv"]
MEDIA = {"apkg": "application/apkg", "xml": "application/xml", "gift": "text/plain", "csv": "text/csv"}
ROWS_TO_PLACE, MOST_TO_PLACE = 200, 200_000  # rows and characters looked at to see which unit a table is about


def in_format(items: Sequence[Item], unit: Unit, form: ExportFormat, now: datetime) -> tuple[bytes, int]:
    """(file, number of questions): the approved ones; the table also holds drafts and what is held back."""
    if form == "csv":
        questions = tuple(item.question for item in items if item.state != RETIRED)
        return to_csv(questions, unit).encode("utf-8-sig"), len(questions)  # the mark makes spreadsheets read UTF-8
    questions = tuple(item.question for item in items if item.state == APPROVED)
    if form == "apkg":
        return to_apkg(questions, unit, at=now), len(questions)
    text = to_moodle_xml(questions, unit) if form == "xml" else to_gift(questions, unit)
    return text if isinstance(text, bytes) else text.encode(), len(questions)


def file_name(unit: Unit, form: ExportFormat) -> str:
    """What the file is called: unit-401.apkg; GIFT is a text file."""
    return f"{slug(unit.label)}.{'gift.txt' if form == 'gift' else form}"


def read_table(session: Session, text: str, unit: Unit) -> CsvImport:
    """A table held against the unit's questions, retired ones too. Nothing is kept yet."""
    return from_csv(text, unit, [item.question for item in bank_items.items(session, unit)])


def unit_of_table(session: Session, text: str) -> Unit | None:
    """The unit that the keys of a table belong to, or else the one it names; None where neither says."""
    try:
        rows = list(islice(rows_of(text[:MOST_TO_PLACE]), ROWS_TO_PLACE))
    except csv.Error:
        return None
    for row in rows:
        known = session.get(StoredQuestion, row.get("key") or "")
        entry = bank.unit_by_key(session, known.unit_key) if known else None
        if entry is not None:
            return entry.unit
    named = {row.get("unit") or "" for row in rows} - {""}
    found = bank.find_units(session, named.pop()) if len(named) == 1 else ()
    return found[0].unit if len(found) == 1 else None


def import_table(session: Session, read: CsvImport, unit: Unit, *, by: int | None, now: datetime) -> int:
    """Keep every question of a table; returns how many the review holds back."""
    saved = bank_items.save(session, read.questions, unit, state=None, by=by, now=now)
    return sum(item.state == HELD_BACK for item in saved)
