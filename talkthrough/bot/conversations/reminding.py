"""Reminders as settings: on or off, the window, quiet hours, days off, the weekly goal, and putting them off."""

from datetime import time
from zoneinfo import ZoneInfo

from talkthrough.bot.conversations import menu
from talkthrough.bot.conversations.aim_effects import ChangeReminders, ShowReminders
from talkthrough.bot.conversations.aim_results import RemindersShown
from talkthrough.bot.conversations.effects import Button, Rows, Say
from talkthrough.bot.conversations.events import Tapped
from talkthrough.bot.conversations.menu import MENU, Step, at_rest
from talkthrough.bot.conversations.states import Resting, State
from talkthrough.scheduler.reminders import ReminderWishes

WINDOWS = ("08-10", "12-14", "17-19", "18-20")
QUIET = ("20-08", "21-07", "22-09")
DAYS = ("Mon %s", "Tue %s", "Wed %s", "Thu %s", "Fri %s", "Sat %s", "Sun %s")
GOALS = ("2", "3", "4", "5")
NO_GOAL = "0"
PAGES = {"window": "Time of day", "quiet": "Quiet hours", "day": "Days off", "goal": "Weekly goal"}
CHOICES = {"window": WINDOWS, "quiet": QUIET, "day": tuple("0123456"), "goal": (*GOALS, NO_GOAL), "snooze": ("3", "7")}


def tapped(state: State, event: Tapped) -> Step | None:
    """The buttons of reminders; None where the data is not understood."""
    gone = menu.gone(event)
    match event.data:
        case ("rem",):
            return Resting(), (ShowReminders(),)
        case ("rem", "page", page) if page in PAGES:
            return state, (ShowReminders(page),)
        case ("rem", "on" | "off" | "pause" | "resume" as choice):
            return state, (*gone, ChangeReminders(choice))
        case ("rem", choice, value) if value in CHOICES.get(choice, ()):
            return state, (*gone, ChangeReminders(choice, value))
    return None


def shown(state: State, event: RemindersShown) -> Step:
    """How reminders stand, each choice with its buttons."""
    wishes = event.wishes
    values = {
        "is_on": wishes.is_on,
        "is_paused": wishes.is_paused,
        "window": [_hour(at) for at in wishes.window],
        "quiet": [_hour(wishes.quiet_from), _hour(wishes.quiet_until)],
        "days_off": list(wishes.days_off),
        "goal": wishes.weekly_goal,
        "days_this_week": event.days_this_week,
        "snoozed_until": _local_date(wishes),
    }
    return at_rest(state), (Say("reminders", values, _rows(event) if wishes.is_on else _off_rows()),)


def _off_rows() -> Rows:
    return ((Button("Turn reminders on", "rem:on"),), (Button("Settings", "set"), MENU))


def _rows(event: RemindersShown) -> Rows:
    """A few buttons, each of which opens its choices."""
    wishes = event.wishes
    if event.page in PAGES:
        return (*_choices(event.page, wishes), (Button("Back", "rem"),))
    waits = wishes.is_paused or wishes.snoozed_until is not None
    pause = Button("Go on", "rem:resume") if waits else Button("Pause", "rem:pause")
    pages = [Button(label, f"rem:page:{page}") for page, label in PAGES.items()]
    off = Button("Turn reminders off", "rem:off")
    return ((off, pause), tuple(pages[:2]), tuple(pages[2:]), (Button("Settings", "set"), MENU))


def _choices(page: str, wishes: ReminderWishes) -> Rows:
    match page:
        case "window":
            return (tuple(Button(hours.replace("-", "–"), f"rem:window:{hours}") for hours in WINDOWS),)
        case "quiet":
            return (tuple(Button("Quiet %s", f"rem:quiet:{hours}", hours.replace("-", "–")) for hours in QUIET),)
        case "day":
            days = tuple(_day(place, wishes) for place in range(len(DAYS)))
            return (days[:4], days[4:])
    goals = tuple(Button("Goal: %s days", f"rem:goal:{goal}", goal) for goal in GOALS)
    return (goals[:2], goals[2:], (Button("No goal", f"rem:goal:{NO_GOAL}"),))


def _day(place: int, wishes: ReminderWishes) -> Button:
    """A tick says that reminders may come on this day."""
    sign = "–" if place in wishes.days_off else "✓"
    return Button(DAYS[place], f"rem:day:{place}", sign)


def _local_date(wishes: ReminderWishes) -> str:
    if wishes.snoozed_until is None:
        return ""
    return wishes.snoozed_until.astimezone(ZoneInfo(wishes.time_zone)).date().isoformat()


def _hour(at: time) -> str:
    return f"{at:%H:%M}"
