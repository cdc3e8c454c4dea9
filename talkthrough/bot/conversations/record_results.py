"""What came of the effects about plans, drafts and reviews. `results.py` joins these to all other results."""

from dataclasses import dataclass
from datetime import date

from talkthrough.bot.conversations.own_turn_results import OwnTurnResult
from talkthrough.bot.conversations.record_effects import Assign
from talkthrough.question_bank.discussion.model import Plan
from talkthrough.storage.records.draft_questions import Gap
from talkthrough.storage.records.model import ReflectiveDraft

LOGS_ON_A_PAGE = 8

# --- plans ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PlanMade:
    """A planning sheet to be read before the first question, and the opening words.

    `is_changed`: it was shown before, only its details are new. `prepared_by` is the tutor who set it.
    """

    discussion_id: int
    plan: Plan
    opening: str
    present: str | None = None
    reference: str | None = None
    prepared_by: str | None = None
    due_on: date | None = None
    is_changed: bool = False


@dataclass(frozen=True, slots=True)
class CriteriaListed:
    """The criteria of an outcome as published: number, words, and whether the plan has it."""

    discussion_id: int
    criteria: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True, slots=True)
class AdjustmentsListed:
    """The names of the adjustments that a plan has."""

    discussion_id: int
    chosen: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RequirementsShown:
    """What the unit says beside its criteria, as published."""

    discussion_id: int
    unit_label: str
    requirements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClockShown:
    """How long a discussion has lasted; breaks do not count."""

    used: int
    planned: int


@dataclass(frozen=True, slots=True)
class SetDiscussion:
    """A discussion that a tutor set: as a learner's button, or as a line of the tutor's list."""

    discussion_id: int
    unit_label: str
    outcome_number: str
    due: str
    learner: str = ""
    stage: str = ""


@dataclass(frozen=True, slots=True)
class SetDiscussionsWaiting:
    """Discussions that tutors set for this learner and that have not begun."""

    waiting: tuple[SetDiscussion, ...]


@dataclass(frozen=True, slots=True)
class MyDiscussionsFound:
    """The learner's finished discussions; `due` is the day on which each was finished."""

    finished: tuple[SetDiscussion, ...]


@dataclass(frozen=True, slots=True)
class PlanRead:
    """The learner has read the plan of a discussion that was set."""

    discussion_id: int


@dataclass(frozen=True, slots=True)
class PlanPrinted:
    """The planning sheet is on its way as a file. `is_open`: the discussion has not begun."""

    discussion_id: int
    is_open: bool


@dataclass(frozen=True, slots=True)
class AssignedFound:
    """What the tutor has set."""

    lines: tuple[SetDiscussion, ...]


@dataclass(frozen=True, slots=True)
class LearnerChoice:
    """A cohort or a learner as a button."""

    row_id: int
    name: str


@dataclass(frozen=True, slots=True)
class LearnersFound:
    """The tutor's cohorts (`cohort_id` None), or the learners of one."""

    cohort_id: int | None
    choices: tuple[LearnerChoice, ...]


@dataclass(frozen=True, slots=True)
class AssignmentMade:
    """What would be set, or was. `problem` says what to change."""

    wanted: Assign
    unit_label: str = ""
    learners: tuple[str, ...] = ()
    due: str = ""
    problem: str = ""


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
    PlanMade
    | CriteriaListed
    | AdjustmentsListed
    | RequirementsShown
    | ClockShown
    | SetDiscussionsWaiting
    | MyDiscussionsFound
    | OwnTurnResult
    | PlanRead
    | PlanPrinted
    | AssignedFound
    | LearnersFound
    | AssignmentMade
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
