"""What the dialogues about plans, drafts and reviews ask for. `effects.py` joins these to all other effects."""

from dataclasses import dataclass
from typing import Literal

PlanDetail = Literal["present", "materials", "reference"]
Released = Literal["page", "files", "draft", "form", "reviews", "paste"]


# --- plans ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ShowPlan:
    """The plan of a discussion that has not begun. `is_read`: the learner says that they have read it.

    `is_short`: only what can be changed in it.
    """

    discussion_id: int
    is_read: bool = False
    is_short: bool = False


@dataclass(frozen=True, slots=True)
class PlanRest:
    """Plan another discussion about what was not yet mentioned in this one."""

    discussion_id: int


@dataclass(frozen=True, slots=True)
class SetPlanDetail:
    """Who is there, what is at hand, or the learner's number, in the learner's words."""

    discussion_id: int
    what: PlanDetail
    text: str


@dataclass(frozen=True, slots=True)
class SwitchAdjustment:
    """The adjustments of a plan; with `name`, ask for that one or do without it."""

    discussion_id: int
    name: str | None = None


@dataclass(frozen=True, slots=True)
class ShowRequirements:
    """What the unit says of evidence and assessment, beside the criteria of a plan."""

    discussion_id: int


@dataclass(frozen=True, slots=True)
class ChooseCriteria:
    """The criteria of a plan; with `number`, put that one in or take it out."""

    discussion_id: int
    number: str | None = None


@dataclass(frozen=True, slots=True)
class ShowClock:
    discussion_id: int


@dataclass(frozen=True, slots=True)
class PrintPlan:
    discussion_id: int


@dataclass(frozen=True, slots=True)
class ChooseNextStep:
    discussion_id: int
    step: str


@dataclass(frozen=True, slots=True)
class FindMyDiscussions:
    """The person's finished discussions."""


# --- the learner's own turns ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ListUnmentioned:
    """What was not heard in a finished discussion, so that the learner can say that they said it."""

    discussion_id: int


@dataclass(frozen=True, slots=True)
class ListOwnTurns:
    """The learner's messages, to claim `point` of the criterion at this place of the plan."""

    discussion_id: int
    place: int
    point: str


@dataclass(frozen=True, slots=True)
class KeepClaim:
    discussion_id: int
    place: int
    point: str
    turn: int


@dataclass(frozen=True, slots=True)
class ListErasable:
    """The learner's messages of a finished discussion, to have one erased."""

    discussion_id: int


@dataclass(frozen=True, slots=True)
class CheckErasure:
    """What would be erased. `part`: the discussion, or what was added to it."""

    discussion_id: int
    part: int
    turn: int


@dataclass(frozen=True, slots=True)
class EraseTurn:
    discussion_id: int
    part: int
    turn: int


# --- a tutor sets a discussion --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FindAssigned:
    """The discussions that the tutor has set, and how far they are."""


@dataclass(frozen=True, slots=True)
class FindLearners:
    """Whom a discussion can be set for: the tutor's cohorts, or the learners of one."""

    cohort_id: int | None = None


@dataclass(frozen=True, slots=True)
class Assign:
    """Set a discussion; with `is_preview`, only say what would be set. `learner_id` None: the whole cohort."""

    cohort_id: int
    learner_id: int | None
    version_id: int
    outcome_number: str
    due: str
    is_preview: bool = True


# --- drafts ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ShowDraft:
    """The draft as it stands, under the prompts of `model` if one is given (its place in the list of models)."""

    discussion_id: int
    model: int | None = None


@dataclass(frozen=True, slots=True)
class AskGap:
    discussion_id: int
    place: int


@dataclass(frozen=True, slots=True)
class AnswerGap:
    """An answer to a question of the draft, to be kept word for word."""

    discussion_id: int
    question: str
    target: str
    flags: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class ListMessages:
    """The learner's messages that the draft holds, or could hold."""

    discussion_id: int


@dataclass(frozen=True, slots=True)
class Strike:
    discussion_id: int
    turn: int
    is_out: bool


@dataclass(frozen=True, slots=True)
class ReviewDraft:
    """The draft as a file for the learner alone, to be read before it is confirmed."""

    discussion_id: int


@dataclass(frozen=True, slots=True)
class ConfirmDraft:
    """The learner read the draft in the state `digest` and declares it, with the help that they had."""

    discussion_id: int
    digest: str
    declared_help: str


@dataclass(frozen=True, slots=True)
class PasteLog:
    """The learner's own log as text to be pasted."""

    discussion_id: int


# --- readers --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FindReleasedLogs:
    """The logs that were released to the person, from `first`, of one unit version or learner where one is given."""

    version_id: int = 0
    learner_id: int = 0
    first: int = 0


@dataclass(frozen=True, slots=True)
class FindLogFilters:
    by: Literal["unit", "learner"]


@dataclass(frozen=True, slots=True)
class OpenReleasedLog:
    discussion_id: int


@dataclass(frozen=True, slots=True)
class SendReleased:
    """Something about a released discussion, sent to a reader."""

    discussion_id: int
    what: Released


@dataclass(frozen=True, slots=True)
class Countersign:
    discussion_id: int


@dataclass(frozen=True, slots=True)
class KeepReview:
    """A review file that an assessor filled in and sent back."""

    content: bytes


@dataclass(frozen=True, slots=True)
class ShowReviews:
    """What assessors wrote, for the learner."""

    discussion_id: int


@dataclass(frozen=True, slots=True)
class MakeSamplingList:
    percent: int


@dataclass(frozen=True, slots=True)
class FindBundles:
    """The cohorts whose released logs the person can take together."""


@dataclass(frozen=True, slots=True)
class MakeBundle:
    cohort_id: int


@dataclass(frozen=True, slots=True)
class CheckFile:
    """Whether a file that was sent is one that this installation handed out."""

    file_name: str
    content: bytes


RecordAction = (
    ShowPlan
    | PlanRest
    | SetPlanDetail
    | SwitchAdjustment
    | ShowRequirements
    | ChooseCriteria
    | ShowClock
    | PrintPlan
    | ChooseNextStep
    | FindMyDiscussions
    | ListUnmentioned
    | ListOwnTurns
    | KeepClaim
    | ListErasable
    | CheckErasure
    | EraseTurn
    | FindAssigned
    | FindLearners
    | Assign
    | ShowDraft
    | AskGap
    | AnswerGap
    | ListMessages
    | Strike
    | ReviewDraft
    | ConfirmDraft
    | PasteLog
    | FindReleasedLogs
    | FindLogFilters
    | OpenReleasedLog
    | SendReleased
    | Countersign
    | KeepReview
    | ShowReviews
    | MakeSamplingList
    | FindBundles
    | MakeBundle
    | CheckFile
)
