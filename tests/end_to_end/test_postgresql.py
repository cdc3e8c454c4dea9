"""The same code on PostgreSQL: a college group's learner, tutor and assessor."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from talkthrough.bot.commands.run import prepare
from talkthrough.bot.settings import Settings
from tests.end_to_end.conftest import House, started
from tests.end_to_end.test_tutor_and_assessor import announced, finished_discussion, schedule

pytestmark = pytest.mark.postgresql


@pytest.fixture
async def college(postgresql_url: str, tmp_path: Path) -> AsyncIterator[House]:
    settings = Settings.load(data_dir=tmp_path, database_url=SecretStr(postgresql_url))
    prepare(settings)
    prepare(settings)  # a second start changes nothing
    async with started(settings) as house:
        yield house


async def test_revision_a_round_and_a_released_log_work_on_postgresql(college: House) -> None:
    await college.enter(college.learner, college.other_learner, college.tutor, college.assessor)
    for label in ("Revise", "Unit 323", "Start"):
        await college.learner.tap(label)
    (feedback,) = await college.learner.tap("I don't know")
    assert "Unit 323" in feedback
    words = await finished_discussion(college.learner)
    await college.learner.tap("Release to my assessor")
    await college.learner.tap("Yes, release it")
    await college.assessor.say("/logs")
    await college.assessor.tap("Learner 1")
    await college.assessor.tap("All files")
    assert words.encode() in college.assessor.file(".html")
    await schedule(college.tutor, "Now")
    assert "Practice group" in await announced(college.other_learner)
    (progress,) = await _progress(college)
    assert "1 of" in progress


async def _progress(college: House) -> list[str]:
    await college.learner.say("/progress")
    return await college.learner.tap("Unit 323")
