"""`talkthrough records bundle`: the released logs of a cohort as ZIP files, with the sound of voice messages."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from sqlmodel import Session

    from talkthrough.bot.settings import Settings
    from talkthrough.storage.tables import Cohort, Person

records = typer.Typer(help="Take records out of the database.", no_args_is_help=True)


@records.callback()
def _group() -> None:
    """A group, so that `bundle` stays a command of its own."""


@records.command()
def bundle(
    cohort: Annotated[str, typer.Argument(help="The name of the cohort.")],
    folder: Annotated[Path, typer.Argument(help="Where to put the ZIP files.")],
    *,
    reader: Annotated[
        int | None,
        typer.Option("--for", help="The Telegram number of the tutor or assessor who gets it; else the first tutor."),
    ] = None,
    audio: Annotated[bool, typer.Option(help="Put the sound of voice messages in, too.")] = True,
) -> None:
    """Write every released log of a cohort, and its confirmed drafts, as ZIP parts of at most 45 MB."""
    from talkthrough.bot.settings import Settings
    from talkthrough.storage.database import Database

    settings = Settings.load()
    database = Database(settings.database)
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with database.transaction() as session:
            names = _write(session, settings, cohort, reader, folder, audio=audio)
    finally:
        database.close()
    typer.echo("\n".join(names) if names else "No learner of this cohort has released a log.")


def _reader(session: "Session", cohort: "Cohort", telegram_id: int | None) -> "Person":
    """For whom the bundle is made: only what they may read goes in, and it is noted that they took it."""
    from talkthrough.errors import UserError
    from talkthrough.storage import people, readers
    from talkthrough.storage.tables import Role

    assert cohort.id is not None
    if telegram_id is None:
        tutors = readers.with_role(session, cohort.id, Role.TUTOR)
        if not tutors:
            raise UserError("This cohort has no tutor. Say who gets the bundle: --for NUMBER.")
        return tutors[0]
    person = people.known(session, telegram_id)
    if person is None or cohort.id not in {one.id for one in readers.cohorts_read_by(session, person.id or 0)}:
        raise UserError(f"{telegram_id} is no tutor, assessor or quality assurer of this cohort.")
    return person


def _write(
    session: "Session", settings: "Settings", name: str, reader: int | None, folder: Path, *, audio: bool
) -> list[str]:
    from datetime import UTC, datetime

    from talkthrough.bot.conversations.performers.bundling import cohort_parts
    from talkthrough.bot.conversations.performers.desk import Desk
    from talkthrough.errors import UserError
    from talkthrough.storage import people
    from talkthrough.storage.audit import signing_key

    cohort = people.cohort_named(session, name)
    if cohort is None:
        raise UserError(f"There is no cohort called {name}. Check the name.")
    person, key = _reader(session, cohort, reader), signing_key(settings.data_dir)
    desk = Desk(session, person, person.telegram_id, datetime.now(UTC), settings, key)
    names = []
    for part in cohort_parts(desk, cohort, with_audio=audio):
        (folder / part.name).write_bytes(part.content)
        names.append(str(folder / part.name))
    return names
