"""A group that learns to brew tea, for tests of rounds and of what comes of them; the clock is an argument."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time

from sqlmodel import Session, select

from talkthrough.bot.conversations.announcing import RoundWording
from talkthrough.bot.telegram.views import render
from talkthrough.question_bank.reading import read_bytes
from talkthrough.scheduler import answering, round_closing, rounds
from talkthrough.scheduler.recurrence import Closing, RoundRule
from talkthrough.storage import bank, cohorts, people
from talkthrough.storage.database import Database
from talkthrough.storage.tables import (
    Cohort,
    Delivery,
    OutboxMessage,
    Role,
    Schedule,
)

MONDAY = datetime(2026, 11, 23, 12, tzinfo=UTC)
THURSDAY = datetime(2026, 11, 26, 18, tzinfo=UTC)
WORDING = RoundWording()
UNIT = b"""Unit 7: Brewing tea

Unit reference number: X/123/4567
Level: 2

Learning outcome
The learner will:
1. understand how to brew tea
Assessment criteria
The learner can:
1.1 explain how to brew tea
1.2 describe the equipment used to brew tea
1.3 list the types of tea
"""


def tea_group(database: Database) -> int:
    """A group with three learners and a tutor; returns its id."""
    with database.transaction() as session:
        specification = read_bytes(UNIT, "unit 7.txt")
        (entry,) = bank.add_specification(
            session, specification, file_name="unit 7.txt", content=UNIT, by=None, now=MONDAY
        )
        row = people.create_cohort(session, "Tea", [], "Europe/London", MONDAY)
        cohorts.toggle_unit(row, entry)
        for number, role in ((1, Role.LEARNER), (2, Role.LEARNER), (3, Role.LEARNER), (9, Role.TUTOR)):
            person = people.person_for(session, 100 + number, f"Person {number}", MONDAY)
            people.enrol(session, row.id, person.id, role, MONDAY)
        return row.id


def rule_for(session: Session, **changes: object) -> RoundRule:
    (entry,) = bank.units(session)
    rule = RoundRule(
        date(2026, 11, 23), time(18), "Europe/London", entry.unit.key, weekdays=(3,), question_count=2,
        closing=Closing(time(20), weekday=6),
    )  # fmt: skip
    return replace(rule, **changes)


def scheduled(session: Session, cohort_id: int, **changes: object) -> Schedule:
    return rounds.schedule(session, session.get_one(Cohort, cohort_id), 4, rule_for(session, **changes), MONDAY)


def tick(database: Database, at: datetime) -> None:
    with database.transaction() as session:
        round_closing.tick(session, at, WORDING)


def said(database: Database) -> Counter[tuple[int, str]]:
    with database.transaction() as session:
        messages = session.exec(select(OutboxMessage)).all()
        for row in messages:
            assert render(row, None).parameters["text"]
        return Counter((row.chat_id, row.view) for row in messages)


def answer(database: Database, number: int, at: datetime, questions: int = 9) -> None:
    """Learner `number` answers so many of the open round's questions."""
    with database.transaction() as session:
        person = people.known(session, 100 + number)
        waiting = session.exec(select(Delivery).where(Delivery.person_id == person.id)).all()
        for row in waiting[:questions]:
            question = bank.question(session, row.question_key)
            option = 0 if question.options else None
            answering.answer(session, person, row.id, text=None if question.options else "tea", option=option, now=at)
