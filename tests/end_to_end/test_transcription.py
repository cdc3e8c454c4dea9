"""Voice messages with a transcriber that somebody installed, and without one."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from talkthrough.bot.commands.doctor import examine
from talkthrough.bot.settings import Settings
from talkthrough.bot.transcription import TranscriberMissingError, transcriber_named
from tests.end_to_end.conftest import House, started
from tests.end_to_end.test_own_turns import erased, everything_kept
from tests.end_to_end.test_records_log import planned, saved

HEARD = "I moved two people to the tills & rang <b>head office</b>"
MODULE = """
def write_down(sound: bytes, media_type: str, language: str) -> str:
    if sound.endswith(b"harm"):
        return "I want to hurt myself"
    if sound.endswith(b"noise"):
        raise RuntimeError("cannot read this")
    return "%s" if (media_type, language) == ("audio/ogg", "en") else ""
"""


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A transcriber as a centre would install one: a package with an entry point."""
    site = tmp_path / "site"
    info = site / "college_ears-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: college-ears\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[talkthrough.transcribers]\ncollege = college_ears:write_down\n")
    (site / "college_ears.py").write_text(MODULE % HEARD)
    monkeypatch.syspath_prepend(str(site))
    return "college"


@pytest.fixture
async def listening(data_dir: Path, installed: str) -> AsyncIterator[House]:
    """The program with that transcriber."""
    async with started(Settings.load(data_dir=data_dir, transcriber=installed)) as house:
        yield house


async def spoken(house: House, sound: bytes = b"OggS sound") -> list[str]:
    house.local.world.send_file(1001, "voice", sound, name="voice.ogg", mime_type="audio/ogg")
    return await house.learner.hear()


async def test_without_a_transcriber_the_sheet_and_the_reply_say_that_words_must_be_typed(house: House) -> None:
    await planned(house)
    assert any("Voice messages: kept as sound only." in m.get("text", "") for m in house.learner.messages)
    await house.learner.tap("I have read this. Start")
    (reply,) = await spoken(house)
    assert "as sound only. Nothing here can listen to it. Please also type your words." in reply


async def test_a_transcript_counts_as_the_learners_words_only_once_they_confirm_it(listening: House) -> None:
    await planned(listening)
    assert any("a tool writes down what it hears" in m.get("text", "") for m in listening.learner.messages)
    await listening.learner.tap("I have read this. Start")
    (reply,) = await spoken(listening)
    assert HEARD in reply
    assert "These are the tool's words." in reply
    (question,) = await listening.learner.tap("Yes, I said that")
    assert question.count("?") <= 1
    log = await saved(listening)
    (turn,) = [turn for turn in log["turns"] if turn["text"] == HEARD]
    assert turn["speaker"] == "learner"
    note = "written down by a tool from the voice message of turn 4, and checked by the learner"
    assert note in turn["notes"]


async def test_a_transcript_that_was_not_confirmed_is_in_no_file(listening: House) -> None:
    await planned(listening)
    await listening.learner.tap("I have read this. Start")
    await spoken(listening)
    await listening.learner.say("Last Tuesday I planned the rota because it was half term")
    log = await saved(listening)
    assert HEARD not in json.dumps(log)
    await listening.learner.tap("Make the draft")
    await listening.learner.tap("STAR")
    await listening.learner.tap("Read it and confirm")
    assert "moved two people" not in listening.learner.file(".html").decode()


async def test_a_transcript_is_confirmed_once(listening: House) -> None:
    await planned(listening)
    await listening.learner.tap("I have read this. Start")
    await spoken(listening)
    await listening.learner.tap_twice("Yes, I said that")
    log = await saved(listening)
    assert sum(turn["text"] == HEARD for turn in log["turns"]) == 1


async def test_a_transcriber_that_fails_loses_no_sound(listening: House) -> None:
    await planned(listening)
    await listening.learner.tap("I have read this. Start")
    (reply,) = await spoken(listening, b"OggS noise")
    assert "Please also type your words." in reply
    assert "OggS noise" in await everything_kept(listening)


async def test_words_of_harm_in_a_transcript_stop_the_practice(listening: House) -> None:
    await planned(listening)
    await listening.learner.tap("I have read this. Start")
    (reply,) = await spoken(listening, b"OggS harm")
    assert "I am stopping the practice here" in reply


async def test_sound_outside_a_discussion_is_not_written_down(listening: House) -> None:
    await listening.enter(listening.learner)
    await spoken(listening)
    assert "moved two people" not in await everything_kept(listening)


async def test_an_erased_voice_message_takes_its_transcript_along(listening: House) -> None:
    await planned(listening)
    await listening.learner.tap("I have read this. Start")
    await spoken(listening)
    await listening.learner.tap("Stop")
    await erased(listening, "4. Voice message")
    assert "moved two people" not in await everything_kept(listening)


def test_doctor_says_what_becomes_of_voice_messages(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, installed: str
) -> None:
    monkeypatch.setenv("TALKTHROUGH_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert any("Voice messages are kept as sound only." in finding.sentence for finding in examine())
    monkeypatch.setenv("TALKTHROUGH_TRANSCRIBER", installed)
    assert any("Voice messages are written down by college." in finding.sentence for finding in examine())
    monkeypatch.setenv("TALKTHROUGH_TRANSCRIBER", "nobody")
    (missing,) = [finding.sentence for finding in examine() if finding.is_missing]
    assert missing == "TALKTHROUGH_TRANSCRIBER: 'nobody' is not installed. Installed: college."


def test_a_transcriber_that_is_not_installed_is_named_at_the_start() -> None:
    with pytest.raises(TranscriberMissingError, match="Installed: none"):
        transcriber_named("nobody")
