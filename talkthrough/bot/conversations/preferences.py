"""Settings, progress, and the person's own data: take it away, or have it erased."""

import re

from talkthrough.bot.conversations import menu
from talkthrough.bot.conversations.aim_effects import (
    ChangeLanguage,
    ReadZone,
    SendDeck,
    SendLog,
    ShowCalibration,
    ShowCriteria,
    ShowOutlook,
)
from talkthrough.bot.conversations.aim_results import ZoneRead
from talkthrough.bot.conversations.effects import (
    Button,
    ChangeSetting,
    Effect,
    Forget,
    ReadDate,
    Rows,
    Say,
    SendMyData,
    ShowProgress,
)
from talkthrough.bot.conversations.events import Tapped
from talkthrough.bot.conversations.menu import MENU, Step, at_rest
from talkthrough.bot.conversations.results import DateRead, SettingsShown
from talkthrough.bot.conversations.states import GivingDate, GivingMinutes, GivingZone, Resting, State

MINUTES = (5, 10, 15, 20, 30)
MOST_MINUTES = 240
ZONES = (("London", "Europe/London"), ("Paris", "Europe/Paris"), ("Athens", "Europe/Athens"))
LANGUAGES = (("English", "en"), ("Cymraeg (unreviewed)", "cy"))
SWITCHES = {"time": "extra_time", "steps": "larger_steps"}
NO_FIXED_TIME = (Button("No fixed time", "set:min:0"),)
BACK: Rows = ((Button("Settings", "set"), MENU),)


def tapped(state: State, event: Tapped) -> Step | None:
    """The buttons of settings and progress; None where the data is not understood."""
    gone = menu.gone(event)
    match event.data:
        case ("prog", "unit", version_id):
            return state, (ShowProgress(int(version_id)),)
        case ("prog", "out", version_id, outcome):
            return state, (ShowCriteria(int(version_id), outcome),)
        case ("prog", "outlook", version_id):
            return state, (ShowOutlook(int(version_id)),)
        case ("prog", "deck", version_id):
            return state, (SendDeck(int(version_id)),)
        case ("prog", "plot"):
            return state, (ShowCalibration(),)
        case ("set", "min", minutes) if int(minutes) in {0, *MINUTES}:
            return state, (*gone, ChangeSetting("minutes_a_day", int(minutes) or None))
        case ("set", switch, "on" | "off" as value) if switch in SWITCHES:
            return state, (*gone, ChangeSetting(SWITCHES[switch], value == "on"))
        case ("set", "zone", zone):
            return Resting(), (*gone, ReadZone(zone))
        case ("set", "lang", language) if language in dict(LANGUAGES).values():
            return state, (*gone, ChangeLanguage(language))
    return _page(state, event) or _own_data(state, event, gone)


def _page(state: State, event: Tapped) -> Step | None:
    """A setting with choices of its own."""
    match event.data:
        case ("set", "date"):
            return GivingDate(), (Say("give_date", {}, ((Button("No date", "set:nodate"), MENU),)),)
        case ("set", "nodate"):
            return Resting(), (ChangeSetting("assessment_date", None),)
        case ("set", "min"):
            choices = tuple(Button("%s min", f"set:min:{minutes}", str(minutes)) for minutes in MINUTES)
            return GivingMinutes(), (Say("give_minutes", {}, (choices, NO_FIXED_TIME, *BACK)),)
        case ("set", "zone"):
            choices = tuple(Button(name, f"set:zone:{zone}") for name, zone in ZONES)
            return GivingZone(), (Say("give_zone", {}, (choices, *BACK)),)
        case ("set", "lang"):
            choices = tuple(Button(name, f"set:lang:{language}") for name, language in LANGUAGES)
            return state, (Say("give_language", {}, (choices, *BACK)),)
    return None


def _own_data(state: State, event: Tapped, gone: tuple[Effect, ...]) -> Step | None:
    match event.data:
        case ("set", "log"):
            return state, (SendLog(),)
        case ("set", "mydata"):
            return state, (SendMyData(),)
        case ("set", "forget"):
            rows: Rows = ((Button("Yes, erase everything", "set:forgetyes"), Button("No, keep it", "menu")),)
            return state, (Say("forget_check", {}, rows),)
        case ("set", "forgetyes"):
            return Resting(), (*gone, Forget())
    return None


def shown(state: State, event: SettingsShown) -> Step:
    """The settings as they stand, each with its buttons."""
    values = {
        "date": event.assessment_date,
        "minutes": event.minutes_a_day,
        "zone": event.time_zone,
        "extra_time": event.extra_time,
        "larger_steps": event.larger_steps,
        "language": next((name for name, language in LANGUAGES if language == event.language), event.language),
        "reminders": event.reminders,
    }
    rows: Rows = (
        (Button("Assessment date", "set:date"), Button("Minutes a day", "set:min")),
        (Button("Reminders", "rem"), Button("Time zone", "set:zone")),
        (
            Button("Extra time off", "set:time:off") if event.extra_time else Button("Extra time on", "set:time:on"),
            Button("Larger steps off", "set:steps:off")
            if event.larger_steps
            else Button("Larger steps on", "set:steps:on"),
        ),
        (Button("Language · Iaith", "set:lang"), Button("My answers", "set:log")),
        (Button("My data", "set:mydata"), Button("Erase me", "set:forget")),
        (MENU,),
    )
    return at_rest(state), (Say("settings", values, rows),)


def date_said(text: str) -> Step:
    """A date was typed."""
    return GivingDate(), (ReadDate(text),)


def date_read(event: DateRead) -> Step:
    """The date is kept, or asked for again."""
    if event.day is None:
        return GivingDate(), (Say("date_unclear", {}, ((Button("No date", "set:nodate"), MENU),)),)
    return Resting(), (ChangeSetting("assessment_date", event.day),)


def minutes_said(text: str) -> Step | None:
    """A number of minutes was typed; None where there is none that fits into a day's practice."""
    number = re.search(r"(?<![\d.,:])\d{1,3}(?![\d.,:])", text)
    if number is None or not 1 <= int(number[0]) <= MOST_MINUTES:
        return None
    return Resting(), (ChangeSetting("minutes_a_day", int(number[0])),)


def minutes_unclear() -> Step:
    """It was no number of minutes: ask again."""
    return GivingMinutes(), (Say("minutes_unclear", {}, (NO_FIXED_TIME, *BACK)),)


def zone_said(text: str) -> Step:
    """A city or zone was typed."""
    return GivingZone(), (ReadZone(text),)


def zone_read(event: ZoneRead) -> Step:
    """The zone is kept, or asked for again."""
    if event.zone is None:
        return GivingZone(), (Say("zone_unclear", {}, BACK),)
    return Resting(), (ChangeSetting("time_zone", event.zone),)
