"""Memories and the learner's model as rows: a cache of the answer log, moved here between rows and pure values."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import attrgetter

from sqlmodel import Session

from talkthrough.question_bank.items.question import Question, QuestionKind
from talkthrough.scheduler import memory
from talkthrough.scheduler.learning import BEFORE, LEARNERS, Before, CardMemory, Learner, LoggedAnswer, replay, timed
from talkthrough.scheduler.review_log import LoggedReview
from talkthrough.storage import answer_log, bank, refits
from talkthrough.storage.answer_log import LogLine
from talkthrough.storage.tables import Card


def state_of(card: Card) -> memory.MemoryState:
    """The cached memory of a card."""
    return memory.MemoryState(card.stability, card.difficulty, card.last_day)


def memory_of(card: Card) -> CardMemory:
    """The cached memory of a card with all that goes with it."""
    recent = tuple(int(rating) for rating in card.recent or "")
    return CardMemory(state_of(card), card.slowness, recent, card.answers, card.misses)


def write(card: Card, kept: CardMemory, learner: Learner) -> None:
    """Put a memory into its row."""
    card.stability, card.difficulty, card.last_day = kept.state.stability, kept.state.difficulty, kept.state.last_day
    card.due_day = memory.due_day(kept.state, forgetting=learner.forgetting)
    card.slowness, card.answers, card.misses = kept.slowness, kept.answers, kept.misses
    card.recent = "".join(map(str, kept.recent))


def new_card(
    session: Session, person_id: int, key: str, question: Question, kept: CardMemory, learner: Learner
) -> None:
    """A row for a memory that was asked for the first time."""
    card = Card(
        person_id=person_id,
        card_key=key,
        unit_key=bank.unit_key_of(session, question.key),
        criterion_key=question.criterion_key,
        stability=kept.state.stability,
        difficulty=kept.state.difficulty,
        last_day=kept.state.last_day,
        due_day=0,
    )
    write(card, kept, learner)
    session.add(card)


def learner_of(session: Session, person_id: int) -> Learner:
    """What is known of a learner; somebody new before their first answer."""
    row = answer_log.learner_model(session, person_id)
    return LEARNERS.validate_json(row.body) if row else Learner()


def before_of(session: Session, person_id: int, answer_id: int | None) -> Before | None:
    """What stood before this answer, if it was the person's last."""
    row = answer_log.learner_model(session, person_id)
    before = BEFORE.validate_json(row.before) if row and row.before else None
    return before if before and before.answer_id == answer_id else None


def keep(session: Session, person_id: int, learner: Learner, before: Before | None = None) -> None:
    """Keep the learner's model, and what takes the last answer back."""
    as_json = BEFORE.dump_json(before).decode() if before else None
    answer_log.keep_learner_model(session, person_id, LEARNERS.dump_json(learner).decode(), as_json)


def rebuild(session: Session, person_id: int) -> None:
    """Compute everything that is cached about a learner again, from the log and the parameters in force."""
    lines = answer_log.log_of(session, person_id)
    parameters = refits.in_force(session, person_id)
    learner, memories = replay(logged_answers(lines), Learner(parameters=parameters))
    questions = {line.card_key: line.question_key for line in lines}
    rows = answer_log.all_cards(session, person_id)
    for key in rows.keys() - memories.keys():
        session.delete(rows[key])
    for key, kept in memories.items():
        question = None if key in rows else bank.question(session, questions[key])
        if key in rows:
            write(rows[key], kept, learner)
        elif question is not None:
            new_card(session, person_id, key, question, kept, learner)
    keep(session, person_id, learner)
    session.flush()


def restore(session: Session, person_id: int, before: Before, cards: Mapping[str, Card]) -> None:
    """Put back what stood before the last answer."""
    for key, kept in before.cards.items():
        if kept is not None:
            write(cards[key], kept, before.learner)
        elif key in cards:
            session.delete(cards[key])
    keep(session, person_id, before.learner)
    session.flush()


def logged_answers(lines: Iterable[LogLine]) -> Iterator[LoggedAnswer]:
    """The events of each answer together, in the order of the answers."""
    for _, group in groupby(lines, key=attrgetter("answer_id")):
        together = list(group)
        first = together[0]
        ratings = {line.card_key: line.rating for line in together}
        yield LoggedAnswer(ratings, first.learning_day, QuestionKind(first.kind), timed(first.seconds))


def review_log(lines: Iterable[LogLine]) -> list[LoggedReview]:
    """The log in the form in which FSRS tools exchange it."""
    return [
        LoggedReview(line.card_key, line.rating, line.received_at, line.learning_day, line.seconds) for line in lines
    ]
