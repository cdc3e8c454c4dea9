"""The plan before the discussion: made or set by a tutor, completed and read by the learner, printed."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from talkthrough.bot.conversations import effects as f
from talkthrough.bot.conversations import record_effects as e
from talkthrough.bot.conversations import results as r
from talkthrough.bot.conversations.performers.desk import Desk, Performer
from talkthrough.bot.conversations.performers.discussing import find_mine, units_for
from talkthrough.bot.conversations.performers.handing_out import own, plan_piece, read_discussion, row_id
from talkthrough.bot.conversations.performers.ordering import Production, order
from talkthrough.bot.conversations.plan_results import (
    AdjustmentsListed,
    ClockShown,
    CriteriaListed,
    PlanMade,
    PlanPrinted,
    PlanRead,
    RequirementsShown,
    SetDiscussion,
    SetDiscussionsWaiting,
)
from talkthrough.question_bank import discussion as policy
from talkthrough.question_bank.discussion.model import Mode, Plan
from talkthrough.question_bank.discussion.plan import LARGER_STEPS, extra_time_line
from talkthrough.question_bank.items import expected_points
from talkthrough.question_bank.specification import Unit
from talkthrough.storage import bank, cohorts, discussions, people
from talkthrough.storage import planning as rows
from talkthrough.storage.tables import Discussion, Person

EXTRA_TIME = 1.5
LONGEST_DETAIL = 300
MOST_MATERIALS = 12
ADJUSTMENTS = {
    "time": extra_time_line(EXTRA_TIME),
    "steps": LARGER_STEPS,
    "voice": "Voice messages, with the main points typed",
    "breaks": "Breaks when the learner asks for them",
}


def find_waiting(desk: Desk, _effect: f.FindWaitingDiscussion) -> r.Event:
    """A discussion that was set aside, else those that a tutor set, else the units to choose from."""
    waiting = discussions.open_of(desk.session, desk.person_id)
    if waiting is not None:
        return r.DiscussionWaiting(row_id(waiting), discussions.plan_of(waiting).unit_label, waiting.outcome_number)
    planned = [
        SetDiscussion(row_id(row), discussions.plan_of(row).unit_label, row.outcome_number, day_in_words(detail.due_on))
        for row, detail in rows.assigned_to(desk.session, desk.person_id)
        if row.status == "planned"
    ]
    return SetDiscussionsWaiting(tuple(planned)) if planned else units_for(desk, "discuss")


def day_in_words(day: date | None) -> str:
    """A day as people say it: "Fri 4 December 2026"; empty where there is none."""
    return f"{day:%a %-d %B %Y}" if day else ""


def plan(desk: Desk, effect: f.PlanDiscussion) -> r.Event:
    """Make the planning sheet."""
    entry = bank.unit_version(desk.session, effect.version_id)
    if entry is None or effect.outcome_number not in {outcome.number for outcome in entry.unit.outcomes}:
        return units_for(desk, "discuss")
    has_contact = _has_contact(desk)
    made = plan_for(
        desk, desk.person, entry.unit, effect.outcome_number, effect.mode, has_safeguarding_contact=has_contact
    )
    return _shown(desk, _start(desk, entry.version_id, made))


def plan_rest(desk: Desk, effect: e.PlanRest) -> r.Event:
    """Another discussion about the criteria that were not yet mentioned in a finished one."""
    row = own(desk, effect.discussion_id)
    entry = bank.unit_version(desk.session, row.unit_version_id) if row is not None else None
    if row is None or entry is None or row.status != "closed":
        return r.NoSuchDiscussion()
    made = discussions.plan_of(row)
    standings = policy.standings(made, discussions.transcript(desk.session, row_id(row)))
    left = {standing.criterion_key for standing in standings if not standing.mentioned and not standing.answered}
    rows.add_next_step(desk.session, row_id(row), "Talk about the rest")
    rest = _planned_again(desk, made, entry.unit, left or {criterion.key for criterion in made.criteria})
    return _shown(desk, _start(desk, entry.version_id, rest))


def _planned_again(
    desk: Desk, made: Plan, unit: Unit, keys: Collection[str], *, has_larger_steps: bool | None = None
) -> Plan:
    """A plan for these criteria, with what was agreed before."""
    fresh = policy.plan_discussion(
        unit,
        made.outcome_number,
        criterion_keys=keys,
        mode=made.mode,
        points=expected_points,
        extra_time=made.extra_time,
        has_larger_steps=made.has_larger_steps if has_larger_steps is None else has_larger_steps,
        has_safeguarding_contact=_has_contact(desk),
    )
    return replace(
        fresh, materials=made.materials, adjustments=made.adjustments, has_transcriber=bool(desk.settings.transcriber)
    )


def _start(desk: Desk, version_id: int, made: Plan) -> Discussion:
    return discussions.start(
        desk.session,
        person_id=desk.person_id,
        unit_version_id=version_id,
        plan=made,
        time_zone=desk.person.time_zone,
        now=desk.now,
    )


def _has_contact(desk: Desk) -> bool:
    """Whether there is anybody whom the learner can talk to, or who is told when a discussion is stopped."""
    named = cohorts.safeguarding_contacts(desk.session, desk.person_id) or desk.settings.safeguarding_contact
    return bool(named or people.safeguarding_leads_of(desk.session, desk.person_id))


def plan_for(
    desk: Desk, learner: Person, unit: Unit, outcome_number: str, mode: Mode, *, has_safeguarding_contact: bool
) -> Plan:
    """The plan of a discussion on one outcome, with the adjustments in the learner's settings."""
    wanted = people.settings_of(learner)
    made = policy.plan_discussion(
        unit,
        outcome_number,
        mode=mode,
        points=expected_points,
        extra_time=EXTRA_TIME if wanted.get("extra_time") else 1.0,
        has_larger_steps=bool(wanted.get("larger_steps")),
        has_safeguarding_contact=has_safeguarding_contact,
    )
    return replace(made, has_transcriber=bool(desk.settings.transcriber))


def _shown(desk: Desk, row: Discussion, *, is_changed: bool = False) -> PlanMade:
    made, detail = discussions.plan_of(row), rows.planning_of(desk.session, row_id(row))
    return PlanMade(
        row_id(row),
        made,
        policy.next_move(made, ()).text,
        present=detail.present,
        reference=people.settings_of(desk.person).get("reference"),
        prepared_by=people.by_id(desk.session, detail.prepared_by).display_name if detail.prepared_by else None,
        due_on=detail.due_on,
        is_changed=is_changed,
    )


def show_plan(desk: Desk, effect: e.ShowPlan) -> r.Event:
    """The plan to read, or that it was read."""
    row = _planned(desk, effect.discussion_id)
    if row is None:
        return r.NoSuchDiscussion()
    if effect.is_read:
        rows.acknowledge(desk.session, row_id(row), desk.now)
        return PlanRead(row_id(row))
    return _shown(desk, row, is_changed=effect.is_short)


def _planned(desk: Desk, discussion_id: int) -> Discussion | None:
    row = own(desk, discussion_id)
    return row if row is not None and row.status == "planned" else None


def set_detail(desk: Desk, effect: e.SetPlanDetail) -> r.Event:
    """Keep who is there, what is at hand, or the learner's number."""
    row, text = _planned(desk, effect.discussion_id), " ".join(effect.text.split())[:LONGEST_DETAIL]
    if row is None:
        return r.NoSuchDiscussion()
    if effect.what == "present":
        rows.planning_of(desk.session, row_id(row)).present = text
    elif effect.what == "reference":
        people.change_settings(desk.person, reference=text)
    else:
        made = discussions.plan_of(row)
        materials = tuple(dict.fromkeys((*made.materials, text)))[:MOST_MATERIALS]
        rows.change_plan(desk.session, row, replace(made, materials=materials))
    return _shown(desk, row, is_changed=True)


def switch_adjustment(desk: Desk, effect: e.SwitchAdjustment) -> r.Event:
    """Ask for an adjustment, or do without it; then all of them, to change another."""
    row = _planned(desk, effect.discussion_id)
    entry = bank.unit_version(desk.session, row.unit_version_id) if row is not None else None
    if row is None or entry is None:
        return r.NoSuchDiscussion()
    made = discussions.plan_of(row)
    if (line := ADJUSTMENTS.get(effect.name or "")) is not None:
        made = _switched(desk, made, entry.unit, line)
        rows.change_plan(desk.session, row, made)
    chosen = tuple(name for name, line in ADJUSTMENTS.items() if line in made.adjustments)
    return AdjustmentsListed(row_id(row), chosen)


def _switched(desk: Desk, made: Plan, unit: Unit, line: str) -> Plan:
    has_it = line in made.adjustments
    lines = tuple(one for one in made.adjustments if one != line) if has_it else (*made.adjustments, line)
    if line == ADJUSTMENTS["time"]:
        return replace(made, adjustments=lines, extra_time=1.0 if has_it else EXTRA_TIME)
    if line == ADJUSTMENTS["steps"]:
        keys = {criterion.key for criterion in made.criteria}
        return _planned_again(desk, replace(made, adjustments=lines), unit, keys, has_larger_steps=not has_it)
    return replace(made, adjustments=lines)


def show_requirements(desk: Desk, effect: e.ShowRequirements) -> r.Event:
    """What the unit says beside the criteria of the plan."""
    row = _planned(desk, effect.discussion_id)
    if row is None:
        return r.NoSuchDiscussion()
    made = discussions.plan_of(row)
    return RequirementsShown(row_id(row), made.unit_label, made.requirements)


def choose_criteria(desk: Desk, effect: e.ChooseCriteria) -> r.Event:
    """Put a criterion of the outcome into the plan or take it out; the last one stays."""
    row = _planned(desk, effect.discussion_id)
    entry = bank.unit_version(desk.session, row.unit_version_id) if row is not None else None
    if row is None or entry is None:
        return r.NoSuchDiscussion()
    outcome = next(outcome for outcome in entry.unit.outcomes if outcome.number == row.outcome_number)
    known = {criterion.number: criterion.text for criterion in outcome.criteria}
    made = discussions.plan_of(row)
    chosen = {criterion.number for criterion in made.criteria}
    if effect.number in known and (wanted := chosen ^ {effect.number}):
        rows.change_plan(desk.session, row, _planned_again(desk, made, entry.unit, wanted))
        chosen = wanted
    return CriteriaListed(row_id(row), tuple((number, text, number in chosen) for number, text in known.items()))


def show_clock(desk: Desk, effect: e.ShowClock) -> r.Event:
    """How long the discussion has lasted up to now."""
    row = own(desk, effect.discussion_id)
    if row is None or row.status == "planned":
        return r.NoSuchDiscussion()
    made, turns = discussions.plan_of(row), discussions.transcript(desk.session, row_id(row))
    now = replace(turns[-1], at=desk.now)
    return ClockShown(round(policy.minutes_used((*turns, now))), round(made.minutes * made.extra_time))


def order_plan(desk: Desk, effect: e.PrintPlan) -> r.Event:
    """Order the planning sheet as a PDF."""
    return order(desk, effect) if own(desk, effect.discussion_id) else r.NoSuchDiscussion()


def print_plan(desk: Desk, effect: e.PrintPlan) -> Production | r.Event:
    """The planning sheet as a PDF."""
    row = own(desk, effect.discussion_id)
    if row is None:
        return r.NoSuchDiscussion()
    said = PlanPrinted(row_id(row), is_open=row.status == "planned")
    return Production((plan_piece(read_discussion(desk, row, "plan")),), said)


def choose_next_step(desk: Desk, effect: e.ChooseNextStep) -> None:
    """What the learner wants to do next: printed in the log."""
    row = own(desk, effect.discussion_id)
    if row is not None:
        rows.add_next_step(desk.session, row_id(row), effect.step)


PERFORMERS: dict[type, Performer] = {
    e.ShowPlan: show_plan,
    e.PlanRest: plan_rest,
    e.SetPlanDetail: set_detail,
    e.SwitchAdjustment: switch_adjustment,
    e.ChooseCriteria: choose_criteria,
    e.ShowRequirements: show_requirements,
    e.ShowClock: show_clock,
    e.PrintPlan: order_plan,
    e.ChooseNextStep: choose_next_step,
    e.FindMyDiscussions: find_mine,
}
