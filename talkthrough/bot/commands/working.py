"""What the commands for tutors share: an open transaction, finding things by name, saying results as text or JSON."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlmodel import Session

    from talkthrough.storage.bank import BankUnit
    from talkthrough.storage.database import Database
    from talkthrough.storage.tables import Cohort, Person, Round

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]
Group = Annotated[str, typer.Argument(help="The name of the group.")]
T = TypeVar("T")
CONSOLE = 0  # no Telegram id: whoever sits at the computer, as the access log names them


@dataclass(frozen=True, slots=True)
class Work:
    """An open transaction, the moment, and who acts. A running bot acts on what is written here within a second."""

    session: "Session"
    now: "datetime"
    person: "Person"


@contextmanager
def opened() -> "Iterator[Database]":
    """The database of this installation, brought up to date."""
    from talkthrough.bot.settings import Settings
    from talkthrough.storage.database import Database
    from talkthrough.storage.migrations import migrate

    settings = Settings.load()
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    migrate(settings.database)
    database = Database(settings.database)
    try:
        yield database
    finally:
        database.close()


@contextmanager
def working() -> Iterator[Work]:
    """A transaction on the data of this installation."""
    from datetime import UTC, datetime

    from talkthrough.storage import outbox, people

    with opened() as database, database.transaction() as session:
        outbox.is_beside_the_bot(session)
        now = datetime.now(UTC)
        yield Work(session, now, people.person_for(session, CONSOLE, "The person at the computer", now))


def group_named(work: Work, name: str) -> "Cohort":
    """The group of this name; a sentence with the names there are where it is not known."""
    from talkthrough.errors import UserError
    from talkthrough.storage import cohorts, people

    found = people.cohort_named(work.session, name)
    if found is None:
        names = ", ".join(row.name for row in cohorts.every_cohort(work.session)) or "none yet"
        raise UserError(f'There is no group "{name}". Groups: {names}.')
    return found


def round_numbered(work: Work, number: int) -> "Round":
    """The round with this number."""
    from talkthrough.errors import UserError
    from talkthrough.storage.tables import Round

    row = work.session.get(Round, number)
    if row is None:
        raise UserError(f"There is no round {number}. `talkthrough round list GROUP` prints the numbers.")
    return row


def unit_called(work: Work, words: str) -> "BankUnit":
    """The one unit that is meant by a number, reference or words of its title."""
    from talkthrough.errors import UserError
    from talkthrough.storage import bank

    found = bank.find_units(work.session, words)
    if len(found) != 1:
        choices = "; ".join(f"{entry.unit.label}: {entry.unit.title}" for entry in found or bank.units(work.session))
        raise UserError(f'Say which unit you mean by "{words}": {choices}.')
    return found[0]


def day_in(text: str) -> "date":
    """A date as typed."""
    from datetime import UTC, datetime

    from talkthrough.bot.conversations.dates import date_in
    from talkthrough.errors import UserError

    day = date_in(text, datetime.now(UTC).date())
    if day is None:
        raise UserError(f'"{text}" is not a date. Write it like 2027-03-14 or 14/03/2027.')
    return day


def show(rows: Iterable[Mapping[str, Any]], *, as_json: bool) -> None:
    """Print rows as JSON, or to read: one row as lines, more as a table."""
    import json

    found = [dict(row) for row in rows]
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False, indent=1, default=str))
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    if len(found) <= 1:
        lines = [f"{name.replace('_', ' ')}: {_cell(value)}" for row in found for name, value in row.items()]
        typer.echo("\n".join(lines) or "None.")
        return
    table = Table(*(name.replace("_", " ") for name in found[0]))
    for row in found:
        table.add_row(*(escape(_cell(value)) for value in row.values()))
    Console().print(table)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    is_list = isinstance(value, Sequence) and not isinstance(value, str)
    return ", ".join(map(str, value)) if is_list else str(value)


def steps(items: Sequence[T], what: str, *, as_json: bool) -> Iterable[T]:
    """The items with a progress bar on the terminal; silent where a program reads."""
    from rich.console import Console
    from rich.progress import track

    return items if as_json else track(items, what, console=Console(stderr=True), transient=True)
