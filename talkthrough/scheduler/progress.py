"""The use case of progress: what was seen, is due, strong and weak per outcome, and mentioned in discussions."""

from datetime import datetime

from sqlmodel import Session

from talkthrough.question_bank import discussion as policy
from talkthrough.question_bank.specification import LearningOutcome, Unit
from talkthrough.scheduler.answering import state_of
from talkthrough.scheduler.learning_day import learning_day
from talkthrough.scheduler.memory import recall
from talkthrough.scheduler.sitting import expected_recall
from talkthrough.storage import bank, discussions, people, revision
from talkthrough.storage.records.progress import OutcomeProgress, Progress
from talkthrough.storage.tables import Card, Person

STRONG_DAYS = 14  # recall stays above 90% for a fortnight
WEAK_DAYS = 1.5
WEAK = 0.7


def progress_of(session: Session, person: Person, unit: Unit, now: datetime) -> Progress:
    """Where the person stands in a unit today."""
    assert person.id is not None
    day = learning_day(now, person.time_zone)
    cards = revision.cards_in_unit(session, person.id, unit.key)
    card_keys: dict[str, set[str]] = {}
    for question in bank.questions(session, unit.key):
        card_keys.setdefault(question.criterion_key, set()).update(question.card_keys)
    mentioned = _mentioned_criteria(session, person.id, unit)
    outcomes = tuple(
        _outcome_progress(outcome, card_keys, cards, mentioned, day) for outcome in unit.outcomes if outcome.criteria
    )
    exam = people.assessment_date(session, person)
    return Progress(
        unit.label,
        unit.title,
        outcomes,
        expected_recall=expected_recall(cards.values(), exam, day),
        assessment_date=f"{exam:%-d %B %Y}" if exam else None,
    )


def _outcome_progress(
    outcome: LearningOutcome,
    card_keys: dict[str, set[str]],
    cards: dict[str, Card],
    mentioned: frozenset[str],
    day: int,
) -> OutcomeProgress:
    keys = {key for criterion in outcome.criteria for key in card_keys.get(criterion.key, ())}
    seen = [cards[key] for key in keys if key in cards]
    recalls = [recall(state_of(card), day) for card in seen]
    return OutcomeProgress(
        number=outcome.number,
        title=outcome.text,
        seen=len(seen),
        total=len(keys),
        strong=sum(card.stability >= STRONG_DAYS for card in seen),
        weak=sum(now < WEAK or card.stability < WEAK_DAYS for card, now in zip(seen, recalls, strict=True)),
        due_today=sum(card.due_day <= day for card in seen),
        mentioned_in_discussions=sum(criterion.key in mentioned for criterion in outcome.criteria),
    )


def _mentioned_criteria(session: Session, person_id: int, unit: Unit) -> frozenset[str]:
    found: set[str] = set()
    for row in discussions.of_person(session, person_id):
        if row.unit_key == unit.key and row.id is not None:
            turns = discussions.transcript(session, row.id)
            standings = policy.standings(discussions.plan_of(row), turns)
            found |= {standing.criterion_key for standing in standings if standing.turn_numbers}
    return frozenset(found)
