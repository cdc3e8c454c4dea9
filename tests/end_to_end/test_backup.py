"""A backup made while the bot runs, and put back: everything is there again, except who had themselves erased."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from talkthrough.bot.cli import app
from talkthrough.bot.settings import Settings
from talkthrough.errors import UserError
from talkthrough.storage import erasures
from tests.end_to_end.conftest import House, Phone, started
from tests.end_to_end.tutor import rows

FORGOTTEN = 1001


@pytest.fixture
def command(data_dir: Path, monkeypatch: pytest.MonkeyPatch):
    """Runs a command on the data folder and returns what it printed."""
    monkeypatch.setenv("TALKTHROUGH_DATA_DIR", str(data_dir))

    def run(*words: object) -> str:
        done = CliRunner().invoke(app, [str(word) for word in words])
        if done.exception:
            raise done.exception
        return done.stdout

    return run


async def practise(learner: Phone) -> None:
    for label in ("Revise", "Unit 401", "Start"):
        await learner.tap(label)
    await (learner.tap("A") if "A" in learner.buttons() else learner.say("we set targets"))


async def test_who_was_erased_stays_erased_when_a_backup_is_put_back(data_dir: Path, tmp_path: Path, command) -> None:
    settings, copy = Settings.load(data_dir=data_dir), tmp_path / "monday.db"
    async with started(settings) as house:
        await house.enter(house.learner, house.other_learner)
        await practise(house.learner)
        await practise(house.other_learner)
        await asyncio.to_thread(command, "backup", copy)
        await house.learner.say("/forget")
        await house.learner.tap("Yes, erase everything")
        await practise(house.other_learner)
        with pytest.raises(UserError, match="already running"):
            await asyncio.to_thread(command, "restore", copy)
    with closing(sqlite3.connect(copy)) as before:
        assert before.execute("SELECT count(*) FROM person WHERE telegram_id = 1001").fetchone() == (1,)
    said = await asyncio.to_thread(command, "restore", copy)
    assert "People erased again: 1" in said
    _nothing_is_left(data_dir)
    assert rows(data_dir, "SELECT count(*) FROM answer") == [(1,)]  # the other learner's, as on Monday
    async with started(settings) as house:
        await house.other_learner.say("/menu")
        assert house.other_learner.buttons()
    _nothing_is_left(data_dir)


async def test_a_backup_that_was_copied_into_place_by_hand_is_put_right_at_the_next_start(
    data_dir: Path, tmp_path: Path, command
) -> None:
    settings, copy = Settings.load(data_dir=data_dir), tmp_path / "monday.db"
    async with started(settings) as house:
        await house.enter(house.learner)
        await practise(house.learner)
        await asyncio.to_thread(command, "backup", copy)
        await house.learner.say("/forget")
        await house.learner.tap("Yes, erase everything")
    _copied_by_hand(copy, data_dir)
    async with started(settings) as house:
        _nothing_is_left(data_dir)
        await _comes_back(house)
    async with started(settings):
        assert rows(data_dir, "SELECT count(*) FROM person WHERE telegram_id = 1001") == [(1,)]


def _copied_by_hand(copy: Path, data_dir: Path) -> None:
    for old in data_dir.glob("talkthrough.db*"):
        old.unlink()
    (data_dir / "talkthrough.db").write_bytes(copy.read_bytes())


async def _comes_back(house: House) -> None:
    """Who starts again after an erasure is a new person, and stays."""
    await house.enter(house.learner)


def _nothing_is_left(data_dir: Path) -> None:
    """Neither the number nor the words of who was erased; the note of it names nobody."""
    assert rows(data_dir, "SELECT count(*) FROM person WHERE telegram_id = ?", FORGOTTEN) == [(0,)]
    erased = "SELECT id FROM person WHERE telegram_id < 0"
    for table in ("answer", "review", "card", "delivery", "revision_session", "membership", "consent"):
        assert rows(data_dir, f"SELECT count(*) FROM {table} WHERE person_id IN ({erased})") == [(0,)], table
    for table in ("inbox", "outbox"):
        column = "payload" if table == "inbox" else "data"
        assert not [row for row in rows(data_dir, f"SELECT {column} FROM {table}") if "Learner 1" in str(row)]
    notes = (data_dir / erasures.FILE_NAME).read_text()
    assert str(FORGOTTEN) not in [word.strip('",{}: ') for word in notes.split()]


def test_a_file_that_is_no_backup_changes_nothing(data_dir: Path, tmp_path: Path, command) -> None:
    no_backup, before = tmp_path / "letter.db", (data_dir / "talkthrough.db").read_bytes()
    no_backup.write_text("Dear Sir")
    for bad in (no_backup, tmp_path / "missing.db"):
        with pytest.raises(UserError, match="Nothing was changed"):
            command("restore", bad)
    with pytest.raises(UserError, match="there already"):
        command("backup", no_backup)
    assert (data_dir / "talkthrough.db").read_bytes() == before
