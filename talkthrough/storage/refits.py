"""Tries to fit FSRS's parameters to one learner, as rows: asked for, settled, and which are in force."""

import json
from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from talkthrough.storage.tables import Refit

Parameters = tuple[float, ...]


def of_person(session: Session, person_id: int) -> tuple[Refit, ...]:
    """The person's tries, oldest first."""
    return tuple(session.exec(select(Refit).where(Refit.person_id == person_id).order_by(col(Refit.id))))


def want(session: Session, person_id: int, events: int, now: datetime) -> None:
    """Ask for a try."""
    session.add(Refit(person_id=person_id, events=events, wanted_at=now))
    session.flush()


def waiting(session: Session) -> Refit | None:
    """The try that has waited longest."""
    return session.exec(select(Refit).where(col(Refit.tried_at).is_(None)).order_by(col(Refit.id)).limit(1)).first()


def settle(row: Refit, parameters: Sequence[float] | None, last_answer_id: int | None, now: datetime) -> None:
    """Write down what came of a try: parameters, or None where the old ones stay."""
    row.tried_at, row.last_answer_id = now, last_answer_id
    row.parameters = json.dumps(list(parameters)) if parameters else None


def in_force(session: Session, person_id: int) -> Parameters | None:
    """The parameters that the person's memories are computed with; None for the usual ones."""
    wanted = select(Refit.parameters).where(Refit.person_id == person_id, col(Refit.parameters).is_not(None))
    newest = session.exec(wanted.order_by(col(Refit.id).desc()).limit(1)).first()
    return _read(newest) if newest else None


def eras(session: Session, person_id: int) -> tuple[tuple[int | None, Parameters | None], ...]:
    """(the last answer that was forecast with them, parameters) in order; the last ones are in force, with no end."""
    found: list[tuple[int | None, Parameters | None]] = []
    parameters: Parameters | None = None
    for row in of_person(session, person_id):
        if row.parameters:
            found.append((row.last_answer_id, parameters))
            parameters = _read(row.parameters)
    return (*found, (None, parameters))


def _read(kept: str) -> Parameters:
    return tuple(float(each) for each in json.loads(kept))
