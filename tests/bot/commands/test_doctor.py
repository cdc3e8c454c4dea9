import asyncio
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from talkthrough.bot.commands.doctor import Finding, doctor, examine
from talkthrough.bot.local_chat.server import LocalTelegram
from talkthrough.storage import inbox
from talkthrough.storage.database import Database

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def data_dir(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("TALKTHROUGH_DATA_DIR", str(tmp_path))
    return tmp_path


def said(*, missing: bool) -> str:
    return "\n".join(finding.sentence for finding in examine() if finding.is_missing is missing)


def test_on_a_new_computer_nothing_is_missing_and_the_next_steps_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert doctor() == 0
    out = capsys.readouterr().out
    assert "There is no database yet. The first start makes it." in out
    assert "For Telegram, ask @BotFather for a token and set TALKTHROUGH_TOKEN." in out
    assert "Set TALKTHROUGH_SAFEGUARDING_CONTACT" in out
    assert "The memory model is not fitted to each learner." in out


def test_what_somebody_should_look_at_has_no_tick(capsys: pytest.CaptureFixture[str]) -> None:
    doctor()
    lines = capsys.readouterr().out.splitlines()
    assert next(line for line in lines if "Learners are not told" in line).startswith("! ")


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("TOKEN", "wrong", "TALKTHROUGH_TOKEN: A token looks like"),
        ("TIME_ZONE", "Europe/Nowhere", "There is no time zone 'Europe/Nowhere'"),
        ("WEBHOOK_URL", "https://example.org/", "TALKTHROUGH_WEBHOOK_SECRET is missing"),
        ("WEBHOOK_SECRET", "a" * 32, "TALKTHROUGH_WEBHOOK_URL is missing"),
        ("DATABASE_URL", "postgresql://postgres@/x?host=/nowhere", "The database server cannot be reached"),
    ],
)
def test_what_is_missing_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str, value: str, sentence: str
) -> None:
    monkeypatch.setenv(f"TALKTHROUGH_{name}", value)
    assert sentence in said(missing=True)
    assert doctor() == 1
    assert "✗" in capsys.readouterr().out


def test_it_is_said_whether_a_safeguarding_leads_own_list_is_loaded(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert "No list of your safeguarding lead is loaded." in said(missing=False)
    words = tmp_path / "words.toml"
    words.write_text('phrases = ["county lines", "chcę umrzeć"]\n', encoding="utf-8")
    monkeypatch.setenv("TALKTHROUGH_SAFEGUARDING_WORDS", str(words))
    assert "Your safeguarding lead's own list is loaded: 2 phrases." in said(missing=False)


@pytest.mark.parametrize("content", [None, "phrases = [", 'words = ["harm"]', "phrases = []"])
def test_a_list_of_words_that_cannot_be_used_is_missing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: str | None
) -> None:
    words = tmp_path / f"{content is None}-{len(content or '')}.toml"
    if content is not None:
        words.write_text(content, encoding="utf-8")
    monkeypatch.setenv("TALKTHROUGH_SAFEGUARDING_WORDS", str(words))
    assert "TALKTHROUGH_SAFEGUARDING_WORDS" in said(missing=True)


def test_a_database_in_use_and_one_at_rest_are_told_apart(
    data_dir: Path, open_database: Callable[[str], Database]
) -> None:
    database = open_database(f"sqlite:///{data_dir}/talkthrough.db")
    assert "Talkthrough is not running." in said(missing=False)
    database.claim_sole_use()
    assert "Talkthrough is running." in said(missing=False)


def test_messages_that_failed_are_counted(data_dir: Path, open_database: Callable[[str], Database]) -> None:
    database = open_database(f"sqlite:///{data_dir}/talkthrough.db")
    with database.transaction() as session:
        inbox.store(session, {1: "{}"}, NOW)
        session.flush()
        inbox.mark_failed(session, 1, "KeyError", NOW)
    assert "1 messages from people could not be handled." in said(missing=False)


def test_a_damaged_database_is_a_sentence(data_dir: Path) -> None:
    (data_dir / "talkthrough.db").write_bytes(b"no database at all" * 100)
    assert "The database file is damaged. Put back a backup." in said(missing=True)


def test_an_older_database_is_brought_up_to_date_by_the_next_start(data_dir: Path) -> None:
    sqlite3.connect(data_dir / "talkthrough.db").close()
    (data_dir / "talkthrough.db").touch()
    assert "The next start brings it up to date." in said(missing=False)


async def test_a_token_is_tried_on_telegram(monkeypatch: pytest.MonkeyPatch) -> None:
    local = LocalTelegram()
    async with local.serve() as url:

        def tried() -> list[Finding]:
            return list(examine(url))

        monkeypatch.setenv("TALKTHROUGH_TOKEN", local.token)
        known = await asyncio.to_thread(tried)
        monkeypatch.setenv("TALKTHROUGH_TOKEN", "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1")
        unknown = await asyncio.to_thread(tried)
    unreachable = await asyncio.to_thread(tried)
    local.close()
    assert known[-1].sentence.startswith("The token belongs to @")
    assert unknown[-1] == Finding("Telegram does not know this token. Copy it from BotFather again.", is_missing=True)
    assert unreachable[-1].sentence.startswith("Telegram cannot be reached from here.")
