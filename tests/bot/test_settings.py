from pathlib import Path

import pytest

from talkthrough.bot.settings import Settings, SettingsError, data_folder, settings_file
from talkthrough.errors import UserError

TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1"


@pytest.fixture(autouse=True)
def empty_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path


def test_without_any_setting_everything_is_kept_in_the_users_data_folder(empty_home: Path) -> None:
    settings = Settings.load()
    assert settings.data_dir == empty_home / "data" / "talkthrough"
    assert settings.database == f"sqlite:///{empty_home}/data/talkthrough/talkthrough.db"
    assert settings.token is None


def test_the_data_folder_follows_the_xdg_standard() -> None:
    assert data_folder({"XDG_DATA_HOME": "/x"}) == Path("/x/talkthrough")
    assert data_folder({}) == Path.home() / ".local" / "share" / "talkthrough"
    assert settings_file({"TALKTHROUGH_SETTINGS_FILE": "/etc/talkthrough.toml"}) == Path("/etc/talkthrough.toml")


def test_the_environment_wins_over_the_file_and_the_file_over_the_defaults(
    monkeypatch: pytest.MonkeyPatch, empty_home: Path
) -> None:
    (empty_home / "talkthrough").mkdir()
    (empty_home / "talkthrough" / "settings.toml").write_text('local_port = 9000\nlog_level = "DEBUG"\n')
    monkeypatch.setenv("TALKTHROUGH_LOCAL_PORT", "9001")
    settings = Settings.load()
    assert (settings.local_port, settings.log_level, settings.webhook_port) == (9001, "DEBUG", 8080)


@pytest.mark.parametrize(
    ("name", "value", "advice"),
    [
        ("TOKEN", "12:short", "A token looks like 123456789:AAH"),
        ("WEBHOOK_URL", "http://example.org", "Telegram only calls addresses that start with https://"),
        ("WEBHOOK_SECRET", "short", "Use 16 to 256 letters"),
        ("LOCAL_PORT", "eighty", "TALKTHROUGH_LOCAL_PORT: "),
        ("LOG_LEVEL", "LOUD", "TALKTHROUGH_LOG_LEVEL: "),
    ],
)
def test_a_wrong_value_is_a_sentence_that_does_not_repeat_it(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, advice: str
) -> None:
    monkeypatch.setenv(f"TALKTHROUGH_{name}", value)
    with pytest.raises(UserError, match=f"TALKTHROUGH_{name}") as caught:
        Settings.load()
    assert advice in str(caught.value)
    assert value not in str(caught.value)


def test_a_settings_file_that_is_no_toml_is_a_sentence(empty_home: Path) -> None:
    (empty_home / "talkthrough").mkdir()
    (empty_home / "talkthrough" / "settings.toml").write_text("local_port: 9000")
    with pytest.raises(SettingsError, match=r"settings\.toml cannot be read"):
        Settings.load()


def test_an_unknown_name_in_the_file_is_a_sentence(empty_home: Path) -> None:
    (empty_home / "talkthrough").mkdir()
    (empty_home / "talkthrough" / "settings.toml").write_text("tokn = 'x'")
    with pytest.raises(SettingsError, match="TALKTHROUGH_TOKN"):
        Settings.load()


def test_an_empty_value_means_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TOKEN", "WEBHOOK_SECRET", "WEBHOOK_URL", "DATABASE_URL"):
        monkeypatch.setenv(f"TALKTHROUGH_{name}", "")
    settings = Settings.load()
    assert (settings.token, settings.webhook_secret, settings.webhook_url, settings.database_url) == (None,) * 4


def test_secrets_are_not_shown_when_settings_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TALKTHROUGH_TOKEN", TOKEN)
    monkeypatch.setenv("TALKTHROUGH_DATABASE_URL", "postgresql://kim:hunter2@host/talkthrough")
    settings = Settings.load()
    assert settings.database == "postgresql://kim:hunter2@host/talkthrough"
    assert TOKEN not in repr(settings)
    assert "hunter2" not in repr(settings)
