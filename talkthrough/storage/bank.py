"""Specifications, units and questions as rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import chain, count

from pydantic import TypeAdapter
from sqlalchemy import bindparam, update
from sqlmodel import Session, col, func, select

from talkthrough.question_bank.identity import unit_key, with_first_keys
from talkthrough.question_bank.items.question import Question
from talkthrough.question_bank.specification import AssessmentCriterion, Specification, Unit, units_called
from talkthrough.question_bank.versions import carried_keys, compare, is_same_unit
from talkthrough.storage import question_versions
from talkthrough.storage.audit import digest
from talkthrough.storage.refreshing import refresh_questions
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


def is_loaded(session: Session, content: bytes) -> bool:
    """Whether this very document is in the bank."""
    return session.exec(select(Document.id).where(Document.sha256 == digest(content))).first() is not None


def is_in_use(session: Session, content: bytes) -> bool:
    """Whether each unit of this very document is used as it was read from it, and no other version of it."""
    versions = select(UnitVersion.unit_key, UnitVersion.is_current).join(Document)
    rows = session.exec(versions.where(Document.sha256 == digest(content))).all()
    return bool(rows) and {key for key, is_current in rows if is_current} == {key for key, _ in rows}


def predecessor(session: Session, unit: Unit) -> BankUnit | None:
    """The current unit that a read one is a new version of; None where it is new to the bank.

    A number alone ("Unit 7") is no identity: without a printed reference, a title or a criterion must be alike.
    """
    return next((entry for entry in units(session) if _is_version_of(entry.unit, unit)), None)


def _is_version_of(old: Unit, new: Unit) -> bool:
    if not is_same_unit(old, new):
        return False
    changes = compare(old, new)
    is_alike = old.title.lower() == new.title.lower() or bool(changes.matched or changes.uncertain)
    return is_alike or (old.reference is not None and old.reference == new.reference)


def add_specification(
    session: Session,
    specification: Specification,
    *,
    file_name: str,
    content: bytes,
    by: int | None,
    now: datetime,
    confirmed: Sequence[tuple[int, str, str]] = (),
) -> tuple[BankUnit, ...]:
    """Put a read document into the bank: its units become current and their questions are made and reviewed.

    A unit that the bank holds becomes a new version: its criteria keep their permanent keys. A document that came
    before and was replaced since is used again. `confirmed` holds the
    uncertain matches that a tutor accepted: (place of the unit in the document, old number, new number).
    """
    document = _document(session, file_name, content, by, now)
    keyed: tuple[Unit, ...] = ()
    for place, unit in enumerate(specification.units):
        pairs = [(old, new) for at, old, new in confirmed if at == place]
        keyed = (*keyed, _keyed(session, unit, pairs, {each.key for each in keyed}))
    replaced = {unit.key for unit in keyed}
    known = (*(entry.unit for entry in units(session) if entry.unit.key not in replaced), *keyed)
    return tuple(_add_unit(session, unit, document, known, now) for unit in keyed)


def _document(session: Session, file_name: str, content: bytes, by: int | None, now: datetime) -> Document:
    sha256 = digest(content)
    known = session.exec(select(Document).where(Document.sha256 == sha256)).first()
    if known is not None:
        return known
    document = Document(file_name=file_name, sha256=sha256, content=content, imported_by=by, imported_at=now)
    session.add(document)
    session.flush()
    return document


def _keyed(session: Session, unit: Unit, confirmed: Sequence[tuple[str, str]], in_document: set[str]) -> Unit:
    """The unit with permanent keys: those of the version before, or first ones that no other unit has."""
    old = predecessor(session, unit)
    if old is not None and old.unit.key not in in_document:
        return carried_keys(old.unit, unit, confirmed)
    taken = in_document | set(session.exec(select(UnitVersion.unit_key)))
    first = unit_key(unit)
    names = chain((first,), (f"{first}-{number}" for number in count(2)))
    return with_first_keys(unit, next(name for name in names if name not in taken))


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
    refresh_questions(session, unit, known, now)
    return BankUnit(row.id, unit)


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
    entries = {entry.unit.key: entry for entry in units(session)}
    found = units_called(words, (entry.unit for entry in entries.values()))
    return tuple(entries[unit.key] for unit in found)


def questions(session: Session, unit_key: str) -> tuple[Question, ...]:
    """The questions of a unit that may be asked."""
    wanted = select(StoredQuestion.body).where(StoredQuestion.unit_key == unit_key, StoredQuestion.state == "approved")
    return tuple(_question(body) for body in session.exec(wanted.order_by(col(StoredQuestion.key))))


def question(session: Session, key: str) -> Question | None:
    """One question, whatever its state; None where there is none."""
    row = _stored(session, key)
    return _question(row.body) if row else None


def question_as_put(session: Session, key: str, asked_at: datetime | None) -> Question | None:
    """One question in the wording that it had when it was put to somebody: what they saw is what they answer."""
    row = _stored(session, key)
    if row is None or row.version == 1 or asked_at is None:
        return _question(row.body) if row else None
    return _question(question_versions.body_at(session, key, asked_at) or row.body)


def is_asked(session: Session, key: str) -> bool:
    """Whether a question may be put to learners now; one that a tutor retired meanwhile may not."""
    row = _stored(session, key)
    return row is not None and row.state == "approved"


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


_HEADING = (  # built once: every answer needs it
    select(UnitVersion.label, Document.file_name)
    .join(Document, col(Document.id) == UnitVersion.document_id)
    .where(UnitVersion.unit_key == bindparam("unit_key"), col(UnitVersion.is_current))
)


def heading(session: Session, unit_key: str) -> Heading:
    """The heading of a unit's current version; looked up once in a transaction, however many answers it handles."""
    known: dict[str, Heading] = session.info.setdefault("headings", {})
    if unit_key not in known:
        row = session.exec(_HEADING, params={"unit_key": unit_key}).first()
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
