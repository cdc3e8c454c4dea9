"""What can be set, by environment variables (TALKTHROUGH_...) or in a settings file. The environment wins."""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from talkthrough.errors import UserError

PREFIX = "TALKTHROUGH_"
TOKEN = re.compile(r"\d{6,12}:[A-Za-z0-9_-]{30,}")
WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")  # Bot API, setWebhook; shorter ones can be guessed


class SettingsError(UserError, ValueError):
    """A setting has a value that cannot be used. The message says which, and what to do."""


class Settings(BaseSettings):
    """Everything that differs from one place to another. Build it with `Settings.load()`."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", frozen=True, validate_default=True)

    token: SecretStr | None = Field(default=None, description="the bot's token from BotFather; empty: the local chat")
    data_dir: Path = Field(default_factory=lambda: data_folder(os.environ), description="where everything is kept")
    database_url: SecretStr | None = Field(default=None, description="PostgreSQL; empty: a file in data_dir")
    webhook_url: str | None = Field(default=None, description="the public https address that Telegram calls")
    webhook_secret: SecretStr | None = Field(default=None, description="proves that a call comes from Telegram")
    webhook_listen: str = Field(default="127.0.0.1", description="the address the webhook endpoint listens on")
    webhook_port: int = Field(default=8080, ge=0, le=65535, description="the port the webhook endpoint listens on")
    local_port: int = Field(default=8765, ge=0, le=65535, description="the port of the local chat page; 0: any")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(default="INFO", description="how much is logged")
    rate_limits: bool = Field(default=True, description="keep to Telegram's limits; off only for the local server")
    time_zone: str = Field(default="Europe/London", description="the time zone of people who have not chosen one")
    refit: bool = Field(default=False, description="fit the memory model to each learner's own answers")
    safeguarding_contact: str = Field(default="", description="whom learners can talk to: shown on the privacy card")
    centre: str = Field(default="", description="the name of the centre, printed on records")
    decision_words: tuple[str, ...] = Field(
        default=("Agreed", "Action needed", "Not looked at"),
        min_length=1,
        description="the words that assessors of your awarding body use for a criterion",
    )
    owner_ids: frozenset[int] = Field(default=frozenset(), description="Telegram ids of who may set up cohorts")

    @field_validator("token", "webhook_secret", "database_url", mode="before")
    @classmethod
    def _empty_is_absent(cls, value: object) -> object:
        return value or None

    @field_validator("token")
    @classmethod
    def _token_shape(cls, value: SecretStr | None) -> SecretStr | None:
        return _matching(value, TOKEN, "A token looks like 123456789:AAH... Copy the whole line from BotFather.")

    @field_validator("webhook_secret")
    @classmethod
    def _secret_shape(cls, value: SecretStr | None) -> SecretStr | None:
        return _matching(value, WEBHOOK_SECRET, "Use 16 to 256 letters, digits, _ or -.")

    @field_validator("webhook_url")
    @classmethod
    def _https(cls, value: str | None) -> str | None:
        if value and not value.startswith("https://"):
            raise ValueError("Telegram only calls addresses that start with https://")
        return value or None

    @property
    def database(self) -> str:
        """The SQLAlchemy URL of the database."""
        if self.database_url:
            return self.database_url.get_secret_value()
        return f"sqlite:///{self.data_dir.absolute() / 'talkthrough.db'}"

    @classmethod
    def load(cls, **overrides: Any) -> Self:
        """Read the environment and the settings file. Raises SettingsError with a sentence for each wrong value."""
        try:
            return cls(**overrides)
        except ValidationError as error:
            raise SettingsError(_sentences(error)) from None  # pydantic's own text repeats the value: perhaps a token
        except (OSError, ValueError) as error:
            raise SettingsError(f"The settings file {settings_file(os.environ)} cannot be read: {error}") from None

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the order is ours
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What is passed in, then the environment, then the file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, settings_file(os.environ))


def data_folder(environment: Mapping[str, str]) -> Path:
    """The user's own data folder (XDG base directory specification)."""
    base = environment.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "talkthrough"


def settings_file(environment: Mapping[str, str]) -> Path:
    """TALKTHROUGH_SETTINGS_FILE, or settings.toml in the user's configuration folder. It need not exist."""
    base = environment.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(environment.get(f"{PREFIX}SETTINGS_FILE") or Path(base) / "talkthrough" / "settings.toml")


def _matching(value: SecretStr | None, shape: re.Pattern[str], advice: str) -> SecretStr | None:
    if value is not None and not shape.fullmatch(value.get_secret_value()):
        raise ValueError(advice)
    return value


def _sentences(error: ValidationError) -> str:
    return "\n".join(
        f"{PREFIX}{'.'.join(map(str, problem['loc'])).upper()}: {problem['msg'].removeprefix('Value error, ')}"
        for problem in error.errors(include_input=False, include_url=False)
    )
