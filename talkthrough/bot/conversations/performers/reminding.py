"""What a learner chooses about messages that they did not ask for."""

from dataclasses import replace
from datetime import time, timedelta

from talkthrough.bot.conversations import aim_effects as f
from talkthrough.bot.conversations.aim_results import RemindersShown
from talkthrough.bot.conversations.performers.desk import Desk
from talkthrough.scheduler import reminding
from talkthrough.scheduler.reminders import ReminderWishes
from talkthrough.scheduler.unasked import wishes_of


def show(desk: Desk, effect: f.ShowReminders) -> RemindersShown:
    """The choices as they stand; a time of putting off that is over is none."""
    wishes = wishes_of(desk.person)
    if wishes.snoozed_until is not None and wishes.snoozed_until <= desk.now:
        wishes = replace(wishes, snoozed_until=None)
    return RemindersShown(wishes, reminding.this_week(desk.session, desk.person, desk.now), effect.page)


def change(desk: Desk, effect: f.ChangeReminders) -> RemindersShown:
    """Keep a choice and show them all; the dialogue lets only values through that a button of ours carries.

    The days stay open, for one is seldom all.
    """
    wishes = wishes_of(desk.person)
    reminding.change_wishes(desk.session, desk.person, desk.now, **_changes(desk, wishes, effect))
    return show(desk, f.ShowReminders("day" if effect.choice == "day" else ""))


def _changes(desk: Desk, wishes: ReminderWishes, effect: f.ChangeReminders) -> dict[str, object]:
    match effect.choice:
        case "on" | "off" as choice:
            return {"is_on": choice == "on", "is_paused": False, "snoozed_until": None}
        case "pause" | "resume" as choice:
            return {"is_paused": choice == "pause", "snoozed_until": None}
        case "window":
            return {"window": _hours(effect.value)}
        case "quiet":
            start, end = _hours(effect.value)
            return {"quiet_from": start, "quiet_until": end}
        case "day":
            day = int(effect.value)
            return {"days_off": tuple(sorted({*wishes.days_off} ^ {day}))}
        case "goal":
            return {"weekly_goal": int(effect.value) or None}
        case "snooze":
            return {"snoozed_until": desk.now + timedelta(days=int(effect.value))}
    raise ValueError(effect.choice)


def _hours(value: str) -> tuple[time, time]:
    """The two times of a button such as "17-19"."""
    start, end = (time(int(hour)) for hour in value.split("-"))
    return start, end
