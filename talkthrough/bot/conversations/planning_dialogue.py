"""The plan before the first question: the sheet, who is there, what is at hand, adjustments, and "I have read this"."""

from typing import get_args

from talkthrough.bot.conversations import menu
from talkthrough.bot.conversations.effects import BeginDiscussion, Button, FindUnits, Rows, Say
from talkthrough.bot.conversations.events import Tapped
from talkthrough.bot.conversations.menu import MENU, Step, in_rows
from talkthrough.bot.conversations.plan_results import (
    AdjustmentsListed,
    CriteriaListed,
    PlanMade,
    PlanPrinted,
    PlanRead,
    RequirementsShown,
    SetDiscussionsWaiting,
)
from talkthrough.bot.conversations.record_effects import (
    ChooseCriteria,
    PlanDetail,
    PrintPlan,
    SetPlanDetail,
    ShowPlan,
    ShowRequirements,
    SwitchAdjustment,
)
from talkthrough.bot.conversations.states import Discussing, PlanningDiscussion, Resting, State

PRESENT = {"nobody": "Nobody else", "tutor": "My tutor", "work": "Somebody from work", "help": "A support worker"}
ADJUSTMENTS = {
    "time": "%s Extra time",
    "voice": "%s Voice messages",
    "breaks": "%s Breaks",
    "steps": "%s Larger steps",
}
IN_A_ROW = 3
DETAILS: dict[str, PlanDetail] = {name: name for name in get_args(PlanDetail)}


def tapped(event: Tapped) -> Step | None:
    """The buttons of a plan; None where the data is not understood."""
    gone = menu.gone(event)
    match event.data:
        case ("pln", "show", discussion_id):
            return Resting(), (ShowPlan(int(discussion_id)),)
        case ("pln", "short", discussion_id):
            return Resting(), (ShowPlan(int(discussion_id), is_short=True),)
        case ("pln", "read", discussion_id):
            return Resting(), (ShowPlan(int(discussion_id), is_read=True),)
        case ("pln", "print", discussion_id):
            return Resting(), (*gone, PrintPlan(int(discussion_id)))
        case ("pln", "ask", discussion_id, what) if what in DETAILS:
            state = PlanningDiscussion(int(discussion_id), DETAILS[what])
            return state, (*gone, Say(f"plan_{what}", {}, _ways(int(discussion_id), what)))
        case ("pln", "who", discussion_id, who) if who in PRESENT:
            return Resting(), (*gone, SetPlanDetail(int(discussion_id), "present", PRESENT[who]))
        case ("pln", "adjust", discussion_id):
            return Resting(), (*gone, SwitchAdjustment(int(discussion_id)))
        case ("pln", "switch", discussion_id, name) if name in ADJUSTMENTS:
            return Resting(), (*gone, SwitchAdjustment(int(discussion_id), name))
        case ("pln", "says", discussion_id):
            return Resting(), (ShowRequirements(int(discussion_id)),)
        case ("pln", "criteria", discussion_id):
            return Resting(), (*gone, ChooseCriteria(int(discussion_id)))
        case ("pln", "one", discussion_id, number):
            return Resting(), (*gone, ChooseCriteria(int(discussion_id), number))
        case ("pln", "begin", discussion_id):
            return Discussing(int(discussion_id)), (*gone, BeginDiscussion(int(discussion_id)))
        case ("pln", "other"):
            return Resting(), (FindUnits("discuss"),)
    return None


def _ways(discussion_id: int, what: str) -> Rows:
    back = (Button("Back", f"pln:short:{discussion_id}"),)
    if what != "present":
        return (back,)
    return (*((Button(label, f"pln:who:{discussion_id}:{name}"),) for name, label in PRESENT.items()), back)


def adjustments_listed(event: AdjustmentsListed) -> Step:
    """A tick says that the learner asks for it; a tap puts it in or takes it out."""
    number = event.discussion_id
    rows: Rows = tuple(
        (Button(label, f"pln:switch:{number}:{name}", "✓" if name in event.chosen else "–"),)
        for name, label in ADJUSTMENTS.items()
    )
    return Resting(), (Say("plan_adjust", {}, (*rows, (Button("Done", f"pln:short:{number}"),))),)


def requirements_shown(event: RequirementsShown) -> Step:
    """The unit's own paragraphs on evidence and assessment, on the way to the plan."""
    values = {"unit": event.unit_label, "requirements": list(event.requirements)}
    return Resting(), (Say("plan_says", values, ((Button("Back", f"pln:short:{event.discussion_id}"),),)),)


def said(state: PlanningDiscussion, text: str) -> Step:
    """A detail that was typed."""
    return Resting(), (SetPlanDetail(state.discussion_id, state.what, text),)


def planned(event: PlanMade) -> Step:
    """The planning sheet: criteria verbatim, length, materials, who can read it; or only what is new in it."""
    rows = _plan_rows(event)
    if event.is_changed:
        return Resting(), (Say("plan_changed", _values(event), rows),)
    return Resting(), (Say("plan", _values(event)), Say("opening", {"text": event.opening}, rows))


def printed(state: State, event: PlanPrinted) -> Step:
    """The planning sheet is on its way."""
    number = event.discussion_id
    start = (Button("I have read this. Start", f"pln:begin:{number}"),)
    rows: Rows = (start, (Button("Back to the plan", f"pln:show:{number}"), MENU)) if event.is_open else ((MENU,),)
    return state, (Say("files", {"what": "your plan"}, rows),)


def _plan_rows(event: PlanMade) -> Rows:
    def button(label: str, what: str) -> Button:
        return Button(label, f"pln:{what.format(event.discussion_id)}")

    rows: Rows = (
        (button("I have read this. Start", "begin:{}"),),
        (button("Who is with me", "ask:{}:present"), button("Have at hand", "ask:{}:materials")),
        (button("Adjustments", "adjust:{}"), button("My learner number", "ask:{}:reference")),
        (button("Choose criteria", "criteria:{}"), button("Print the plan", "print:{}")),
        (MENU,),
    )
    later: Rows = ((button("I have read this. Start later", "read:{}"),),) if event.prepared_by else ()
    says: Rows = ((button("What the unit also says", "says:{}"),),) if event.plan.requirements else ()
    return (rows[0], *later, *says, *rows[1:])


def criteria_listed(event: CriteriaListed) -> Step:
    """Three criteria a row; tapping one takes it out or puts it back."""
    number = event.discussion_id
    buttons = [
        Button(f"{'✓' if is_in else '–'} {criterion}", f"pln:one:{number}:{criterion}")
        for criterion, _, is_in in event.criteria
    ]
    rows = in_rows(buttons, IN_A_ROW)
    done = (Button("Done", f"pln:show:{number}"),)
    return Resting(), (Say("plan_criteria", {"criteria": [list(one) for one in event.criteria]}, (*rows, done)),)


def _values(event: PlanMade) -> dict[str, object]:
    plan = event.plan
    return {
        "unit": plan.unit_label,
        "title": plan.unit_title,
        "outcome": plan.outcome_number,
        "text": plan.outcome_text,
        "criteria": [[criterion.number, criterion.text, list(criterion.parts)] for criterion in plan.criteria],
        "mode": plan.mode,
        "minutes": round(plan.minutes * plan.extra_time),
        "is_listed": plan.is_discussion_listed,
        "materials": list(plan.materials),
        "has_transcriber": plan.has_transcriber,
        "adjustments": list(plan.adjustments),
        "present": event.present,
        "reference": event.reference,
        "prepared_by": event.prepared_by,
        "due": f"{event.due_on:%a %-d %B}" if event.due_on else None,
    }


def set_discussions(event: SetDiscussionsWaiting) -> Step:
    """What tutors have set, before anything else."""
    rows: Rows = tuple(
        (Button(f"{entry.unit_label}, outcome {entry.outcome_number}", f"pln:show:{entry.discussion_id}"),)
        for entry in event.waiting
    )
    lines = [[entry.unit_label, entry.outcome_number, entry.due] for entry in event.waiting]
    other = (Button("Choose for myself", "pln:other"), MENU)
    return Resting(), (Say("set_discussions", {"lines": lines}, (*rows, other)),)


def was_read(state: State, event: PlanRead) -> Step:
    """The tutor can see that the plan was read."""
    rows: Rows = ((Button("Start now", f"pln:begin:{event.discussion_id}"), MENU),)
    return state, (Say("plan_read", {}, rows),)
