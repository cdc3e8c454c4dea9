"""A tutor sets up a quiz round with buttons: cohort, unit, outcome, number of questions, when; preview; schedule."""

from dataclasses import asdict, replace

from talkthrough.bot.conversations.effects import (
    Button,
    Effect,
    FindCohorts,
    FindOutcomes,
    FindRounds,
    FindUnits,
    PreviewRound,
    Rows,
    Say,
    ScheduleRound,
)
from talkthrough.bot.conversations.events import Tapped, Who
from talkthrough.bot.conversations.menu import MENU, Step, unit_button
from talkthrough.bot.conversations.results import (
    CohortsFound,
    OutcomesFound,
    RoundPreviewed,
    RoundScheduled,
    RoundsFound,
)
from talkthrough.bot.conversations.states import PlanningRound, Resting, State

ALL_OUTCOMES = "all"
COUNTS = (3, 5, 10)
MOMENTS = ("Now", "Today 18:00", "Tomorrow 09:00", "Tomorrow 18:00")


def open_rounds(who: Who) -> Step:
    """The tutor's rounds and the way to a new one."""
    if not who.is_tutor:
        return Resting(), (Say("not_allowed", {}, ((MENU,),)),)
    return Resting(), (FindRounds(),)


def tapped(state: State, event: Tapped, who: Who) -> Step | None:
    """The buttons of the round wizard; None where the data is not understood."""
    if not who.is_tutor:
        return Resting(), (Say("not_allowed", {}, ((MENU,),)),)
    draft = state if isinstance(state, PlanningRound) else PlanningRound()
    match event.data:
        case ("rnd", "new"):
            return PlanningRound(), (FindCohorts(),)
        case ("rnd", "cohort", cohort_id):
            return replace(draft, cohort_id=int(cohort_id)), (FindUnits("round"),)
        case ("rnd", "unit", version_id):
            return replace(draft, version_id=int(version_id)), (FindOutcomes("round", int(version_id)),)
        case ("rnd", "outcome", number):
            return replace(draft, outcome_number=number), (_ask_count(),)
        case ("rnd", "count", count):
            return replace(draft, question_count=int(count)), (_ask_when(),)
        case ("rnd", "when", *words):
            return _with_moment(draft, ":".join(words))
        case ("rnd", "yes"):
            return _schedule(draft)
    return None


def said(state: PlanningRound, text: str) -> Step | None:
    """A date and time typed instead of tapped."""
    return _with_moment(state, text.strip()) if state.question_count else None


def _ask_count() -> Effect:
    return Say("round_count", {}, (tuple(Button(str(count), f"rnd:count:{count}") for count in COUNTS), (MENU,)))


def _ask_when() -> Effect:
    buttons = tuple((Button(moment, f"rnd:when:{moment.lower()}"),) for moment in MOMENTS)
    return Say("round_when", {}, (*buttons, (MENU,)))


def _with_moment(draft: PlanningRound, when: str) -> Step:
    if None in (draft.cohort_id, draft.version_id, draft.outcome_number, draft.question_count):
        return PlanningRound(), (FindCohorts(),)
    ready = replace(draft, when=when)
    return ready, (PreviewRound(*_fields(ready)),)


def _fields(draft: PlanningRound) -> tuple[int, int, str, int, str]:
    assert draft.cohort_id is not None
    assert draft.version_id is not None
    return draft.cohort_id, draft.version_id, draft.outcome_number or "", draft.question_count or 0, draft.when or ""


def _schedule(draft: PlanningRound) -> Step:
    if draft.when is None:
        return PlanningRound(), (FindCohorts(),)
    return Resting(), (ScheduleRound(*_fields(draft)),)


def choose_cohort(event: CohortsFound) -> Step:
    """Which group is it for?"""
    rows = tuple(
        (Button(f"{entry.name} ({entry.learners} learners)"[:60], f"rnd:cohort:{entry.cohort_id}"),)
        for entry in event.cohorts
    )
    return PlanningRound(), (Say("round_cohort", {"has_cohorts": bool(rows)}, (*rows, (MENU,))),)


def choose_outcome(state: State, event: OutcomesFound) -> Step:
    """Which part of the unit?"""
    rows: Rows = tuple(
        (Button(unit_button(outcome.number, outcome.text), f"rnd:outcome:{outcome.number}"),)
        for outcome in event.outcomes
    )
    whole = (Button("The whole unit", f"rnd:outcome:{ALL_OUTCOMES}"),)
    return state, (Say("round_outcome", {"unit": event.unit_label}, (whole, *rows, (MENU,))),)


def previewed(state: State, event: RoundPreviewed) -> Step:
    """What would be sent, to whom and when."""
    if event.problem:
        return state, (Say("round_problem", {"problem": event.problem}, ((MENU,),)),)
    values = {
        "cohort": event.cohort,
        "learners": event.learners,
        "unit": event.unit_label,
        "outcome": event.outcome,
        "questions": event.questions,
        "when": event.when,
    }
    return state, (Say("round_preview", values, ((Button("Schedule it", "rnd:yes"), Button("Cancel", "menu")),)),)


def scheduled(event: RoundScheduled) -> Step:
    """It is in the calendar."""
    rows: Rows = ((Button("My rounds", "rnd"), MENU),)
    return Resting(), (Say("round_scheduled", {"when": event.when, "cohort": event.cohort}, rows),)


def listed(event: RoundsFound) -> Step:
    """The planned rounds and the tallies of opened ones."""
    values = {"planned": list(event.planned), "opened": [asdict(result) for result in event.opened]}
    return Resting(), (Say("rounds", values, ((Button("New round", "rnd:new"), MENU),)),)
