"""The use case of refitting: asked for at the end of a sitting, computed apart from any transaction, then settled.

The search takes a good part of a second for a long log (0.15 s for 2,000 answers), so no reply waits for it. A row says
that it is wanted, so a restart loses nothing.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from talkthrough.scheduler import memory_rows
from talkthrough.scheduler.forgetting import DEFAULT_PARAMETERS
from talkthrough.scheduler.refit import is_due, refit
from talkthrough.scheduler.review_log import LoggedReview
from talkthrough.storage import answer_log, refits, revision
from talkthrough.storage.tables import Refit


@dataclass(frozen=True, slots=True)
class Try:
    """One learner's log, to be fitted, and the parameters that it has to forecast better than."""

    refit_id: int
    log: tuple[LoggedReview, ...]
    current: tuple[float, ...]

    def fitted(self) -> tuple[float, ...] | None:
        """The better parameters, None where the current ones stay. Pure, and slow: see the module."""
        return refit(self.log, self.current)


def want_when_due(session: Session, person_id: int, now: datetime) -> None:
    """Ask for a try where enough has been answered since the last one. Asking twice is asking once."""
    tries = refits.of_person(session, person_id)
    if tries and tries[-1].tried_at is None:
        return
    events = answer_log.events_of(session, person_id)
    if is_due(events, tries[-1].events if tries else 0):
        refits.want(session, person_id, events, now)


def next_try(session: Session) -> Try | None:
    """What waits longest to be tried."""
    row = refits.waiting(session)
    if row is None:
        return None
    log = memory_rows.review_log(answer_log.log_of(session, row.person_id))
    current = refits.in_force(session, row.person_id) or tuple(DEFAULT_PARAMETERS)
    return Try(row.id or 0, tuple(log), current)


def settle(session: Session, refit_id: int, fitted: tuple[float, ...] | None, now: datetime) -> None:
    """Keep what came of a try, and compute the learner's memories with it. Nothing where they were erased since."""
    row = session.get(Refit, refit_id)
    if row is None or row.tried_at is not None:
        return
    refits.settle(row, fitted, revision.newest_answer(session, row.person_id), now)
    session.flush()
    if fitted:
        memory_rows.rebuild(session, row.person_id)
