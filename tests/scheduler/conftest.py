"""Generated examples are not timed: a machine under load is no bug. And a small bank for use cases on rows."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

import pytest
from hypothesis import settings
from pydantic import TypeAdapter
from sqlalchemy import event
from sqlmodel import Session, create_engine

from talkthrough.question_bank.items.question import Demand, ExpectedPoint, Option, Question, QuestionKind
from talkthrough.question_bank.specification import SourceSpan
from talkthrough.storage.database import Database
from talkthrough.storage.tables import Person, StoredQuestion, Table
from tests.scheduler.group import tea_group

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

NOW = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
LINE = SourceSpan(1, 1)


def tapped(number: int) -> Question:
    """A question with three options, the first of which is the key."""
    return Question(
        f"tap{number}",
        QuestionKind.CHOICE,
        f"Which one is {number}?",
        f"c{number % 2}",
        "1.1",
        LINE,
        Demand.RECALL,
        options=(Option(f"{number}", is_key=True), Option("no"), Option("neither")),
    )


def listed() -> Question:
    """A question that asks for two of three points."""
    words = ("fire drills", "first aid boxes", "warning signs")
    points = tuple(ExpectedPoint(f"point{place}", text, LINE) for place, text in enumerate(words))
    return Question(
        "list",
        QuestionKind.RECALL_LIST,
        "Name two safety measures.",
        "c9",
        "1.2",
        LINE,
        Demand.RECALL,
        points,
        quantity=2,
    )


QUESTIONS = (*(tapped(number) for number in range(4)), listed())


def worked(number: int) -> Question:
    """A question that takes a story from work to answer."""
    point = ExpectedPoint(f"story{number}", f"an example of {number}", LINE)
    key, criterion = f"work{number}", f"c{number % 2}"
    return Question(
        key, QuestionKind.WORKPLACE, f"How do you {number}?", criterion, "1.1", LINE, Demand.EXPLAIN, (point,)
    )


def fill(session: Session, questions: Iterable[Question] = QUESTIONS) -> Person:
    """One learner and the questions above, or others."""
    person = Person(id=1, telegram_id=1001, display_name="Sam", created_at=NOW)
    session.add(person)
    for question in questions:
        body = TypeAdapter(Question).dump_json(question).decode()
        session.add(
            StoredQuestion(
                key=question.key,
                unit_key="u",
                criterion_key=question.criterion_key,
                kind=question.kind.value,
                body=body,
                updated_at=NOW,
            )
        )
    session.flush()
    return person


@pytest.fixture
def session() -> Iterator[Session]:
    """An empty database with the tables, rolled back afterwards."""
    with opened() as found:
        yield found


def opened() -> Session:
    """A session on a database of its own."""
    engine = create_engine("sqlite://")
    event.listen(engine, "connect", lambda connection, _record: connection.execute("PRAGMA foreign_keys=ON"))
    Table.metadata.create_all(engine)
    return Session(engine, expire_on_commit=False)


@pytest.fixture
def cohort_id(database: Database) -> int:
    """A group with three learners and a tutor."""
    return tea_group(database)
