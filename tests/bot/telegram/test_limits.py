from hypothesis import given
from hypothesis import strategies as st

from talkthrough.bot.telegram.limits import TELEGRAM, UNLIMITED, Bucket, Rate

rates = st.builds(Rate, per_second=st.floats(0.1, 50), burst=st.integers(1, 10))


def sent_at(bucket: Bucket, asked_at: list[float], reserve: int = 0) -> list[float]:
    """When messages that are asked for at these times go out."""
    now, times = 0.0, []
    for at in sorted(asked_at):
        now = max(now, at)
        now += bucket.wait(now, reserve)
        bucket.take(now)
        times.append(now)
    return times


@given(rates, st.lists(st.floats(0, 20), max_size=60))
def test_no_stretch_of_time_holds_more_than_the_burst_and_the_rate_allow(rate: Rate, asked_at: list[float]) -> None:
    times = sent_at(Bucket(rate, 0.0), asked_at)
    for first, start in enumerate(times):
        for last in range(first, len(times)):
            allowed = rate.burst + rate.per_second * (times[last] - start)
            assert last - first + 1 <= allowed + 1e-6


@given(rates, st.floats(0.1, 100))
def test_a_pause_lets_nothing_through_before_its_end(rate: Rate, seconds: float) -> None:
    bucket = Bucket(rate, 0.0)
    bucket.pause(5.0, seconds)
    assert abs(bucket.wait(5.0) - seconds) < 1e-6
    assert bucket.wait(5.0 + seconds + 1e-6) == 0


def test_telegrams_limits_are_kept_in_every_second() -> None:
    times = sent_at(Bucket(TELEGRAM.overall, 0.0), [0.0] * 200)
    assert max(sum(start <= time < start + 1 for time in times) for start in times) <= 30


def test_broadcasts_leave_one_of_the_burst_for_a_reply() -> None:
    bucket = Bucket(TELEGRAM.overall, 0.0)
    while bucket.wait(0.0, TELEGRAM.reserve) == 0:
        bucket.take(0.0)
    assert bucket.wait(0.0) == 0


def test_without_limits_nothing_ever_waits() -> None:
    bucket = Bucket(UNLIMITED.overall, 0.0)
    assert sent_at(bucket, [0.0] * 1000) == [0.0] * 1000
    bucket.pause(0.0, 3.0)
    assert bucket.wait(0.0) > 0
