"""What the person at the other end did, and what a step may know about them."""

from dataclasses import dataclass

from talkthrough.bot.conversations.fetching import FetchedFile
from talkthrough.storage.tables import Role


@dataclass(frozen=True, slots=True)
class Offer:
    """A button under the last message: its `text` in English with what it is `about`, and as it was `shown`."""

    data: str
    text: str
    shown: str
    about: str = ""
    row: int = 0

    @property
    def label(self) -> str:
        """What stands on it in English."""
        return self.text.replace("%s", self.about) if self.about else self.text


@dataclass(frozen=True, slots=True)
class Who:
    """What a step may know about the person, and the buttons that they have before them."""

    name: str
    roles: frozenset[Role] = frozenset()
    has_seen_privacy: bool = False
    is_owner: bool = False
    offers: tuple[Offer, ...] = ()

    @property
    def is_tutor(self) -> bool:
        """Tutors schedule rounds and load specifications; the owner may do what tutors do."""
        return self.is_owner or Role.TUTOR in self.roles

    @property
    def is_quality_assurer(self) -> bool:
        """Quality assurers draw samples."""
        return Role.QUALITY_ASSURER in self.roles

    @property
    def is_reader(self) -> bool:
        """Assessors and quality assurers open released logs."""
        return bool(self.roles & {Role.ASSESSOR, Role.QUALITY_ASSURER, Role.TUTOR})


@dataclass(frozen=True, slots=True)
class Said:
    """A text message. `message_id` is Telegram's, by which a later change of it is recognised."""

    text: str
    message_id: int | None = None
    is_forwarded: bool = False


@dataclass(frozen=True, slots=True)
class Tapped:
    """A button: its data split at the colons. `message_id` is the message that carries the keyboard."""

    data: tuple[str, ...]
    message_id: int | None = None


@dataclass(frozen=True, slots=True)
class Commanded:
    """A command such as /start CODE."""

    name: str
    argument: str = ""


@dataclass(frozen=True, slots=True)
class SentFile:
    """A document, fetched and read before; None where the person may not send any or it did not come through."""

    file_name: str
    file: FetchedFile | None = None


@dataclass(frozen=True, slots=True)
class SentEdit:
    """A message that was changed after it was sent."""

    text: str
    message_id: int | None = None


@dataclass(frozen=True, slots=True)
class SentVoice:
    """A voice message of so many seconds; `file` is None where it did not come through."""

    seconds: int
    media_type: str
    file: FetchedFile | None = None
    message_id: int | None = None


@dataclass(frozen=True, slots=True)
class SentOther:
    """Something that the bot cannot read: a sticker, a place, a contact."""

    kind: str


PersonEvent = Said | Tapped | Commanded | SentEdit | SentFile | SentVoice | SentOther
