"""What came of the effects about plans and set discussions. `record_results.py` joins these to its others."""

from dataclasses import dataclass
from datetime import date

from talkthrough.bot.conversations.record_effects import Assign
from talkthrough.question_bank.discussion.model import Plan


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
    """A page of what the tutor has set: `total` in all, the ones in `not_begun` (their ids) can be cancelled."""

    lines: tuple[SetDiscussion, ...]
    first: int = 0
    total: int = 0
    not_begun: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class CancelOffered:
    """A set discussion that can be cancelled, and of how many learners who have the same one and have not begun."""

    discussion: SetDiscussion
    same: int


@dataclass(frozen=True, slots=True)
class AssignmentsCancelled:
    """Whose set discussion was cancelled; nobody's where it has begun."""

    unit_label: str = ""
    outcome_number: str = ""
    learners: tuple[str, ...] = ()


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
    """What would be set, or was. `problem` says what to change; `is_other`: the group does not have that unit."""

    wanted: Assign
    unit_label: str = ""
    learners: tuple[str, ...] = ()
    due: str = ""
    problem: str = ""
    is_other: bool = False


PlanResult = (
    PlanMade
    | CriteriaListed
    | AdjustmentsListed
    | RequirementsShown
    | ClockShown
    | SetDiscussionsWaiting
    | MyDiscussionsFound
    | PlanRead
    | PlanPrinted
    | AssignedFound
    | CancelOffered
    | AssignmentsCancelled
    | LearnersFound
    | AssignmentMade
)
