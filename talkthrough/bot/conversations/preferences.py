"""Settings, progress, and the person's own data: take it away, or have it erased."""

from talkthrough.bot.conversations.effects import (
    Button,
    ChangeSetting,
    Effect,
    Forget,
    ReadDate,
    RemoveButtons,
    Rows,
    Say,
    SendMyData,
    ShowProgress,
)
from talkthrough.bot.conversations.events import Tapped
from talkthrough.bot.conversations.menu import MENU, Step
from talkthrough.bot.conversations.results import DateRead, SettingsShown
from talkthrough.bot.conversations.states import GivingDate, Resting, State

SIZES = (5, 10, 20)


def tapped(state: State, event: Tapped) -> Step | None:
    """The buttons of settings and progress; None where the data is not understood."""
    gone: tuple[Effect, ...] = (RemoveButtons(event.message_id),) if event.message_id else ()
    match event.data:
        case ("prog", "unit", version_id):
            return state, (ShowProgress(int(version_id)),)
        case ("set", "date"):
            return GivingDate(), (Say("give_date", {}, ((Button("No date", "set:nodate"), MENU),)),)
        case ("set", "nodate"):
            return Resting(), (ChangeSetting("assessment_date", None),)
        case ("set", "size", size):
            return state, (*gone, ChangeSetting("session_size", int(size)))
        case ("set", "time", value):
            return state, (*gone, ChangeSetting("extra_time", value == "on"))
        case ("set", "mydata"):
            return state, (SendMyData(),)
        case ("set", "forget"):
            rows: Rows = ((Button("Yes, erase everything", "set:forgetyes"), Button("No, keep it", "menu")),)
            return state, (Say("forget_check", {}, rows),)
        case ("set", "forgetyes"):
            return Resting(), (*gone, Forget())
    return None


def shown(event: SettingsShown) -> Step:
    """The settings as they stand, each with its buttons."""
    values = {
        "date": event.assessment_date,
        "size": event.session_size,
        "zone": event.time_zone,
        "extra_time": event.extra_time,
    }
    rows: Rows = (
        (Button("Assessment date", "set:date"),),
        tuple(Button(f"{size} questions", f"set:size:{size}") for size in SIZES),
        (Button("Extra time off", "set:time:off") if event.extra_time else Button("Extra time on", "set:time:on"),),
        (Button("My data", "set:mydata"), Button("Erase me", "set:forget")),
        (MENU,),
    )
    return Resting(), (Say("settings", values, rows),)


def date_said(text: str) -> Step:
    """A date was typed."""
    return GivingDate(), (ReadDate(text),)


def date_read(event: DateRead) -> Step:
    """The date is kept, or asked for again."""
    if event.day is None:
        return GivingDate(), (Say("date_unclear", {}, ((Button("No date", "set:nodate"), MENU),)),)
    return Resting(), (ChangeSetting("assessment_date", event.day),)
