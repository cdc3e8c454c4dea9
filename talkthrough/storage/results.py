"""What rounds and cohorts came to: scores per learner and criterion, hard questions, gaps. Reads only."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col, func, select

from talkthrough.storage.tables import (
    Answer,
    Card,
    Delivery,
    Discussion,
    Membership,
    Person,
    QuestionFlag,
    Role,
    Round,
    StoredQuestion,
)

MOST_WRONG_ANSWERS = 3


@dataclass(frozen=True, slots=True)
class Scored:
    """What a learner answered to a criterion: `score` is the mean of the answers (0..1), None without any."""

    person_id: int
    criterion_key: str
    score: float | None


def of_round(session: Session, row: Round) -> tuple[Scored, ...]:
    """Every learner and criterion of a round. Answers that came after it closed are the learner's own affair."""
    wanted = (
        select(Delivery.person_id, StoredQuestion.criterion_key, func.avg(Answer.score))
        .select_from(Delivery)
        .join(Round, col(Round.id) == Delivery.round_id)
        .join(StoredQuestion, col(StoredQuestion.key) == Delivery.question_key)
        .outerjoin(Answer, _is_in_time())
        .where(Delivery.round_id == row.id)
        .group_by(col(Delivery.person_id), col(StoredQuestion.criterion_key))
    )
    return tuple(Scored(*found) for found in session.exec(wanted))


def of_cohort(session: Session, cohort_id: int, unit_key: str, since: datetime | None = None) -> tuple[Scored, ...]:
    """Every learner and criterion over the rounds of a cohort on a unit, perhaps since a moment."""
    rounds = select(Round.id).where(Round.cohort_id == cohort_id)
    if since is not None:
        rounds = rounds.where(Round.opened_at >= since)
    wanted = (
        select(Delivery.person_id, StoredQuestion.criterion_key, func.avg(Answer.score))
        .select_from(Delivery)
        .join(StoredQuestion, col(StoredQuestion.key) == Delivery.question_key)
        .join(Round, col(Round.id) == Delivery.round_id)
        .outerjoin(Answer, _is_in_time())
        .where(col(Delivery.round_id).in_(rounds), StoredQuestion.unit_key == unit_key)
        .group_by(col(Delivery.person_id), col(StoredQuestion.criterion_key))
    )
    return tuple(Scored(*found) for found in session.exec(wanted))


def _is_in_time() -> ColumnElement[bool]:
    """The answer to a delivery of a round, given before the round closed."""
    is_open = col(Round.closed_at).is_(None)
    return and_(col(Answer.delivery_id) == Delivery.id, or_(is_open, col(Answer.received_at) <= Round.closed_at))


def names_of_round(session: Session, round_id: int) -> dict[int, str]:
    """Who was asked in a round, by what they want to be called."""
    asked = select(Delivery.person_id).where(Delivery.round_id == round_id)
    found = select(Person.id, Person.display_name).where(col(Person.id).in_(asked)).order_by(Person.display_name)
    return {person_id: name for person_id, name in session.exec(found) if person_id is not None}


@dataclass(frozen=True, slots=True)
class HardQuestion:
    """A question of a round: the mean score, and what was answered instead, most frequent first."""

    question_key: str
    answers: int
    score: float
    wrong_options: tuple[tuple[int, int], ...] = ()
    wrong_texts: tuple[str, ...] = ()
    flags: int = 0


def hardest(session: Session, round_id: int, most: int = 3) -> tuple[HardQuestion, ...]:
    """The questions of a round that went least well, lowest first; never those that everybody answered in full."""
    given = (
        select(Delivery.question_key, Answer.score, Answer.option, Answer.text)
        .select_from(Delivery)
        .join(Round, col(Round.id) == Delivery.round_id)
        .join(Answer, _is_in_time())
        .where(Delivery.round_id == round_id)
        .order_by(col(Answer.id))
    )
    answers: dict[str, list[tuple[float, int | None, str | None]]] = {}
    for key, score, option, text in session.exec(given):
        answers.setdefault(key, []).append((score, option, text))
    flags = _flags(session, tuple(answers))
    found = (_hard(key, each, flags[key]) for key, each in answers.items())
    return tuple(sorted((each for each in found if each.score < 1), key=lambda each: each.score)[:most])


def _hard(key: str, answers: list[tuple[float, int | None, str | None]], flags: int) -> HardQuestion:
    wrong = [answer for answer in answers if answer[0] < 1]
    options = Counter(option for _, option, _ in wrong if option is not None)
    texts = [text for _, _, text in wrong if text]
    score = sum(answer[0] for answer in answers) / len(answers)
    return HardQuestion(
        key, len(answers), score, tuple(options.most_common()), tuple(texts[:MOST_WRONG_ANSWERS]), flags
    )


def _flags(session: Session, keys: tuple[str, ...]) -> Counter[str]:
    waiting = select(QuestionFlag.question_key).where(
        col(QuestionFlag.question_key).in_(keys), col(QuestionFlag.settled_at).is_(None)
    )
    return Counter(session.exec(waiting))


@dataclass(frozen=True, slots=True)
class Given:
    """A question of a round, with the score and the mark (as JSON) of its answer; None where there is none."""

    question_key: str
    score: float | None
    mark: str | None


def answers_in(session: Session, round_id: int) -> dict[int, list[Given]]:
    """Each learner's questions of a round in order, in one look-up for thousands."""
    wanted = (
        select(Delivery.person_id, Delivery.question_key, Answer.score, Answer.mark)
        .outerjoin(Answer, col(Answer.delivery_id) == Delivery.id)
        .where(Delivery.round_id == round_id)
        .order_by(col(Delivery.person_id), col(Delivery.position), col(Delivery.id))
    )
    found: dict[int, list[Given]] = {}
    for person_id, key, score, mark in session.exec(wanted):
        found.setdefault(person_id, []).append(Given(key, score, mark))
    return found


@dataclass(frozen=True, slots=True)
class Memory:
    """The memory of a point that a learner was asked about: stability in days, last learning day."""

    person_id: int
    criterion_key: str
    stability: float
    last_day: int


def memories_of(session: Session, cohort_id: int, unit_key: str) -> tuple[Memory, ...]:
    """What the learners of a cohort were asked about in a unit."""
    learners = select(Membership.person_id).where(Membership.cohort_id == cohort_id, Membership.role == Role.LEARNER)
    wanted = select(Card.person_id, Card.criterion_key, Card.stability, Card.last_day)
    found = session.exec(wanted.where(Card.unit_key == unit_key, col(Card.person_id).in_(learners)))
    return tuple(Memory(*row) for row in found)


@dataclass(frozen=True, slots=True)
class Gaps:
    """Criteria (permanent keys) that a cohort has not come to yet."""

    without_question: frozenset[str]
    never_asked: frozenset[str]
    never_discussed: frozenset[str]


def gaps(session: Session, cohort_id: int, unit_key: str, criteria: dict[str, str]) -> Gaps:
    """What is missing among `criteria`, given as {criterion key: number of its outcome}."""
    approved = select(StoredQuestion.criterion_key).where(
        StoredQuestion.unit_key == unit_key, StoredQuestion.state == "approved"
    )
    learners = select(Membership.person_id).where(Membership.cohort_id == cohort_id, Membership.role == Role.LEARNER)
    asked = (
        select(StoredQuestion.criterion_key)
        .join(Delivery, col(Delivery.question_key) == StoredQuestion.key)
        .where(
            StoredQuestion.unit_key == unit_key,
            col(Delivery.person_id).in_(learners),
            col(Delivery.asked_at).is_not(None),
        )
    )
    discussed = select(Discussion.outcome_number).where(
        Discussion.unit_key == unit_key,
        col(Discussion.person_id).in_(learners),
        col(Discussion.started_at).is_not(None),
    )
    outcomes = set(session.exec(discussed.distinct()))
    return Gaps(
        without_question=_without(criteria, session.exec(approved.distinct())),
        never_asked=_without(criteria, session.exec(asked.distinct())),
        never_discussed=frozenset(key for key, outcome in criteria.items() if outcome not in outcomes),
    )


def _without(criteria: Iterable[str], found: Iterable[str]) -> frozenset[str]:
    return frozenset(criteria) - frozenset(found)
