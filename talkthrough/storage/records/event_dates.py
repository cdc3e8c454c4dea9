"""When something happened, as the learner stated it. Used to order messages, never to change them."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
COUNTS |= {"couple of": 2, "a couple of": 2}
COUNT = "|".join((r"\d{1,3}", *sorted(COUNTS, key=len, reverse=True)))
DAYS_IN = {"day": 1, "week": 7, "fortnight": 14, "month": 30, "year": 365}

MONTH = (
    r"(?P<month>january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)"
)
YEAR = r"(?P<year>(?:19|20)\d\d)"

Precision = Literal["day", "month", "year", "around"]


@dataclass(frozen=True, slots=True)
class StatedDate:
    """A day (the first of a month or year where only that was said) and the words that state it."""

    day: date
    words: str
    precision: Precision = "day"

    @property
    def shown(self) -> str:
        """The date, no more exact than the words: "12 March 2026", "March 2026", "2026", "around 8 November 2026"."""
        forms = {"day": "{:%-d %B %Y}", "month": "{:%B %Y}", "year": "{:%Y}", "around": "around {:%-d %B %Y}"}
        return forms[self.precision].format(self.day)


def stated_date(text: str, said_on: date) -> StatedDate | None:
    """The first date that a message states, read from the day on which it was said; None where it states none."""
    found = [
        (match.start(), StatedDate(day, match.group(), _precision(match)))
        for pattern, read in PATTERNS
        for match in pattern.finditer(text)
        if (day := _valid(read, match, said_on)) is not None
    ]
    return min(found, key=lambda pair: (pair[0], -len(pair[1].words)), default=(0, None))[1]


Reader = Callable[[re.Match[str], date], date]


def _valid(read: Reader, match: re.Match[str], said_on: date) -> date | None:
    try:
        return read(match, said_on)
    except (ValueError, OverflowError):
        return None


def _precision(match: re.Match[str]) -> Precision:
    parts = match.groupdict()
    if unit := parts.get("unit"):
        is_exact = unit.lower() == "day" and "couple" not in parts.get("count", "").lower()
        return "day" if is_exact else "around"
    if parts.get("month"):
        return "day" if parts.get("day") else "month"
    return "year" if parts.get("year") else "day"


def _month_day(match: re.Match[str], said_on: date) -> date:
    """A day and month, in the latest year that makes it past where no year is said."""
    parts = match.groupdict()
    month = MONTHS.index(parts["month"][:3].lower()) + 1
    day = int(parts.get("day") or 1)
    if parts.get("year"):
        return date(int(parts["year"]), month, day)
    this_year = date(said_on.year, month, day)
    return this_year if this_year <= said_on else date(said_on.year - 1, month, day)


def _numeric(match: re.Match[str], _said_on: date) -> date:
    """British order: day, month, year."""
    year = int(match["year"])
    return date(year if year > 99 else 2000 + year, int(match["month"]), int(match["day"]))  # noqa: PLR2004 - "26" is 2026


def _iso(match: re.Match[str], _said_on: date) -> date:
    return date.fromisoformat(match.group())


def _ago(match: re.Match[str], said_on: date) -> date:
    count = match["count"].lower()
    return said_on - timedelta(days=DAYS_IN[match["unit"].lower()] * (COUNTS.get(count) or int(count)))


def _last(match: re.Match[str], said_on: date) -> date:
    return said_on - timedelta(days=DAYS_IN[match["unit"].lower()])


def _weekday(match: re.Match[str], said_on: date) -> date:
    back = (said_on.weekday() - WEEKDAYS.index(match["weekday"].lower())) % 7
    return said_on - timedelta(days=back or 7)


def _near(match: re.Match[str], said_on: date) -> date:
    return said_on - timedelta(days=1 if match.group().lower() == "yesterday" else 0)


def _year(match: re.Match[str], _said_on: date) -> date:
    return date(int(match["year"]), 1, 1)


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


PATTERNS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (_pattern(r"\b(?:19|20)\d\d-\d\d-\d\d\b"), _iso),
    (_pattern(r"\b(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>\d{4}|\d\d)\b"), _numeric),
    (_pattern(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {MONTH}(?:,? {YEAR})?\b"), _month_day),
    (_pattern(rf"\b{MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,? {YEAR})?\b"), _month_day),
    (_pattern(rf"\b{MONTH},? {YEAR}\b"), _month_day),
    (_pattern(rf"\b(?:in|last|during|since|from) {MONTH}(?:,? {YEAR})?\b"), _month_day),
    (_pattern(rf"\b(?P<count>{COUNT}) (?P<unit>{'|'.join(DAYS_IN)})s? ago\b"), _ago),
    (_pattern(r"\blast (?P<unit>week|fortnight|month|year)\b"), _last),
    (_pattern(rf"\b(?:on|last) (?P<weekday>{'|'.join(WEEKDAYS)})\b"), _weekday),
    (_pattern(r"\b(?:yesterday|today|this morning)\b"), _near),
    (_pattern(rf"\bin {YEAR}\b"), _year),
)
