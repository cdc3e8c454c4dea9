"""Invitations, settings, progress, and the person's own data."""

import json
from datetime import date, datetime
from zoneinfo import ZoneInfo

from talkthrough.bot.conversations import effects as f
from talkthrough.bot.conversations import results as r
from talkthrough.bot.conversations.performers.desk import Desk
from talkthrough.bot.conversations.performers.revising import SESSION_SIZE
from talkthrough.scheduler.progress import progress_of
from talkthrough.storage import bank, erasures, outbox, own_data, people
from talkthrough.storage.records.progress import progress_picture, progress_text
from talkthrough.storage.tables import Attachment

PRIVACY_NOTICE = "privacy card 1"
DATE_FORMS = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%d/%m/%y")


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
    day = people.assessment_date(desk.session, desk.person)
    return r.SettingsShown(
        f"{day:%-d %B %Y}" if day else None,
        own.get("session_size", SESSION_SIZE),
        desk.person.time_zone,
        bool(own.get("extra_time")),
    )


def change_setting(desk: Desk, effect: f.ChangeSetting) -> r.Event:
    """Keep a setting and show them all."""
    people.change_settings(desk.person, **{effect.name: effect.value})
    return show_settings(desk, f.ShowSettings())


def read_date(desk: Desk, effect: f.ReadDate) -> r.Event:
    """The assessment date as typed, if it is a date to come."""
    day = date_in(effect.text)
    today = desk.now.astimezone(ZoneInfo(desk.person.time_zone)).date()
    return r.DateRead(day.isoformat() if day and day > today else None)


def date_in(text: str) -> date | None:
    """A date as people in the UK type it: 14/03/2027, 14 March 2027, 2027-03-14."""
    for form in DATE_FORMS:
        try:
            return datetime.strptime(" ".join(text.split()), form).date()  # noqa: DTZ007 - a date has no zone
        except ValueError:
            continue
    return None


def show_progress(desk: Desk, effect: f.ShowProgress) -> None:
    """The progress picture, with the same in text."""
    entry = bank.unit_version(desk.session, effect.version_id)
    if entry is None:
        return
    progress = progress_of(desk.session, desk.person, entry.unit, desk.now)
    outbox.add(
        desk.session,
        chat_id=desk.chat_id,
        view="progress",
        data={
            "values": {"text": progress_text(progress)},
            "buttons": [[["Revise this unit", f"rev:unit:{entry.version_id}"], ["Menu", "menu"]]],
        },
        attachment=Attachment(file_name="progress.png", media_type="image/png", content=progress_picture(progress)),
        now=desk.now,
    )


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
