"""What tutors do with a unit's questions: look at them, decide on them, word them, see how they work. As rows."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import func
from sqlmodel import Session, col, select

from talkthrough.question_bank.item_review import Flaw, review
from talkthrough.question_bank.item_statistics import Attempt, ItemStatistics, statistics_of
from talkthrough.question_bank.items.question import Question
from talkthrough.question_bank.specification import Unit
from talkthrough.storage import bank, question_versions
from talkthrough.storage.question_versions import QUESTION
from talkthrough.storage.revision import mark_of
from talkthrough.storage.tables import Answer, Delivery, Membership, QuestionFlag, QuestionVersion, Role, StoredQuestion

APPROVED, DRAFT, RETIRED, HELD_BACK = "approved", "draft", "retired", "held back"
LATEST, MOST_SAID = 100, 5  # answers looked through, and what is shown of them
STATES = (APPROVED, DRAFT, HELD_BACK, RETIRED)


@dataclass(frozen=True, slots=True)
class Item:
    """A question with what tutors know about it. `flaws`: what the review found in this wording."""

    question: Question
    unit_key: str
    state: str
    version: int
    flaws: tuple[Flaw, ...]


def handle_of(key: str) -> str:
    """A short name of a question for buttons: keys are too long for 64 bytes of callback data, and hold colons."""
    return f"q{sha256(key.encode()).hexdigest()[:11]}"


def items(session: Session, unit: Unit) -> tuple[Item, ...]:
    """All questions of a unit, whatever their state, in the order of its criteria; orphans come last."""
    places = {criterion.key: place for place, criterion in enumerate(unit.criteria)}
    rows = session.exec(select(StoredQuestion).where(StoredQuestion.unit_key == unit.key))
    ordered = sorted(rows, key=lambda row: (places.get(row.criterion_key, len(places)), row.key))
    return tuple(_item(row) for row in ordered)


def item(session: Session, handle: str) -> Item | None:
    """The question with this handle."""
    row = _row(session, handle)
    return _item(row) if row else None


def _row(session: Session, handle: str) -> StoredQuestion | None:
    key = next((key for key in session.exec(select(StoredQuestion.key)) if handle_of(key) == handle), None)
    return session.get(StoredQuestion, key) if key else None


def _item(row: StoredQuestion) -> Item:
    question = QUESTION.validate_json(row.body)
    return Item(question, row.unit_key, row.state, row.version, question_versions.flaws_of(row))


def set_state(session: Session, key: str, state: str, *, by: int | None, now: datetime) -> None:
    """A tutor approves or retires the newest wording of a question."""
    row = session.get_one(StoredQuestion, key)
    question = QUESTION.validate_json(row.body)
    question_versions.put(session, row, question, state=state, origin="tutor", by=by, now=now)


def flaws_in(session: Session, questions: Iterable[Question], unit: Unit) -> tuple[tuple[Flaw, ...], ...]:
    """What the review finds in each wording, held against all units of the bank."""
    known = tuple(entry.unit for entry in bank.units(session))
    return tuple(review(question, unit, known) for question in questions)


def review_again(session: Session, unit: Unit) -> tuple[tuple[Item, tuple[Flaw, ...]], ...]:
    """Every question of a unit that is not retired, with what today's review finds in it. Nothing is changed."""
    kept = [item for item in items(session, unit) if item.state != RETIRED]
    return tuple(zip(kept, flaws_in(session, [item.question for item in kept], unit), strict=True))


def save(
    session: Session, questions: Sequence[Question], unit: Unit, *, state: str | None, by: int | None, now: datetime
) -> tuple[Item, ...]:
    """Keep a tutor's wordings: known keys get a new version and keep every schedule, new keys enter the bank.

    Without a state the review decides: what it objects to is held back.
    """
    reviewed = zip(questions, flaws_in(session, questions, unit), strict=True)
    return tuple(_item(_save(session, question, flaws, unit, state, by, now)) for question, flaws in reviewed)


def _save(
    session: Session,
    question: Question,
    flaws: tuple[Flaw, ...],
    unit: Unit,
    state: str | None,
    by: int | None,
    now: datetime,
) -> StoredQuestion:
    decided = state or (HELD_BACK if flaws else APPROVED)
    row = session.get(StoredQuestion, question.key)
    if row is None:
        row = question_versions.add(session, question, unit.key, state=decided, now=now)
        question_versions.keep_as_tutors(session, row, by, now)
    else:
        question_versions.put(session, row, question, state=decided, origin="tutor", by=by, now=now)
    question_versions.set_flaws(row, flaws)
    session.flush()
    return row


def versions(session: Session, key: str) -> tuple[QuestionVersion, ...]:
    """All kept wordings of a question, oldest first."""
    return question_versions.of(session, (key,)).get(key, ())


def question_in(version: QuestionVersion) -> Question:
    """The question in the words of a version."""
    return QUESTION.validate_json(version.body)


def statistics(session: Session, key: str) -> ItemStatistics:
    """How the newest wording of a question has worked so far."""
    row = session.get_one(StoredQuestion, key)
    since = next((each.worded_at for each in versions(session, key) if each.body == row.body), None)
    asked = select(func.count()).select_from(Delivery).where(Delivery.question_key == key)
    asked = asked.where(col(Delivery.asked_at).is_not(None))
    answers = select(Answer).where(Answer.question_key == key).order_by(col(Answer.id))
    if since is not None and row.version > 1:
        asked, answers = asked.where(col(Delivery.asked_at) >= since), answers.where(col(Answer.received_at) >= since)
    given = session.exec(answers).all()
    elsewhere = _elsewhere(session, row, {answer.person_id for answer in given})
    attempts = [
        Attempt(answer.person_id, answer.score, answer.option, elsewhere.get(answer.person_id)) for answer in given
    ]
    return statistics_of(session.exec(asked).one(), attempts, len(QUESTION.validate_json(row.body).options))


def _elsewhere(session: Session, row: StoredQuestion, people: set[int]) -> dict[int, float]:
    """Each person's mean score on the other questions of the unit."""
    wanted = (
        select(Answer.person_id, func.avg(Answer.score))
        .join(StoredQuestion, col(StoredQuestion.key) == Answer.question_key)
        .where(StoredQuestion.unit_key == row.unit_key, Answer.question_key != row.key)
        .where(col(Answer.person_id).in_(people))
        .group_by(col(Answer.person_id))
    )
    return {person_id: float(score) for person_id, score in session.exec(wanted)}


def also_said(session: Session, key: str, learners: frozenset[int] | None) -> tuple[str, ...]:
    """Sensible things that answers named and the document does not list, most frequent first."""
    wanted = select(Answer).where(Answer.question_key == key).order_by(col(Answer.id).desc()).limit(LATEST)
    if learners is not None:
        wanted = wanted.where(col(Answer.person_id).in_(learners))
    said = Counter(words.text.lower() for answer in session.exec(wanted) for words in mark_of(answer).others)
    return tuple(text for text, _ in said.most_common(MOST_SAID))


def learners_taught_by(session: Session, tutor_id: int) -> frozenset[int]:
    """The learners of the tutor's cohorts: only their reports and answers are shown to the tutor."""
    mine = select(Membership.cohort_id).where(Membership.person_id == tutor_id, Membership.role == Role.TUTOR)
    learners = select(Membership.person_id).where(col(Membership.cohort_id).in_(mine), Membership.role == Role.LEARNER)
    return frozenset(session.exec(learners))


def open_flags(session: Session, reporters: frozenset[int] | None) -> tuple[QuestionFlag, ...]:
    """Reports that no tutor has settled, oldest first; from these people, or from anybody."""
    wanted = select(QuestionFlag).where(col(QuestionFlag.settled_at).is_(None)).order_by(col(QuestionFlag.id))
    if reporters is not None:
        wanted = wanted.where(col(QuestionFlag.person_id).in_(reporters))
    return tuple(session.exec(wanted))


def settle_flag(flag: QuestionFlag, now: datetime) -> None:
    """A tutor dealt with a report; twice is once."""
    flag.settled_at = flag.settled_at or now
