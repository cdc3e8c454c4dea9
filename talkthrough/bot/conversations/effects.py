"""What a step asks for: a message to say, or something to look up or do. Performed in the update's transaction."""

from dataclasses import dataclass, field
from typing import Any

from talkthrough.bot.conversations.aim_effects import AimAction
from talkthrough.bot.conversations.bank_effects import BankAction
from talkthrough.bot.conversations.cohort_effects import CohortEffect
from talkthrough.bot.conversations.record_effects import RecordAction
from talkthrough.bot.conversations.results import Purpose
from talkthrough.bot.conversations.round_effects import RoundEffect
from talkthrough.question_bank.discussion.model import Mode, Wish


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message. `data` is at most 64 bytes (Bot API, InlineKeyboardButton).

    `text` is put into the person's language; `about` is published text that takes the place of %s in it, as it is.
    """

    text: str
    data: str
    about: str = ""


Rows = tuple[tuple[Button, ...], ...]


def as_rows(buttons: Rows) -> list[list[list[str]]]:
    """Buttons as an outbox row keeps them: text, data, and what the text is about if anything."""
    return [[[each for each in (button.text, button.data, button.about) if each] for button in row] for row in buttons]


@dataclass(frozen=True, slots=True)
class Say:
    """A message: `view` names its template, `values` what it says."""

    view: str
    values: dict[str, Any] = field(default_factory=dict)
    buttons: Rows = ()


@dataclass(frozen=True, slots=True)
class RemoveButtons:
    """Take the keyboard off a message that has been dealt with."""

    message_id: int


@dataclass(frozen=True, slots=True)
class SeePrivacy:
    """The person has read the privacy card."""


@dataclass(frozen=True, slots=True)
class AcceptInvitation:
    code: str


@dataclass(frozen=True, slots=True)
class FindUnits:
    """The units to choose from: the person's own cohorts' first, or those of the cohort that a tutor plans for."""

    purpose: Purpose
    cohort_id: int | None = None


@dataclass(frozen=True, slots=True)
class FindOutcomes:
    """The outcomes of a unit, or the one that was `chosen`."""

    purpose: Purpose
    version_id: int
    chosen: str | None = None


@dataclass(frozen=True, slots=True)
class ComposeSitting:
    version_id: int


@dataclass(frozen=True, slots=True)
class PutQuestion:
    """Put the next question of a sitting, or of a round."""

    session_id: int | None = None
    round_id: int | None = None


@dataclass(frozen=True, slots=True)
class PutQuestionAfter:
    """Put the question that follows a delivery."""

    delivery_id: int


@dataclass(frozen=True, slots=True)
class CheckAnswer:
    """Keep an answer: typed `text`, tapped `option`, or neither for "I don't know"."""

    delivery_id: int
    text: str | None = None
    option: int | None = None


@dataclass(frozen=True, slots=True)
class SkipQuestion:
    """Leave a question for another day: nothing is marked and nothing is counted."""

    delivery_id: int


@dataclass(frozen=True, slots=True)
class Overrule:
    """The learner did say that: `point` is the place of the point in the mark; None asks which point it was."""

    delivery_id: int
    point: int | None = None


@dataclass(frozen=True, slots=True)
class UndoAnswer:
    delivery_id: int


@dataclass(frozen=True, slots=True)
class FlagQuestion:
    delivery_id: int
    comment: str


@dataclass(frozen=True, slots=True)
class EndSitting:
    """Leave the open sitting; what was answered stays."""


@dataclass(frozen=True, slots=True)
class FindWhatIsOpen:
    """Somebody typed while nothing was asked: what could they have meant to go on with?

    `text` is empty where it can be no answer to anything.
    """

    text: str


@dataclass(frozen=True, slots=True)
class FindWaitingDiscussion:
    """Offer to resume a paused discussion, else list the units."""


@dataclass(frozen=True, slots=True)
class PlanDiscussion:
    version_id: int
    outcome_number: str
    mode: Mode


@dataclass(frozen=True, slots=True)
class BeginDiscussion:
    discussion_id: int


@dataclass(frozen=True, slots=True)
class TakeTurn:
    """A learner turn: what was typed (in this chat message), or a wish made by a button of tool turn `to`."""

    discussion_id: int
    text: str
    wish: Wish | None = None
    to: int | None = None
    message_id: int | None = None
    is_forwarded: bool = False


@dataclass(frozen=True, slots=True)
class ResumeDiscussion:
    discussion_id: int


@dataclass(frozen=True, slots=True)
class PauseDiscussion:
    discussion_id: int


@dataclass(frozen=True, slots=True)
class KeepEdit:
    """A message that the learner changed: one more turn; the first words stay."""

    discussion_id: int
    text: str
    message_id: int | None = None


@dataclass(frozen=True, slots=True)
class KeepVoice:
    """A voice message: a turn without words, with its sound, and what a tool wrote down, if there is one."""

    discussion_id: int
    content: bytes
    media_type: str
    seconds: int
    message_id: int | None = None
    transcript: str = ""


@dataclass(frozen=True, slots=True)
class ConfirmTranscript:
    """The learner says that what the tool wrote down is what they said in the voice message of this turn."""

    discussion_id: int
    number: int


@dataclass(frozen=True, slots=True)
class RateDiscussion:
    discussion_id: int
    rating: str


@dataclass(frozen=True, slots=True)
class MakeLog:
    discussion_id: int


@dataclass(frozen=True, slots=True)
class ReleaseLog:
    discussion_id: int
    release: bool = True


@dataclass(frozen=True, slots=True)
class ShowProgress:
    version_id: int


@dataclass(frozen=True, slots=True)
class FindCohorts:
    """The cohorts that the person teaches."""


@dataclass(frozen=True, slots=True)
class ShowSettings:
    """The person's settings."""


@dataclass(frozen=True, slots=True)
class ChangeSetting:
    name: str
    value: str | int | bool | None


@dataclass(frozen=True, slots=True)
class ReadDate:
    text: str


@dataclass(frozen=True, slots=True)
class SendMyData:
    """Everything held about the person, as files."""


@dataclass(frozen=True, slots=True)
class Forget:
    """Erase the person."""


Action = (
    SeePrivacy
    | AcceptInvitation
    | FindUnits
    | FindOutcomes
    | ComposeSitting
    | PutQuestion
    | PutQuestionAfter
    | CheckAnswer
    | SkipQuestion
    | Overrule
    | UndoAnswer
    | FlagQuestion
    | EndSitting
    | FindWhatIsOpen
    | FindWaitingDiscussion
    | PlanDiscussion
    | BeginDiscussion
    | TakeTurn
    | ResumeDiscussion
    | PauseDiscussion
    | KeepEdit
    | KeepVoice
    | ConfirmTranscript
    | RateDiscussion
    | MakeLog
    | ReleaseLog
    | ShowProgress
    | FindCohorts
    | ShowSettings
    | ChangeSetting
    | ReadDate
    | SendMyData
    | Forget
    | AimAction
    | RecordAction
    | RoundEffect
    | CohortEffect
)
Effect = Say | RemoveButtons | Action | BankAction
