"""Dates are read as people in the UK type them, and never guessed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talkthrough.bot.conversations.dates import date_in

WEDNESDAY = date(2026, 11, 25)
FIRST = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("1 december", FIRST),
        ("1st Dec 2026", FIRST),
        ("dec 1", FIRST),
        ("the 1st of December", FIRST),
        ("Tuesday 1st December.", FIRST),
        ("01.12.26", FIRST),
        ("1/12", FIRST),
        ("01/12/2026", FIRST),
        ("1-12-2026", FIRST),
        ("2026-12-01", FIRST),
        ("1 Rhagfyr 2026", FIRST),
        ("14/03/2027", date(2027, 3, 14)),
        ("1 jan", date(2027, 1, 1)),
        ("24 november", date(2027, 11, 24)),
        ("tomorrow", date(2026, 11, 26)),
        ("in 3 weeks", date(2026, 12, 16)),
        ("friday", date(2026, 11, 27)),
        ("on Friday", date(2026, 11, 27)),
        ("next friday", date(2026, 12, 4)),
        ("dydd Gwener", date(2026, 11, 27)),
        ("dydd Gwener nesaf", date(2026, 12, 4)),
        ("wednesday", date(2026, 12, 2)),
        ("next monday", date(2026, 11, 30)),
    ],
)
def test_a_date_is_read_as_people_in_the_uk_type_it(words: str, day: date) -> None:
    assert date_in(words, WEDNESDAY) == day


@pytest.mark.parametrize(
    "words", ["", "5", "2027", "december", "31/02/2027", "12/25/2026", "next spring some time", "1 or 2 december", "no"]
)
def test_what_names_no_one_day_is_no_date(words: str) -> None:
    assert date_in(words, WEDNESDAY) is None


@given(st.text(max_size=40))
def test_no_words_break_it(words: str) -> None:
    found = date_in(words, WEDNESDAY)
    assert found is None or isinstance(found, date)
