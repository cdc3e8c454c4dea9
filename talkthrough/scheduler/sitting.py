"""The use case of a sitting: which questions now, how long they take, and what they change."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlmodel import Session

from talkthrough.question_bank.items.question import Question
from talkthrough.question_bank.specification import Unit
from talkthrough.scheduler.answering import state_of
from talkthrough.scheduler.learning_day import learning_day
from talkthrough.scheduler.memory import recall
from talkthrough.scheduler.session import CardView, QuestionView, compose
from talkthrough.storage import bank, people, revision
from talkthrough.storage.tables import Card, Person

EPOCH = date(1970, 1, 1)
TAPPED_SECONDS, TYPED_SECONDS = 20, 45


def compose_for(session: Session, person: Person, unit: Unit, now: datetime, *, budget: int) -> tuple[str, ...]:
    """The question keys of the person's next sitting on a unit, at most `budget` of them."""
    assert person.id is not None
    questions = bank.questions(session, unit.key)
    cards = revision.cards_in_unit(session, person.id, unit.key)
    misses = revision.recent_misses(session, person.id, cards)
    views = [CardView(key, state_of(card), misses.get(key, 0)) for key, card in cards.items()]
    asked = revision.last_asked(session, person.id)
    exam = people.assessment_date(session, person)
    return compose(
        views,
        [QuestionView.of(question) for question in questions],
        today=learning_day(now, person.time_zone),
        exam_day=(exam - EPOCH).days if exam else None,
        budget=budget,
        recently_asked={key: learning_day(moment, person.time_zone) for key, moment in asked.items()},
    )


def minutes_for(session: Session, question_keys: Sequence[str], person: Person) -> int:
    """About how many minutes a sitting takes; learners with extra time get half as much again."""
    questions = (bank.question(session, key) for key in question_keys)
    seconds = sum(_seconds(question) for question in questions if question)
    factor = 1.5 if people.settings_of(person).get("extra_time") else 1.0
    return max(1, round(seconds * factor / 60))


def _seconds(question: Question) -> int:
    return TAPPED_SECONDS if question.is_tapped else TYPED_SECONDS


def expected_recall(cards: Iterable[Card], exam: date | None, today: int) -> float | None:
    """Mean expected recall (0..1) of the points met so far, on the assessment date or today; None before any."""
    day = (exam - EPOCH).days if exam else today
    expected = [recall(state_of(card), max(day, card.last_day)) for card in cards]
    return sum(expected) / len(expected) if expected else None


def forecast_sentence(session: Session, person: Person, unit: Unit, now: datetime) -> str:
    """What is in memory of this unit, in a sentence; empty before there is anything to say."""
    assert person.id is not None
    cards = revision.cards_in_unit(session, person.id, unit.key)
    exam = people.assessment_date(session, person)
    expected = expected_recall(cards.values(), exam, learning_day(now, person.time_zone))
    if expected is None:
        return ""
    when = f"on {exam:%-d %B}, without looking again" if exam else "now"
    points = "1 point" if len(cards) == 1 else f"{len(cards)} points"
    return f"Of the {points} you have met in {unit.label}, you would recall about {round(expected * 100)}% {when}."
