"""Rounds in the chat: a wizard or one line, a preview whose buttons change the rule, then what is planned and done."""

from dataclasses import asdict, replace
from datetime import date, time

from talkthrough.bot.conversations.effects import Button, Effect, FindCohorts, FindOutcomes, FindUnits, Rows, Say
from talkthrough.bot.conversations.events import Tapped, Who
from talkthrough.bot.conversations.menu import MENU, NOT_ALLOWED, Step, shortened, unit_button
from talkthrough.bot.conversations.results import CohortsFound, Event, OutcomesFound
from talkthrough.bot.conversations.round_effects import (
    BuildRule,
    ChangeSchedule,
    CloseRound,
    FindRounds,
    KeepRule,
    NudgeWaiting,
    PreviewRule,
    ReadLine,
    SendCalendar,
    SendHeatMap,
    ShowResults,
    ShowSchedule,
    ShowWaiting,
)
from talkthrough.bot.conversations.round_events import (
    NoSuchRound,
    Nudged,
    ResultsShown,
    RoundScheduled,
    RoundsFound,
    RulePreviewed,
    ScheduleShown,
    WaitingShown,
)
from talkthrough.bot.conversations.states import PlanningRound, Resting, ReviewingRound, State
from talkthrough.question_bank.items.question import QuestionKind
from talkthrough.scheduler.recurrence import Closing, RoundRule

ALL_OUTCOMES, WEAKEST = "all", "weakest"
COUNTS = (3, 5, 10)
CLOSINGS = ("2", "7", "never")
KINDS: dict[str, tuple[QuestionKind, ...]] = {
    "any": (),
    "tap": (
        QuestionKind.CHOICE,
        QuestionKind.REVERSE_DEFINITION,
        QuestionKind.SEQUENCE,
        QuestionKind.APPLICATION,
        QuestionKind.EVIDENCE,
        QuestionKind.VERB_DRILL,
    ),
    "write": (QuestionKind.RECALL_LIST, QuestionKind.SHORT_ANSWER, QuestionKind.WORKPLACE),
}
KIND_BUTTONS = {"any": "All kinds", "tap": "Only to tap", "write": "Only to write"}
KIND_WORDS = {"any": "", "tap": "all answered with a tap", "write": "all answered in words"}
MOMENTS = ("Now", "Today 18:00", "Tomorrow 09:00", "Tomorrow 18:00")
EVENING = time(20)
LINE_BUTTON = 60
ROUNDS = Button("My rounds", "rnd")


def open_rounds(who: Who) -> Step:
    """The tutor's rounds and the way to a new one."""
    return (Resting(), (FindRounds(),)) if who.is_tutor else NOT_ALLOWED


def line_given(line: str, who: Who) -> Step:
    """/round Thursdays 18:00 unit 401 ..."""
    return (Resting(), (ReadLine(line),)) if who.is_tutor else NOT_ALLOWED


def tapped(state: State, event: Tapped, who: Who) -> Step | None:
    """The buttons of rounds; None where the data is not understood."""
    if not who.is_tutor:
        return NOT_ALLOWED
    draft = state if isinstance(state, PlanningRound) else PlanningRound()
    match event.data:
        case ("rnd", "new"):
            return PlanningRound(), (FindCohorts(),)
        case ("rnd", "cohort", cohort_id):
            return replace(draft, cohort_id=int(cohort_id)), (FindUnits("round", int(cohort_id)),)
        case ("rnd", "other") if draft.cohort_id is not None:
            return draft, (FindUnits("round", draft.cohort_id, is_other=True),)
        case ("rnd", "unit", version_id):
            return replace(draft, version_id=int(version_id)), (FindOutcomes("round", int(version_id)),)
        case ("rnd", "outcome", number):
            return replace(draft, outcome_number=number), (_ask_count(),)
        case ("rnd", "count", count):
            return replace(draft, question_count=int(count)), (_ask_when(),)
        case ("rnd", "when", *words):
            return _with_moment(draft, ":".join(words))
        case ("rnd", "line", cohort_id) if draft.line:
            return state, (ReadLine(draft.line, int(cohort_id)),)
        case ("rnd", "set" | "yes", *_):
            return _reviewed(state, event.data)
        case ("rnd", "plan" | "skip" | "pause" | "resume" | "cancel" | "run" | "edit", *_):
            return _planned(event.data)
        case ("rnd", "res" | "who" | "nudge" | "close" | "map" | "ics", *_):
            return _opened(state, event.data)
    return None


def said(state: PlanningRound, text: str) -> Step | None:
    """A date and time, or a line for a schedule, typed instead of tapped."""
    if state.schedule_id is not None:
        return state, (ReadLine(text, schedule_id=state.schedule_id),)
    return _with_moment(state, text.strip()) if state.question_count else None


def _ask_count() -> Effect:
    return Say("round_count", {}, (tuple(Button(str(count), f"rnd:count:{count}") for count in COUNTS), (MENU,)))


def _ask_when() -> Effect:
    buttons = tuple((Button(moment, f"rnd:when:{moment.lower()}"),) for moment in MOMENTS)
    return Say("round_when", {}, (*buttons, (MENU,)))


def _with_moment(draft: PlanningRound, when: str) -> Step:
    if draft.cohort_id is None or draft.version_id is None or not draft.outcome_number or not draft.question_count:
        return PlanningRound(), (FindCohorts(),)
    rule = BuildRule(draft.cohort_id, draft.version_id, draft.outcome_number, draft.question_count, when)
    return draft, (rule,)


# --- the preview ----------------------------------------------------------------------------------------------------


def _reviewed(state: State, data: tuple[str, ...]) -> Step | None:
    if not isinstance(state, ReviewingRound):
        return PlanningRound(), (FindCohorts(),)
    if data[1] == "yes":
        return Resting(), (KeepRule(state.cohort_id, state.rule, state.schedule_id),)
    if len(data) != 4:  # noqa: PLR2004 - rnd, set, the option, its new value
        return None
    changed = with_option(state.rule, *data[2:])
    return replace(state, rule=changed), (PreviewRule(state.cohort_id, changed, state.schedule_id),)


def with_option(rule: RoundRule, name: str, value: str) -> RoundRule:
    """The rule with one of the preview's buttons tapped. The value is the new one, so a double tap changes nothing."""
    is_on = value == "on"
    match name:
        case "weekly":
            return replace(rule, weekdays=(rule.first_date.weekday(),) if is_on else ())
        case "closes" if value in CLOSINGS:
            return replace(rule, closing=Closing(EVENING, int(value)) if value != "never" else None)
        case "kinds" if value in KINDS:
            return replace(rule, kinds=KINDS[value])
        case "own":
            return replace(rule, is_individual=is_on)
        case "late":
            return replace(rule, feedback_after_closing=is_on)
        case "remind":
            return replace(rule, reminds=is_on)
    raise ValueError(name)


def kinds_in_words(rule: RoundRule) -> str:
    """Which kinds of questions a round asks; nothing where it asks any."""
    choice = next((name for name, kinds in KINDS.items() if kinds == rule.kinds), "")
    return KIND_WORDS.get(choice, ", ".join(f"only {kind.value}" for kind in rule.kinds))


def _option(text_on: str, text_off: str, name: str, *, is_on: bool) -> Button:
    return Button(text_on if is_on else text_off, f"rnd:set:{name}:{'off' if is_on else 'on'}")


def _options(rule: RoundRule) -> Rows:
    """What can still be changed, each button saying what a tap will do."""
    closing = (Button("Close after 2 days", "rnd:set:closes:2"), Button("After 7 days", "rnd:set:closes:7"))
    last = Button("Never close", "rnd:set:closes:never") if rule.closing else closing[0]
    return (
        (_option("Only once", "Every week", "weekly", is_on=bool(rule.weekdays)),),
        (closing[1], last),
        tuple(
            Button(label, f"rnd:set:kinds:{name}") for name, label in KIND_BUTTONS.items() if KINDS[name] != rule.kinds
        ),
        (_option("Same questions for all", "Own questions for each", "own", is_on=rule.is_individual),),
        (_option("Feedback at once", "Feedback after closing", "late", is_on=rule.feedback_after_closing),),
        (_option("No reminder", "Remind before closing", "remind", is_on=rule.reminds),),
    )


def _previewed(state: State, event: RulePreviewed) -> Step:
    """What would be sent, to whom and when."""
    if event.choices:
        rows: Rows = tuple((Button(shortened(name, LINE_BUTTON), f"rnd:line:{each}"),) for each, name in event.choices)
        return PlanningRound(line=event.line), (Say("round_cohort", {"has_cohorts": True}, (*rows, (MENU,))),)
    if event.problem or event.rule is None:
        return state, (Say("round_problem", {"problem": event.problem}, ((MENU,),)),)
    values = {
        "cohort": event.cohort,
        "learners": event.learners,
        "unit": event.unit_label,
        "is_other": event.is_other,
        "outcome": event.part,
        "questions": event.questions,
        "when": event.words,
        "first": event.first,
        "kinds": kinds_in_words(event.rule),
        "is_individual": event.rule.is_individual,
        "feedback_after_closing": event.rule.feedback_after_closing,
        "reminds": event.rule.reminds and event.rule.closing is not None,
        "late_hours": event.rule.late_hours,
    }
    rows = ((Button("Schedule it", "rnd:yes"), Button("Cancel", "menu")), *_options(event.rule))
    reviewing = ReviewingRound(event.cohort_id, event.rule, event.schedule_id)
    return reviewing, (Say("round_preview", values, rows),)


# --- what is planned and what was opened ----------------------------------------------------------------------------


def _planned(data: tuple[str, ...]) -> Step | None:
    match data:
        case ("rnd", "plan", schedule_id):
            return Resting(), (ShowSchedule(int(schedule_id)),)
        case ("rnd", "skip", schedule_id, day):
            return Resting(), (ChangeSchedule(int(schedule_id), "skip", date.fromisoformat(day).isoformat()),)
        case ("rnd", "edit", schedule_id):
            return PlanningRound(schedule_id=int(schedule_id)), (Say("round_edit", {}, ((ROUNDS, MENU),)),)
        case ("rnd", "pause" | "resume" | "cancel" | "run" as what, schedule_id):
            return Resting(), (ChangeSchedule(int(schedule_id), what),)
    return None


def _opened(state: State, data: tuple[str, ...]) -> Step | None:
    match data:
        case ("rnd", "ics"):
            return state, (SendCalendar(),)
        case ("rnd", "res", round_id):
            return state, (ShowResults(int(round_id)),)
        case ("rnd", "who", round_id):
            return state, (ShowWaiting(int(round_id)),)
        case ("rnd", "nudge", round_id):
            return state, (NudgeWaiting(int(round_id)),)
        case ("rnd", "close", round_id):
            return state, (CloseRound(int(round_id)),)
        case ("rnd", "map", round_id):
            return state, (SendHeatMap(int(round_id)),)
    return None


def choose_cohort(event: CohortsFound) -> Step:
    """Which group is it for?"""
    rows = tuple(
        (Button(shortened(f"{entry.name} ({entry.learners} learners)", LINE_BUTTON), f"rnd:cohort:{entry.cohort_id}"),)
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
    weakest = (Button("What the group is weakest at", f"rnd:outcome:{WEAKEST}"),)
    return state, (Say("round_outcome", {"unit": event.unit_label}, (whole, weakest, *rows, (MENU,))),)


def resulted(state: State, event: Event) -> Step | None:
    """What came of this dialogue's effects; None for what belongs to another."""
    match event:
        case CohortsFound():
            return choose_cohort(event)
        case RulePreviewed():
            return _previewed(state, event)
        case RoundScheduled():
            values = {"when": event.when, "cohort": event.cohort}
            return Resting(), (Say("round_scheduled", values, ((ROUNDS, MENU),)),)
        case RoundsFound():
            return _listed(event)
        case ScheduleShown():
            return Resting(), (Say("round_schedule", asdict(event), _schedule_rows(event)),)
        case ResultsShown():
            return state, (Say("round_results", asdict(event), _result_rows(event)),)
        case WaitingShown():
            nudge = ((Button("Remind them kindly", f"rnd:nudge:{event.round_id}"),),) if event.can_nudge else ()
            back = (Button("Results", f"rnd:res:{event.round_id}"), MENU)
            return state, (Say("round_waiting", asdict(event), (*nudge, back)),)
        case Nudged():
            return state, (Say("round_nudged", asdict(event), ((ROUNDS, MENU),)),)
        case NoSuchRound():
            return Resting(), (Say("round_gone", {}, ((ROUNDS, MENU),)),)
    return None


def _listed(event: RoundsFound) -> Step:
    """The planned rounds and the tallies of opened ones, each a button."""
    values = {
        "planned": [asdict(each) for each in event.planned],
        "opened": [asdict(tally) for tally in event.opened],
    }
    plans = tuple(
        (Button(shortened(each.words, LINE_BUTTON), f"rnd:plan:{each.schedule_id}"),) for each in event.planned
    )
    opened = tuple(
        (Button(shortened(f"Results: {each.name}, {each.opened}", LINE_BUTTON), f"rnd:res:{each.round_id}"),)
        for each in event.opened
    )
    last = (Button("New round", "rnd:new"), Button("Calendar file", "rnd:ics"), MENU)
    return Resting(), (Say("rounds", values, (*plans, *opened, last)),)


def _schedule_rows(event: ScheduleShown) -> Rows:
    if not event.words:
        return ((ROUNDS, MENU),)
    each = event.schedule_id
    skip = (Button("Skip the next one", f"rnd:skip:{each}:{event.next_day}"),) if event.next_day else ()
    hold = Button("Go on", f"rnd:resume:{each}") if event.is_paused else Button("Pause", f"rnd:pause:{each}")
    return (
        (Button("Run it now", f"rnd:run:{each}"), *skip),
        (Button("Change it", f"rnd:edit:{each}"), hold, Button("Cancel it", f"rnd:cancel:{each}")),
        (ROUNDS, MENU),
    )


def _result_rows(event: ResultsShown) -> Rows:
    each = event.tally.round_id
    close = () if event.tally.is_closed else (Button("Close it now", f"rnd:close:{each}"),)
    return (
        (Button("Heat map and files", f"rnd:map:{each}"),),
        (Button("Who has not answered", f"rnd:who:{each}"), *close),
        (Button("Look again", f"rnd:res:{each}"), ROUNDS, MENU),
    )
