"""When a learner may be written to without having asked: their window, quiet hours, days off, one reminder a day.

Everything is in the learner's own time zone. Rounds and nudges share the day's allowance with reminders: a day on
which one of them arrived needs no reminder. There are no streaks and nothing is called missed; a weekly goal counts
days of practice, whichever they are.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from talkthrough.scheduler.learning_day import date_of, in_utc, learning_day

LOOK_AHEAD_DAYS = 60
DAYS_OF_WEEK = 7


@dataclass(frozen=True, slots=True)
class ReminderWishes:
    """What a learner chose. Reminders are off until they are asked for. JSON by pydantic's TypeAdapter.

    `window`: local times between which a reminder may come (an hour that suits them). `quiet_from` to `quiet_until`:
    local hours, over midnight, in which nothing is sent unasked. `days_off`: weekdays (0 Monday); `dates_off`: dates.
    `snoozed_until`: no reminder before that moment. `paused`: none at all.
    """

    time_zone: str = "Europe/London"
    is_on: bool = False
    window: tuple[time, time] = (time(17), time(19))
    quiet_from: time = time(20)
    quiet_until: time = time(8)
    days_off: tuple[int, ...] = ()
    dates_off: tuple[date, ...] = ()
    snoozed_until: datetime | None = None
    is_paused: bool = False
    weekly_goal: int | None = None


def next_reminder(
    wishes: ReminderWishes,
    now: datetime,
    *,
    written_to: Sequence[datetime] = (),
    practised: Sequence[datetime] = (),
    is_blocked: bool = False,
) -> datetime | None:
    """The first moment (UTC), from `now` on, at which a reminder may be sent; None when none may be.

    `written_to`: when reminders, rounds and nudges were last sent. `practised`: when questions were last answered; a
    day of practice needs no reminder. `is_blocked`: the learner has blocked the bot.
    """
    if not wishes.is_on or wishes.is_paused or is_blocked:
        return None
    earliest = max(now, wishes.snoozed_until or now)
    taken = {learning_day(moment, wishes.time_zone) for moment in (*written_to, *practised)}
    today = learning_day(earliest, wishes.time_zone)
    moments = (
        moment
        for day in range(today, today + LOOK_AHEAD_DAYS)
        if day not in taken and not _is_off(wishes, date_of(day))
        if (moment := _moment_in_window(wishes, date_of(day), earliest)) is not None
    )
    return next(moments, None)


def after_quiet_hours(wishes: ReminderWishes, moment: datetime) -> datetime:
    """The moment itself, or the end of the quiet hours that it falls into. For rounds, nudges and reminders."""
    local = moment.astimezone(ZoneInfo(wishes.time_zone))
    if not is_quiet(wishes, local.time()):
        return moment
    is_evening = wishes.quiet_from > wishes.quiet_until and local.time() >= wishes.quiet_from
    return in_utc(local.date() + timedelta(days=is_evening), wishes.quiet_until, wishes.time_zone)


def is_quiet(wishes: ReminderWishes, local_time: time) -> bool:
    """Whether a local time lies in the quiet hours; their end does not. Equal ends mean no quiet hours."""
    start, end = wishes.quiet_from, wishes.quiet_until
    return start <= local_time < end if start <= end else local_time >= start or local_time < end


def days_this_week(wishes: ReminderWishes, practised: Iterable[datetime], now: datetime) -> int:
    """On how many days of this week, Monday to Sunday, there was practice."""
    today = learning_day(now, wishes.time_zone)
    monday = today - date_of(today).weekday()
    days = {learning_day(moment, wishes.time_zone) for moment in practised}
    return sum(monday <= day < monday + DAYS_OF_WEEK for day in days)


def _is_off(wishes: ReminderWishes, day: date) -> bool:
    return day.weekday() in wishes.days_off or day in wishes.dates_off


def _moment_in_window(wishes: ReminderWishes, day: date, earliest: datetime) -> datetime | None:
    """The first moment of the day's window that is neither past nor quiet; None if there is none."""
    start, end = (in_utc(day, at, wishes.time_zone) for at in wishes.window)
    moment = after_quiet_hours(wishes, max(start, earliest))
    return moment if moment <= end else None
