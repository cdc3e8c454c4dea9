"""`talkthrough records bundle`: the released logs of a cohort as ZIP files, with the sound of voice messages."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from sqlmodel import Session

    from talkthrough.bot.conversations.performers.desk import Desk
    from talkthrough.bot.settings import Settings
    from talkthrough.storage.database import Database
    from talkthrough.storage.records.model import RenderedFile
    from talkthrough.storage.tables import Cohort, Discussion, Person

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
    """Write every released log of a cohort, its confirmed drafts and its reviews, as ZIP parts of at most 45 MB."""
    from talkthrough.bot.settings import Settings
    from talkthrough.storage.database import Database

    settings = Settings.load()
    database = Database(settings.database)
    folder.mkdir(parents=True, exist_ok=True)
    try:
        names = _write(database, settings, cohort, reader, folder, audio=audio)
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
    database: "Database", settings: "Settings", name: str, reader: int | None, folder: Path, *, audio: bool
) -> list[str]:
    """Files are made outside the database's transactions: a running bot goes on meanwhile."""
    from datetime import UTC, datetime

    from talkthrough.bot.conversations.performers import bundling
    from talkthrough.bot.conversations.performers.desk import Desk
    from talkthrough.errors import UserError
    from talkthrough.storage import people
    from talkthrough.storage.audit import signing_key
    from talkthrough.storage.records.bundle import bundle

    key, now = signing_key(settings.data_dir), datetime.now(UTC)
    with database.transaction() as session:
        cohort = people.cohort_named(session, name)
        if cohort is None:
            raise UserError(f"There is no cohort called {name}. Check the name.")
        person = _reader(session, cohort, reader)
        desk = Desk(session, person, person.telegram_id, now, settings, key)
        rows = bundling.released_in(desk, cohort)
    taken = (file for row in rows for file in _taken(database, desk, row, audio=audio))
    names = []
    for part in bundle(taken, bundling.stem(cohort, now)):
        (folder / part.name).write_bytes(part.content)
        names.append(str(folder / part.name))
    return names


def _taken(database: "Database", desk: "Desk", row: "Discussion", *, audio: bool) -> "list[RenderedFile]":
    """The files of one discussion, registered; nothing where its learner has just taken the release back."""
    from talkthrough.bot.conversations.performers import bundling
    from talkthrough.bot.conversations.performers.ordering import register
    from talkthrough.storage.tables import Discussion

    while True:
        with database.transaction() as session:
            here = replace(desk, session=session)
            current = session.get_one(Discussion, row.id)
            if current.released_at is None:
                return []
            production = bundling.files_of(here, current)
            sounds = bundling.sounds_of(here, current) if audio else ()
        files = [piece.make() for piece in production.pieces]
        with database.transaction() as session:
            if register(replace(desk, session=session), production, files):
                return [*files, *sounds]
