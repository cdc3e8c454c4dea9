"""The learner's day starts at 04:00 by their own clock: a late evening belongs to the day that was lived."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ROLLOVER = time(4, 0)
EPOCH = date(1970, 1, 1)


def in_utc(day: date, at: time, time_zone: str) -> datetime:
    """The UTC moment of a local date and time in an IANA zone.

    A local time that the clocks skip in spring is shifted forward by the skipped hour; one that comes twice in autumn
    is its first occurrence (PEP 495, fold=0).
    """
    return datetime.combine(day, at, tzinfo=ZoneInfo(time_zone)).astimezone(UTC)


def start_of(day: int, time_zone: str) -> datetime:
    """The UTC moment at which a learning day (days since 1970-01-01) starts."""
    return in_utc(date_of(day), ROLLOVER, time_zone)


def learning_day(moment: datetime, time_zone: str) -> int:
    """The learning day (days since 1970-01-01) of an aware moment: the last one that has started by then."""
    if moment.tzinfo is None:
        raise ValueError("The moment needs a time zone. Use a datetime with tzinfo, for example datetime.now(UTC).")
    day = day_of(moment.astimezone(ZoneInfo(time_zone)).date())
    return day if start_of(day, time_zone) <= moment else day - 1


def date_of(day: int) -> date:
    """The calendar date of a learning day."""
    return EPOCH + timedelta(days=day)


def day_of(calendar_date: date) -> int:
    """The learning day that starts on a calendar date, for example the day of the assessment."""
    return (calendar_date - EPOCH).days
