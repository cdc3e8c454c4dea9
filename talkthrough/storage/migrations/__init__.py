"""The history of the tables, and how a database is brought up to date."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Connection


def migrate(url: str) -> None:
    """Bring the database at `url` up to date, from empty or from any earlier release. Safe to call at every start."""
    from alembic import command

    command.upgrade(configuration(url), "head")


def configuration(url: str) -> "Config":
    """Alembic's configuration, without an ini file: the revisions travel inside the package."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["url"] = url
    return config


def newest() -> str | None:
    """The revision that this release works with."""
    from alembic.script import ScriptDirectory

    return ScriptDirectory.from_config(configuration("")).get_current_head()


def revision_of(connection: "Connection") -> str | None:
    """The revision of a database; None when it is empty."""
    from alembic.migration import MigrationContext

    return MigrationContext.configure(connection).get_current_revision()
