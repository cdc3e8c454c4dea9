"""A tutor sets a discussion with buttons: group, learner or everybody, unit, outcome, until when; preview; set."""

from dataclasses import replace

from talkthrough.bot.conversations.effects import Button, FindOutcomes, FindUnits, Rows, Say
from talkthrough.bot.conversations.events import Tapped, Who
from talkthrough.bot.conversations.menu import MENU, NOT_ALLOWED, Step, shortened, unit_button
from talkthrough.bot.conversations.record_effects import Assign, FindAssigned, FindLearners
from talkthrough.bot.conversations.record_results import AssignedFound, AssignmentMade, LearnersFound
from talkthrough.bot.conversations.results import OutcomesFound
from talkthrough.bot.conversations.states import Assigning, Resting, State

EVERYBODY = 0
DUE = {"1w": "In 1 week", "2w": "In 2 weeks", "4w": "In 4 weeks"}
NAME_BUTTON, MOST_BUTTONS = 60, 90  # Telegram takes at most 100 buttons
NAMES_SHOWN = 12


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
        case ("asg", "unit", version_id):
            return replace(draft, version_id=int(version_id)), (FindOutcomes("assign", int(version_id)),)
        case ("asg", "outcome", number):
            return replace(draft, outcome_number=number), (Say("assign_due", {}, _due_rows()),)
        case ("asg", "due", due):
            return _with_due(draft, due)
        case ("asg", "yes"):
            wanted = _wanted(draft, is_preview=False)
            return (Resting(), (wanted,)) if wanted else (Assigning(), (FindLearners(),))
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
    """How far each discussion is that was set."""
    lines = [[line.learner, line.unit_label, line.outcome_number, line.due, line.stage] for line in event.lines]
    return Resting(), (Say("assigned", {"lines": lines}, ((Button("Set a discussion", "asg:new"), MENU),)),)


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
        "learners": list(event.learners[:NAMES_SHOWN]),
        "more": max(0, len(event.learners) - NAMES_SHOWN),
        "due": event.due,
    }
    if event.wanted.is_preview:
        return state, (Say("assign_preview", values, ((Button("Set it", "asg:yes"), Button("Cancel", "menu")),)),)
    return Resting(), (Say("assign_done", values, ((Button("What I have set", "asg"), MENU),)),)
