"""What follows a transaction once it is committed: messages to send, and files to make."""

from dataclasses import dataclass

from sqlmodel import Session

from talkthrough.storage import file_orders, outbox
from talkthrough.storage.tables import OutboxMessage


@dataclass(frozen=True, slots=True)
class Following:
    """The messages that a transaction added, and whether it ordered files."""

    messages: list[OutboxMessage]
    has_orders: bool = False


def following(session: Session) -> Following:
    """What this session added, at the end of its transaction."""
    return Following(outbox.added(session), file_orders.are_added(session))
