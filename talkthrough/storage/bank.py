"""Specifications, units and questions as rows."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from pydantic import TypeAdapter
from sqlalchemy import update
from sqlmodel import Session, col, func, select

from talkthrough.question_bank.identity import with_first_keys
from talkthrough.question_bank.item_review import review
from talkthrough.question_bank.items import questions_for
from talkthrough.question_bank.items.question import Question
from talkthrough.question_bank.specification import AssessmentCriterion, Specification, Unit
from talkthrough.storage.tables import Document, StoredPhrasing, StoredQuestion, UnitVersion

_UNIT = TypeAdapter(Unit)
_QUESTION = TypeAdapter(Question)


@dataclass(frozen=True, slots=True)
class BankUnit:
    """A unit version with the id that buttons carry."""

    version_id: int
    unit: Unit

    @property
    def is_blank(self) -> bool:
        """A template without criteria (CS 47): shown as such, nothing is asked from it."""
        return not self.unit.criteria


def document_hash(content: bytes) -> str:
    """What makes two files the same document."""
    return hashlib.sha256(content).hexdigest()


def is_loaded(session: Session, content: bytes) -> bool:
    """Whether this very document is in the bank."""
    return session.exec(select(Document.id).where(Document.sha256 == document_hash(content))).first() is not None


def add_specification(
    session: Session, specification: Specification, *, file_name: str, content: bytes, by: int | None, now: datetime
) -> tuple[BankUnit, ...]:
    """Put a read document into the bank: its units become current and their questions are made and reviewed."""
    document = Document(
        file_name=file_name, sha256=document_hash(content), content=content, imported_by=by, imported_at=now
    )
    session.add(document)
    session.flush()
    keyed = tuple(unit if unit.key else with_first_keys(unit) for unit in specification.units)
    known = (*(entry.unit for entry in units(session)), *keyed)
    return tuple(_add_unit(session, unit, document, known, now) for unit in keyed)


def _add_unit(session: Session, unit: Unit, document: Document, known: Sequence[Unit], now: datetime) -> BankUnit:
    latest = session.exec(select(func.max(UnitVersion.version)).where(UnitVersion.unit_key == unit.key)).one() or 0
    if latest:
        session.exec(update(UnitVersion).where(col(UnitVersion.unit_key) == unit.key).values(is_current=False))
    assert document.id is not None
    row = UnitVersion(
        unit_key=unit.key,
        version=latest + 1,
        document_id=document.id,
        label=unit.label,
        title=unit.title,
        status=unit.status,
        body=_UNIT.dump_json(unit).decode(),
        imported_at=now,
    )
    session.add(row)
    session.flush()
    assert row.id is not None
    _refresh_questions(session, unit, known, now)
    return BankUnit(row.id, unit)


def _refresh_questions(session: Session, unit: Unit, known: Sequence[Unit], now: datetime) -> None:
    """Questions keep their identity over versions; those whose criterion or guidance vanished are retired."""
    stored = {row.key: row for row in session.exec(select(StoredQuestion).where(StoredQuestion.unit_key == unit.key))}
    made = {question.key: question for question in questions_for(unit)}
    for key, question in made.items():
        _store(session, stored.get(key), question, unit, known, now)
    for key in stored.keys() - made.keys():
        stored[key].state = "retired"
        stored[key].updated_at = now


def _store(
    session: Session, row: StoredQuestion | None, question: Question, unit: Unit, known: Sequence[Unit], now: datetime
) -> None:
    flaws = review(question, unit, tuple(known))
    body = _QUESTION.dump_json(question).decode()
    if row is None:
        row = StoredQuestion(
            key=question.key,
            unit_key=unit.key,
            criterion_key=question.criterion_key,
            kind=question.kind.value,
            body=body,
            updated_at=now,
        )
        session.add(row)
    elif row.body != body:
        row.version, row.body, row.updated_at = row.version + 1, body, now
    row.state = "held back" if flaws else "approved"
    row.flaws = TypeAdapter(list[tuple[str, str]]).dump_json([(flaw.rule, flaw.reason) for flaw in flaws]).decode()


def units(session: Session) -> tuple[BankUnit, ...]:
    """All current units, in the order in which they came in."""
    rows = session.exec(select(UnitVersion).where(col(UnitVersion.is_current)).order_by(col(UnitVersion.id)))
    return tuple(_bank_unit(row) for row in rows)


def unit_version(session: Session, version_id: int) -> BankUnit | None:
    """The unit version with this id, None where there is none."""
    row = session.get(UnitVersion, version_id)
    return _bank_unit(row) if row else None


def unit_by_key(session: Session, unit_key: str) -> BankUnit | None:
    """The current version of a unit."""
    found = select(UnitVersion).where(UnitVersion.unit_key == unit_key, col(UnitVersion.is_current))
    row = session.exec(found).first()
    return _bank_unit(row) if row else None


def find_units(session: Session, words: str) -> tuple[BankUnit, ...]:
    """Units that a person may mean by "401", "CS 37", "M/506/2898" or words of the title."""
    wanted = " ".join(words.lower().removeprefix("unit ").split())
    exact = tuple(entry for entry in units(session) if wanted in _names(entry.unit))
    return exact or tuple(entry for entry in units(session) if wanted and wanted in entry.unit.title.lower())


def _names(unit: Unit) -> set[str]:
    printed = (unit.number, unit.reference, unit.title, unit.key, unit.label)
    return {" ".join(name.lower().split()) for name in printed if name}


def questions(session: Session, unit_key: str) -> tuple[Question, ...]:
    """The questions of a unit that may be asked."""
    wanted = select(StoredQuestion.body).where(StoredQuestion.unit_key == unit_key, StoredQuestion.state == "approved")
    return tuple(_question(body) for body in session.exec(wanted.order_by(col(StoredQuestion.key))))


def question(session: Session, key: str) -> Question | None:
    """One question, whatever its state; None where there is none."""
    row = _stored(session, key)
    return _question(row.body) if row else None


def unit_key_of(session: Session, question_key: str) -> str:
    """The unit that a stored question belongs to."""
    row = _stored(session, question_key)
    return row.unit_key if row else ""


def _stored(session: Session, key: str) -> StoredQuestion | None:
    """The row of a question, looked up once in a transaction: the session itself holds rows only weakly."""
    known: dict[str, StoredQuestion | None] = session.info.setdefault("questions", {})
    if key not in known:
        known[key] = session.get(StoredQuestion, key)
    return known[key]


@dataclass(frozen=True, slots=True)
class Heading:
    """What a message says of a unit: its label, and the file that it was read from."""

    unit_label: str
    file_name: str


def heading(session: Session, unit_key: str) -> Heading:
    """The heading of a unit's current version; looked up once in a transaction, however many answers it handles."""
    known: dict[str, Heading] = session.info.setdefault("headings", {})
    if unit_key not in known:
        found = (
            select(UnitVersion.label, Document.file_name)
            .join(Document, col(Document.id) == UnitVersion.document_id)
            .where(UnitVersion.unit_key == unit_key, col(UnitVersion.is_current))
        )
        row = session.exec(found).first()
        known[unit_key] = Heading(*row) if row else Heading(unit_key, "")
    return known[unit_key]


def criterion_of(unit: Unit, criterion_key: str) -> AssessmentCriterion | None:
    """The criterion with this permanent key."""
    return next((criterion for criterion in unit.criteria if criterion.key == criterion_key), None)


def confirmed_phrasings(session: Session, point_keys: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Approved phrasings per expected point, beyond those that ship."""
    wanted = select(StoredPhrasing.point_key, StoredPhrasing.text).where(
        col(StoredPhrasing.point_key).in_(tuple(point_keys)), StoredPhrasing.state == "approved"
    )
    found: dict[str, tuple[str, ...]] = {}
    for key, text in session.exec(wanted.order_by(col(StoredPhrasing.id))):
        found[key] = (*found.get(key, ()), text)
    return found


def _bank_unit(row: UnitVersion) -> BankUnit:
    assert row.id is not None
    return BankUnit(row.id, _unit(row.body))


@lru_cache(maxsize=64)
def _unit(body: str) -> Unit:
    return _UNIT.validate_json(body)


@lru_cache(maxsize=4096)
def _question(body: str) -> Question:
    return _QUESTION.validate_json(body)
