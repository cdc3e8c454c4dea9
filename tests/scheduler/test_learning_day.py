from datetime import UTC, date, datetime, time, timedelta

import pytest

from talkthrough.scheduler.learning_day import date_of, day_of, in_utc, learning_day, start_of

LONDON = "Europe/London"


def day(year: int, month: int, number: int) -> int:
    return day_of(date(year, month, number))


def test_a_late_evening_belongs_to_the_day_that_was_lived():
    assert learning_day(datetime(2026, 1, 11, 1, 30, tzinfo=UTC), LONDON) == day(2026, 1, 10)
    assert learning_day(datetime(2026, 1, 11, 3, 59, 59, tzinfo=UTC), LONDON) == day(2026, 1, 10)
    assert learning_day(datetime(2026, 1, 11, 4, 0, tzinfo=UTC), LONDON) == day(2026, 1, 11)


def test_the_rollover_follows_the_clock_on_the_wall_in_summer():
    assert learning_day(datetime(2026, 7, 11, 2, 59, tzinfo=UTC), LONDON) == day(2026, 7, 10)
    assert learning_day(datetime(2026, 7, 11, 3, 0, tzinfo=UTC), LONDON) == day(2026, 7, 11)


@pytest.mark.parametrize(("change", "hours"), [(date(2026, 3, 28), 23), (date(2026, 10, 24), 25)])
def test_the_learning_day_over_a_clock_change_is_an_hour_shorter_or_longer(change, hours):
    started = start_of(day_of(change), LONDON)
    assert start_of(day_of(change) + 1, LONDON) - started == timedelta(hours=hours)


def test_the_same_moment_can_be_another_day_elsewhere():
    moment = datetime(2026, 5, 1, 18, 0, tzinfo=UTC)
    assert learning_day(moment, "Asia/Tokyo") == learning_day(moment, "UTC")
    assert learning_day(moment + timedelta(hours=2), "Asia/Tokyo") == learning_day(moment, "UTC") + 1


def test_a_skipped_local_time_is_shifted_forward_and_a_repeated_one_is_its_first():
    assert in_utc(date(2026, 3, 29), time(1, 30), LONDON) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert in_utc(date(2026, 10, 25), time(1, 30), LONDON) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        learning_day(datetime(2026, 1, 1), LONDON)  # noqa: DTZ001


def test_dates_and_days_are_inverse():
    assert date_of(day(2026, 3, 14)) == date(2026, 3, 14)
