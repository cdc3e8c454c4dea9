"""The tables of data protection: what people were told, and who looked at what about them."""

from datetime import datetime

from sqlmodel import Field

from talkthrough.storage.edge_tables import Table


class Consent(Table, table=True):
    """That a person was told what is kept and who sees it: which notice, when, and when they took it back."""

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    notice: str
    given_at: datetime
    withdrawn_at: datetime | None = None


class AccessLog(Table, table=True):
    """Who saw or took what about whom; the learner can read it."""

    id: int | None = Field(default=None, primary_key=True)
    actor_id: int = Field(foreign_key="person.id")
    subject_id: int = Field(foreign_key="person.id", index=True)
    what: str
    at: datetime
