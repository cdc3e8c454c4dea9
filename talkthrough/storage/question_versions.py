"""Wordings of questions as rows: what the document gave, what a tutor made of it, and the state of each."""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from pydantic import TypeAdapter
from sqlmodel import Session, col, select

from talkthrough.question_bank.item_review import Flaw
from talkthrough.question_bank.items.question import Question
from talkthrough.storage.tables import QuestionVersion, StoredQuestion

Origin = Literal["document", "tutor"]
QUESTION = TypeAdapter(Question)
_FLAWS = TypeAdapter(list[tuple[str, str]])


def of(session: Session, keys: Iterable[str]) -> dict[str, tuple[QuestionVersion, ...]]:
    """The kept versions of each question, oldest first; questions that never changed have none."""
    wanted = select(QuestionVersion).where(col(QuestionVersion.question_key).in_(tuple(keys)))
    found: dict[str, tuple[QuestionVersion, ...]] = {}
    for row in session.exec(wanted.order_by(col(QuestionVersion.version))):
        found[row.question_key] = (*found.get(row.question_key, ()), row)
    return found


def put(
    session: Session,
    row: StoredQuestion,
    question: Question,
    *,
    state: str,
    origin: Origin,
    by: int | None,
    now: datetime,
) -> None:
    """Give a question a wording and a state. The same wording stays the same version; older ones are kept, retired."""
    body = QUESTION.dump_json(question).decode()
    if session.get(QuestionVersion, (row.key, row.version)) is None:
        _keep(session, row, "document", None, row.updated_at)
    if row.body != body:
        session.get_one(QuestionVersion, (row.key, row.version)).state = "retired"
        row.version, row.body = row.version + 1, body
    row.state, row.updated_at = state, now
    _keep(session, row, origin, by, now)


def _keep(session: Session, row: StoredQuestion, origin: Origin, by: int | None, now: datetime) -> None:
    kept = session.get(QuestionVersion, (row.key, row.version))
    if kept is None:
        kept = QuestionVersion(
            question_key=row.key,
            version=row.version,
            origin=origin,
            state=row.state,
            body=row.body,
            worded_at=now,
            changed_at=now,
        )
        session.add(kept)
    kept.state, kept.changed_by, kept.changed_at = row.state, by, now
    session.flush()


def body_at(session: Session, key: str, moment: datetime) -> str | None:
    """The wording that a question had at some moment; its first one before that; None where it never changed."""
    kept = of(session, (key,)).get(key, ())
    then = [row for row in kept if row.worded_at <= moment] or list(kept[:1])
    return then[-1].body if then else None


def set_flaws(row: StoredQuestion, flaws: Iterable[Flaw]) -> None:
    """Write down what the review found."""
    row.flaws = _FLAWS.dump_json([(flaw.rule, flaw.reason) for flaw in flaws]).decode()


def flaws_of(row: StoredQuestion) -> tuple[Flaw, ...]:
    """What the review found in the newest wording."""
    return tuple(Flaw(rule, reason) for rule, reason in _FLAWS.validate_json(row.flaws))


def add(session: Session, question: Question, unit_key: str, *, state: str, now: datetime) -> StoredQuestion:
    """A question that is new to the bank."""
    row = StoredQuestion(
        key=question.key,
        unit_key=unit_key,
        criterion_key=question.criterion_key,
        kind=question.kind.value,
        state=state,
        body=QUESTION.dump_json(question).decode(),
        updated_at=now,
    )
    session.add(row)
    return row


def keep_as_tutors(session: Session, row: StoredQuestion, by: int | None, now: datetime) -> None:
    """Note that the newest wording is a tutor's."""
    session.flush()
    _keep(session, row, "tutor", by, now)


def follow(session: Session, row: StoredQuestion, question: Question, now: datetime) -> None:
    """The same wording with other lines or numbers of the document: no new version."""
    body = QUESTION.dump_json(question).decode()
    if row.body == body:
        return
    row.body, row.updated_at = body, now
    kept = session.get(QuestionVersion, (row.key, row.version))
    if kept is not None:
        kept.body = body
