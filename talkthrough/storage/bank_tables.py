"""The wordings of questions as a table."""

from datetime import datetime

from sqlalchemy import Text
from sqlmodel import Field

from talkthrough.storage.edge_tables import Table


class QuestionVersion(Table, table=True):
    """One wording of a question with the state that it was left in; the question row holds the newest.

    `origin`: document (made from the specification) or tutor (edited or added). `changed_by` decided on its
    state at `changed_at`; None where the tool did by its own review. Questions that never changed have no row here.
    """

    __tablename__ = "question_version"

    question_key: str = Field(foreign_key="question.key", primary_key=True)
    version: int = Field(primary_key=True)
    origin: str
    state: str
    body: str = Field(sa_type=Text)
    worded_at: datetime
    changed_by: int | None = Field(default=None, foreign_key="person.id")
    changed_at: datetime
