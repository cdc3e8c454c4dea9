"""What came of the effects about drafts, logs and reviews. `results.py` joins these to all other results."""

from dataclasses import dataclass

from talkthrough.bot.conversations.own_turn_results import OwnTurnResult
from talkthrough.bot.conversations.plan_results import LearnerChoice, PlanResult
from talkthrough.storage.records.draft_questions import Gap
from talkthrough.storage.records.model import ReflectiveDraft

LOGS_ON_A_PAGE = 8

# --- drafts ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DraftShown:
    """The draft as it stands; `refusal` says why there is none. `digest` names this very state.

    `questions` are about what is there; gaps are what is not. A button counts through gaps, then questions.
    `asked_about`: (number, text) of the messages that the questions are about.
    """

    discussion_id: int
    draft: ReflectiveDraft | None = None
    gaps: tuple[Gap, ...] = ()
    questions: tuple[Gap, ...] = ()
    asked_about: tuple[tuple[int, str], ...] = ()
    digest: str = ""
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class DraftToRead:
    """The draft is on its way as a file, for the learner to read. `digest` names the state that it shows."""

    discussion_id: int
    gaps: int
    digest: str


@dataclass(frozen=True, slots=True)
class GapAsked:
    """A gap that the learner wants to fill, and the messages of the event that it is about."""

    discussion_id: int
    gap: Gap
    messages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnMessage:
    """A learner message as a line of the strike-out list."""

    turn: int
    text: str
    is_out: bool


@dataclass(frozen=True, slots=True)
class MessagesListed:
    """The messages that the learner can take out or put back."""

    discussion_id: int
    messages: tuple[OwnMessage, ...]


@dataclass(frozen=True, slots=True)
class DraftConfirmed:
    """The learner confirmed the draft; its files are on their way."""

    discussion_id: int


@dataclass(frozen=True, slots=True)
class EditKept:
    """A changed message was kept as one more turn, or (`is_turn` False) it is no message of this discussion."""

    is_turn: bool


# --- files ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FilesOrdered:
    """Files that take a moment will come by themselves."""


@dataclass(frozen=True, slots=True)
class PasteMade:
    """A record as text to be pasted, for its learner or for a reader."""

    discussion_id: int
    text: str
    is_own: bool


# --- readers --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ReleasedLog:
    """A log that a learner released to this reader."""

    discussion_id: int
    learner: str
    unit_label: str
    outcome_number: str
    day: str
    reviews: int = 0


@dataclass(frozen=True, slots=True)
class ReleasedLogsFound:
    """A page of the logs that the person may open."""

    logs: tuple[ReleasedLog, ...] = ()
    total: int = 0
    version_id: int = 0
    learner_id: int = 0
    first: int = 0
    can_sample: bool = False


@dataclass(frozen=True, slots=True)
class LogFiltersFound:
    """The units or learners that released logs are about."""

    by: str
    choices: tuple[LearnerChoice, ...]


@dataclass(frozen=True, slots=True)
class LogGone:
    """A log that the reader cannot open: its learner took it back, or they may not read it (any more)."""

    is_taken_back: bool


@dataclass(frozen=True, slots=True)
class LogOpened:
    """A released log as a card: what it is, and what the reader may do with it."""

    log: ReleasedLog
    criteria: tuple[tuple[str, str, str], ...]
    has_draft: bool
    can_review: bool
    is_countersigned: bool


@dataclass(frozen=True, slots=True)
class ReleasedSent:
    """A file about a released discussion is on its way."""

    discussion_id: int
    what: str
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """A criterion of a review: number, decision and reason, in the assessor's words."""

    number: str
    decision: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReviewShown:
    """A review as a message."""

    reviewer: str
    dated: str
    is_countersigned: bool
    authenticity: str
    lines: tuple[ReviewLine, ...]
    feedback: str
    next_action: str


@dataclass(frozen=True, slots=True)
class ReviewsShown:
    """All reviews of a discussion."""

    discussion_id: int
    reviews: tuple[ReviewShown, ...]


@dataclass(frozen=True, slots=True)
class ReviewKept:
    """A review is stored and signed; `problem` says why not."""

    discussion_id: int = 0
    learner: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class BundlesFound:
    """The cohorts with released logs, and how many."""

    choices: tuple[LearnerChoice, ...]


@dataclass(frozen=True, slots=True)
class FilesSent:
    """A list or a bundle is on its way; `refusal` says why not."""

    what: str
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class FileChecked:
    """What the register of exports says about a file."""

    file_name: str
    sentence: str


RecordResult = (
    PlanResult
    | OwnTurnResult
    | DraftShown
    | DraftToRead
    | GapAsked
    | MessagesListed
    | DraftConfirmed
    | EditKept
    | FilesOrdered
    | PasteMade
    | ReleasedLogsFound
    | LogFiltersFound
    | LogGone
    | LogOpened
    | ReleasedSent
    | ReviewsShown
    | ReviewKept
    | BundlesFound
    | FilesSent
    | FileChecked
)
