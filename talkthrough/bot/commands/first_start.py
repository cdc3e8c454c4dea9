"""A first start reads the samples in a process of its own: it takes memory that a bot should not keep for ever."""

import subprocess
import sys

from talkthrough.bot.settings import Settings


def read_samples_apart(settings: Settings) -> None:
    """Where there is no database file yet, let another process make it; whatever fails is said by `prepare` then."""
    if not settings.has_database:
        subprocess.run([sys.executable, "-m", "talkthrough.bot.commands.first_start"], check=False)


def main() -> None:
    """Migrate, and load the samples."""
    from talkthrough.bot.commands.run import load_samples
    from talkthrough.storage.database import Database
    from talkthrough.storage.migrations import migrate

    settings = Settings.load()
    migrate(settings.database)
    database = Database(settings.database)
    load_samples(database)
    database.close()


if __name__ == "__main__":
    main()
