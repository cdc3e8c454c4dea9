"""The tables of revision that aims at a date: what forecasts go by, and when reminders are due."""

from datetime import datetime

from sqlalchemy import Text
from sqlmodel import Field

from talkthrough.storage.edge_tables import Table


class LearnerModel(Table, table=True):
    """How forecasts are put right for one learner, as JSON: a cache of the reviews.

    `before`: the same and the cards as they were before the last answer, so that it can be taken back at once.
    """

    __tablename__ = "learner_model"

    person_id: int = Field(foreign_key="person.id", primary_key=True)
    body: str = Field(sa_type=Text)
    before: str | None = Field(default=None, sa_type=Text)


class Reminder(Table, table=True):
    """When somebody who asked for reminders is looked at next, and when one was last sent."""

    person_id: int = Field(foreign_key="person.id", primary_key=True)
    next_at: datetime | None = Field(default=None, index=True)
    sent_at: datetime | None = None
