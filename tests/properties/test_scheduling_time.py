"""Local time: days, rounds and quiet hours hold in every zone, over every clock change."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from talkthrough.scheduler.learning_day import learning_day, start_of
from talkthrough.scheduler.recurrence import Closing, RoundRule, catch_up, next_slot, slots
from talkthrough.scheduler.reminders import ReminderWishes, after_quiet_hours, is_quiet, next_reminder

ZONES = (
    "Europe/London",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
    "Pacific/Apia",
    "Africa/Casablanca",
)
zones = st.sampled_from(ZONES)
moments = st.datetimes(datetime(2011, 1, 1), datetime(2030, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
clock = st.times().map(lambda at: at.replace(second=0, microsecond=0))


@st.composite
def rules(draw):
    first = draw(st.dates(date(2024, 1, 1), date(2028, 12, 31)))
    return RoundRule(
        first_date=first,
        local_time=draw(clock),
        time_zone=draw(zones),
        unit_key="u",
        weekdays=tuple(draw(st.lists(st.integers(0, 6), max_size=3, unique=True))),
        every_weeks=draw(st.integers(1, 4)),
        end_date=draw(st.none() | st.integers(0, 200).map(lambda days: first + timedelta(days=days))),
        exceptions=tuple(draw(st.lists(st.integers(0, 60).map(lambda days: first + timedelta(days=days)), max_size=3))),
        closing=draw(st.none() | st.builds(Closing, clock, st.integers(1, 5))),
    )


@given(moments, zones)
def test_every_moment_lies_in_exactly_one_learning_day(moment, zone):
    day = learning_day(moment, zone)
    assert start_of(day, zone) <= moment < start_of(day + 1, zone)


@given(moments, zones, st.timedeltas(timedelta(0), timedelta(days=3)))
def test_learning_days_never_run_backwards(moment, zone, later):
    assert learning_day(moment, zone) <= learning_day(moment + later, zone)


@given(rules(), moments)
def test_slots_come_once_each_in_order_on_their_weekdays_and_never_on_a_holiday(rule, after):
    found = list(slots(rule, after, after + timedelta(days=400)))
    assert [slot.opens_at for slot in found] == sorted({slot.opens_at for slot in found})
    assert len({(slot.local_date, slot.local_time) for slot in found}) == len(found)
    assert all(after < slot.opens_at <= after + timedelta(days=400) for slot in found)
    assert not {slot.local_date for slot in found} & set(rule.exceptions)
    if rule.weekdays:
        assert {slot.local_date.weekday() for slot in found} <= set(rule.weekdays)


@given(rules(), moments)
def test_a_slot_opens_at_its_local_time_or_an_hour_later_where_the_clocks_skip_it(rule, after):
    slot = next_slot(rule, after)
    if slot:
        local = slot.opens_at.astimezone(ZoneInfo(rule.time_zone)).replace(tzinfo=None)
        late = local - datetime.combine(slot.local_date, slot.local_time)
        assert timedelta(0) <= late <= timedelta(hours=24 if rule.time_zone == "Pacific/Apia" else 1)


@given(rules(), moments, st.lists(st.timedeltas(timedelta(minutes=1), timedelta(days=9)), min_size=1, max_size=8))
def test_however_often_the_ticker_looks_every_slot_is_handled_once(rule, start, naps):
    handled, last = [], start
    for nap in naps:
        late = catch_up(rule, last, last + nap)
        handled += [*late.to_open, *late.too_late]
        last += nap
    assert sorted(slot.opens_at for slot in handled) == [slot.opens_at for slot in slots(rule, start, last)]


@given(rules(), moments)
def test_a_round_closes_after_it_opens(rule, after):
    slot = next_slot(rule, after)
    assert slot is None or slot.closes_at is None or slot.closes_at > slot.opens_at or rule.time_zone == "Pacific/Apia"


@given(moments, zones, clock, clock)
def test_nothing_unasked_arrives_in_quiet_hours(moment, zone, quiet_from, quiet_until):
    wishes = ReminderWishes(time_zone=zone, quiet_from=quiet_from, quiet_until=quiet_until)
    sent = after_quiet_hours(wishes, moment)
    assert moment <= sent <= moment + timedelta(hours=26)
    local = sent.astimezone(ZoneInfo(zone)).time()
    assert sent == moment or not is_quiet(wishes, local) or _is_shifted(sent, zone, quiet_until)
    assert sent != moment or not is_quiet(wishes, moment.astimezone(ZoneInfo(zone)).time())


@given(moments, zones, clock, clock, st.lists(st.integers(0, 6), max_size=6))
def test_at_most_one_reminder_comes_in_a_day_and_within_the_window(moment, zone, start, end, days_off):
    wishes = ReminderWishes(time_zone=zone, is_on=True, window=(start, end), days_off=tuple(days_off))
    sent: list[datetime] = []
    now = moment
    while len(sent) < 5 and (reminder := next_reminder(wishes, now, written_to=sent)):
        sent.append(reminder)
        now = reminder + timedelta(minutes=1)
    days = [learning_day(each, zone) for each in sent]
    assert len(set(days)) == len(days)
    assert all(each >= moment for each in sent)


def _is_shifted(moment: datetime, zone: str, wanted: time) -> bool:
    """The end of the quiet hours itself was skipped or repeated by a clock change."""
    local = moment.astimezone(ZoneInfo(zone))
    return local.replace(tzinfo=None) != datetime.combine(local.date(), wanted) or bool(
        local.utcoffset() != (local - timedelta(hours=24)).utcoffset()
    )
