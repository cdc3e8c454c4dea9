"""The tables. Times are UTC; JSON is kept as text so that SQLite and PostgreSQL hold the same bytes.

Rows about what a learner said (answers, reviews, turns) are append-only; cards are a cache that can be recomputed.
"""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import BigInteger, Column, LargeBinary, Text, UniqueConstraint
from sqlmodel import Field

from talkthrough.storage.bank_tables import QuestionVersion
from talkthrough.storage.edge_tables import Conversation, InboxUpdate, OutboxMessage, Table
from talkthrough.storage.privacy_tables import AccessLog, Consent
from talkthrough.storage.record_tables import LearnerClaim, Planning, StoredDraft, StoredReview, Supplement
from talkthrough.storage.revision_tables import (
    Answer,
    Card,
    Delivery,
    LearnerModel,
    Reminder,
    Review,
    RevisionSession,
)

__all__ = [
    "AccessLog",
    "Answer",
    "Card",
    "Consent",
    "Conversation",
    "Delivery",
    "InboxUpdate",
    "LearnerClaim",
    "LearnerModel",
    "OutboxMessage",
    "Planning",
    "QuestionVersion",
    "Reminder",
    "Review",
    "RevisionSession",
    "StoredDraft",
    "StoredReview",
    "Supplement",
    "Table",
]


class Role(StrEnum):
    """What a person may do in a cohort."""

    LEARNER = "learner"
    TUTOR = "tutor"
    ASSESSOR = "assessor"
    QUALITY_ASSURER = "quality assurer"
    SAFEGUARDING_LEAD = "safeguarding lead"


# --- people ---------------------------------------------------------------------------------------------------------


class Person(Table, table=True):
    """Someone who talks to the bot. `display_name` is what they chose to be called; no phone number is ever kept."""

    id: int | None = Field(default=None, primary_key=True)
    telegram_id: int = Field(sa_column=Column(BigInteger, unique=True, nullable=False))
    display_name: str
    is_owner: bool = False
    time_zone: str = "Europe/London"
    language: str = "en"
    settings: str = Field(default="{}", sa_type=Text)
    privacy_seen_at: datetime | None = None
    unreachable_since: datetime | None = None
    created_at: datetime


class Cohort(Table, table=True):
    """A group of learners with one assessment date. `unit_keys` is a JSON list, `settings` a JSON CohortSettings."""

    id: int | None = Field(default=None, primary_key=True)
    name: str
    time_zone: str = "Europe/London"
    unit_keys: str = Field(default="[]", sa_type=Text)
    assessment_date: date | None = None
    settings: str = Field(default="{}", sa_column=Column(Text, nullable=False, server_default="{}"))
    created_at: datetime


class Membership(Table, table=True):
    """A person's role in a cohort. `assessment_date` is a learner's own date there, where it is another."""

    cohort_id: int = Field(foreign_key="cohort.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", primary_key=True, index=True)
    role: str = Field(primary_key=True)
    joined_at: datetime
    assessment_date: date | None = None


class Invitation(Table, table=True):
    """A deep-link code that gives a role in a cohort; `uses_left` None means any number. The owner's has no cohort.

    `expected_name`: whom the tutor's register means by it; `accepted_by`: who came.
    """

    code: str = Field(primary_key=True)
    cohort_id: int | None = Field(default=None, foreign_key="cohort.id")
    role: str
    uses_left: int | None = None
    expires_at: datetime | None = None
    revoked_at: datetime | None = None
    expected_name: str | None = None
    accepted_by: int | None = Field(default=None, foreign_key="person.id")
    created_at: datetime


# --- the bank -------------------------------------------------------------------------------------------------------


class Document(Table, table=True):
    """A specification file, byte for byte as it came."""

    id: int | None = Field(default=None, primary_key=True)
    file_name: str
    sha256: str = Field(unique=True)
    content: bytes = Field(sa_type=LargeBinary)
    imported_by: int | None = Field(default=None, foreign_key="person.id")
    imported_at: datetime


class UnitVersion(Table, table=True):
    """One version of a unit; `body` is the Unit as JSON, with permanent keys."""

    __tablename__ = "unit_version"
    __table_args__ = (UniqueConstraint("unit_key", "version"),)

    id: int | None = Field(default=None, primary_key=True)
    unit_key: str = Field(index=True)
    version: int = 1
    document_id: int = Field(foreign_key="document.id")
    label: str
    title: str
    status: str
    body: str = Field(sa_type=Text)
    is_current: bool = True
    imported_at: datetime


class StoredQuestion(Table, table=True):
    """A question of the bank; `body` is the Question as JSON. `state`: draft, approved, retired or held back."""

    __tablename__ = "question"

    key: str = Field(primary_key=True)
    unit_key: str = Field(index=True)
    criterion_key: str = Field(index=True)
    kind: str
    state: str = "approved"
    version: int = 1
    body: str = Field(sa_type=Text)
    flaws: str = Field(default="[]", sa_type=Text)
    updated_at: datetime


class StoredPhrasing(Table, table=True):
    """How people at work say an expected point: confirmed by a learner or tutor.

    `state`: candidate, approved or declined. A candidate holds both opinions: `person_id` says that the answer
    `answer_id` mentions the point, `tool_opinion` is the PointMark as JSON that did not find it. An approved phrasing
    belongs to nobody any more.
    """

    __tablename__ = "phrasing"

    id: int | None = Field(default=None, primary_key=True)
    point_key: str = Field(index=True)
    text: str
    state: str = "candidate"
    source: str
    created_at: datetime
    question_key: str | None = None
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    answer_id: int | None = None
    tool_opinion: str | None = Field(default=None, sa_type=Text)
    settled_at: datetime | None = None


class QuestionFlag(Table, table=True):
    """What a learner finds wrong with a question, for the tutor."""

    __tablename__ = "question_flag"

    id: int | None = Field(default=None, primary_key=True)
    question_key: str = Field(index=True)
    person_id: int = Field(foreign_key="person.id")
    comment: str = Field(sa_type=Text)
    created_at: datetime
    settled_at: datetime | None = None


# --- discussions ----------------------------------------------------------------------------------------------------


class Discussion(Table, table=True):
    """A mock professional discussion. `plan` is the Plan as JSON; `status`: planned, open, paused or closed."""

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    unit_key: str
    unit_version_id: int = Field(foreign_key="unit_version.id")
    outcome_number: str
    plan: str = Field(sa_type=Text)
    status: str = "planned"
    time_zone: str
    planned_at: datetime
    started_at: datetime | None = None
    closed_at: datetime | None = None
    released_at: datetime | None = None
    self_rating: str | None = None
    head: str | None = None
    signature: str | None = None
    key_id: str | None = None


class StoredTurn(Table, table=True):
    """One message of a discussion, in a salted hash chain. `body` is the Turn without its text, as JSON.

    Erasing a turn empties `text` and `salt`; `text_hash` stays, so the chain still verifies.
    """

    __tablename__ = "turn"

    discussion_id: int = Field(foreign_key="discussion.id", primary_key=True)
    number: int = Field(primary_key=True)
    speaker: str
    at: datetime
    text: str | None = Field(default=None, sa_type=Text)
    salt: str | None = None
    body: str = Field(sa_type=Text)
    text_hash: str
    previous_hash: str
    hash: str


class Recording(Table, table=True):
    """The audio of a voice message that is a turn of a discussion. `transcript`: what a tool wrote down from it."""

    discussion_id: int = Field(foreign_key="discussion.id", primary_key=True)
    number: int = Field(primary_key=True)
    media_type: str
    seconds: int
    content: bytes | None = Field(default=None, sa_type=LargeBinary)
    transcript: str | None = Field(default=None, sa_type=Text)


class Export(Table, table=True):
    """A file handed out: numbered, hashed, and by whom it was taken."""

    id: int | None = Field(default=None, primary_key=True)
    discussion_id: int = Field(foreign_key="discussion.id", index=True)
    kind: str
    format: str
    number: int
    sha256: str
    taken_by: int = Field(foreign_key="person.id")
    created_at: datetime


class Attachment(Table, table=True):
    """A file on its way to a chat; dropped once it is sent."""

    id: int | None = Field(default=None, primary_key=True)
    file_name: str
    media_type: str
    content: bytes = Field(sa_type=LargeBinary)


# --- rounds ---------------------------------------------------------------------------------------------------------


class Schedule(Table, table=True):
    """A tutor's plan for rounds. `body` is the rule as JSON; `next_at` is when the ticker must look at it again."""

    id: int | None = Field(default=None, primary_key=True)
    cohort_id: int = Field(foreign_key="cohort.id")
    created_by: int = Field(foreign_key="person.id")
    body: str = Field(sa_type=Text)
    state: str = "active"
    next_at: datetime | None = Field(default=None, index=True)
    created_at: datetime


class Round(Table, table=True):
    """One firing of a schedule: exactly one per local date and time. `question_keys` is JSON."""

    __table_args__ = (UniqueConstraint("schedule_id", "local_date", "local_time"),)

    id: int | None = Field(default=None, primary_key=True)
    schedule_id: int = Field(foreign_key="schedule.id")
    cohort_id: int = Field(foreign_key="cohort.id", index=True)
    local_date: date
    local_time: str
    question_keys: str = Field(sa_type=Text)
    opened_at: datetime
    closes_at: datetime | None = Field(default=None, index=True)
    closed_at: datetime | None = None
    reminded_at: datetime | None = None
