"""When something happened, as precisely as the learner stated it. Used to order messages, never to change them.

Habits and plans ("on Saturdays", "we always", "need more staff on saturday") state no time: then the draft asks.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Literal

from talkthrough.question_bank.marking.signals import LISTS

CLOSE_BY = 5  # characters between two times that are one
MOST_LOOKED_AT = 8  # matches of one form; more are no message of a person
Precision = Literal["day", "week", "month", "season", "year"]

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SEASONS = {"spring": (3, 1), "summer": (6, 1), "autumn": (9, 1), "winter": (12, 1), "christmas": (12, 24)}
LENGTH_IN_DAYS = {"spring": 92, "summer": 92, "autumn": 91, "winter": 90, "christmas": 8}
COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
COUNTS |= {"nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "few": 3, "a few": 3, "couple of": 2, "a couple of": 2}
DAYS_IN = {"day": 1, "week": 7, "wk": 7, "fortnight": 14, "month": 30, "mth": 30, "year": 365, "yr": 365}
PRECISION_OF: dict[int, Precision] = {1: "day", 7: "week", 14: "week", 30: "month", 365: "year"}

COUNT = "|".join((r"\d{1,3}", *sorted(COUNTS, key=len, reverse=True)))
MONTH = (
    r"(?P<month>january|febr?uary|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)"
)
DAY_NAME = (
    r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:s|nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:[ue]rday)?"
    r"|sun(?:day)?)"
)
WEEKDAY = rf"(?P<weekday>{DAY_NAME})"
SEASON = rf"(?P<season>{'|'.join(SEASONS)})"
YEAR = r"(?P<year>(?:19|20)\d\d)"
IN = r"(?:in|during|from|early in|late in|back in|early|late|mid|(?:at the )?(?:start|beginning|middle|end) of)"


@dataclass(frozen=True, slots=True)
class StatedTime:
    """A time as it was said. `first` and `last`: the days it can mean; `said_on`: the day it was said on.

    `is_calendar`: the words name a place in the calendar; else they count from the day on which they were said.
    """

    first: date
    last: date
    precision: Precision
    words: str
    said_on: date
    is_calendar: bool

    @property
    def printed(self) -> str:
        """The time for readers, no more precise than it was said."""
        said_on = f"said on {_day(self.said_on)}"
        if not self.is_calendar:
            return f'"{self.words}", {said_on}'
        named = self._named()
        if named.lower() == self.words.lower():
            return named
        has_year = str(self.first.year) in self.words or re.search("[/.]", self.words)
        return f'{named}, from the words "{self.words}"' + ("" if has_year else f", {said_on}")

    def _named(self) -> str:
        match self.precision:
            case "day":
                return _day(self.first)
            case "month":
                return f"{self.first:%B %Y}"
            case "year":
                return f"{self.first:%Y}"
            case _:
                return self.words

    def overlaps(self, other: "StatedTime") -> bool:
        """Whether both can mean the same time."""
        return self.first <= other.last and other.first <= self.last

    def finer(self, other: "StatedTime | None") -> "StatedTime":
        """The one of the two that says it more precisely."""
        return other if other and other.last - other.first < self.last - self.first else self


def stated_time(text: str, said_on: date) -> StatedTime | None:
    """The first time of an event that a message states, read from the day on which it was said; None where it has none.

    A time that is still to come is none, nor is one in a sentence about what is usual or planned, unless its words
    can only mean something past.
    """
    found = sorted(
        (
            (match.start(), match.end(), time)
            for form in FORMS
            for match in islice(form.pattern.finditer(text), MOST_LOOKED_AT)
            if (time := form.time(match, said_on)) and _is_told(form, text, match)
        ),
        key=lambda one: (one[0], -one[1]),
    )
    if not found:
        return _bare(text, said_on)
    _, end, first = found[0]
    beside = (time for start, _, time in found if 0 <= start - end <= CLOSE_BY and first.overlaps(time))
    return first.finer(next(beside, None))  # "last month on 14 October"


def is_bare_time(text: str, said_on: date) -> bool:
    """Whether the message says when, and nothing else."""
    time = stated_time(text, said_on)
    return time is not None and not _besides(text, time.words)


def _besides(text: str, words: str) -> str:
    return FILLER.sub(" ", text.replace(words, " ", 1)).strip(" .,!\n\t")


def _bare(text: str, said_on: date) -> StatedTime | None:
    """A month, a day of the week or a year that is the whole message."""
    match = BARE.fullmatch(FILLER.sub(" ", text).strip(" .,!\n\t"))
    return _loose(match, said_on) if match else None


def _is_told(form: "_Form", text: str, match: re.Match[str]) -> bool:
    """Whether the sentence around the words can tell of one event: neither of what is usual nor of what is to come."""
    if form.proof == "words":
        return True
    starts = [end.end() for end in SENTENCE_END.finditer(text, 0, match.start())]
    end = SENTENCE_END.search(text, match.end())
    sentence = text[starts[-1] if starts else 0 : end.start() if end else len(text)]
    is_past = form.proof == "sentence" or bool(PAST.search(sentence)) or not _besides(text, match.group())
    return is_past and not USUAL_OR_PLANNED.search(sentence)


# --- readers: each turns the words of a match into the days they can mean --------------------------------------------

Days = tuple[date, date, Precision]
Proof = Literal["words", "sentence", "past verb"]
Reader = Callable[[re.Match[str], date], Days]


@dataclass(frozen=True, slots=True)
class _Form:
    """A way to state a time.

    `proof` is what must show that an event is told: the words themselves, a sentence that tells of nothing usual or
    planned, or a verb in the past beside that.
    """

    pattern: re.Pattern[str]
    read: Reader
    proof: Proof
    is_calendar: bool

    def time(self, match: re.Match[str], said_on: date) -> StatedTime | None:
        try:
            first, last, precision = self.read(match, said_on)
        except (ValueError, OverflowError):
            return None
        if first > said_on:
            return None
        return StatedTime(first, last, precision, match.group(), said_on, self.is_calendar)


def _calendar(match: re.Match[str], said_on: date) -> Days:
    """A day, month or year; the latest that is past where no year is said."""
    parts = match.groupdict()
    if not parts.get("month"):
        return _year(int(parts["year"]))
    month = MONTHS.index(parts["month"][:3].lower()) + 1
    day = int(parts.get("day") or 0)
    year = int(parts.get("year") or said_on.year)
    if not parts.get("year") and date(year, month, day or 1) > said_on:
        year -= 1
    return (date(year, month, day), date(year, month, day), "day") if day else _month(date(year, month, 1))


def _numeric(match: re.Match[str], _said_on: date) -> Days:
    """British order: day, month, year."""
    year = int(match["year"])
    day = date(year if year > 99 else 2000 + year, int(match["month"]), int(match["day"]))  # noqa: PLR2004 - "26" is 2026
    return day, day, "day"


def _iso(match: re.Match[str], _said_on: date) -> Days:
    day = date.fromisoformat(match.group())
    return day, day, "day"


def _ago(match: re.Match[str], said_on: date) -> Days:
    """So many units back; "last week" is one back, "this week" none."""
    parts = match.groupdict()
    unit, said = parts["unit"].lower(), (parts.get("count") or "").lower()
    count = COUNTS.get(said) or int(said or (0 if parts.get("this") else 1))
    return _around(PRECISION_OF[DAYS_IN[unit]], said_on - timedelta(days=DAYS_IN[unit] * count), said_on, count)


def _around(precision: Precision, day: date, said_on: date, count: int) -> Days:
    if precision == "month":
        months = said_on.year * 12 + said_on.month - 1 - count
        return _month(date(months // 12, months % 12 + 1, 1))
    if precision == "year":
        return _year(said_on.year - count)
    if precision == "week":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6), "week"
    return day, day, "day"


def _month(first: date) -> Days:
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return first, following - timedelta(days=1), "month"


def _year(year: int) -> Days:
    return date(year, 1, 1), date(year, 12, 31), "year"


def _season(match: re.Match[str], said_on: date) -> Days:
    """The season of the year that was said, or the latest that has begun; "last" is one that is over."""
    name, parts = match["season"].lower(), match.groupdict()
    year = int(parts.get("year") or said_on.year)
    length = timedelta(days=LENGTH_IN_DAYS[name] - 1)
    first = date(year, *SEASONS[name])
    before = said_on - length if match.group().lower().startswith("last") else said_on
    if not parts.get("year") and first > before:
        first = date(year - 1, *SEASONS[name])
    return first, first + length, "season"


def _weekday(match: re.Match[str], said_on: date) -> Days:
    back = (said_on.weekday() - WEEKDAYS.index(match["weekday"][:3].lower())) % 7
    day = said_on - timedelta(days=back or 7)
    return day, day, "day"


def _near(match: re.Match[str], said_on: date) -> Days:
    is_before = match.group().lower() in ("yesterday", "last night")
    day = said_on - timedelta(days=1 if is_before else 0)
    return day, day, "day"


def _loose(match: re.Match[str], said_on: date) -> StatedTime | None:
    is_day = match.groupdict().get("weekday") is not None
    return _Form(match.re, _weekday if is_day else _calendar, "words", is_calendar=not is_day).time(match, said_on)


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


def _form(text: str, read: Reader, proof: Proof = "words", *, is_calendar: bool = True) -> _Form:
    return _Form(_pattern(text), read, proof, is_calendar)


DAY_OF_MONTH = rf"(?:{DAY_NAME},? (?:the )?)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?"
NOT_EVERY = r"(?!,? (?:the )?\d|,? (?:of (?:each|every|the)|mornings|afternoons|evenings|nights)\b)"
FORMS = (
    _form(r"\b(?:19|20)\d\d-\d\d-\d\d\b", _iso),
    _form(r"\b(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>\d{4}|\d\d)\b", _numeric),
    _form(rf"\b{DAY_OF_MONTH}(?: of)? {MONTH},? {YEAR}\b", _calendar),
    _form(rf"\b{MONTH} {DAY_OF_MONTH},? {YEAR}\b", _calendar),
    _form(rf"\b{DAY_OF_MONTH}(?: of)? {MONTH}\b(?!,? {YEAR})", _calendar, "sentence"),
    _form(rf"\b{MONTH} {DAY_OF_MONTH}\b(?!,? {YEAR})", _calendar, "sentence"),
    _form(rf"\b(?:{IN} |last )?{MONTH},? (?:of )?{YEAR}\b", _calendar),
    _form(rf"\b{IN} {MONTH}\b(?! \d)", _calendar, "past verb"),
    _form(rf"\blast {MONTH}\b(?! \d)", _calendar),
    _form(rf"\b(?:{IN} |over |at )?(?:the )?{SEASON}(?: of)? {YEAR}\b", _season),
    _form(rf"\b(?:this|in the|over the|over|at) {SEASON}\b", _season, "past verb", is_calendar=False),
    _form(rf"\blast {SEASON}\b", _season, is_calendar=False),
    _form(rf"\b(?P<count>{COUNT}) (?P<unit>{'|'.join(DAYS_IN)})s? (?:ago|back)\b", _ago, is_calendar=False),
    _form(r"\blast (?P<unit>week|wk|fortnight|month|year)\b", _ago, is_calendar=False),
    _form(r"\b(?:earlier )?(?P<this>this) (?P<unit>week|month|year)\b", _ago, "past verb", is_calendar=False),
    _form(rf"\b(?:on|this) {WEEKDAY}\b{NOT_EVERY}", _weekday, "past verb", is_calendar=False),
    _form(rf"\blast {WEEKDAY}\b{NOT_EVERY}", _weekday, is_calendar=False),
    _form(r"\b(?:yesterday|last night)\b", _near, is_calendar=False),
    _form(r"\b(?:earlier today|this morning|today)\b(?!['\u2019]s)", _near, "past verb", is_calendar=False),
    _form(rf"\b{IN} {YEAR}\b", _calendar),
)
BARE = _pattern(rf"(?:{MONTH}|{WEEKDAY}|{YEAR})")
FILLER = _pattern(
    r"\b(?:it|that|this|the|and|so|oh|um|er|ok|yes|yeah|well|sorry|was|is|happened|on|in|about|around|roughly|maybe"
    r"|probably|sometime|i think|i believe|i guess|or so|not sure)\b"
)
SENTENCE_END = re.compile(r"[.!?](?=\s|$)|[\n;]")
PAST = _pattern(
    rf"\b(?:{LISTS['PAST']}|sat|sold|stood|heard|knew|lost|left|paid|caught|broke|fell|rose|cut|been|done|seen|taken|given)\b"
)
USUAL_OR_PLANNED = _pattern(
    r"\b(?:every|each|always|usually|normally|generally|often|typically|mostly|most (?:days|weeks|months|years)"
    r"|sometimes|never|whenever|tends? to|going to|gonna|will|won't|wont|would|should|must|could|might|shall|needs?"
    r"|wants?|plan(?:ning)? to|hop(?:e|ing) to|ha(?:ve|s) to|next|tomorrow|(?:i|we|he|she|it|they|you)['\u2019]?ll)\b"
    r"|\b(?:mon|tues|wednes|thurs|fri|satur|sun)days\b"
)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
