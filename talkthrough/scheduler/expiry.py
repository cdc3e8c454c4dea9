"""When a cohort's data has passed its time: its tutors are asked, and one of them says whether it goes.

Nothing is deleted without a person who saw what it is (the ICO asks for a prompt at the date, not for a machine that
deletes). The tutor's quiet hours hold; whoever does nothing is asked again after four weeks.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from talkthrough.scheduler.memory_rows import rebuild
from talkthrough.scheduler.round_messages import Message
from talkthrough.scheduler.unasked import tell
from talkthrough.storage import cohorts, readers, retention
from talkthrough.storage.tables import Cohort, Role

ASK_AGAIN = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class Expiry:
    """What a tutor is asked about."""

    cohort_id: int
    cohort: str
    due: str
    learners: int
    answers: int
    discussions: int


Ask = Callable[[Expiry], Message]


def ask_tutors(session: Session, now: datetime, ask: Ask) -> int:
    """Ask the tutors of each cohort whose data has passed its time; returns how many were written to."""
    return sum(_ask(session, row, now, ask) for row in cohorts.every_cohort(session))


def _ask(session: Session, row: Cohort, now: datetime, ask: Ask) -> int:
    today, asked = retention.today_of(row, now), cohorts.settings_of(row).expiry_asked
    if asked is not None and today - asked < ASK_AGAIN:
        return 0
    found = retention.expired(session, row, now)
    if found.is_empty:
        return 0
    cohorts.change_settings(row, expiry_asked=today)
    tutors = readers.with_role(session, row.id or 0, Role.TUTOR)
    for tutor in tutors:
        tell(session, tutor, ask(expiry_of(row, found)), now)
    return len(tutors)


def expiry_of(row: Cohort, found: retention.Expired) -> Expiry:
    """What has passed its time, as people read it."""
    due = f"{found.due:%-d %B %Y}" if found.due else ""
    return Expiry(row.id or 0, row.name, due, len(found.learners), len(found.answers), len(found.discussions))


def delete_expired(session: Session, row: Cohort, now: datetime) -> retention.Expired:
    """Delete what has passed its time, and compute anew what was made of it: cards and forecasts."""
    found = retention.expired(session, row, now)
    retention.delete_rows(session, found)
    for learner in found.learners:
        rebuild(session, learner)
    return found
