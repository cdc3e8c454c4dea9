"""Times as learners state them, read on Sunday 22 November 2026."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talkthrough.storage.records.event_dates import is_bare_time, stated_time

SAID_ON = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "first", "last", "words"),
    [
        ("On 12th March 2025 I", date(2025, 3, 12), date(2025, 3, 12), "12th March 2025"),
        ("it was the 3rd of may", date(2026, 5, 3), date(2026, 5, 3), "3rd of may"),
        ("on March 4, 2026", date(2026, 3, 4), date(2026, 3, 4), "March 4, 2026"),
        ("12/03/2026 was busy", date(2026, 3, 12), date(2026, 3, 12), "12/03/2026"),
        ("on 1.2.26", date(2026, 2, 1), date(2026, 2, 1), "1.2.26"),
        ("2026-02-28", date(2026, 2, 28), date(2026, 2, 28), "2026-02-28"),
        ("saturday 7 november", date(2026, 11, 7), date(2026, 11, 7), "saturday 7 november"),
        ("On Monday 16 November 2026 I", date(2026, 11, 16), date(2026, 11, 16), "Monday 16 November 2026"),
        ("Last month on 14 October a customer", date(2026, 10, 14), date(2026, 10, 14), "14 October"),
        ("In September I did, it is dated 9 September", date(2026, 9, 1), date(2026, 9, 30), "In September"),
        ("last sat a lady came in", date(2026, 11, 21), date(2026, 11, 21), "last sat"),
        ("on weds i moved desks", date(2026, 11, 18), date(2026, 11, 18), "on weds"),
        ("2 wks ago", date(2026, 11, 2), date(2026, 11, 8), "2 wks ago"),
        ("three months back", date(2026, 8, 1), date(2026, 8, 31), "three months back"),
        ("In December we moved", date(2025, 12, 1), date(2025, 12, 31), "In December"),
        ("we moved it from May", date(2026, 5, 1), date(2026, 5, 31), "from May"),
        ("last march", date(2026, 3, 1), date(2026, 3, 31), "last march"),
        ("in june 2024", date(2024, 6, 1), date(2024, 6, 30), "in june 2024"),
        ("June 2024 it was", date(2024, 6, 1), date(2024, 6, 30), "June 2024"),
        ("two weeks ago", date(2026, 11, 2), date(2026, 11, 8), "two weeks ago"),
        ("10 days ago and 3 May", date(2026, 11, 12), date(2026, 11, 12), "10 days ago"),
        ("a couple of weeks ago", date(2026, 11, 2), date(2026, 11, 8), "a couple of weeks ago"),
        ("a few months ago", date(2026, 8, 1), date(2026, 8, 31), "a few months ago"),
        ("a fortnight ago", date(2026, 11, 2), date(2026, 11, 8), "a fortnight ago"),
        ("a year ago", date(2025, 1, 1), date(2025, 12, 31), "a year ago"),
        ("last week", date(2026, 11, 9), date(2026, 11, 15), "last week"),
        ("this week I moved desks", date(2026, 11, 16), date(2026, 11, 22), "this week"),
        ("Last month in the run up to black friday", date(2026, 10, 1), date(2026, 10, 31), "Last month"),
        ("last year", date(2025, 1, 1), date(2025, 12, 31), "last year"),
        ("last summer", date(2026, 6, 1), date(2026, 8, 31), "last summer"),
        ("in the winter of 2024", date(2024, 12, 1), date(2025, 2, 28), "in the winter of 2024"),
        ("on Friday", date(2026, 11, 20), date(2026, 11, 20), "on Friday"),
        ("last Sunday", date(2026, 11, 15), date(2026, 11, 15), "last Sunday"),
        ("yesterday", date(2026, 11, 21), date(2026, 11, 21), "yesterday"),
        ("in 2019", date(2019, 1, 1), date(2019, 12, 31), "in 2019"),
        ("september i think", date(2026, 9, 1), date(2026, 9, 30), "september"),
        ("Saturdays are busy. I moved desks on Friday.", date(2026, 11, 20), date(2026, 11, 20), "on Friday"),
        ("every morning last week we met", date(2026, 11, 9), date(2026, 11, 15), "last week"),
    ],
)
def test_a_stated_time_is_read_with_its_words_and_all_the_days_it_can_mean(text, first, last, words):
    stated = stated_time(text, SAID_ON)
    assert (stated.first, stated.last, stated.words) == (first, last, words)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("in september i think", 'September 2026, from the words "in september", said on 22 November 2026'),
        ("in September 2025", 'September 2025, from the words "in September 2025"'),
        ("on 3 May 2026", "3 May 2026"),
        ("last week", '"last week", said on 22 November 2026'),
        ("Last month", '"Last month", said on 22 November 2026'),
        ("last year I", '"last year", said on 22 November 2026'),
        ("summer 2025", "summer 2025"),
        ("in 2019", '2019, from the words "in 2019"'),
    ],
)
def test_a_time_is_printed_no_more_precisely_than_it_was_said(text, printed):
    assert stated_time(text, SAID_ON).printed == printed


@pytest.mark.parametrize(
    "text",
    [
        "need more staff on saturday",
        "on saturday we are short",
        "on Saturday mornings I opened up",
        "on saturdays I did the till",
        "every monday I checked it",
        "we always closed in December",
        "last friday of every month",
        "on friday I will ask them",
        "in december it gets busy",
        "this week we are going to meet",
        "on 3 December 2026 I start",
    ],
)
def test_a_habit_or_a_plan_states_no_time(text):
    assert stated_time(text, SAID_ON) is None


@pytest.mark.parametrize(
    "text",
    ["", "we may march on", "31/02/2026", "the 45th of May", "1 in 3 calls", "we sold 2024 units", "999999 years ago"],
)
def test_what_states_no_time_gives_none(text):
    assert stated_time(text, SAID_ON) is None


@pytest.mark.parametrize(
    ("text", "is_bare"),
    [
        ("saturday 7 november", True),
        ("it was in september i think", True),
        ("friday", True),
        ("about two weeks ago", True),
        ("on 7 November I moved desks", False),
        ("i dont know", False),
    ],
)
def test_a_message_that_only_says_when_is_known(text, is_bare):
    assert is_bare_time(text, SAID_ON) is is_bare


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read_without_failing_and_quotes_only_its_own_words(text):
    stated = stated_time(text, SAID_ON)
    assert stated is None or (stated.words in text and stated.first <= SAID_ON)
