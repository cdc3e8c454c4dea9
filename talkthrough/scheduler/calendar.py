"""Rounds and planned discussions as an iCalendar file (RFC 5545), with the time zone written out (VTIMEZONE).

Every event stands for itself, without a recurrence rule: holidays, skipped rounds and clock changes are already in the
slots, and a calendar that is fetched again moves what has moved because its UID stays the same.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

LONGEST_LINE = 75
PRODUCT = "-//Talkthrough//Revision calendar//EN"
NEWLINE = "\r\n"
STEP = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """Something planned. `uid` is permanent ("round-12-2026-12-03@..."); `starts_at` is an aware moment."""

    uid: str
    starts_at: datetime
    minutes: int
    summary: str
    description: str = ""
    is_cancelled: bool = False


def calendar(events: Sequence[CalendarEvent], *, time_zone: str, name: str, made_at: datetime) -> str:
    """The text of an .ics file with the events in one IANA time zone; lines end in CRLF, as the standard asks."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "METHOD:PUBLISH", f"X-WR-CALNAME:{_escaped(name)}"]
    if events:
        lines += _time_zone(time_zone, min(event.starts_at for event in events), max(map(_end, events)))
    for event in sorted(events, key=lambda each: (each.starts_at, each.uid)):
        lines += _event(event, time_zone, made_at)
    return NEWLINE.join(_folded([*lines, "END:VCALENDAR"])) + NEWLINE


def _event(event: CalendarEvent, time_zone: str, made_at: datetime) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{_escaped(event.uid)}",
        f"DTSTAMP:{made_at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;TZID={time_zone}:{_local(event.starts_at, time_zone)}",
        f"DURATION:PT{event.minutes}M",
        f"SUMMARY:{_escaped(event.summary)}",
        *([f"DESCRIPTION:{_escaped(event.description)}"] if event.description else []),
        f"STATUS:{'CANCELLED' if event.is_cancelled else 'CONFIRMED'}",
        "END:VEVENT",
    ]


def _time_zone(time_zone: str, first: datetime, last: datetime) -> list[str]:
    """The rules of the zone for the time that the events cover, one part for each change of the clocks."""
    zone = ZoneInfo(time_zone)
    start = (first - timedelta(days=366)).astimezone(UTC)
    lines = ["BEGIN:VTIMEZONE", f"TZID:{time_zone}", *_observance(start, start, zone)]
    for change in _changes(zone, start, last.astimezone(UTC) + STEP):
        lines += _observance(change, change - timedelta(seconds=1), zone)
    return [*lines, "END:VTIMEZONE"]


def _observance(starts: datetime, before: datetime, zone: ZoneInfo) -> list[str]:
    """One STANDARD or DAYLIGHT part; its start is written in the local time that was in force just before."""
    here, offset_before = starts.astimezone(zone), before.astimezone(zone).utcoffset()
    assert offset_before is not None
    kind = "DAYLIGHT" if here.dst() else "STANDARD"
    return [
        f"BEGIN:{kind}",
        f"DTSTART:{(starts + offset_before):%Y%m%dT%H%M%S}",
        f"TZOFFSETFROM:{_offset(offset_before)}",
        f"TZOFFSETTO:{_offset(here.utcoffset() or timedelta())}",
        f"TZNAME:{here.tzname()}",
        f"END:{kind}",
    ]


def _changes(zone: ZoneInfo, start: datetime, end: datetime) -> Iterator[datetime]:
    """The UTC moments in a span of time at which the clocks change, found by halving each week that has one."""
    while start < end:
        following = start + STEP
        if start.astimezone(zone).utcoffset() != following.astimezone(zone).utcoffset():
            yield _change_between(zone, start, following)
        start = following


def _change_between(zone: ZoneInfo, start: datetime, end: datetime) -> datetime:
    offset = start.astimezone(zone).utcoffset()
    low, high = int(start.timestamp()), int(end.timestamp())
    while high - low > 1:
        middle = (low + high) // 2
        if datetime.fromtimestamp(middle, zone).utcoffset() == offset:
            low = middle
        else:
            high = middle
    return datetime.fromtimestamp(high, UTC)


def _end(event: CalendarEvent) -> datetime:
    return event.starts_at + timedelta(minutes=event.minutes)


def _local(moment: datetime, time_zone: str) -> str:
    return f"{moment.astimezone(ZoneInfo(time_zone)):%Y%m%dT%H%M%S}"


def _offset(offset: timedelta) -> str:
    minutes = round(offset.total_seconds() / 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}{abs(minutes) % 60:02}"


def _escaped(text: str) -> str:
    """TEXT of RFC 5545 section 3.3.11, without control characters: what a tutor wrote must not start a new line."""
    escaped = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join("".join(filter(str.isprintable, line)) for line in escaped.splitlines())


def _folded(lines: Sequence[str]) -> Iterator[str]:
    """Lines of at most 75 octets; a longer one goes on after a line break and a space, never within a character."""
    for line in lines:
        piece, size = "", 0
        for letter in line:
            width = len(letter.encode())
            if size + width > LONGEST_LINE:
                yield piece
                piece, size = " ", 1
            piece, size = piece + letter, size + width
        yield piece
