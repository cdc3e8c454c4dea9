"""Starting: what cannot work is said in a sentence before anything happens."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from talkthrough.bot.commands import run
from talkthrough.bot.settings import Settings
from talkthrough.errors import UserError
from talkthrough.storage import cohorts, people
from talkthrough.storage.database import Database

TOKEN = f"123456789:{'A' * 35}"


def test_a_bot_on_telegram_never_takes_over_the_made_up_people_of_the_local_chat(tmp_path: Path) -> None:
    run.prepare(Settings.load(data_dir=tmp_path))
    with pytest.raises(UserError, match="made by the local chat"):
        run.prepare(Settings.load(data_dir=tmp_path, token=TOKEN))


def test_the_local_chat_never_opens_a_bots_data(tmp_path: Path) -> None:
    settings = Settings.load(data_dir=tmp_path, token=TOKEN)
    run.prepare(settings)
    with Database(settings.database).transaction() as session:
        people.person_for(session, 777_000_111, "Kim", datetime.now(UTC))
    with pytest.raises(UserError, match="belongs to a bot on Telegram"):
        run.prepare(Settings.load(data_dir=tmp_path))


def test_what_the_tutor_of_the_practice_group_changed_stays_after_the_next_start(tmp_path: Path) -> None:
    settings = Settings.load(data_dir=tmp_path)
    run.prepare(settings)
    with Database(settings.database).transaction() as session:
        row = people.cohort_named(session, "Practice group")
        every = cohorts.units_of(session, row)
        assert len(every) == 14
        assert not any(entry.is_blank for entry in every)
        cohorts.toggle_unit(row, every[0])
    run.prepare(settings)
    with Database(settings.database).transaction() as session:
        assert len(cohorts.units_of(session, people.cohort_named(session, "Practice group"))) == 13


def test_a_webhook_without_a_token_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TALKTHROUGH_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("TALKTHROUGH_TOKEN", raising=False)
    with pytest.raises(UserError, match="TALKTHROUGH_TOKEN"):
        run.run(webhook=True, port=None)


def test_a_time_zone_that_does_not_exist_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TALKTHROUGH_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("TALKTHROUGH_TIME_ZONE", "Mars")
    with pytest.raises(UserError, match="Europe/London"):
        run.run(webhook=False, port=0)


def test_a_folder_that_cannot_be_made_is_a_sentence() -> None:
    with pytest.raises(UserError, match="TALKTHROUGH_DATA_DIR"):
        run.make_folder(Path("/proc/nowhere/at/all"))
