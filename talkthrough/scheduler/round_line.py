"""A round in one line: "Thursdays 18:00 unit 401 outcome 1 five questions close Sunday 20:00" -> RoundRule.

The line is a row of clauses in any order. Each clause is looked for, taken out and read; words that are left over are
named in the error, so that nothing the tutor wrote is silently ignored.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from talkthrough.question_bank.items.question import QuestionKind
from talkthrough.question_bank.specification import Unit
from talkthrough.scheduler.recurrence import DAY_NAMES, Closing, RoundRule, problems

LONGEST_LINE = 300
FIRST_YEAR, LAST_YEAR = 2020, 2099
NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
DAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?s?"
TIME = r"\d{1,2}(?:[:.]\d{2})? ?[ap]m|\d{1,2}[:.]\d{2}"
DATE = (
    r"\d{4}-\d{2}-\d{2}|\d{1,2} (?:" + "|".join(f"{m[:3]}(?:{m[3:]})?" for m in MONTHS) + r")(?: \d{4})?|today|tomorrow"
)
COUNT = rf"\d{{1,3}}|{'|'.join(NUMBERS)}"
NUMBER_LIST = r"[a-z]?\d+(?:\.\d+)*(?: ?(?:,|and|,? and) ?[a-z]?\d+(?:\.\d+)*)*"
# In the order in which they are taken out: a clause that holds a date, time or number goes before the bare ones.
UNIT_NAME = r"[a-z]{1,2} \d+"  # "cs 38"; anything else is one word
CLAUSES = {
    "closes": rf"(?:close[sd]?|until) (?:on )?(?:(?P<day>{DAY}) )?(?:at )?(?P<time>{TIME})",
    "closes after": rf"close[sd]? after (?P<days>{COUNT}) days?",
    "weeks": rf"every (?P<weeks>{COUNT}|other) weeks?",
    "first": rf"(?:from|starting) (?P<date>{DATE})",
    "last": rf"(?:until|to) (?P<date>{DATE})",
    "exceptions": rf"(?:except|not on) (?P<dates>(?:{DATE})(?: ?(?:,|and) ?(?:{DATE}))*)",
    "late": rf"late (?:up to )?(?P<hours>{COUNT}) hours?",
    "individual": r"individual(?: questions?)?|(?:their )?own questions?",
    "feedback": r"feedback (?:after closing|when it closes|at the end)",
    "silent": r"(?:no|without) reminders?",
    "questions": rf"(?P<count>{COUNT}) questions?",
    "criteria": rf"(?:criteri(?:on|a)|acs?) ?(?P<numbers>{NUMBER_LIST})",
    "outcomes": rf"(?:(?:learning )?outcomes?|los?) ?(?P<numbers>{NUMBER_LIST})",
    "weakest": r"(?:what (?:this|the) group is )?weakest(?: at)?",
}


@dataclass
class _Line:
    """What is still unread of the line."""

    rest: str

    def take(self, pattern: str) -> re.Match[str] | None:
        """The first match of a clause, which is taken out of the line."""
        match = re.search(rf"(?<!\w)(?:{pattern})(?![\w:])", self.rest)
        if match:
            self.rest = f"{self.rest[: match.start()]} | {self.rest[match.end() :]}"
        return match

    def take_all(self, pattern: str) -> list[str]:
        """Every match, taken out."""
        return [match[0] for match in iter(lambda: self.take(pattern), None)]


def parse_line(line: str, *, today: date, time_zone: str, units: Sequence[Unit]) -> RoundRule:
    """The rule that a tutor's line describes.

    `units` are the cohort's; a single one need not be named. Clauses: days or a date, opening time, unit, outcomes,
    criteria or "weakest", number of questions, kinds, close, every N weeks, from, until, except, late N hours,
    individual, feedback after closing, no reminder.
    ValueError, in sentences that say what to do, for a line that is not understood.
    """
    unread = _Line(" ".join(line[:LONGEST_LINE].lower().removeprefix("/round").replace(",", " , ").split()))
    unit = _unit(unread, units)
    found = {name: match.groupdict() for name, pattern in CLAUSES.items() if (match := unread.take(pattern))}
    kinds = tuple(kind for kind in QuestionKind if unread.take(_plural(kind)))
    weekdays = tuple(sorted({_weekday(day) for day in unread.take_all(DAY)}))
    once = None if weekdays else unread.take(rf"(?:once )?(?:on )?(?P<date>{DATE})")
    opens = unread.take(rf"(?:at )?(?P<time>{TIME})")
    _check(unread, is_timed=opens is not None, is_dated=bool(weekdays or once))
    first = _date(once["date"] if once else _value(found, "first", "date") or "today", today)
    opens_at = _time(opens["time"]) if opens else time(0)
    rule = RoundRule(
        first_date=first,
        local_time=opens_at,
        time_zone=time_zone,
        unit_key=unit.key,
        criteria=_criteria(unit, found) or "weakest",
        weekdays=weekdays,
        every_weeks=_weeks(_value(found, "weeks", "weeks")),
        end_date=_date(last, first) if (last := _value(found, "last", "date")) else None,
        exceptions=tuple(_date(day, first) for day in re.findall(DATE, _value(found, "exceptions", "dates") or "")),
        closing=_closing(found, opens_at),
        late_hours=float(_number(_value(found, "late", "hours") or "6")),
        question_count=_number(_value(found, "questions", "count") or "5"),
        kinds=kinds,
        is_individual="individual" in found,
        feedback_after_closing="feedback" in found,
        reminds="silent" not in found,
    )
    if sentences := problems(rule):
        raise ValueError(" ".join(sentences))
    return rule


_Found = Mapping[str, Mapping[str, str | None]]


def _value(found: _Found, clause: str, part: str) -> str | None:
    return found.get(clause, {}).get(part)


def _check(unread: _Line, *, is_timed: bool, is_dated: bool) -> None:
    left = [word for word in unread.rest.split() if word not in {"|", ",", "and", "on", "at", "."}]
    if left:
        raise ValueError(
            f'I did not understand "{" ".join(left)}". Write it like this: '
            '"Thursdays 18:00 unit 401 outcome 1 five questions close Sunday 20:00".'
        )
    if not is_dated:
        raise ValueError('Say on which day, for example "Thursdays 18:00" or "14 March 18:00".')
    if not is_timed:
        raise ValueError('Say at what time the round opens, for example "Thursdays 18:00".')


def _unit(unread: _Line, units: Sequence[Unit]) -> Unit:
    """The unit that the line names, taken out of it; the only one when none is named."""
    names = [(name.lower(), unit) for unit in units for name in {unit.number, unit.reference, unit.title} if name]
    for name, unit in sorted(names, key=lambda pair: -len(pair[0])):
        if unread.take(rf"unit {re.escape(name)}"):
            same = [other for other_name, other in names if other_name == name and other is not unit]
            if same:
                raise ValueError(
                    f'More than one unit is called "{name}". Name it by reference: {_choices([unit, *same])}.'
                )
            return unit
    named = unread.take(rf"units? (?P<name>{UNIT_NAME}|[^ |]+)")
    if named:
        raise ValueError(f'This group has no unit "{named["name"]}". It has: {_choices(units)}.')
    if len(units) == 1:
        return units[0]
    raise ValueError(f"Say which unit. This group has: {_choices(units)}.")


def _choices(units: Sequence[Unit]) -> str:
    """The units as people call them; two of one name with their references."""
    times = Counter(unit.label for unit in units)
    names = (f"{unit.label} ({unit.reference})" if times[unit.label] > 1 else unit.label for unit in units)
    return ", ".join(names) or "no unit yet"


def _criteria(unit: Unit, found: _Found) -> tuple[str, ...]:
    """The permanent keys of the criteria that the line names; none where it names none."""
    wanted = _numbers(_value(found, "criteria", "numbers"))
    outcomes = _numbers(_value(found, "outcomes", "numbers"))
    known = {criterion.number for outcome in unit.outcomes for criterion in outcome.criteria}
    missing = sorted(wanted - known) + sorted(outcomes - {outcome.number for outcome in unit.outcomes})
    if missing:
        raise ValueError(f"Unit {unit.number or unit.title} has no {', '.join(missing)}. Check the number.")
    return tuple(
        criterion.key
        for outcome in unit.outcomes
        for criterion in outcome.criteria
        if outcome.number in outcomes or criterion.number in wanted
    )


def _numbers(text: str | None) -> set[str]:
    return {number.upper() for number in re.findall(r"[a-z]?\d+(?:\.\d+)*", text or "")}


def _closing(found: _Found, opens_at: time) -> Closing | None:
    """When it closes; a time without a day is the next such time."""
    if days := _value(found, "closes after", "days"):
        return Closing(opens_at, _number(days))
    at = _value(found, "closes", "time")
    if at is None:
        return None
    if day := _value(found, "closes", "day"):
        return Closing(_time(at), weekday=_weekday(day))
    return Closing(_time(at), 0 if _time(at) > opens_at else 1)


def _plural(kind: QuestionKind) -> str:
    return kind.value.replace(" ", "[ -]") + "s?"


def _weekday(text: str) -> int:
    return next(number for number, name in enumerate(DAY_NAMES) if name.lower().startswith(text[:3]))


def _weeks(text: str | None) -> int:
    return 2 if text == "other" else _number(text or "1")


def _number(text: str) -> int:
    return NUMBERS.index(text) + 1 if text in NUMBERS else int(text)


def _time(text: str) -> time:
    """The time that 18:00, 18.00 or 6pm say."""
    match = re.fullmatch(r"(\d{1,2})(?:[:.](\d{2}))? ?([ap]m)?", text)
    assert match
    hour = int(match[1]) % 12 + (12 if match[3] == "pm" else 0) if match[3] else int(match[1])
    try:
        return time(hour, int(match[2] or 0))
    except ValueError:
        raise ValueError(f'"{text}" is not a time. Write it like 18:00.') from None


def _date(text: str, today: date) -> date:
    """A date with or without its year; without one, the next such day from `today` on."""
    if text in {"today", "tomorrow"}:
        return today + timedelta(days=text == "tomorrow")
    try:
        day = date.fromisoformat(text) if "-" in text else _named_date(text, today)
    except ValueError:
        day = date.min
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f'"{text}" is not a date. Write it like 14 March or 2027-03-14.')
    return day


def _named_date(text: str, today: date) -> date:
    number, month, *year = text.split()
    month_number = next(place for place, name in enumerate(MONTHS, start=1) if name.startswith(month[:3]))
    day = date(int(year[0]) if year else today.year, month_number, int(number))
    return day if year or day >= today else day.replace(year=today.year + 1)
