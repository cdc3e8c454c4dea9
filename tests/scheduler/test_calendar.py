from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from talkthrough.scheduler.calendar import CalendarEvent, calendar

MADE = datetime(2026, 11, 22, 12, tzinfo=UTC)
LONDON = "Europe/London"
DECEMBER = CalendarEvent("round-1@x", datetime(2026, 12, 3, 18, tzinfo=UTC), 10, "Round", "5 questions, unit 401")
JULY = CalendarEvent("round-2@x", datetime(2027, 7, 1, 17, tzinfo=UTC), 10, "Round")


def text_of(*events: CalendarEvent, time_zone: str = LONDON) -> str:
    return calendar(events, time_zone=time_zone, name="Unit 401, group A", made_at=MADE)


def parsed(text: str):
    return Calendar.from_ical(text)


def test_an_independent_reader_finds_every_event_at_its_moment():
    events = parsed(text_of(JULY, DECEMBER)).walk("VEVENT")
    assert [str(event["UID"]) for event in events] == ["round-1@x", "round-2@x"]
    assert [event.decoded("DTSTART").astimezone(UTC) for event in events] == [DECEMBER.starts_at, JULY.starts_at]
    assert events[0].decoded("DURATION") == timedelta(minutes=10)
    assert str(events[0]["DESCRIPTION"]) == "5 questions, unit 401"


@pytest.mark.parametrize("time_zone", [LONDON, "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC"])
def test_the_time_zone_that_is_written_out_tells_the_same_time_as_the_real_one(time_zone):
    file = parsed(text_of(DECEMBER, JULY, time_zone=time_zone))
    (written,) = file.walk("VTIMEZONE")
    zone, real = written.to_tz(lookup_tzid=False), ZoneInfo(time_zone)
    for hours in range(0, 24 * 210, 11):
        local = (DECEMBER.starts_at + timedelta(hours=hours)).astimezone(real)
        assert local.replace(tzinfo=zone).utcoffset() == local.utcoffset()


def test_the_clock_changes_of_the_time_covered_are_named():
    text = text_of(DECEMBER, JULY)
    assert "BEGIN:DAYLIGHT\r\nDTSTART:20270328T010000\r\nTZOFFSETFROM:+0000\r\nTZOFFSETTO:+0100\r\nTZNAME:BST" in text
    assert "BEGIN:STANDARD\r\nDTSTART:20261025T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0000\r\nTZNAME:GMT" in text


@settings(max_examples=60)
@given(st.text(max_size=200))
def test_no_text_breaks_out_of_its_line_and_every_line_is_short(words):
    text = text_of(CalendarEvent("u", DECEMBER.starts_at, 10, words, "x" + words))
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    (event,) = parsed(text).walk("VEVENT")
    printable = "".join(letter for letter in words if letter.isprintable())
    assert "".join(letter for letter in str(event["SUMMARY"]) if letter.isprintable()) == printable


def test_hostile_text_cannot_add_an_event():
    attack = "Round\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:evil"
    assert len(parsed(text_of(CalendarEvent("u", DECEMBER.starts_at, 10, attack))).walk("VEVENT")) == 1


def test_a_cancelled_event_says_so_and_an_empty_calendar_is_still_one():
    cancelled = CalendarEvent("u", DECEMBER.starts_at, 10, "Round", is_cancelled=True)
    assert "STATUS:CANCELLED" in text_of(cancelled)
    assert parsed(text_of()).walk("VEVENT") == []


def test_the_same_events_give_the_same_bytes_in_any_order():
    assert text_of(DECEMBER, JULY) == text_of(JULY, DECEMBER)
