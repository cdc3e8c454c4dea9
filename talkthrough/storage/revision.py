"""Revision sessions, deliveries, answers, reviews and cards as rows."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy import func
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from talkthrough.question_bank.marking.model import Mark
from talkthrough.storage.tables import Answer, Card, Delivery, Review, RevisionSession

_MARK = TypeAdapter(Mark)


def start_session(
    session: Session, person_id: int, unit_key: str, question_keys: Sequence[str], now: datetime
) -> RevisionSession:
    """A new sitting; one that was still open ends."""
    end_open_session(session, person_id, now)
    row = RevisionSession(
        person_id=person_id, unit_key=unit_key, question_keys=json.dumps(list(question_keys)), started_at=now
    )
    session.add(row)
    session.flush()
    return row


def end_open_session(session: Session, person_id: int, now: datetime) -> RevisionSession | None:
    """Close the sitting that is still open and return it, if there is one."""
    row = open_session(session, person_id)
    if row is not None:
        row.ended_at = now
    return row


def open_session(session: Session, person_id: int) -> RevisionSession | None:
    """The sitting that has not ended."""
    wanted = select(RevisionSession).where(
        RevisionSession.person_id == person_id, col(RevisionSession.ended_at).is_(None)
    )
    return session.exec(wanted).first()


def question_keys(row: RevisionSession) -> tuple[str, ...]:
    """The composed order of questions."""
    return tuple(json.loads(row.question_keys))


def deliver(
    session: Session,
    person_id: int,
    question_key: str,
    now: datetime | None,
    *,
    session_id: int | None = None,
    round_id: int | None = None,
    position: int = 0,
    is_whole: bool = False,
) -> Delivery:
    """Note that a question is put to a person; `now` None for one that waits in a round."""
    row = Delivery(
        person_id=person_id,
        question_key=question_key,
        session_id=session_id,
        round_id=round_id,
        position=position,
        asked_at=now,
        is_whole=is_whole,
    )
    session.add(row)
    session.flush()
    return row


def delivery(session: Session, delivery_id: int, person_id: int) -> Delivery | None:
    """A delivery, if it was made to this person."""
    row = session.get(Delivery, delivery_id)
    return row if row and row.person_id == person_id else None


def open_in_session(session: Session, session_id: int, person_id: int) -> Delivery | None:
    """The delivery of a sitting that waits for its answer."""
    wanted = _unanswered().where(Delivery.session_id == session_id, Delivery.person_id == person_id)
    return session.exec(wanted).first()


def _unanswered() -> SelectOfScalar[Delivery]:
    joined = select(Delivery).outerjoin(Answer, col(Answer.delivery_id) == Delivery.id)
    waiting = joined.where(col(Answer.id).is_(None), col(Delivery.skipped_at).is_(None))
    return waiting.order_by(col(Delivery.position), col(Delivery.id))


def newest_open(session: Session, person_id: int, since: datetime) -> Delivery | None:
    """The delivery that the person was asked last since a moment and that waits for its answer.

    None of a sitting that has ended: the person has said that they stop.
    """
    wanted = _unanswered().outerjoin(RevisionSession, col(RevisionSession.id) == Delivery.session_id)
    wanted = wanted.where(Delivery.person_id == person_id, col(Delivery.asked_at) >= since)
    wanted = wanted.where(col(RevisionSession.ended_at).is_(None))
    return session.exec(wanted.order_by(None).order_by(col(Delivery.asked_at).desc())).first()


def next_in_round(session: Session, round_id: int, person_id: int) -> Delivery | None:
    """The first delivery of the round that the person has neither answered nor skipped."""
    wanted = _unanswered().where(Delivery.round_id == round_id, Delivery.person_id == person_id)
    return session.exec(wanted).first()


def round_progress(session: Session, round_id: int, person_id: int) -> tuple[int, int]:
    """(answered, asked) of a person in a round."""
    asked = session.exec(
        select(func.count()).select_from(Delivery).where(Delivery.round_id == round_id, Delivery.person_id == person_id)
    ).one()
    done = session.exec(
        select(func.count())
        .select_from(Answer)
        .join(Delivery, col(Delivery.id) == Answer.delivery_id)
        .where(Delivery.round_id == round_id, Answer.person_id == person_id)
    ).one()
    return done, asked


def full_answers(session: Session, round_id: int, person_id: int) -> int:
    """How many answers of a person in a round mentioned everything that was asked for."""
    wanted = (
        select(func.count())
        .select_from(Answer)
        .join(Delivery, col(Delivery.id) == Answer.delivery_id)
        .where(Delivery.round_id == round_id, Answer.person_id == person_id, Answer.score >= 1)
    )
    return session.exec(wanted).one()


def answer_to(session: Session, delivery_id: int, person_id: int) -> Answer | None:
    """The answer to a delivery: there is at most one."""
    return session.exec(select(Answer).where(Answer.delivery_id == delivery_id, Answer.person_id == person_id)).first()


def record_answer(
    session: Session,
    row: Delivery,
    *,
    text: str | None,
    option: int | None,
    score: float,
    mark: Mark,
    now: datetime,
    options: Sequence[str] = (),
    is_timed: bool = True,
) -> Answer:
    """Keep an answer, word for word, with all that happened: score, seconds, and the options there were."""
    assert row.id is not None
    answer = Answer(
        delivery_id=row.id,
        person_id=row.person_id,
        question_key=row.question_key,
        text=text,
        option=option,
        score=score,
        mark=_MARK.dump_json(mark).decode(),
        seconds=(now - row.asked_at).total_seconds() if row.asked_at else None,
        received_at=now,
        options=json.dumps(list(options), ensure_ascii=False) if options else None,
        is_timed=is_timed,
    )
    session.add(answer)
    session.flush()
    return answer


def mark_of(answer: Answer) -> Mark:
    """The mark of an answer as it stands now, with what the learner added or corrected."""
    return read_mark(answer.mark)


def read_mark(kept: str) -> Mark:
    """A mark as a row keeps it."""
    return _MARK.validate_json(kept)


def change_mark(answer: Answer, mark: Mark, score: float) -> None:
    """Keep what the learner added or corrected ("I did say that") beside the first mark; the words stay as they are."""
    if answer.first_mark is None:
        answer.first_mark, answer.first_score = answer.mark, answer.score
    answer.mark, answer.score = _MARK.dump_json(mark).decode(), score


def newest_answer(session: Session, person_id: int) -> int | None:
    """The id of the person's newest answer."""
    return session.exec(select(func.max(Answer.id)).where(Answer.person_id == person_id)).one()


def add_reviews(session: Session, answer: Answer, ratings: Mapping[str, int], learning_day: int) -> None:
    """Append one memory event per card."""
    assert answer.id is not None
    for card_key, rating in ratings.items():
        session.add(
            Review(
                person_id=answer.person_id,
                card_key=card_key,
                answer_id=answer.id,
                rating=rating,
                learning_day=learning_day,
                reviewed_at=answer.received_at,
            )
        )


def is_counted(session: Session, answer: Answer) -> bool:
    """Whether memory events of this answer stand."""
    wanted = select(Review.id).where(Review.answer_id == answer.id, col(Review.undone_at).is_(None))
    return session.exec(wanted).first() is not None


def undo_reviews(session: Session, answer_id: int, now: datetime) -> int | None:
    """Take the memory events of an answer back; returns the learning day on which they counted, None where none did."""
    rows = session.exec(select(Review).where(Review.answer_id == answer_id, col(Review.undone_at).is_(None))).all()
    for row in rows:
        row.undone_at = now
    return rows[0].learning_day if rows else None


def cards_of(session: Session, person_id: int, card_keys: Iterable[str]) -> dict[str, Card]:
    """The person's cards among these keys."""
    wanted = select(Card).where(Card.person_id == person_id, col(Card.card_key).in_(tuple(card_keys)))
    return {card.card_key: card for card in session.exec(wanted)}


def cards_in_unit(session: Session, person_id: int, unit_key: str) -> dict[str, Card]:
    """The person's cards of one unit."""
    wanted = select(Card).where(Card.person_id == person_id, Card.unit_key == unit_key)
    return {card.card_key: card for card in session.exec(wanted)}


def last_asked(session: Session, person_id: int) -> dict[str, datetime]:
    """When each question was last put to the person."""
    wanted = (
        select(Delivery.question_key, func.max(Delivery.asked_at))
        .where(Delivery.person_id == person_id, col(Delivery.asked_at).is_not(None))
        .group_by(col(Delivery.question_key))
    )
    return {key: asked for key, asked in session.exec(wanted) if asked}


def questions_answered(session: Session, person_id: int, session_id: int) -> tuple[Answer, ...]:
    """The answers given in a sitting."""
    wanted = (
        select(Answer)
        .join(Delivery, col(Delivery.id) == Answer.delivery_id)
        .where(Delivery.session_id == session_id, Answer.person_id == person_id)
    )
    return tuple(session.exec(wanted.order_by(col(Answer.id))))
