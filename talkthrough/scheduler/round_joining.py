"""Rounds for who comes late: a learner who joins a group gets the rounds that are open in it."""

import json
from datetime import datetime, timedelta

from sqlmodel import Session

from talkthrough.scheduler import unasked
from talkthrough.scheduler.round_messages import Announcement, Wording
from talkthrough.scheduler.round_questions import for_each
from talkthrough.scheduler.rounds import deliver, moment_in_words, rule_of
from talkthrough.storage import bank, cohorts, people
from talkthrough.storage import rounds as rows
from talkthrough.storage.tables import Cohort, Person, Role, Round, Schedule

STILL_NEW = timedelta(days=14)  # a round that never closes is not for who joins a term later


def join_open_rounds(session: Session, person: Person, now: datetime, wording: Wording) -> int:
    """Put the person's questions of every open round of their groups, and tell them; returns how many rounds.

    Not before they have read what is kept about them. Rounds that they have already stay as they are.
    """
    if person.privacy_seen_at is None:
        return 0
    mine = people.cohorts_with(session, person.id or 0, Role.LEARNER)
    return sum(
        _join(session, cohort, row, person, now, wording)
        for cohort in mine
        for row in rows.open_without(session, cohort.id or 0, person.id or 0, now, now - STILL_NEW)
    )


def _join(session: Session, cohort: Cohort, row: Round, person: Person, now: datetime, wording: Wording) -> bool:
    rule = rule_of(session.get_one(Schedule, row.schedule_id))
    entry, person_id = cohorts.unit_of(session, cohort, rule.unit_key), person.id or 0
    if entry is None:
        return False
    if rule.is_individual:
        keys = for_each(session, row.cohort_id, rule, entry.unit, [person_id], now)[person_id]
    else:
        keys = tuple(key for key in json.loads(row.question_keys) if bank.is_asked(session, key))
    if not keys:
        return False
    deliver(session, row, {person_id: keys})
    closes = moment_in_words(row.closes_at, cohort.time_zone) if row.closes_at else ""
    announcement = Announcement(row.id or 0, cohort.name, entry.unit.label, len(keys), closes)
    unasked.tell(session, person, wording.opened(announcement), now)
    return True
