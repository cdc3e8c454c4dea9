"""Quiz rounds: put into the calendar, changed, opened once when their time has come."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter
from sqlalchemy import insert
from sqlmodel import Session

from talkthrough.scheduler.learning_day import in_utc
from talkthrough.scheduler.recurrence import RoundRule, Slot, catch_up, describe, next_slot
from talkthrough.scheduler.reminders import after_quiet_hours
from talkthrough.scheduler.round_messages import Announcement, Message, Wording
from talkthrough.scheduler.round_questions import for_each, for_group
from talkthrough.scheduler.unasked import wishes_of
from talkthrough.storage import bank, cohorts, outbox, people
from talkthrough.storage import rounds as rows
from talkthrough.storage.tables import Cohort, Delivery, Person, Round, Schedule

RULES: TypeAdapter[RoundRule] = TypeAdapter(RoundRule)
DATE_AND_TIME = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\s+(?:at\s+)?(\d{1,2})[:.](\d{2})")
DAY_AND_TIME = re.compile(r"(today|tomorrow)\s+(?:at\s+)?(\d{1,2})[:.](\d{2})")
MOMENT = timedelta(microseconds=1)


def moment_in(words: str, now: datetime, time_zone: str) -> datetime | None:
    """The UTC moment meant by "now", "today 18:00", "tomorrow 09:00" or "25/11/2026 18:00" in a zone; None if past."""
    local = now.astimezone(ZoneInfo(time_zone))
    text = " ".join(words.lower().split())
    if text == "now":
        return now.replace(second=0, microsecond=0)
    try:
        found = _day_in(text, local.date())
        moment = in_utc(*found, time_zone) if found else None
    except ValueError:
        return None
    return moment if moment and moment > now - timedelta(minutes=1) else None


def _day_in(text: str, today: date) -> tuple[date, time] | None:
    if named := DAY_AND_TIME.fullmatch(text):
        day = today + timedelta(days=named[1] == "tomorrow")
        return day, time(int(named[2]), int(named[3]))
    if printed := DATE_AND_TIME.fullmatch(text):
        day = date(int(printed[3]), int(printed[2]), int(printed[1]))
        return day, time(int(printed[4]), int(printed[5]))
    return None


def moment_in_words(moment: datetime, time_zone: str) -> str:
    """A moment as people of a zone say it: "Thursday 26 November at 18:00"."""
    return f"{moment.astimezone(ZoneInfo(time_zone)):%A %-d %B at %H:%M}"


def schedule(
    session: Session, cohort: Cohort, tutor_id: int, rule: RoundRule, now: datetime, first: datetime | None = None
) -> Schedule:
    """Put a rule into the calendar; the ticker looks at it when its first slot comes."""
    assert cohort.id is not None
    slot = next_slot(in_term(rule, cohort), now)
    row = Schedule(
        cohort_id=cohort.id,
        created_by=tutor_id,
        body=RULES.dump_json(rule).decode(),
        next_at=first or (slot.opens_at if slot else None),
        created_at=now,
    )
    session.add(row)
    session.flush()
    return row


def in_term(rule: RoundRule, cohort: Cohort) -> RoundRule:
    """A recurring rule without the cohort's holidays and within its term; a single round is where the tutor put it.

    "Every two weeks" counts from the first week of the term where the term starts later than the rule.
    """
    if not rule.weekdays:
        return rule
    own = cohorts.settings_of(cohort)
    starts = max(rule.first_date, own.term_start or rule.first_date)
    free = {
        first + timedelta(days=days) for first, last in own.holidays for days in range(max((last - first).days + 1, 0))
    }
    last_days = [day for day in (rule.end_date, own.term_end) if day]
    exceptions = (*rule.exceptions, *sorted(free))
    return replace(rule, first_date=starts, exceptions=exceptions, end_date=min(last_days, default=None))


# --- changing what is planned ---------------------------------------------------------------------------------------


def rule_of(row: Schedule) -> RoundRule:
    """The rule of a schedule as the tutor gave it."""
    return RULES.validate_json(row.body)


def upcoming(session: Session, row: Schedule, now: datetime) -> Slot | None:
    """The next slot of a schedule after a moment, holidays left out."""
    return next_slot(in_term(rule_of(row), session.get_one(Cohort, row.cohort_id)), now)


def change_rule(session: Session, row: Schedule, rule: RoundRule, now: datetime) -> None:
    """Give a schedule another rule; rounds that were opened stay as they are."""
    row.body = RULES.dump_json(rule).decode()
    plan_next(session, row, now)


def plan_next(session: Session, row: Schedule, now: datetime) -> None:
    """Say anew when the ticker must look at the schedule: after a change of its rule, its state or the holidays."""
    following = upcoming(session, row, now)
    row.next_at = following.opens_at if following else None
    if row.state == rows.ACTIVE and following is None:
        row.state = rows.DONE


def pause(row: Schedule) -> None:
    """No round opens until it is resumed. Doing it twice changes nothing."""
    row.state = rows.PAUSED if row.state == rows.ACTIVE else row.state


def resume(session: Session, row: Schedule, now: datetime) -> None:
    """Go on with the next slot; what fell into the pause stays out."""
    if row.state == rows.PAUSED:
        row.state = rows.ACTIVE
        plan_next(session, row, now)


def skip(session: Session, row: Schedule, day: date, now: datetime) -> None:
    """Leave out the round of one local date. Doing it twice changes nothing."""
    rule = rule_of(row)
    if day not in rule.exceptions:
        change_rule(session, row, replace(rule, exceptions=(*rule.exceptions, day)), now)


def cancel(row: Schedule) -> None:
    """End a schedule. Rounds that were opened stay."""
    row.state, row.next_at = rows.CANCELLED, None


def once_at(rule: RoundRule, now: datetime) -> RoundRule:
    """The same round, once, at a moment."""
    local = now.astimezone(ZoneInfo(rule.time_zone))
    at = local.time().replace(second=0, microsecond=0, tzinfo=None)
    return replace(rule, weekdays=(), first_date=local.date(), local_time=at, end_date=None, exceptions=())


def run_now(session: Session, row: Schedule, now: datetime, wording: Wording) -> Round | None:
    """Open a round of the schedule at once, beside its slots; None where one was opened this very minute."""
    rule = once_at(rule_of(row), now)
    slot = next_slot(rule, now - timedelta(minutes=2))
    return _open(session, row, rule, slot, now, wording) if slot else None


def run_soon(session: Session, row: Schedule, person_id: int, now: datetime) -> Schedule:
    """The same from beside the running bot: a round of its own that is due at once, for the ticker to open."""
    rule = once_at(rule_of(row), now)
    slot = next_slot(rule, now - timedelta(minutes=2))
    cohort = session.get_one(Cohort, row.cohort_id)
    return schedule(session, cohort, person_id, rule, now, first=slot.opens_at if slot else now)


def change_zone(session: Session, cohort: Cohort, time_zone: str, now: datetime) -> None:
    """Move a cohort to another time zone: its rounds keep their hours on the clock there."""
    cohort.time_zone = time_zone
    for row in rows.standing_schedules(session, cohort.id or 0):
        change_rule(session, row, replace(rule_of(row), time_zone=time_zone), now)


# --- opening --------------------------------------------------------------------------------------------------------


def open_due(session: Session, now: datetime, wording: Wording) -> int:
    """Open every round whose time has come, once; returns how many. Called by the ticker in a transaction."""
    return sum(_look_at(session, schedule, now, wording) for schedule in rows.due_schedules(session, now))


def _look_at(session: Session, row: Schedule, now: datetime, wording: Wording) -> int:
    rule = in_term(rule_of(row), session.get_one(Cohort, row.cohort_id))
    assert row.next_at is not None
    found = catch_up(rule, row.next_at - MOMENT, now)
    opened = [_open(session, row, rule, slot, now, wording) for slot in found.to_open]
    following = next_slot(rule, now)
    row.next_at = following.opens_at if following else None
    row.state = rows.ACTIVE if following else rows.DONE
    return sum(each is not None for each in opened)


def _open(
    session: Session, row: Schedule, rule: RoundRule, slot: Slot, now: datetime, wording: Wording
) -> Round | None:
    """The unique slot makes a second firing harmless; deliveries and messages are rows of the same transaction."""
    cohort = people.cohort(session, row.cohort_id)
    entry = cohorts.unit_of(session, cohort, rule.unit_key) if cohort else None
    if cohort is None or entry is None:
        return None
    learners = people.learners_of(session, row.cohort_id)
    ids = [learner.id for learner in learners if learner.id is not None]
    if rule.is_individual:
        own = for_each(session, row.cohort_id, rule, entry.unit, ids, now)
        keys = tuple(dict.fromkeys(key for each in own.values() for key in each))
    else:
        keys = for_group(session, row.cohort_id, rule, entry.unit, now)  # also for who joins later
        own = dict.fromkeys(ids, keys)
    opened = rows.open_round(session, row, slot.local_date, f"{slot.local_time:%H:%M}", keys, now, slot.closes_at)
    if opened is None or not keys:
        return None
    if not own:
        return opened
    deliver(session, opened, own)
    closes = moment_in_words(slot.closes_at, cohort.time_zone) if slot.closes_at else ""
    announcement = Announcement(opened.id or 0, cohort.name, entry.unit.label, max(map(len, own.values())), closes)
    _announce(session, learners, wording.opened(announcement), now)
    return opened


def deliver(session: Session, opened: Round, own: Mapping[int, Sequence[str]]) -> None:
    """Each person's questions of a round, in order."""
    deliveries: list[dict[str, Any]] = [
        {"person_id": person_id, "question_key": key, "round_id": opened.id, "position": position}
        for person_id, keys in own.items()
        for position, key in enumerate(keys, start=1)
    ]
    session.exec(insert(Delivery), params=deliveries)


def _announce(session: Session, learners: Sequence[Person], message: Message, now: datetime) -> None:
    """Nobody is written to in their quiet hours; the round itself is open for all."""
    moments = {
        learner.telegram_id: after_quiet_hours(wishes_of(learner), now)
        for learner in learners
        if learner.unreachable_since is None
    }
    later = {chat_id: moment if moment > now else None for chat_id, moment in moments.items()}
    outbox.add_to_many(session, later, view=message[0], data=message[1], now=now)


# --- what tutors look at --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Planned:
    """A schedule in words."""

    schedule_id: int
    words: str
    is_paused: bool


def planned(session: Session, cohort: Cohort) -> list[Planned]:
    """The cohort's rounds to come."""
    found = []
    for row in rows.standing_schedules(session, cohort.id or 0):
        rule = rule_of(row)
        entry = cohorts.unit_of(session, cohort, rule.unit_key)
        words = f"{cohort.name}, {entry.unit.label if entry else rule.unit_key}: {describe(rule)}"
        found.append(Planned(row.id or 0, words, row.state == rows.PAUSED))
    return found


@dataclass(frozen=True, slots=True)
class Tally:
    """How far a round has come."""

    round_id: int
    name: str
    opened: str
    answered: int
    asked: int
    people_started: int
    people: int
    is_closed: bool = False


def tallies(session: Session, cohort: Cohort, last: int = 5) -> list[Tally]:
    """The cohort's latest rounds."""
    return [tally_of(session, row, cohort) for row in rows.latest_rounds(session, cohort.id or 0, last)]


def tally_of(session: Session, row: Round, cohort: Cohort) -> Tally:
    """How far one round has come."""
    count = rows.counts(session, row.id or 0)
    opened = moment_in_words(row.opened_at.astimezone(UTC), cohort.time_zone)
    return Tally(
        row.id or 0,
        cohort.name,
        opened,
        count.answers,
        count.asked,
        count.people_started,
        count.people,
        row.closed_at is not None,
    )


def feedback_waits(session: Session, round_id: int | None) -> bool:
    """Whether a round is still open whose feedback comes after it has closed."""
    row = session.get(Round, round_id) if round_id is not None else None
    if row is None or row.closed_at is not None:
        return False
    return rule_of(session.get_one(Schedule, row.schedule_id)).feedback_after_closing


def unit_label(session: Session, unit_key: str) -> str:
    """What a unit is called."""
    entry = bank.unit_by_key(session, unit_key)
    return entry.unit.label if entry else unit_key
