"""`talkthrough backup` and `talkthrough restore`: a copy of the database, and putting one back without its erased."""

from pathlib import Path
from typing import Annotated

import typer

File = Annotated[Path, typer.Argument(help="The file of the backup.")]


def backup(file: File) -> None:
    """Copy the database into a file. The bot may be running."""
    from talkthrough.bot.settings import Settings
    from talkthrough.storage import backups
    from talkthrough.storage.database import Database

    database = Database(Settings.load().database)
    try:
        backups.back_up(database, file)
    finally:
        database.close()
    typer.echo(f"The backup is {file}. Keep the other files of the data folder, too: the signing key is there.")


def restore(file: File) -> None:
    """Put a backup back. Stop the bot first. Whoever was erased since then is erased again."""
    from datetime import UTC, datetime

    from talkthrough.bot.settings import Settings
    from talkthrough.storage import backups, erasures
    from talkthrough.storage.database import Database
    from talkthrough.storage.migrations import migrate

    settings = Settings.load()
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    database = Database(settings.database)
    try:
        database.claim_sole_use()
        aside = backups.restore(database, file, datetime.now(UTC))
        migrate(settings.database)
        with database.transaction() as session:
            again = erasures.reapply(session, settings.data_dir)
    finally:
        database.close()
    typer.echo(f"{file} is the database now. People erased again: {again}. Delete the old database when all is well:")
    typer.echo(str(aside))
