"""What came of the effects in `aim_effects`."""

from dataclasses import dataclass

from talkthrough.scheduler.reminders import ReminderWishes


@dataclass(frozen=True, slots=True)
class RemindersShown:
    """What the learner chose, and on how many days of this week they practised."""

    wishes: ReminderWishes
    days_this_week: int
    page: str = ""


@dataclass(frozen=True, slots=True)
class ZoneRead:
    """The time zone that was meant; None where no such zone is known."""

    zone: str | None


AimResult = RemindersShown | ZoneRead
