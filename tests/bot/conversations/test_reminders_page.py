"""The page of reminders: what it says of putting off, in the learner's own calendar, and the way back."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from talkthrough.bot.conversations import reminding as dialogue
from talkthrough.bot.conversations.aim_effects import ChangeReminders, ShowReminders
from talkthrough.bot.conversations.aim_results import RemindersShown
from talkthrough.bot.conversations.effects import Say
from talkthrough.bot.conversations.performers import reminding
from talkthrough.bot.conversations.performers.desk import Desk
from talkthrough.bot.conversations.states import Resting
from talkthrough.bot.settings import Settings
from talkthrough.storage.audit import signing_key
from tests.scheduler.conftest import fill, opened

LATE = datetime(2026, 6, 1, 23, 30, tzinfo=UTC)  # half past midnight in London, on 2 June


def page(event: RemindersShown) -> Say:
    _, (said,) = dialogue.shown(Resting(), event)
    assert isinstance(said, Say)
    return said


def test_putting_off_names_the_learners_own_date_has_a_way_back_and_ends_by_itself(tmp_path: Path) -> None:
    session = opened()
    person = fill(session)
    settings, key = Settings.load(data_dir=tmp_path), signing_key(tmp_path)
    desk = Desk(session, person, 1001, LATE, settings, key)
    reminding.change(desk, ChangeReminders("on"))
    off = page(reminding.change(desk, ChangeReminders("snooze", "7")))
    assert off.values["snoozed_until"] == "2026-06-09"
    assert "rem:resume" in [button.data for row in off.buttons for button in row]
    later = Desk(session, person, 1001, LATE + timedelta(days=7), settings, key)
    over = page(reminding.show(later, ShowReminders()))
    assert over.values["snoozed_until"] == ""
    assert "rem:pause" in [button.data for row in over.buttons for button in row]
