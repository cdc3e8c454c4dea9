"""What came of the effects of the dialogue about rounds."""

from dataclasses import dataclass

from talkthrough.scheduler.recurrence import RoundRule
from talkthrough.scheduler.rounds import Planned, Tally


@dataclass(frozen=True, slots=True)
class RulePreviewed:
    """What a rule would do. `problem` says what to change; `choices`: (cohort id, name) where a line fits several.

    `is_other`: the group does not have that unit.
    """

    cohort_id: int = 0
    rule: RoundRule | None = None
    schedule_id: int | None = None
    cohort: str = ""
    learners: int = 0
    unit_label: str = ""
    part: str = ""
    questions: int = 0
    words: str = ""
    first: str = ""
    problem: str = ""
    line: str = ""
    choices: tuple[tuple[int, str], ...] = ()
    is_other: bool = False


@dataclass(frozen=True, slots=True)
class RoundScheduled:
    """The round is in the calendar."""

    when: str
    cohort: str


@dataclass(frozen=True, slots=True)
class RoundsFound:
    """The tutor's planned and opened rounds."""

    planned: tuple[Planned, ...]
    opened: tuple[Tally, ...]


@dataclass(frozen=True, slots=True)
class ScheduleShown:
    """One schedule: `next_day` is the local date of its next round. `done` says what was just changed."""

    schedule_id: int
    words: str
    is_paused: bool
    next_day: str = ""
    next_words: str = ""
    done: str = ""


@dataclass(frozen=True, slots=True)
class HardQuestionShown:
    """A question that went less well; `wrong` are the answers given instead."""

    stem: str
    criterion: str
    percent: int
    wrong: tuple[str, ...]
    flags: int


@dataclass(frozen=True, slots=True)
class ResultsShown:
    """A round so far, or as it ended."""

    tally: Tally
    unit_label: str
    hardest: tuple[HardQuestionShown, ...]
    waiting: int


@dataclass(frozen=True, slots=True)
class WaitingShown:
    """Who has not answered everything. `can_nudge` while the round is open."""

    round_id: int
    names: tuple[str, ...]
    unreachable: tuple[str, ...]
    can_nudge: bool


@dataclass(frozen=True, slots=True)
class Nudged:
    """A reminder went out to `sent`; `later` get it when their quiet hours or their day allow it."""

    round_id: int
    sent: int
    later: int


@dataclass(frozen=True, slots=True)
class NoSuchRound:
    """The round or schedule is gone, or another tutor's."""


RoundEvent = (
    RulePreviewed | RoundScheduled | RoundsFound | ScheduleShown | ResultsShown | WaitingShown | Nudged | NoSuchRound
)
