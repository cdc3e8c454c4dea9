"""Quiz rounds: put into the calendar, opened once when their time has come, answered into the cards of revision."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter
from sqlalchemy import insert
from sqlmodel import Session

from talkthrough.question_bank.items.question import Question
from talkthrough.question_bank.specification import Unit
from talkthrough.scheduler.learning_day import in_utc
from talkthrough.scheduler.recurrence import RoundRule, Slot, catch_up, describe, next_slot
from talkthrough.storage import bank, outbox, people
from talkthrough.storage import rounds as rows
from talkthrough.storage.tables import Cohort, Delivery, Person, Round, Schedule

WHOLE_UNIT = "all"
RULES: TypeAdapter[RoundRule] = TypeAdapter(RoundRule)
DATE_AND_TIME = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\s+(?:at\s+)?(\d{1,2})[:.](\d{2})")
DAY_AND_TIME = re.compile(r"(today|tomorrow)\s+(?:at\s+)?(\d{1,2})[:.](\d{2})")
MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Announcement:
    """What a learner is told when a round opens; the bot words it."""

    round_id: int
    cohort: str
    unit_label: str
    questions: int
    closes: str


Announce = Callable[[Announcement], tuple[str, Mapping[str, Any]]]


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


def schedule_once(
    session: Session,
    cohort: Cohort,
    tutor_id: int,
    *,
    unit_key: str,
    outcome_number: str,
    question_count: int,
    moment: datetime,
    now: datetime,
) -> Schedule:
    """Put one round into the calendar of a cohort."""
    local = moment.astimezone(ZoneInfo(cohort.time_zone))
    entry = bank.unit_by_key(session, unit_key)
    rule = RoundRule(
        first_date=local.date(),
        local_time=local.time().replace(tzinfo=None),
        time_zone=cohort.time_zone,
        unit_key=unit_key,
        criteria=_criteria(entry.unit, outcome_number) if entry else (),
        question_count=question_count,
    )
    return schedule(session, cohort, tutor_id, rule, now, first=moment)


def schedule(
    session: Session, cohort: Cohort, tutor_id: int, rule: RoundRule, now: datetime, first: datetime | None = None
) -> Schedule:
    """Put a rule into the calendar; the ticker looks at it when its first slot comes."""
    slot = next_slot(rule, now)
    assert cohort.id is not None
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


def _criteria(unit: Unit, outcome_number: str) -> tuple[str, ...]:
    return tuple(
        criterion.key
        for outcome in unit.outcomes
        if outcome_number in (WHOLE_UNIT, outcome.number)
        for criterion in outcome.criteria
    )


def pick_questions(
    session: Session, unit: Unit, outcome_number: str, count: int, used: Mapping[str, int] | None = None
) -> tuple[str, ...]:
    """Question keys for a round on an outcome or the whole unit."""
    return _pick(bank.questions(session, unit.key), _criteria(unit, outcome_number), count, used or {})


def _pick(
    questions: Sequence[Question], criteria: Sequence[str], count: int, used: Mapping[str, int]
) -> tuple[str, ...]:
    """Least used first, criteria in turn, and a tapped question to begin with: one tap gets a tired learner started."""
    wanted = [question for question in questions if question.criterion_key in set(criteria)]
    per_criterion: dict[str, int] = {}
    turns = []
    for question in sorted(wanted, key=lambda question: (used.get(question.key, 0), question.demand, question.key)):
        turn = per_criterion[question.criterion_key] = per_criterion.get(question.criterion_key, 0) + 1
        turns.append((used.get(question.key, 0), turn, criteria.index(question.criterion_key), question))
    chosen = [question for *_, question in sorted(turns, key=lambda entry: entry[:3])[:count]]
    return tuple(question.key for question in sorted(chosen, key=lambda question: not question.is_tapped))


def open_due(session: Session, now: datetime, announce: Announce) -> int:
    """Open every round whose time has come, once; returns how many. Called by the ticker in a transaction."""
    return sum(_look_at(session, schedule, now, announce) for schedule in rows.due_schedules(session, now))


def _look_at(session: Session, row: Schedule, now: datetime, announce: Announce) -> int:
    rule = RULES.validate_json(row.body)
    assert row.next_at is not None
    found = catch_up(rule, row.next_at - MOMENT, now)
    opened = sum(_open(session, row, rule, slot, now, announce) for slot in found.to_open)
    following = next_slot(rule, now)
    row.next_at = following.opens_at if following else None
    row.state = "active" if following else "done"
    return opened


def _open(session: Session, row: Schedule, rule: RoundRule, slot: Slot, now: datetime, announce: Announce) -> bool:
    """The unique slot makes a second firing harmless; deliveries and messages are rows of the same transaction."""
    cohort, entry = people.cohort(session, row.cohort_id), bank.unit_by_key(session, rule.unit_key)
    if cohort is None or entry is None:
        return False
    criteria = tuple(c.key for c in entry.unit.criteria) if rule.criteria == "weakest" else rule.criteria
    used = rows.times_used(session, row.cohort_id)
    keys = _pick(bank.questions(session, rule.unit_key), criteria, rule.question_count, used)
    opened = rows.open_round(session, row, slot.local_date, f"{slot.local_time:%H:%M}", keys, now, slot.closes_at)
    if opened is None or not keys:
        return False
    learners = people.learners_of(session, row.cohort_id)
    closes = moment_in_words(slot.closes_at, cohort.time_zone) if slot.closes_at else ""
    view, data = announce(Announcement(opened.id or 0, cohort.name, entry.unit.label, len(keys), closes))
    _deliver(session, opened, keys, learners, view, data, now)
    return True


def _deliver(
    session: Session,
    opened: Round,
    keys: Sequence[str],
    learners: Sequence[Person],
    view: str,
    data: Mapping[str, Any],
    now: datetime,
) -> None:
    deliveries = [
        {"person_id": learner.id, "question_key": key, "round_id": opened.id, "position": position}
        for learner in learners
        for position, key in enumerate(keys, start=1)
    ]
    if deliveries:
        session.exec(insert(Delivery), params=deliveries)
    for learner in learners:
        if learner.unreachable_since is None:
            outbox.add(session, chat_id=learner.telegram_id, view=view, data=data, lane=outbox.BROADCAST, now=now)


@dataclass(frozen=True, slots=True)
class Tally:
    """How far a round has come."""

    name: str
    opened: str
    answered: int
    asked: int
    people_started: int
    people: int


def planned_lines(session: Session, cohort: Cohort) -> list[str]:
    """The cohort's rounds to come, a line each."""
    lines = []
    for row in rows.active_schedules(session, cohort.id or 0):
        rule = RULES.validate_json(row.body)
        entry = bank.unit_by_key(session, rule.unit_key)
        lines.append(f"{cohort.name}, {entry.unit.label if entry else rule.unit_key}: {describe(rule)}")
    return lines


def tallies(session: Session, cohort: Cohort, last: int = 5) -> list[Tally]:
    """The cohort's latest rounds."""
    found = []
    for row in rows.latest_rounds(session, cohort.id or 0, last):
        answered, started, invited = rows.counts(session, row.id or 0)
        asked = invited * len(json.loads(row.question_keys))
        opened = moment_in_words(row.opened_at.astimezone(UTC), cohort.time_zone)
        found.append(Tally(cohort.name, opened, answered, asked, started, invited))
    return found
