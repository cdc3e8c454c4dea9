"""What the learners of a cohort did week by week on its units: answers, discussions, rounds. Reads only."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case
from sqlmodel import Session, col, func, select

from talkthrough.storage.record_tables import Supplement
from talkthrough.storage.tables import Answer, Card, Delivery, Discussion, Membership, Role, Round, StoredQuestion


@dataclass(frozen=True, slots=True)
class Span:
    """Weeks in order, as the moments at which each starts and the last one ends."""

    edges: tuple[datetime, ...]

    def holds(self, moment: Any) -> ColumnElement[bool]:
        """The condition that a moment lies in one of the weeks."""
        return and_(moment >= self.edges[0], moment < self.edges[-1])

    def place(self, moment: Any) -> ColumnElement[int]:
        """The place of the week that a moment lies in."""
        return case(*((moment < end, place) for place, end in enumerate(self.edges[1:])), else_=-1)


@dataclass(frozen=True, slots=True)
class Practice:
    """A learner's answers of one week, in rounds and revision; `complete` mentioned everything at the first go."""

    week: int
    person_id: int
    answers: int
    complete: int


def practice(session: Session, cohort_id: int, unit_keys: Collection[str], span: Span) -> tuple[Practice, ...]:
    """Every learner and week with answers. What was added when asked for more comes after the first go.

    Where the learner corrected the mark ("I did say that"), their word counts.
    """
    first = case((col(Answer.more).is_not(None), func.coalesce(Answer.first_score, Answer.score)), else_=Answer.score)
    week = span.place(col(Answer.received_at)).label("week")
    wanted = (
        select(week, Answer.person_id, func.count(), func.sum(case((first >= 1, 1), else_=0)))
        .join(StoredQuestion, col(StoredQuestion.key) == Answer.question_key)
        .where(col(Answer.person_id).in_(_learners(cohort_id)), col(StoredQuestion.unit_key).in_(unit_keys))
        .where(span.holds(col(Answer.received_at)))
        .group_by(week, col(Answer.person_id))
    )
    return tuple(Practice(*found) for found in session.exec(wanted))


def discussions_held(
    session: Session, cohort_id: int, unit_keys: Collection[str], span: Span
) -> tuple[tuple[int, int], ...]:
    """(week, learner) of each discussion that began. Reports say how many; whose is the learners' until they release.

    What a learner adds to a draft is kept as a discussion of its own, but it belongs to the one that was held.
    """
    week = span.place(col(Discussion.started_at)).label("week")
    wanted = (
        select(week, Discussion.person_id)
        .where(col(Discussion.person_id).in_(_learners(cohort_id)), col(Discussion.unit_key).in_(unit_keys))
        .where(span.holds(col(Discussion.started_at)))
        .where(col(Discussion.id).not_in(select(Supplement.discussion_id)))
    )
    return tuple((place, person_id) for place, person_id in session.exec(wanted))


def round_questions(session: Session, cohort_id: int, span: Span) -> dict[int, tuple[int, int]]:
    """Week -> (questions of the rounds that opened in it, how many of them were answered so far)."""
    week = span.place(col(Round.opened_at)).label("week")
    wanted = (
        select(week, func.count(col(Delivery.id)), func.count(col(Answer.id)))
        .join(Delivery, col(Delivery.round_id) == Round.id)
        .outerjoin(Answer, col(Answer.delivery_id) == Delivery.id)
        .where(Round.cohort_id == cohort_id, span.holds(col(Round.opened_at)))
        .group_by(week)
    )
    return {place: (asked, answered) for place, asked, answered in session.exec(wanted)}


def memories(session: Session, cohort_id: int, unit_keys: Collection[str]) -> Sequence[tuple[float, int]]:
    """(stability, last learning day) of everything that was asked of the cohort's learners."""
    wanted = select(Card.stability, Card.last_day).where(
        col(Card.person_id).in_(_learners(cohort_id)), col(Card.unit_key).in_(unit_keys)
    )
    return session.exec(wanted).all()


def _learners(cohort_id: int) -> Any:
    return select(Membership.person_id).where(Membership.cohort_id == cohort_id, Membership.role == Role.LEARNER)
