"""The tables around a discussion's record: how it was planned, what was added, the draft, and files waited for."""

from datetime import date, datetime

from sqlalchemy import Text
from sqlmodel import Field

from talkthrough.storage.edge_tables import Table


class Planning(Table, table=True):
    """What was agreed about a discussion beside its plan. `next_steps` is a JSON list of what the learner chose."""

    discussion_id: int = Field(foreign_key="discussion.id", primary_key=True)
    present: str | None = Field(default=None, sa_type=Text)
    prepared_by: int | None = Field(default=None, foreign_key="person.id")
    due_on: date | None = None
    acknowledged_at: datetime | None = None
    next_steps: str = Field(default="[]", sa_type=Text)


class LearnerClaim(Table, table=True):
    """The learner says that a turn of theirs says something the tool did not hear. It changes no mark.

    `point`: as in `question_bank/discussion/claims.py`.
    """

    __tablename__ = "learner_claim"

    discussion_id: int = Field(foreign_key="discussion.id", primary_key=True)
    number: int = Field(primary_key=True)
    criterion_key: str = Field(primary_key=True)
    point: str = Field(primary_key=True)
    claimed_at: datetime


class Supplement(Table, table=True):
    """A discussion that holds what a learner added to a closed one: a closed chain cannot grow, so it has its own."""

    discussion_id: int = Field(foreign_key="discussion.id", primary_key=True)
    supplements: int = Field(foreign_key="discussion.id", index=True)


class StoredDraft(Table, table=True):
    """What the learner decided about a draft. The words are in the turns; `struck_out` is a JSON list of numbers."""

    __tablename__ = "draft"

    discussion_id: int = Field(foreign_key="discussion.id", primary_key=True)
    model: str
    struck_out: str = Field(default="[]", sa_type=Text)
    confirmed_at: datetime | None = None
    declared_help: str | None = Field(default=None, sa_type=Text)


class StoredReview(Table, table=True):
    """An assessor's review of a discussion, as it was signed when it came in. Kept apart from the log."""

    __tablename__ = "assessor_review"

    id: int | None = Field(default=None, primary_key=True)
    discussion_id: int = Field(foreign_key="discussion.id", index=True)
    reviewer_id: int = Field(foreign_key="person.id")
    body: str = Field(sa_type=Text)
    received_at: datetime


class FileOrder(Table, table=True):
    """Files that a person waits for: `what` names what is to be made, `body` of what, as JSON. Gone once it is done."""

    __tablename__ = "file_order"

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    what: str
    body: str = Field(sa_type=Text)
    attempts: int = 0
    ordered_at: datetime
