"""Invitations, settings, and the person's own data."""

import json
from functools import cache
from zoneinfo import available_timezones

from talkthrough.bot.conversations import aim_effects as a
from talkthrough.bot.conversations import effects as f
from talkthrough.bot.conversations import results as r
from talkthrough.bot.conversations.aim_results import ZoneRead
from talkthrough.bot.conversations.dates import date_in
from talkthrough.bot.conversations.performers.desk import Desk
from talkthrough.scheduler import reminding
from talkthrough.scheduler.unasked import wishes_of
from talkthrough.storage import erasures, own_data, people

PRIVACY_NOTICE = "privacy card 1"


def see_privacy(desk: Desk, _effect: f.SeePrivacy) -> None:
    """The card was read."""
    desk.person.privacy_seen_at = desk.person.privacy_seen_at or desk.now
    people.consent(desk.session, desk.person_id, PRIVACY_NOTICE, desk.now)


def accept(desk: Desk, effect: f.AcceptInvitation) -> r.Event:
    """Follow an invitation, or claim the installation with the owner code printed at start."""
    if people.claim_ownership(desk.session, effect.code, desk.person):
        return r.Joined(None, is_owner=True)
    cohort = people.accept(desk.session, effect.code, desk.person_id, desk.now)
    return r.Joined(cohort.name if cohort else None)


def show_settings(desk: Desk, _effect: f.ShowSettings) -> r.Event:
    """The settings as they stand."""
    own = people.settings_of(desk.person)
    day = people.assessment_date(desk.session, desk.person, desk.today)
    wishes = wishes_of(desk.person)
    return r.SettingsShown(
        day.isoformat() if day else None,
        own.get("minutes_a_day"),
        desk.person.time_zone,
        bool(own.get("extra_time")),
        larger_steps=bool(own.get("larger_steps")),
        language=desk.person.language,
        reminders="paused" if wishes.is_on and wishes.is_paused else "on" if wishes.is_on else "off",
    )


def change_setting(desk: Desk, effect: f.ChangeSetting) -> r.Event:
    """Keep a setting and show them all."""
    if effect.name == "time_zone":
        desk.person.time_zone = str(effect.value)
        reminding.plan_next(desk.session, desk.person, desk.now)
    else:
        people.change_settings(desk.person, **{effect.name: effect.value})
    return show_settings(desk, f.ShowSettings())


def change_language(desk: Desk, effect: a.ChangeLanguage) -> r.Event:
    """Speak another language from now on."""
    desk.person.language = effect.language
    return show_settings(desk, f.ShowSettings())


def read_zone(_desk: Desk, effect: a.ReadZone) -> r.Event:
    """The time zone that was meant."""
    return ZoneRead(zone_in(effect.text))


def zone_in(text: str) -> str | None:
    """The IANA zone of that name, or the one that a city gives its name to ("new york"); None where there is none."""
    return _zones().get("_".join(text.lower().split()))


@cache
def _zones() -> dict[str, str]:
    """Every zone by its whole name and by its city, in small letters."""
    zones = {zone.lower(): zone for zone in sorted(available_timezones()) if "/" in zone or zone == "UTC"}
    return {name.rpartition("/")[2]: zone for name, zone in zones.items()} | zones


def read_date(desk: Desk, effect: f.ReadDate) -> r.Event:
    """The assessment date as typed, if it is a date to come."""
    day = date_in(effect.text, desk.today)
    return r.DateRead(day.isoformat() if day and day > desk.today else None)


def send_my_data(desk: Desk, _effect: f.SendMyData) -> None:
    """Everything held about the person, as JSON and as a page to read."""
    held = own_data.everything_about(desk.session, desk.person)
    content = json.dumps(held, ensure_ascii=False, indent=1, default=str).encode()
    desk.send_file("my-data.json", "application/json", content, "This is everything I hold about you.")
    desk.send_file("my-data.html", "text/html", own_data.as_html(held), "The same, to read.")
    for recording in own_data.recordings_of(desk.session, desk.person):
        name = f"voice-{recording.discussion_id}-{recording.number}.ogg"
        desk.send_file(name, recording.media_type, recording.content or b"")


def forget(desk: Desk, _effect: f.Forget) -> r.Event:
    """Erase the person, and note it where a restored backup cannot undo it."""
    erasures.remember(desk.settings.data_dir, desk.person.telegram_id, desk.now)
    own_data.erase(desk.session, desk.person)
    return r.Forgotten()
