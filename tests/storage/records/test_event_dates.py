"""Dates as learners state them, read on Sunday 22 November 2026."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talkthrough.storage.records.event_dates import stated_date

SAID_ON = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "day", "words"),
    [
        ("On 12th March 2025 I", date(2025, 3, 12), "12th March 2025"),
        ("it was the 3rd of may", date(2026, 5, 3), "3rd of may"),
        ("on March 4, 2026", date(2026, 3, 4), "March 4, 2026"),
        ("12/03/2026 was busy", date(2026, 3, 12), "12/03/2026"),
        ("on 1.2.26", date(2026, 2, 1), "1.2.26"),
        ("2026-02-28", date(2026, 2, 28), "2026-02-28"),
        ("In December we", date(2025, 12, 1), "In December"),
        ("last march", date(2026, 3, 1), "last march"),
        ("we did it from May", date(2026, 5, 1), "from May"),
        ("in June 2024", date(2024, 6, 1), "in June 2024"),
        ("June 2024 it was", date(2024, 6, 1), "June 2024"),
        ("two weeks ago", date(2026, 11, 8), "two weeks ago"),
        ("10 days ago and 3 May", date(2026, 11, 12), "10 days ago"),
        ("a couple of weeks ago", date(2026, 11, 8), "a couple of weeks ago"),
        ("it was a couple of days ago", date(2026, 11, 20), "a couple of days ago"),
        ("a fortnight ago", date(2026, 11, 8), "a fortnight ago"),
        ("last fortnight", date(2026, 11, 8), "last fortnight"),
        ("a year ago", date(2025, 11, 22), "a year ago"),
        ("last week", date(2026, 11, 15), "last week"),
        ("on Friday", date(2026, 11, 20), "on Friday"),
        ("last Sunday", date(2026, 11, 15), "last Sunday"),
        ("yesterday", date(2026, 11, 21), "yesterday"),
        ("in 2019", date(2019, 1, 1), "in 2019"),
    ],
)
def test_a_stated_date_is_read_with_its_words(text, day, words):
    stated = stated_date(text, SAID_ON)
    assert (stated.day, stated.words) == (day, words)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("On 12th March 2025 I", "12 March 2025"),
        ("last march", "March 2026"),
        ("in June 2024", "June 2024"),
        ("in 2019", "2019"),
        ("10 days ago", "12 November 2026"),
        ("a couple of days ago", "around 20 November 2026"),
        ("two weeks ago", "around 8 November 2026"),
        ("last month", "around 23 October 2026"),
        ("on Friday", "20 November 2026"),
        ("12/03/2026", "12 March 2026"),
    ],
)
def test_a_date_is_shown_no_more_exactly_than_it_was_said(text, shown):
    assert stated_date(text, SAID_ON).shown == shown


@pytest.mark.parametrize(
    "text",
    ["", "we may march on", "31/02/2026", "the 45th of May", "1 in 3 calls", "we sold 2024 units", "999999 years ago"],
)
def test_what_states_no_date_gives_none(text):
    assert stated_date(text, SAID_ON) is None


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read_without_failing_and_quotes_only_its_own_words(text):
    stated = stated_date(text, SAID_ON)
    assert stated is None or stated.words in text
