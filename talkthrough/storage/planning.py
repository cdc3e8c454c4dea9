"""How a discussion was planned: who is present, who prepared it, until when, and what the learner wants to do next."""

import json
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from talkthrough.question_bank.discussion.model import Plan
from talkthrough.storage import discussions
from talkthrough.storage.record_tables import Planning
from talkthrough.storage.tables import Discussion, Person

CANCELLED = "cancelled"  # the status of a set discussion that its tutor took back


def planning_of(session: Session, discussion_id: int) -> Planning:
    """The row beside a discussion's plan; made where there is none."""
    row = session.get(Planning, discussion_id)
    if row is None:
        row = Planning(discussion_id=discussion_id)
        session.add(row)
        session.flush()
    return row


def change_plan(session: Session, discussion: Discussion, plan: Plan) -> None:
    """Another plan for a discussion that has not begun; DiscussionError once it has, for then the plan is agreed."""
    if discussion.status != "planned":
        raise discussions.DiscussionError("The discussion has begun. Its plan stays as it was agreed.")
    discussion.plan = discussions.PLAN.dump_json(plan).decode()
    session.add(discussion)


def acknowledge(session: Session, discussion_id: int, now: datetime) -> None:
    """The learner has read the plan. The first time counts."""
    row = planning_of(session, discussion_id)
    row.acknowledged_at = row.acknowledged_at or now


def add_next_step(session: Session, discussion_id: int, step: str) -> None:
    """What the learner chose to do next, each once."""
    row = planning_of(session, discussion_id)
    steps = json.loads(row.next_steps)
    if step not in steps:
        row.next_steps = json.dumps([*steps, step])


def assign(
    session: Session, *, learner: Person, plan: Plan, version_id: int, by: int, due_on: date | None, now: datetime
) -> Discussion:
    """A discussion that a tutor prepared for a learner. The same one again changes nothing but its date."""
    assert learner.id is not None
    for discussion, row in assigned_to(session, learner.id):
        is_same = (discussion.unit_version_id, discussion.outcome_number) == (version_id, plan.outcome_number)
        if is_same and row.prepared_by == by and discussion.status == "planned":
            row.due_on = due_on
            return discussion
    discussion = discussions.start(
        session,
        person_id=learner.id,
        unit_version_id=version_id,
        plan=plan,
        time_zone=learner.time_zone,
        now=now,
    )
    assert discussion.id is not None
    session.add(Planning(discussion_id=discussion.id, prepared_by=by, due_on=due_on))
    session.flush()
    return discussion


def _assigned(*where: Any) -> Any:
    wanted = select(Discussion, Planning).join(Planning, col(Planning.discussion_id) == Discussion.id)
    stands = (col(Planning.prepared_by).is_not(None), Discussion.status != CANCELLED)
    return wanted.where(*stands, *where).order_by(col(Discussion.id))


def assigned_to(session: Session, person_id: int) -> tuple[tuple[Discussion, Planning], ...]:
    """Discussions that tutors prepared for a learner, oldest first."""
    return tuple((row, planning) for row, planning in session.exec(_assigned(Discussion.person_id == person_id)))


def assigned_by(session: Session, tutor_id: int) -> tuple[tuple[Discussion, Planning], ...]:
    """Discussions that a tutor prepared, oldest first."""
    return tuple((row, planning) for row, planning in session.exec(_assigned(Planning.prepared_by == tutor_id)))


def same_not_begun(session: Session, tutor_id: int, discussion_id: int) -> tuple[Discussion, ...]:
    """The discussion and those that the tutor set with it for others (same unit, outcome and date), none begun yet.

    The discussion comes first. Empty where it has begun, was cancelled or is not this tutor's.
    """
    mine = [(row, detail) for row, detail in assigned_by(session, tutor_id) if row.status == "planned"]
    found = next((each for each in mine if each[0].id == discussion_id), None)
    if found is None:
        return ()
    alike = [row for row, detail in mine if _what(row, detail) == _what(*found)]
    return tuple(sorted(alike, key=lambda row: row.id != discussion_id))


def _what(row: Discussion, detail: Planning) -> tuple[object, ...]:
    return row.unit_version_id, row.outcome_number, detail.due_on


def cancel(session: Session, row: Discussion) -> bool:
    """Take back a discussion that has not begun; False where it has, or was taken back before."""
    session.refresh(row, with_for_update=True)
    if row.status != "planned":
        return False
    row.status = CANCELLED
    return True
