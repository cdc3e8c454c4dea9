"""What a script does while the bot runs reaches people at once, and once, as if it had been done in the chat."""

import asyncio
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from talkthrough.bot.cli import app
from tests.end_to_end.conftest import House
from tests.end_to_end.test_tutor_and_assessor import announced


@pytest.fixture
def command(data_dir: Path, monkeypatch: pytest.MonkeyPatch):
    """Runs a command in another thread, with a database connection of its own."""
    monkeypatch.setenv("TALKTHROUGH_DATA_DIR", str(data_dir))

    def run(*words: str):
        done = CliRunner().invoke(app, [*words, "--json"])
        if done.exception:
            raise done.exception
        return json.loads(done.stdout)

    return lambda *words: asyncio.to_thread(run, *words)


async def test_a_discussion_that_a_script_sets_is_told_and_waits_for_the_learner(house: House, command) -> None:
    await house.enter(house.learner, house.other_learner)
    wanted = ("cohort", "set-discussion", "Practice group", "--unit", "401", "--outcome", "2", "--due", "2w")
    (seen,) = await command(*wanted, "--person", "1", "--preview")
    assert (seen["learners"], seen["set"]) == (["Learner 1"], False)
    await command(*wanted, "--person", "1")
    assert "Tutor" in await announced(house.learner)
    await command(*wanted, "--person", "1")  # twice is once
    await house.settled()
    assert await house.learner.hear() == []
    assert await house.other_learner.hear() == []


async def test_who_is_moved_or_taken_out_by_a_script_is_told(house: House, command) -> None:
    await house.enter(house.learner, house.other_learner)
    await command("cohort", "add", "Other group", "--unit", "401")
    assert await command("cohort", "move", "Practice group", "1", "Other group") == [{"moved": True}]
    assert "Other group" in await announced(house.learner)
    assert await command("cohort", "remove", "Practice group", "2") == [{"removed": True}]
    assert "no longer in" in await announced(house.other_learner)
