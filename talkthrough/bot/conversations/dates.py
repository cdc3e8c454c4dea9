"""Dates as people in the UK type them: "1 december", "1st Dec 2026", "01.12.26", "1/12", "next friday", "1 Rhagfyr"."""

import re
from datetime import date, datetime, time, timedelta

LANGUAGES = ["en", "cy"]
WEEKDAYS = (
    {"monday", "mon", "llun"},
    {"tuesday", "tues", "tue", "mawrth"},
    {"wednesday", "weds", "wed", "mercher"},
    {"thursday", "thurs", "thur", "thu", "iau"},
    {"friday", "fri", "gwener"},
    {"saturday", "sat", "sadwrn"},
    {"sunday", "sun", "sul"},
)
LAST_MONTH = 12
_WEEKDAY = re.compile(r"(?:on |this |coming |dydd )*(?P<next>next )?(?:dydd )?(?P<day>[a-z]+)(?P<nesaf> nesaf)?")
_IN_FIGURES = re.compile(r"\d{1,2}\D+(\d{1,2})(?:\D+\d+)?")


def date_in(text: str, today: date) -> date | None:
    """The day that is meant, None where none is. The day stands before the month, always.

    Without a year it is the next such day after `today`, which "tomorrow" and "in 3 weeks" count from too.
    """
    words = " ".join(text.lower().split()).strip(" .,!")
    figures = _IN_FIGURES.fullmatch(words)
    if figures and int(figures[1]) > LAST_MONTH:
        return None  # 12/25/2026 is American; a guess would be a wrong date
    return _weekday_in(words, today) or _parsed(words, today)


def _weekday_in(words: str, today: date) -> date | None:
    """The coming one; "next friday" is the Friday of next week, as most people in Britain mean it."""
    found = _WEEKDAY.fullmatch(words)
    number = next((place for place, names in enumerate(WEEKDAYS) if found and found["day"] in names), None)
    if found is None or number is None:
        return None
    if found["next"] or found["nesaf"]:
        return today + timedelta(days=7 - today.weekday() + number)
    return today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)


def _parsed(words: str, today: date) -> date | None:
    import dateparser

    settings = {
        "DATE_ORDER": "DMY",
        "PREFER_DATES_FROM": "future",
        "RELATIVE_BASE": datetime.combine(today, time(12)),
        "PARSERS": ["relative-time", "absolute-time"],
        "REQUIRE_PARTS": ["day", "month"],
    }
    found = dateparser.parse(words, languages=LANGUAGES, settings=settings) if words else None
    return found.date() if found else None
