"""What the dialogue about rounds asks for."""

from dataclasses import dataclass
from typing import Literal

from talkthrough.scheduler.recurrence import RoundRule

Change = Literal["pause", "resume", "skip", "cancel", "run"]


@dataclass(frozen=True, slots=True)
class BuildRule:
    """Make a rule of what the wizard asked; `when` as tapped or typed."""

    cohort_id: int
    version_id: int
    outcome_number: str
    question_count: int
    when: str


@dataclass(frozen=True, slots=True)
class ReadLine:
    """Make a rule of a tutor's line. Without `cohort_id` the line names the group, or there is only one."""

    line: str
    cohort_id: int | None = None
    schedule_id: int | None = None


@dataclass(frozen=True, slots=True)
class PreviewRule:
    """Say what a rule would do; nothing is scheduled yet."""

    cohort_id: int
    rule: RoundRule
    schedule_id: int | None = None


@dataclass(frozen=True, slots=True)
class KeepRule:
    """Put a rule into the calendar, or give it to a schedule that is there."""

    cohort_id: int
    rule: RoundRule
    schedule_id: int | None = None


@dataclass(frozen=True, slots=True)
class FindRounds:
    """The tutor's rounds with their tallies."""


@dataclass(frozen=True, slots=True)
class ShowSchedule:
    schedule_id: int


@dataclass(frozen=True, slots=True)
class ChangeSchedule:
    """`day`: the local date to skip, as the button said it, so that a second tap skips no second round."""

    schedule_id: int
    what: Change
    day: str = ""


@dataclass(frozen=True, slots=True)
class ShowResults:
    round_id: int


@dataclass(frozen=True, slots=True)
class ShowWaiting:
    """Who has not answered a round."""

    round_id: int


@dataclass(frozen=True, slots=True)
class NudgeWaiting:
    round_id: int


@dataclass(frozen=True, slots=True)
class CloseRound:
    round_id: int


@dataclass(frozen=True, slots=True)
class SendHeatMap:
    """The heat map of a round as picture, page, table and workbook."""

    round_id: int


@dataclass(frozen=True, slots=True)
class SendCalendar:
    """What is planned for the person, as an iCalendar file."""


RoundEffect = (
    BuildRule
    | ReadLine
    | PreviewRule
    | KeepRule
    | FindRounds
    | ShowSchedule
    | ChangeSchedule
    | ShowResults
    | ShowWaiting
    | NudgeWaiting
    | CloseRound
    | SendHeatMap
    | SendCalendar
)
