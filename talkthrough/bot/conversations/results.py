"""What came of the effects that a step asked for."""

from dataclasses import dataclass
from typing import Literal

from talkthrough.bot.conversations.aim_results import AimResult
from talkthrough.bot.conversations.bank_results import BankResult
from talkthrough.bot.conversations.cohort_events import CohortEvent
from talkthrough.bot.conversations.events import PersonEvent
from talkthrough.bot.conversations.record_results import RecordResult
from talkthrough.bot.conversations.round_events import RoundEvent
from talkthrough.question_bank.discussion.model import Move, Plan
from talkthrough.question_bank.items.question import Question
from talkthrough.question_bank.marking.model import Mark
from talkthrough.question_bank.specification import LearningOutcome
from talkthrough.scheduler.sitting import Change

Purpose = Literal["revise", "discuss", "progress", "round", "assign"]


@dataclass(frozen=True, slots=True)
class UnitChoice:
    """A unit as a button."""

    version_id: int
    label: str
    title: str


@dataclass(frozen=True, slots=True)
class UnitsFound:
    """The units that the person can choose from."""

    purpose: Purpose
    units: tuple[UnitChoice, ...]


@dataclass(frozen=True, slots=True)
class Joined:
    """An invitation was used; `cohort` None where it did not hold."""

    cohort: str | None
    is_owner: bool = False


@dataclass(frozen=True, slots=True)
class SittingComposed:
    """A revision session is ready: how many questions, about how many minutes."""

    session_id: int
    unit_label: str
    questions: int
    minutes: int


@dataclass(frozen=True, slots=True)
class NothingToAsk:
    """There is nothing to revise: the unit is blank or everything is fresh in memory."""

    unit_label: str
    is_blank: bool


@dataclass(frozen=True, slots=True)
class QuestionPut:
    """The question to show. `is_just_asked`: it is open already (a second tap). `is_whole`: in larger steps."""

    delivery_id: int
    question: Question
    unit_label: str
    position: int
    total: int
    is_just_asked: bool = False
    is_round: bool = False
    is_whole: bool = False


@dataclass(frozen=True, slots=True)
class SittingEnded:
    """No question is left. `change`: what the sitting changed."""

    unit_label: str
    answered: int
    mentioned_all: int
    change: Change | None = None
    is_round: bool = False
    version_id: int = 0


@dataclass(frozen=True, slots=True)
class AnswerChecked:
    """An answer is kept. `is_repeat`: it was answered before and is not counted again.

    `asks_which`: the learner says that a point was mentioned after all; which one is still to be told.
    `still_asked_for`: so many points of a list may be asked for once more. `explanation`: what the document says, where
    the learner has missed it three times in five; `is_tutor_told` then.
    `is_held_back`: the round gives its feedback after closing.
    """

    delivery_id: int
    question: Question
    unit_label: str
    mark: Mark
    option: int | None = None
    is_repeat: bool = False
    is_overruled: bool = False
    asks_which: bool = False
    document: str = ""
    still_asked_for: int = 0
    explanation: str = ""
    is_tutor_told: bool = False
    is_held_back: bool = False


@dataclass(frozen=True, slots=True)
class NoSuchQuestion:
    """The keyboard is old or belongs to somebody else."""


@dataclass(frozen=True, slots=True)
class OpenFound:
    """What could be gone on with: a discussion that waits, a sitting with questions left; 0 where there is none.

    `text` is what was typed. It could be meant for the discussion where that `is_open`, else as the answer to the
    delivery, whose question is `stem`.
    """

    text: str
    discussion_id: int = 0
    session_id: int = 0
    is_open: bool = False
    delivery_id: int = 0
    stem: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A question was left for another day."""

    delivery_id: int


@dataclass(frozen=True, slots=True)
class OutcomesFound:
    """The outcomes of a unit, or only the chosen one."""

    purpose: Purpose
    version_id: int
    unit_label: str
    unit_title: str
    outcomes: tuple[LearningOutcome, ...]
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class MoveMade:
    """The examiner's move and the number of its turn, which its buttons carry: older ones do nothing."""

    discussion_id: int
    turn: int
    move: Move
    plan: Plan
    is_closed: bool = False
    is_paused: bool = False
    people_told: int = 0
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class DiscussionWaiting:
    """A discussion that was paused can go on."""

    discussion_id: int
    unit_label: str
    outcome_number: str


@dataclass(frozen=True, slots=True)
class NoSuchDiscussion:
    """The discussion is closed, gone or somebody else's."""


@dataclass(frozen=True, slots=True)
class FilesMade:
    """Files of a discussion that were put on their way."""

    what: str
    discussion_id: int


@dataclass(frozen=True, slots=True)
class Released:
    """The learner released a log, or took the release back."""

    discussion_id: int
    readers: int
    is_released: bool = True


@dataclass(frozen=True, slots=True)
class CohortChoice:
    """A cohort as a button."""

    cohort_id: int
    name: str
    learners: int


@dataclass(frozen=True, slots=True)
class CohortsFound:
    """The tutor's cohorts."""

    cohorts: tuple[CohortChoice, ...]


@dataclass(frozen=True, slots=True)
class SettingsShown:
    """The person's settings as they stand. `assessment_date`: as ISO 8601 says it."""

    assessment_date: str | None
    minutes_a_day: int | None
    time_zone: str
    extra_time: bool
    larger_steps: bool = False
    language: str = "en"
    reminders: str = "off"


@dataclass(frozen=True, slots=True)
class DateRead:
    """The date that was typed; None where it could not be read or has passed."""

    day: str | None


@dataclass(frozen=True, slots=True)
class Forgotten:
    """Everything about the person was erased."""


@dataclass(frozen=True, slots=True)
class Noted:
    """Something small was kept."""

    what: Literal["undo", "comment", "rating"]
    delivery_id: int = 0
    discussion_id: int = 0


@dataclass(frozen=True, slots=True)
class NotAllowed:
    """The person's role does not reach that far."""


ResultEvent = (
    UnitsFound
    | Joined
    | SittingComposed
    | NothingToAsk
    | QuestionPut
    | SittingEnded
    | AnswerChecked
    | NoSuchQuestion
    | OpenFound
    | Skipped
    | OutcomesFound
    | MoveMade
    | DiscussionWaiting
    | NoSuchDiscussion
    | FilesMade
    | Released
    | CohortsFound
    | SettingsShown
    | DateRead
    | Forgotten
    | Noted
    | NotAllowed
    | AimResult
    | RecordResult
    | RoundEvent
    | CohortEvent
)
Event = PersonEvent | ResultEvent | BankResult
