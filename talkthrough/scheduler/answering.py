"""The use case of one answer: mark it, keep it once, and let memory learn from it. All rows in one transaction."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from talkthrough.question_bank.items.question import Question
from talkthrough.question_bank.marking import default_calibration, mark, phrasings_for
from talkthrough.question_bank.marking.model import Mark, PointState, Signals
from talkthrough.scheduler import memory
from talkthrough.scheduler.learning_day import learning_day
from talkthrough.scheduler.rating import AnswerOutcome, rating_of, score_of
from talkthrough.storage import bank, people, revision
from talkthrough.storage.tables import Answer, Card, Delivery, Person

MISS = 1


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of an answer. `is_repeat`: it had been answered before, and nothing was counted again."""

    delivery: Delivery
    question: Question
    mark: Mark
    option: int | None
    is_repeat: bool = False
    is_overruled: bool = False


def answer(
    session: Session, person: Person, delivery_id: int, *, text: str | None, option: int | None, now: datetime
) -> Answered | None:
    """Keep an answer to a delivery, once. None where the delivery is not this person's or its question is gone.

    `text` for typed answers, `option` (0-based) for tapped ones, neither for "I don't know yet".
    """
    assert person.id is not None
    row = revision.delivery(session, delivery_id, person.id)
    question = bank.question_as_put(session, row.question_key, row.asked_at) if row else None
    if row is None or question is None:
        return None
    earlier = revision.answer_to(session, delivery_id, person.id)
    if earlier is not None:
        return Answered(row, question, revision.mark_of(earlier), earlier.option, is_repeat=True)
    if option is not None and not 0 <= option < len(question.options):
        return None
    read = read_answer(session, question, text)
    score = score_of(question, None if question.is_tapped else read, option)
    kept = revision.record_answer(session, row, text=text, option=option, score=score, mark=read, now=now)
    _remember(session, person, question, kept, now)
    return Answered(row, question, read, option)


def read_answer(session: Session, question: Question, text: str | None) -> Mark:
    """The mark of a typed answer; "I don't know yet" (None) mentions nothing. Tapped questions have no points."""
    if question.is_tapped:
        return Mark()
    keys = [point.key for point in question.expected_points]
    unit_key = bank.unit_key_of(session, question.key)
    phrasings = phrasings_for(question, unit_key, bank.confirmed_phrasings(session, keys))
    read = mark(question, text or "", phrasings, default_calibration())
    return read if text is not None else replace(read, signals=Signals(dont_know=True))


def overrule(session: Session, person: Person, delivery_id: int, point: int, now: datetime) -> Answered | None:
    """The learner says that a point was mentioned after all: both opinions are kept, the cards are computed again."""
    found = _kept(session, person, delivery_id)
    if found is None:
        return None
    row, question, kept = found
    before = revision.mark_of(kept)
    if not 0 <= point < len(before.points):
        return None
    said = replace(before.points[point], state=PointState.COVERED, band="sure yes", rule="learner says so")
    after = replace(before, points=(*before.points[:point], said, *before.points[point + 1 :]))
    revision.change_mark(kept, after, score_of(question, after, kept.option), now)
    _recompute(session, person, revision.undo_reviews(session, kept.id or 0, now))
    _remember(session, person, question, kept, now)
    return Answered(row, question, after, kept.option, is_overruled=True)


def undo(session: Session, person: Person, delivery_id: int, now: datetime) -> Answered | None:
    """Take the memory of an answer back, as if it had not been counted; the words stay in the log."""
    found = _kept(session, person, delivery_id)
    if found is None:
        return None
    row, question, kept = found
    _recompute(session, person, revision.undo_reviews(session, kept.id or 0, now))
    return Answered(row, question, revision.mark_of(kept), kept.option)


def looked_up(session: Session, person: Person, delivery_id: int) -> Answered | None:
    """An answer that was given before, unchanged."""
    found = _kept(session, person, delivery_id)
    if found is None:
        return None
    row, question, kept = found
    return Answered(row, question, revision.mark_of(kept), kept.option)


def _kept(session: Session, person: Person, delivery_id: int) -> tuple[Delivery, Question, Answer] | None:
    assert person.id is not None
    row = revision.delivery(session, delivery_id, person.id)
    kept = revision.answer_to(session, delivery_id, person.id)
    question = bank.question_as_put(session, row.question_key, row.asked_at) if row else None
    return (row, question, kept) if row and question and kept else None


def _remember(session: Session, person: Person, question: Question, kept: Answer, now: datetime) -> None:
    day = learning_day(now, person.time_zone)
    cards = revision.cards_of(session, kept.person_id, question.card_keys)
    recall_now = {key: memory.recall(state_of(card), day) for key, card in cards.items()}
    outcome = AnswerOutcome(
        question=question,
        mark=None if question.is_tapped else revision.mark_of(kept),
        option=kept.option,
        seconds=kept.seconds,
        recall_now=recall_now,
        has_extra_time=bool(people.settings_of(person).get("extra_time")),
    )
    ratings = rating_of(outcome)
    revision.add_reviews(session, kept, ratings, day, now)
    unit_key = bank.unit_key_of(session, question.key)
    for key, rating in ratings.items():
        _review_card(session, cards.get(key), kept.person_id, key, unit_key, question.criterion_key, rating, day)


def _review_card(
    session: Session,
    card: Card | None,
    person_id: int,
    key: str,
    unit_key: str,
    criterion_key: str,
    rating: int,
    day: int,
) -> None:
    state = memory.review(state_of(card) if card else None, rating, day)
    if card is None:
        card = Card(
            person_id=person_id,
            card_key=key,
            unit_key=unit_key,
            criterion_key=criterion_key,
            stability=state.stability,
            difficulty=state.difficulty,
            last_day=state.last_day,
            due_day=memory.due_day(state),
        )
        session.add(card)
    _write_state(card, state)
    card.answers += 1
    card.misses += rating == MISS


def state_of(card: Card) -> memory.MemoryState:
    """The cached memory of a card."""
    return memory.MemoryState(card.stability, card.difficulty, card.last_day)


def _write_state(card: Card, state: memory.MemoryState) -> None:
    card.stability, card.difficulty, card.last_day = state.stability, state.difficulty, state.last_day
    card.due_day = memory.due_day(state)


def _recompute(session: Session, person: Person, card_keys: Iterable[str]) -> None:
    """Cards are a cache: after an event was taken back they are replayed from the log."""
    assert person.id is not None
    cards = revision.cards_of(session, person.id, tuple(card_keys))
    for key, card in cards.items():
        events = revision.reviews_of(session, person.id, key)
        state = memory.replay((event.rating, event.learning_day) for event in events)
        if state is None:
            session.delete(card)
            session.flush()
            continue
        _write_state(card, state)
        card.answers = len(events)
        card.misses = sum(event.rating == MISS for event in events)
