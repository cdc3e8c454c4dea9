"""A tutor sets a discussion for a learner or a cohort; the learner gets it and reads the plan."""

from datetime import date, timedelta

from talkthrough.bot.conversations import record_effects as e
from talkthrough.bot.conversations import results as r
from talkthrough.bot.conversations.announcing import taken_back
from talkthrough.bot.conversations.assigning import PAGE
from talkthrough.bot.conversations.dates import date_in
from talkthrough.bot.conversations.performers.desk import Desk, Performer
from talkthrough.bot.conversations.performers.handing_out import row_id
from talkthrough.bot.conversations.performers.planning import day_in_words, plan_for
from talkthrough.bot.conversations.performers.rounds import own_cohorts, teaches
from talkthrough.bot.conversations.plan_results import (
    AssignedFound,
    AssignmentMade,
    AssignmentsCancelled,
    CancelOffered,
    LearnerChoice,
    LearnersFound,
    SetDiscussion,
)
from talkthrough.scheduler import unasked
from talkthrough.storage import bank, bank_items, cohorts, discussions, outbox, people, planning
from talkthrough.storage.tables import Discussion, Person, Planning

WEEKS = {"1w": 1, "2w": 2, "4w": 4}
NO_DATE = "I could not read that as a date to come. Type it like this: 14/03/2027."
NO_OUTCOME = "That part of the unit has no criteria. Choose another one."
NOBODY = "There is no learner in this group yet."


def find_assigned(desk: Desk, effect: e.FindAssigned) -> r.Event:
    """A page of the discussions that the tutor has set for who they still teach, the newest first."""
    taught = bank_items.learners_taught_by(desk.session, desk.person_id)
    mine = [each for each in planning.assigned_by(desk.session, desk.person_id) if each[0].person_id in taught]
    first = effect.first if effect.first < len(mine) else 0
    shown = mine[::-1][first : first + PAGE]
    seen = {row.person_id for row, _ in shown}
    people.note_access_to_all(desk.session, desk.person_id, seen, "looked at how far set discussions are", desk.now)
    lines = tuple(_line(desk, row, detail) for row, detail in shown)
    not_begun = frozenset(row_id(row) for row, _ in shown if row.status == "planned")
    return AssignedFound(lines, first, len(mine), not_begun)


def cancel_assigned(desk: Desk, effect: e.CancelAssigned) -> r.Event:
    """Ask, or take the discussion back and tell who it was for; what has begun stays."""
    taught = bank_items.learners_taught_by(desk.session, desk.person_id)
    same = planning.same_not_begun(desk.session, desk.person_id, effect.discussion_id)
    found = [row for row in same if row.person_id in taught]
    if not found or found[0].id != effect.discussion_id:
        return AssignmentsCancelled()
    if not effect.is_sure:
        detail = planning.planning_of(desk.session, effect.discussion_id)
        return CancelOffered(_line(desk, found[0], detail), len(found))
    wanted = found if effect.for_all else found[:1]
    gone = [row for row in wanted if planning.cancel(desk.session, row)]
    learners = [people.by_id(desk.session, row.person_id) for row in gone]
    label = discussions.plan_of(found[0]).unit_label
    message = taken_back(desk.person.display_name, label, found[0].outcome_number)
    for learner in learners:
        unasked.tell(desk.session, learner, message, desk.now)
    return AssignmentsCancelled(label, found[0].outcome_number, tuple(each.display_name for each in learners))


def _line(desk: Desk, row: Discussion, detail: Planning) -> SetDiscussion:
    learner = people.by_id(desk.session, row.person_id).display_name
    label = discussions.plan_of(row).unit_label
    return SetDiscussion(
        row_id(row), label, row.outcome_number, day_in_words(detail.due_on), learner, _stage(row, detail)
    )


def _stage(row: Discussion, detail: Planning) -> str:
    """How far it is; nothing of what was said."""
    if row.status != "planned":
        return "finished" if row.status == "closed" else "begun"
    return "plan read" if detail.acknowledged_at else "plan not read yet"


def find_learners(desk: Desk, effect: e.FindLearners) -> r.Event:
    """The tutor's cohorts, or the learners of one."""
    if effect.cohort_id is None:
        return LearnersFound(None, tuple(LearnerChoice(row.id or 0, row.name) for row in own_cohorts(desk)))
    if teaches(desk, effect.cohort_id) is None:
        return r.NotAllowed()
    learners = people.learners_of(desk.session, effect.cohort_id)
    return LearnersFound(effect.cohort_id, tuple(LearnerChoice(one.id or 0, one.display_name) for one in learners))


def assign(desk: Desk, effect: e.Assign) -> r.Event:
    """What would be set, for whom and until when; or set it and tell the learners."""
    cohort, entry = teaches(desk, effect.cohort_id), bank.unit_version(desk.session, effect.version_id)
    if cohort is None or entry is None:
        return r.NotAllowed()
    learners, due = _learners(desk, effect), due_date(effect.due, desk.today)
    numbers = {outcome.number for outcome in entry.unit.outcomes if outcome.criteria}
    problem = (due is None and NO_DATE) or (not learners and NOBODY) or ""
    problem = NO_OUTCOME if effect.outcome_number not in numbers else problem
    if problem or due is None:
        return AssignmentMade(effect, problem=problem or NO_DATE)
    if not effect.is_preview:
        for learner in learners:
            _set(desk, effect, entry, learner, due)
    names = tuple(learner.display_name for learner in learners)
    is_other = not cohorts.has_unit(cohort, entry.unit.key)
    return AssignmentMade(effect, entry.unit.label, names, day_in_words(due), is_other=is_other)


def _learners(desk: Desk, effect: e.Assign) -> tuple[Person, ...]:
    learners = people.learners_of(desk.session, effect.cohort_id)
    return tuple(one for one in learners if effect.learner_id in (None, one.id))


def due_date(text: str, today: date) -> date | None:
    """A tapped number of weeks ("2w") or a typed date to come."""
    day = today + timedelta(weeks=WEEKS[text]) if text in WEEKS else date_in(text, today)
    return day if day and day > today else None


def _set(desk: Desk, effect: e.Assign, entry: bank.BankUnit, learner: Person, due: date) -> None:
    before = {row.id for row, _ in planning.assigned_to(desk.session, learner.id or 0)}
    row = planning.assign(
        desk.session,
        learner=learner,
        plan=plan_for(
            desk,
            learner,
            entry.unit,
            effect.outcome_number,
            "practice",
            has_safeguarding_contact=True,  # whoever sets a discussion teaches the learner
        ),
        version_id=entry.version_id,
        by=desk.person_id,
        due_on=due,
        now=desk.now,
    )
    if row.id not in before:
        _tell(desk, learner, row, due)


def _tell(desk: Desk, learner: Person, row: Discussion, due: date) -> None:
    label = discussions.plan_of(row).unit_label
    values = {"tutor": desk.person.display_name, "unit": label, "outcome": row.outcome_number, "due": day_in_words(due)}
    data = {"values": values, "buttons": [[["Read the plan", f"pln:show:{row_id(row)}"]]]}
    outbox.add(
        desk.session,
        chat_id=learner.telegram_id,
        view="discussion_set",
        data=data,
        now=desk.now,
        lane=outbox.BROADCAST,
    )


PERFORMERS: dict[type, Performer] = {
    e.FindAssigned: find_assigned,
    e.CancelAssigned: cancel_assigned,
    e.FindLearners: find_learners,
    e.Assign: assign,
}
