"""The tables of the durable edge: what came in, what goes out, and where each dialogue stands."""

from datetime import datetime

from sqlalchemy import BigInteger, Column, Index, MetaData, Text
from sqlmodel import Field, SQLModel

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Table(SQLModel):
    """Base of every table, with constraint names that migrations can rely on."""

    metadata = MetaData(naming_convention=NAMING)


class Conversation(Table, table=True):
    """Where the dialogue with a chat stands: the state of the pure step function, as JSON."""

    chat_id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    state: str = Field(sa_type=Text)
    updated_at: datetime


class InboxUpdate(Table, table=True):
    """A raw update, stored before it is confirmed to Telegram. Neither done nor failed: still to be handled."""

    __tablename__ = "inbox"

    update_id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    payload: str = Field(sa_type=Text)
    received_at: datetime
    done_at: datetime | None = Field(default=None)
    failed_at: datetime | None = None
    error: str | None = Field(default=None, sa_type=Text)

    __table_args__ = (Index("ix_inbox_done_at_failed_at", "done_at", "failed_at"),)


class OutboxMessage(Table, table=True):
    """A message to be sent. `view` names how it is rendered, `data` is what it says, as JSON.

    `lane` 0 is a reply, 1 a broadcast. `state`: pending, sending, sent, failed, beside (outbox.py).
    `possibly_duplicate` is set when a message may have been delivered before and was sent again; harmless, because
    answers count once per delivery.
    """

    __tablename__ = "outbox"

    id: int | None = Field(default=None, primary_key=True)
    chat_id: int = Field(sa_column=Column(BigInteger, nullable=False, index=True))
    lane: int = 0
    view: str
    data: str = Field(sa_type=Text)
    attachment_id: int | None = Field(default=None, foreign_key="attachment.id")
    state: str = Field(default="pending", index=True)
    attempts: int = 0
    not_before: datetime | None = None
    possibly_duplicate: bool = False
    message_id: int | None = Field(default=None, sa_type=BigInteger)
    last_error: str | None = Field(default=None, sa_type=Text)
    created_at: datetime
    sent_at: datetime | None = None
