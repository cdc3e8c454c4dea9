"""The tables of revision: sittings, what was asked and answered, what memory learnt of it, and reminders."""

from datetime import datetime

from sqlalchemy import Index, Text, UniqueConstraint, false, true
from sqlmodel import Field

from talkthrough.storage.edge_tables import Table


class RevisionSession(Table, table=True):
    """A sitting of questions; `question_keys` is the composed order as JSON, `position` the next to ask."""

    __tablename__ = "revision_session"

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    unit_key: str
    question_keys: str = Field(sa_type=Text)
    position: int = 0
    started_at: datetime
    ended_at: datetime | None = None


class Delivery(Table, table=True):
    """A question put to a person, in a session or a round. Callback data carries its id.

    `is_whole`: a list was asked for all its points (the learner's larger steps). `skipped_at`: the learner left it for
    another day; an answer may still come.
    """

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    question_key: str
    session_id: int | None = Field(default=None, foreign_key="revision_session.id")
    round_id: int | None = Field(default=None, foreign_key="round.id", index=True)
    position: int = 0
    asked_at: datetime | None = None
    is_whole: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    skipped_at: datetime | None = None


class Answer(Table, table=True):
    """What a person sent for a delivery: kept once, word for word. `mark` is the Mark as JSON.

    `more`: what was added when the missing points were asked for. `first_mark`, `first_score`: before the learner's
    own words changed them (more points, or "I did say that"). `options`: what could be tapped, as JSON. `is_timed`:
    whether `seconds` may count (not for learners with extra time).
    """

    __table_args__ = (UniqueConstraint("delivery_id", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    delivery_id: int = Field(foreign_key="delivery.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    question_key: str = Field(index=True)
    text: str | None = Field(default=None, sa_type=Text)
    option: int | None = None
    score: float
    mark: str = Field(sa_type=Text)
    seconds: float | None = None
    received_at: datetime
    overruled_at: datetime | None = None
    more: str | None = Field(default=None, sa_type=Text)
    first_mark: str | None = Field(default=None, sa_type=Text)
    first_score: float | None = None
    confidence: str | None = None
    options: str | None = Field(default=None, sa_type=Text)
    hints: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    is_timed: bool = Field(default=True, sa_column_kwargs={"server_default": true()})


class Review(Table, table=True):
    """One memory event of one card. Append-only: the truth that cards are computed from."""

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    card_key: str
    answer_id: int = Field(foreign_key="answer.id", index=True)
    rating: int
    learning_day: int
    reviewed_at: datetime
    undone_at: datetime | None = None

    __table_args__ = (Index("ix_review_person_id_card_key", "person_id", "card_key"),)


class Card(Table, table=True):
    """A learner's memory of one expected point: a cache of the reviews.

    `recent`: the last five ratings, oldest first ("13331"). `slowness`: of the last answer, against the usual.
    """

    person_id: int = Field(foreign_key="person.id", primary_key=True)
    card_key: str = Field(primary_key=True)
    unit_key: str
    criterion_key: str
    stability: float
    difficulty: float
    last_day: int
    due_day: int
    answers: int = 0
    misses: int = 0
    recent: str | None = None
    slowness: float = Field(default=0.0, sa_column_kwargs={"server_default": "0"})

    __table_args__ = (
        Index("ix_card_person_id_unit_key", "person_id", "unit_key"),
        Index("ix_card_due_day_person_id", "due_day", "person_id"),
    )


class LearnerModel(Table, table=True):
    """How forecasts are put right for one learner, as JSON: a cache of the reviews.

    `before`: the same and the cards as they were before the last answer, so that it can be taken back at once.
    """

    __tablename__ = "learner_model"

    person_id: int = Field(foreign_key="person.id", primary_key=True)
    body: str = Field(sa_type=Text)
    before: str | None = Field(default=None, sa_type=Text)


class Refit(Table, table=True):
    """One try to fit FSRS's parameters to a learner's own log. Append-only: what is computed again goes by it.

    `events`: how many memory events there were when it was asked for. `parameters`: as JSON, where the try won.
    `last_answer_id`: the newest answer when it was settled; later ones were forecast with what came of it.
    """

    __table_args__ = (UniqueConstraint("person_id", "events"),)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    events: int
    wanted_at: datetime
    tried_at: datetime | None = Field(default=None, index=True)
    last_answer_id: int | None = None
    parameters: str | None = Field(default=None, sa_type=Text)


class Reminder(Table, table=True):
    """When somebody who asked for reminders is looked at next, and when one was last sent."""

    person_id: int = Field(foreign_key="person.id", primary_key=True)
    next_at: datetime | None = Field(default=None, index=True)
    sent_at: datetime | None = None
