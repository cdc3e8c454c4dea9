from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from pydantic import TypeAdapter

from talkthrough.scheduler.reminders import (
    ReminderWishes,
    after_quiet_hours,
    days_this_week,
    is_quiet,
    next_reminder,
)

WISHES = ReminderWishes(is_on=True)
MONDAY_NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
MONDAY_FIVE = datetime(2026, 11, 23, 17, tzinfo=UTC)
DAY = timedelta(days=1)


def test_nobody_is_reminded_who_did_not_ask_for_it():
    assert next_reminder(ReminderWishes(), MONDAY_NOON) is None


@pytest.mark.parametrize("change", [{"is_paused": True}, {"is_on": False}])
def test_a_pause_means_no_reminder(change):
    assert next_reminder(replace(WISHES, **change), MONDAY_NOON) is None


def test_a_learner_who_blocked_the_bot_is_not_written_to():
    assert next_reminder(WISHES, MONDAY_NOON, is_blocked=True) is None


def test_a_reminder_comes_at_the_start_of_the_window_or_at_once_within_it():
    assert next_reminder(WISHES, MONDAY_NOON) == MONDAY_FIVE
    within = MONDAY_FIVE + timedelta(minutes=20)
    assert next_reminder(WISHES, within) == within
    assert next_reminder(WISHES, MONDAY_FIVE + timedelta(hours=3)) == MONDAY_FIVE + DAY


@pytest.mark.parametrize("kind", ["written_to", "practised"])
def test_at_most_one_a_day_and_none_after_practice(kind):
    this_morning = {kind: [MONDAY_NOON - timedelta(hours=3)]}
    assert next_reminder(WISHES, MONDAY_NOON, **this_morning) == MONDAY_FIVE + DAY


def test_days_off_and_dates_off_are_left_alone():
    wishes = replace(WISHES, days_off=(0,), dates_off=(date(2026, 11, 24),))
    assert next_reminder(wishes, MONDAY_NOON) == MONDAY_FIVE + 2 * DAY
    assert next_reminder(replace(WISHES, days_off=tuple(range(7))), MONDAY_NOON) is None


def test_snooze_waits():
    assert next_reminder(replace(WISHES, snoozed_until=MONDAY_FIVE + DAY / 2), MONDAY_NOON) == MONDAY_FIVE + DAY


def test_a_window_in_quiet_hours_moves_to_their_end_or_gives_no_reminder():
    early = replace(WISHES, window=(time(7), time(9)))
    assert next_reminder(early, MONDAY_NOON) == datetime(2026, 11, 24, 8, tzinfo=UTC)
    assert next_reminder(replace(WISHES, window=(time(21), time(22))), MONDAY_NOON) is None


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (datetime(2026, 3, 28, 20, tzinfo=UTC), datetime(2026, 3, 29, 16, tzinfo=UTC)),
        (datetime(2026, 10, 24, 20, tzinfo=UTC), datetime(2026, 10, 25, 17, tzinfo=UTC)),
    ],
)
def test_five_o_clock_stays_five_o_clock_over_the_clock_changes(now, expected):
    assert next_reminder(WISHES, now) == expected


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2026, 3, 28, 21, tzinfo=UTC), datetime(2026, 3, 29, 7, tzinfo=UTC)),
        (datetime(2026, 10, 24, 21, tzinfo=UTC), datetime(2026, 10, 25, 8, tzinfo=UTC)),
        (datetime(2026, 11, 23, 3, tzinfo=UTC), datetime(2026, 11, 23, 8, tzinfo=UTC)),
        (MONDAY_NOON, MONDAY_NOON),
    ],
)
def test_rounds_and_nudges_wait_for_the_quiet_hours_to_end(moment, expected):
    assert after_quiet_hours(WISHES, moment) == expected


def test_quiet_hours_can_lie_within_a_day_or_be_switched_off():
    nap = replace(WISHES, quiet_from=time(12), quiet_until=time(14))
    assert after_quiet_hours(nap, MONDAY_NOON) == MONDAY_NOON + timedelta(hours=2)
    assert not is_quiet(replace(WISHES, quiet_from=time(0), quiet_until=time(0)), time(3))


def test_the_weekly_goal_counts_days_and_names_no_miss():
    practised = [MONDAY_NOON - DAY, MONDAY_NOON, MONDAY_NOON + DAY, MONDAY_NOON + DAY]
    wednesday = MONDAY_NOON + 2 * DAY
    assert days_this_week(WISHES, practised, wednesday) == 2


def test_wishes_survive_json():
    adapter = TypeAdapter(ReminderWishes)
    wishes = replace(WISHES, dates_off=(date(2026, 12, 24),), snoozed_until=MONDAY_NOON)
    assert adapter.validate_json(adapter.dump_json(wishes)) == wishes
