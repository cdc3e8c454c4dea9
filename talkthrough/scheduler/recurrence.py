"""When rounds happen: a rule in local time, and the slots that it makes. Pure; a slot is unique by local date and time.

A local time that the clocks skip in spring is shifted forward by the hour that is missing; one that comes twice in
autumn happens once, at its first occurrence (RFC 5545 section 3.3.5 says the same of both).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import takewhile
from typing import Literal

from talkthrough.question_bank.items.question import QuestionKind
from talkthrough.scheduler.learning_day import in_utc

DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Closing:
    """When a round closes, in local time: on the next `weekday` after it opened, or so many days later."""

    at: time
    days_later: int = 0
    weekday: int | None = None

    def on(self, opened: date, opened_at: time) -> date:
        """The local date on which a round closes that opened on a local date and time."""
        if self.weekday is None:
            return opened + timedelta(days=self.days_later)
        days = (self.weekday - opened.weekday()) % len(DAY_NAMES)
        return opened + timedelta(days=days if days or self.at > opened_at else len(DAY_NAMES))


@dataclass(frozen=True, slots=True)
class RoundRule:
    """A tutor's plan for rounds, in the cohort's time zone. JSON by pydantic's TypeAdapter(RoundRule).

    `weekdays`: 0 Monday to 6 Sunday; empty means once, on `first_date`. `every_weeks` counts from the week of
    `first_date`. `end_date` is the last date on which a round may open. `exceptions` are dates left out (holidays,
    a skipped round). `late_hours`: a round that could not open in time (the machine was off) opens up to so many hours
    late, then is skipped. `criteria`: permanent keys, or "weakest" for what the group is weakest at in `unit_key`.
    `kinds`: empty means any kind. `is_individual`: each learner gets their own weakest questions instead of the same
    ones. `feedback_after_closing`: feedback waits until the round has closed. `reminds`: who has not answered is
    written to once before the round closes.
    """

    first_date: date
    local_time: time
    time_zone: str
    unit_key: str
    criteria: tuple[str, ...] | Literal["weakest"] = "weakest"
    weekdays: tuple[int, ...] = ()
    every_weeks: int = 1
    end_date: date | None = None
    exceptions: tuple[date, ...] = ()
    closing: Closing | None = None
    late_hours: float = 6.0
    question_count: int = 5
    kinds: tuple[QuestionKind, ...] = ()
    is_individual: bool = False
    feedback_after_closing: bool = False
    reminds: bool = True


@dataclass(frozen=True, slots=True)
class Slot:
    """One firing of a rule: the local date and time that name it, and the UTC moments of opening and closing."""

    local_date: date
    local_time: time
    opens_at: datetime
    closes_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CatchUp:
    """What to do about slots that have come: open these now, and skip those as too late."""

    to_open: tuple[Slot, ...] = ()
    too_late: tuple[Slot, ...] = ()


def slots(rule: RoundRule, after: datetime, until: datetime) -> Iterator[Slot]:
    """The slots that open after one moment and not after another, in order."""
    return takewhile(lambda slot: slot.opens_at <= until, _slots_after(rule, after))


def next_slot(rule: RoundRule, after: datetime) -> Slot | None:
    """The first slot that opens after a moment; None when the rule has ended."""
    return next(_slots_after(rule, after), None)


def catch_up(rule: RoundRule, after: datetime, now: datetime) -> CatchUp:
    """Sorts the slots since `after` by the late policy: skip what has closed or is older than `late_hours`."""
    come = tuple(slots(rule, after, now))
    too_late = tuple(slot for slot in come if _is_too_late(rule, slot, now))
    return CatchUp(tuple(slot for slot in come if slot not in too_late), too_late)


def describe(rule: RoundRule) -> str:
    """The rule in one plain line, for the preview: "Thursdays at 18:00, 5 questions, closes Sunday 20:00"."""
    parts = [f"{_days(rule)} at {rule.local_time:%H:%M}", f"{rule.question_count} questions"]
    if rule.closing:
        parts.append(f"closes {_closing(rule.closing)}")
    if rule.weekdays and rule.end_date:
        parts.append(f"last on {plain_date(rule.end_date)}")
    if rule.exceptions:
        parts.append("not on " + ", ".join(plain_date(day) for day in sorted(rule.exceptions)))
    return ", ".join(parts)


def plain_date(day: date) -> str:
    """A date as people say it: "14 March 2027"."""
    return f"{day.day} {day:%B %Y}"


def problems(rule: RoundRule) -> Sequence[str]:
    """What keeps a rule from working, each as a sentence that says what to do; empty for a sound rule."""
    found = []
    if not 1 <= rule.question_count <= 20:  # noqa: PLR2004 - a round is answered on a phone
        found.append("Choose between 1 and 20 questions.")
    if rule.every_weeks < 1:
        found.append('Say how many weeks apart, for example "every 2 weeks".')
    if any(not 0 <= day < len(DAY_NAMES) for day in rule.weekdays):
        found.append("Choose days from Monday to Sunday.")
    if rule.end_date and rule.end_date < rule.first_date:
        found.append("The last date is before the first. Choose a later last date.")
    closing = rule.closing
    if closing and closing.weekday is None and (closing.days_later, closing.at) <= (0, rule.local_time):
        found.append("The round closes before it opens. Choose a later closing time.")
    return found


def _slots_after(rule: RoundRule, after: datetime) -> Iterator[Slot]:
    for day in _dates(rule, after.date() - timedelta(days=2)):
        slot = _slot(rule, day)
        if slot.opens_at > after:
            yield slot


def _dates(rule: RoundRule, start: date) -> Iterator[date]:
    """The local dates of the rule from `start` on."""
    if not rule.weekdays:
        candidates: Iterator[date] = iter([rule.first_date])
    else:
        candidates = _weekly(rule, max(start, rule.first_date))
    last = rule.end_date or date.max
    for day in takewhile(lambda candidate: candidate <= last, candidates):
        if day not in rule.exceptions:
            yield day


def _weekly(rule: RoundRule, start: date) -> Iterator[date]:
    first_monday = rule.first_date - timedelta(days=rule.first_date.weekday())
    step = WEEK * rule.every_weeks
    monday = first_monday + (start - first_monday) // step * step
    while monday < date.max - step:
        for weekday in sorted(set(rule.weekdays)):
            day = monday + timedelta(days=weekday)
            if day >= start:
                yield day
        monday += step


def _slot(rule: RoundRule, day: date) -> Slot:
    closing = rule.closing
    closes_at = in_utc(closing.on(day, rule.local_time), closing.at, rule.time_zone) if closing else None
    return Slot(day, rule.local_time, in_utc(day, rule.local_time, rule.time_zone), closes_at)


def _is_too_late(rule: RoundRule, slot: Slot, now: datetime) -> bool:
    is_closed = slot.closes_at is not None and slot.closes_at <= now
    return is_closed or now - slot.opens_at > timedelta(hours=rule.late_hours)


def _days(rule: RoundRule) -> str:
    if not rule.weekdays:
        return f"{DAY_NAMES[rule.first_date.weekday()]} {plain_date(rule.first_date)}"
    names = " and ".join(f"{DAY_NAMES[day]}s" for day in sorted(set(rule.weekdays)))
    return names if rule.every_weeks == 1 else f"{names} every {rule.every_weeks} weeks"


def _closing(closing: Closing) -> str:
    if closing.weekday is not None:
        return f"{DAY_NAMES[closing.weekday]} {closing.at:%H:%M}"
    days = {0: "the same day", 1: "the next day"}.get(closing.days_later, f"{closing.days_later} days later")
    return f"{days} {closing.at:%H:%M}"
