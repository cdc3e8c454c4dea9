"""What every performer works with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from talkthrough.bot.conversations.results import Event
from talkthrough.bot.settings import Settings
from talkthrough.storage import outbox
from talkthrough.storage.audit import SigningKey
from talkthrough.storage.tables import Attachment, Person


@dataclass(frozen=True, slots=True)
class Desk:
    """One update being handled: the open transaction, whose update it is, when it came in, and the bot's user name."""

    session: Session
    person: Person
    chat_id: int
    now: datetime
    settings: Settings
    signing_key: SigningKey
    bot_name: str = ""

    @property
    def person_id(self) -> int:
        """The row id of the person."""
        assert self.person.id is not None
        return self.person.id

    @property
    def today(self) -> date:
        """The date by the person's own calendar."""
        return self.now.astimezone(ZoneInfo(self.person.time_zone)).date()

    def send_file(self, name: str, media_type: str, content: bytes, caption: str = "") -> None:
        """Put a file on its way to the person."""
        outbox.add(
            self.session,
            chat_id=self.chat_id,
            view="file",
            data={"values": {"caption": caption}, "language": self.person.language},
            attachment=Attachment(file_name=name, media_type=media_type, content=content),
            now=self.now,
        )


Performer = Callable[[Desk, Any], Event | None]
