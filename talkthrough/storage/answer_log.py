"""The answer log as it is read again: to recompute what is cached, to export it, and to count days of practice."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from talkthrough.storage.tables import Answer, Card, Delivery, LearnerModel, Review, StoredQuestion


@dataclass(frozen=True, slots=True)
class LogLine:
    """One memory event (FSRS rating 1-4 on a learning day) and the answer that it came from."""

    answer_id: int
    card_key: str
    rating: int
    learning_day: int
    received_at: datetime
    seconds: float | None
    question_key: str
    kind: str


def log_of(session: Session, person_id: int) -> tuple[LogLine, ...]:
    """The person's events in the order of their answers, without those taken back.

    A corrected answer stands at its own place. `seconds` is None where time must not count.
    """
    wanted = (
        select(
            Review.answer_id,
            Review.card_key,
            Review.rating,
            Review.learning_day,
            Answer.received_at,
            Answer.seconds,
            Answer.is_timed,
            Answer.question_key,
            StoredQuestion.kind,
        )  # type: ignore[call-overload]
        .join(Answer, col(Answer.id) == Review.answer_id)
        .join(StoredQuestion, col(StoredQuestion.key) == Answer.question_key)
        .where(Review.person_id == person_id, col(Review.undone_at).is_(None))
        .order_by(col(Review.answer_id), col(Review.id))
    )
    return tuple(
        LogLine(answer_id, key, rating, day, at, seconds if timed else None, question_key, kind)
        for answer_id, key, rating, day, at, seconds, timed, question_key, kind in session.exec(wanted)
    )


def events_of(session: Session, person_id: int) -> int:
    """How many memory events of the person stand."""
    wanted = select(func.count()).select_from(Review)
    return session.exec(wanted.where(Review.person_id == person_id, col(Review.undone_at).is_(None))).one()


def learner_model(session: Session, person_id: int) -> LearnerModel | None:
    """The cached model of a learner, None before their first answer.

    Looked up once in a transaction: the session itself holds rows only weakly.
    """
    known: dict[int, LearnerModel] = session.info.setdefault("learner models", {})
    if person_id not in known and (row := session.get(LearnerModel, person_id)) is not None:
        known[person_id] = row
    return known.get(person_id)


def keep_learner_model(session: Session, person_id: int, body: str, before: str | None) -> None:
    """Keep what forecasts go by, and what undoes the last answer."""
    row = learner_model(session, person_id)
    if row is None:
        session.add(LearnerModel(person_id=person_id, body=body, before=before))
    else:
        row.body, row.before = body, before


def all_cards(session: Session, person_id: int) -> dict[str, Card]:
    """Every card of a person."""
    return {card.card_key: card for card in session.exec(select(Card).where(Card.person_id == person_id))}


def ratings_before(session: Session, person_id: int, session_id: int) -> Mapping[str, list[tuple[int, int]]]:
    """For each card that a sitting asked for: its (rating, learning day) events that came before the sitting."""
    touched = (
        select(Review.card_key)
        .join(Answer, col(Answer.id) == Review.answer_id)
        .join(Delivery, col(Delivery.id) == Answer.delivery_id)
        .where(Delivery.session_id == session_id, Review.person_id == person_id)
    )
    first = (
        select(func.min(Answer.id))
        .join(Delivery, col(Delivery.id) == Answer.delivery_id)
        .where(Delivery.session_id == session_id, Answer.person_id == person_id)
        .scalar_subquery()
    )
    wanted = (
        select(Review.card_key, Review.rating, Review.learning_day)
        .where(Review.person_id == person_id, col(Review.undone_at).is_(None), col(Review.card_key).in_(touched))
        .where(col(Review.answer_id) < first)
        .order_by(col(Review.answer_id), col(Review.id))
    )
    found: dict[str, list[tuple[int, int]]] = {key: [] for key in session.exec(touched)}
    for key, rating, day in session.exec(wanted):
        found[key].append((rating, day))
    return found


def days_practised(session: Session, person_id: int, since: int) -> tuple[int, ...]:
    """The learning days from `since` on on which the person answered, in order."""
    wanted = select(Review.learning_day).where(Review.person_id == person_id, Review.learning_day >= since).distinct()
    return tuple(sorted(session.exec(wanted)))


def last_answered(session: Session, person_id: int) -> datetime | None:
    """When the person last answered a question."""
    return session.exec(select(func.max(Answer.received_at)).where(Answer.person_id == person_id)).one()


def due_counts(session: Session, learning_day: int) -> dict[int, int]:
    """Person -> how many of their cards FSRS calls due on a learning day; who has none is left out. Never shown as
    debt.
    """
    wanted = select(Card.person_id, func.count()).where(Card.due_day <= learning_day)
    return dict(session.exec(wanted.group_by(col(Card.person_id))).all())
