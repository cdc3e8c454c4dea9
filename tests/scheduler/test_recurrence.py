from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice

import pytest
from pydantic import TypeAdapter

from talkthrough.question_bank.items.question import QuestionKind
from talkthrough.scheduler.recurrence import Closing, RoundRule, Slot, catch_up, describe, next_slot, problems, slots

LONDON = "Europe/London"
THURSDAYS = RoundRule(
    date(2026, 12, 3), time(18), LONDON, "m-506-2898", weekdays=(3,), closing=Closing(time(20), weekday=6)
)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


def first(rule: RoundRule, number: int) -> list[Slot]:
    return list(islice(slots(rule, utc(2026, 1, 1), utc(2030, 1, 1)), number))


def days(rule: RoundRule, number: int) -> list[date]:
    return [slot.local_date for slot in first(rule, number)]


def test_a_weekly_round_opens_on_its_weekday_and_closes_on_the_next_closing_day():
    assert first(THURSDAYS, 2) == [
        Slot(date(2026, 12, 3), time(18), utc(2026, 12, 3, 18), utc(2026, 12, 6, 20)),
        Slot(date(2026, 12, 10), time(18), utc(2026, 12, 10, 18), utc(2026, 12, 13, 20)),
    ]


def test_a_rule_without_weekdays_happens_once():
    once = replace(THURSDAYS, weekdays=())
    assert days(once, 9) == [date(2026, 12, 3)]
    assert next_slot(once, utc(2026, 12, 3, 18)) is None


def test_several_weekdays_every_second_week_count_from_the_week_of_the_first_date():
    rule = replace(THURSDAYS, weekdays=(0, 3), every_weeks=2)
    assert days(rule, 4) == [date(2026, 12, 3), date(2026, 12, 14), date(2026, 12, 17), date(2026, 12, 28)]


def test_a_weekday_before_the_first_date_starts_a_week_later():
    assert days(replace(THURSDAYS, weekdays=(0,)), 1) == [date(2026, 12, 7)]


def test_holidays_are_left_out_and_the_last_date_is_included():
    rule = replace(THURSDAYS, exceptions=(date(2026, 12, 10),), end_date=date(2026, 12, 17))
    assert days(rule, 9) == [date(2026, 12, 3), date(2026, 12, 17)]


def test_a_round_at_six_stays_at_six_over_both_clock_changes():
    rule = replace(THURSDAYS, first_date=date(2026, 3, 26))
    assert [slot.opens_at for slot in first(rule, 2)] == [utc(2026, 3, 26, 18), utc(2026, 4, 2, 17)]
    rule = replace(THURSDAYS, first_date=date(2026, 10, 22))
    assert [slot.opens_at for slot in first(rule, 2)] == [utc(2026, 10, 22, 17), utc(2026, 10, 29, 18)]


def test_a_local_time_that_spring_skips_is_shifted_forward():
    rule = replace(THURSDAYS, weekdays=(6,), local_time=time(1, 30), first_date=date(2026, 3, 29), closing=None)
    assert first(rule, 1) == [Slot(date(2026, 3, 29), time(1, 30), utc(2026, 3, 29, 1, 30))]


def test_a_local_time_that_autumn_repeats_happens_once():
    rule = replace(THURSDAYS, weekdays=(6,), local_time=time(1, 30), first_date=date(2026, 10, 25), closing=None)
    assert [slot.opens_at for slot in first(rule, 2)] == [utc(2026, 10, 25, 0, 30), utc(2026, 11, 1, 1, 30)]


def test_slots_are_after_the_first_moment_and_not_after_the_second():
    opened = utc(2026, 12, 3, 18)
    assert list(slots(THURSDAYS, opened - timedelta(seconds=1), opened))
    assert not list(slots(THURSDAYS, opened, opened + timedelta(days=6)))


@pytest.mark.parametrize(("hours", "opens"), [(0, True), (6, True), (7, False)])
def test_a_round_that_the_machine_slept_through_opens_late_or_is_skipped(hours, opens):
    late = catch_up(THURSDAYS, utc(2026, 12, 1), utc(2026, 12, 3, 18) + timedelta(hours=hours))
    assert (len(late.to_open), len(late.too_late)) == ((1, 0) if opens else (0, 1))


def test_after_a_long_sleep_every_round_is_either_opened_or_skipped():
    daily = replace(THURSDAYS, weekdays=tuple(range(7)), late_hours=30, closing=None)
    late = catch_up(daily, utc(2026, 12, 3), utc(2026, 12, 6, 19))
    assert [slot.local_date.day for slot in late.to_open] == [5, 6]
    assert [slot.local_date.day for slot in late.too_late] == [3, 4]


def test_a_round_that_would_be_closed_already_is_not_opened():
    brief = replace(THURSDAYS, closing=Closing(time(19)))
    assert not catch_up(brief, utc(2026, 12, 3), utc(2026, 12, 3, 20)).to_open


def test_a_rule_survives_json():
    rule = replace(THURSDAYS, criteria=("a1", "b2"), kinds=(QuestionKind.CHOICE,), exceptions=(date(2026, 12, 24),))
    adapter = TypeAdapter(RoundRule)
    assert adapter.validate_json(adapter.dump_json(rule)) == rule
    assert adapter.validate_json(adapter.dump_json(THURSDAYS)) == THURSDAYS


def test_a_rule_is_described_in_one_plain_line():
    rule = replace(THURSDAYS, end_date=date(2027, 3, 25), exceptions=(date(2026, 12, 24),))
    assert describe(rule) == (
        "Thursdays at 18:00, 5 questions, closes Sunday 20:00, last on 25 March 2027, not on 24 December 2026"
    )
    assert describe(replace(THURSDAYS, weekdays=(), closing=None)) == "Thursday 3 December 2026 at 18:00, 5 questions"
    assert describe(replace(THURSDAYS, weekdays=(0, 3), every_weeks=2, closing=Closing(time(20), 1))) == (
        "Mondays and Thursdays every 2 weeks at 18:00, 5 questions, closes the next day 20:00"
    )


@pytest.mark.parametrize(
    "change",
    [
        {"question_count": 0},
        {"every_weeks": 0},
        {"weekdays": (7,)},
        {"end_date": date(2026, 12, 2)},
        {"closing": Closing(time(18))},
    ],
)
def test_a_rule_that_cannot_work_is_explained(change):
    assert not problems(THURSDAYS)
    (sentence,) = problems(replace(THURSDAYS, **change))
    assert sentence.endswith(".")
