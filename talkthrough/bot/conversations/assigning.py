"""A tutor sets a discussion with buttons: group, learner or everybody, unit, outcome, until when; preview; set."""

from collections.abc import Sequence
from dataclasses import replace

from talkthrough.bot.conversations.effects import Button, FindOutcomes, FindUnits, Rows, Say
from talkthrough.bot.conversations.events import Tapped, Who
from talkthrough.bot.conversations.menu import MENU, NOT_ALLOWED, Step, shortened, unit_button
from talkthrough.bot.conversations.plan_results import (
    AssignedFound,
    AssignmentMade,
    AssignmentsCancelled,
    CancelOffered,
    LearnersFound,
    SetDiscussion,
)
from talkthrough.bot.conversations.record_effects import Assign, CancelAssigned, FindAssigned, FindLearners
from talkthrough.bot.conversations.results import OutcomesFound
from talkthrough.bot.conversations.states import Assigning, Resting, State

EVERYBODY = 0
WHAT_IS_SET = Button("What I have set", "asg")
DUE = {"1w": "In 1 week", "2w": "In 2 weeks", "4w": "In 4 weeks"}
NAME_BUTTON, MOST_BUTTONS = 60, 90  # Telegram takes at most 100 buttons
NAMES_SHOWN = 12
PAGE = 20


def open_assigned(who: Who) -> Step:
    """What the tutor has set, and the way to set another."""
    return (Resting(), (FindAssigned(),)) if who.is_tutor else NOT_ALLOWED


def tapped(state: State, event: Tapped, who: Who) -> Step | None:
    """The buttons of the wizard; None where the data is not understood."""
    if not who.is_tutor:
        return NOT_ALLOWED
    draft = state if isinstance(state, Assigning) else Assigning()
    match event.data:
        case ("asg", "new"):
            return Assigning(), (FindLearners(),)
        case ("asg", "cohort", cohort_id):
            return replace(draft, cohort_id=int(cohort_id)), (FindLearners(int(cohort_id)),)
        case ("asg", "who", learner_id):
            return replace(draft, learner_id=int(learner_id)), (FindUnits("assign", draft.cohort_id),)
        case ("asg", "other") if draft.cohort_id is not None:
            return draft, (FindUnits("assign", draft.cohort_id, is_other=True),)
        case ("asg", "unit", version_id):
            return replace(draft, version_id=int(version_id)), (FindOutcomes("assign", int(version_id)),)
        case ("asg", "outcome", number):
            return replace(draft, outcome_number=number), (Say("assign_due", {}, _due_rows()),)
        case ("asg", "due", due):
            return _with_due(draft, due)
        case ("asg", "yes"):
            wanted = _wanted(draft, is_preview=False)
            return (Resting(), (wanted,)) if wanted else (Assigning(), (FindLearners(),))
    return _listed(event.data)


def _listed(data: tuple[str, ...]) -> Step | None:
    """The buttons of what was set."""
    match data:
        case ("asg", "list", first):
            return Resting(), (FindAssigned(max(int(first), 0)),)
        case ("asg", "off", discussion_id):
            return Resting(), (CancelAssigned(int(discussion_id)),)
        case ("asg", "off", discussion_id, "one" | "all" as whose):
            return Resting(), (CancelAssigned(int(discussion_id), is_sure=True, for_all=whose == "all"),)
    return None


def said(state: Assigning, text: str) -> Step | None:
    """A date typed instead of tapped."""
    return _with_due(state, text.strip()) if state.outcome_number else None


def _due_rows() -> Rows:
    return (tuple(Button(label, f"asg:due:{due}") for due, label in DUE.items()), (MENU,))


def _with_due(draft: Assigning, due: str) -> Step:
    ready = replace(draft, due=due)
    wanted = _wanted(ready, is_preview=True)
    return (ready, (wanted,)) if wanted else (Assigning(), (FindLearners(),))


def _wanted(draft: Assigning, *, is_preview: bool) -> Assign | None:
    """The assignment if the wizard is complete; a button of an old one begins it anew."""
    if None in (draft.cohort_id, draft.learner_id, draft.version_id, draft.outcome_number, draft.due):
        return None
    return Assign(
        draft.cohort_id or 0,
        draft.learner_id or None,
        draft.version_id or 0,
        draft.outcome_number or "",
        draft.due or "",
        is_preview=is_preview,
    )


def listed(event: AssignedFound) -> Step:
    """How far each discussion is that was set, and the way to cancel one that has not begun."""
    lines = [[line.learner, line.unit_label, line.outcome_number, line.due, line.stage] for line in event.lines]
    cancels = tuple(
        (Button(_cancel_label(line), f"asg:off:{line.discussion_id}"),)
        for line in event.lines
        if line.discussion_id in event.not_begun
    )
    before = (Button("Before", f"asg:list:{max(event.first - PAGE, 0)}"),) if event.first else ()
    there = event.first + len(event.lines)
    after = (Button("More", f"asg:list:{there}"),) if there < event.total else ()
    pages = ((*before, *after),) if before or after else ()
    values = {"lines": lines, "first": event.first, "total": event.total, "can_cancel": bool(cancels)}
    return Resting(), (Say("assigned", values, (*cancels, *pages, (Button("Set a discussion", "asg:new"), MENU))),)


def _cancel_label(line: SetDiscussion) -> str:
    return shortened(f"Cancel: {line.learner}, {line.unit_label}, outcome {line.outcome_number}", NAME_BUTTON)


def cancel_offered(event: CancelOffered) -> Step:
    """Is the tutor sure, and for whom?"""
    one = event.discussion
    each = f"asg:off:{one.discussion_id}"
    rows: Rows = ((Button(shortened(f"Cancel it for {one.learner}", NAME_BUTTON), f"{each}:one"),),)
    if event.same > 1:
        rows = (*rows, (Button(f"Cancel it for all {event.same} who have not begun", f"{each}:all"),))
    values = {"unit": one.unit_label, "outcome": one.outcome_number, "learner": one.learner, "due": one.due}
    return Resting(), (Say("assign_cancel", values, (*rows, (WHAT_IS_SET, MENU))),)


def cancelled(event: AssignmentsCancelled) -> Step:
    """Whose discussion was cancelled."""
    values = {"unit": event.unit_label, "outcome": event.outcome_number, **_names(event.learners)}
    return Resting(), (Say("assign_cancelled", values, ((WHAT_IS_SET, MENU),)),)


def _names(learners: Sequence[str]) -> dict[str, object]:
    return {"learners": list(learners[:NAMES_SHOWN]), "more": max(0, len(learners) - NAMES_SHOWN)}


def choose_learner(state: State, event: LearnersFound) -> Step:
    """Which group, then who in it."""
    if event.cohort_id is None:
        rows: Rows = tuple(
            (Button(shortened(choice.name, NAME_BUTTON), f"asg:cohort:{choice.row_id}"),) for choice in event.choices
        )
        return state, (Say("round_cohort", {"has_cohorts": bool(rows)}, (*rows, (MENU,))),)
    rows = tuple((Button(shortened(one.name, NAME_BUTTON), f"asg:who:{one.row_id}"),) for one in event.choices)
    rows = rows[:MOST_BUTTONS]
    everybody = (Button("Everybody in the group", f"asg:who:{EVERYBODY}"),)
    return state, (Say("assign_who", {}, (everybody, *rows, (MENU,))),)


def choose_outcome(state: State, event: OutcomesFound) -> Step:
    """Which outcome of the unit?"""
    if not event.outcomes:
        return state, (Say("nothing_to_ask", {"unit": event.unit_label, "is_blank": True}, ((MENU,),)),)
    rows: Rows = tuple(
        (Button(unit_button(outcome.number, outcome.text), f"asg:outcome:{outcome.number}"),)
        for outcome in event.outcomes
    )
    values = {"unit": event.unit_label, "title": event.unit_title}
    return state, (Say("choose_outcome", values, (*rows, (MENU,))),)


def made(state: State, event: AssignmentMade) -> Step:
    """What would be set, what was, or what to change."""
    if event.problem:
        return state, (Say("round_problem", {"problem": event.problem}, ((MENU,),)),)
    values = {
        "unit": event.unit_label,
        "outcome": event.wanted.outcome_number,
        **_names(event.learners),
        "due": event.due,
        "is_other": event.is_other,
    }
    if event.wanted.is_preview:
        return state, (Say("assign_preview", values, ((Button("Set it", "asg:yes"), Button("Cancel", "menu")),)),)
    return Resting(), (Say("assign_done", values, ((WHAT_IS_SET, MENU),)),)
