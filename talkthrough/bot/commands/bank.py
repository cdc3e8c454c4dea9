"""`talkthrough bank`: a unit's questions as files, an edited table back in, and what the review holds back."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar

import typer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlmodel import Session

    from talkthrough.question_bank.item_review import Flaw
    from talkthrough.question_bank.specification import Unit
    from talkthrough.storage.bank_items import Item

Found = TypeVar("Found")

bank = typer.Typer(help="Look at the question bank, take it out, bring it back.", no_args_is_help=True)

UnitName = Annotated[str, typer.Option("--unit", help="The unit, by number, reference or title: 401, M/506/2898.")]


@bank.command("export")
def export(
    unit: UnitName,
    form: Annotated[
        Literal["csv", "apkg", "xml", "gift"], typer.Option("--format", help="csv, Anki, Moodle XML or GIFT.")
    ] = "csv",
    out: Annotated[Path | None, typer.Option("--out", help="The file to write.")] = None,
) -> None:
    """Write a unit's questions to a file. The CSV can be edited and imported again."""
    from talkthrough.storage.bank_files import file_name, in_format

    def work(session: "Session") -> tuple[str, bytes, int]:
        from datetime import UTC, datetime

        from talkthrough.storage import bank_items

        found = _unit(session, unit)
        content, count = in_format(bank_items.items(session, found), found, form, datetime.now(UTC))
        return file_name(found, form), content, count

    name, content, count = _in_the_bank(work)
    path = out or Path(name)
    path.write_bytes(content)
    typer.echo(f"{count} questions are in {path}.")


@bank.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="A CSV file that `talkthrough bank export` wrote and you edited.")],
    unit: Annotated[str, typer.Option("--unit", help="The unit, where the file does not say it.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would change.")] = False,
) -> None:
    """Take an edited table over: all of it, or nothing. Questions keep their identity and learners' schedules."""
    from talkthrough.errors import UserError

    try:
        content = file.read_bytes()
    except OSError as error:
        raise UserError(f"The file {file} cannot be opened. Check its name and try again.") from error

    def work(session: "Session") -> str:
        from datetime import UTC, datetime

        from talkthrough.question_bank.exchange.table import decoded
        from talkthrough.storage import bank_files

        text = decoded(_as_csv(content, file.name))
        found = _unit(session, unit) if unit else bank_files.unit_of_table(session, text)
        if found is None:
            raise UserError("The file does not say which unit it belongs to. Add --unit, for example --unit 401.")
        read = bank_files.read_table(session, text, found)
        if read.problems:
            raise UserError("\n".join(("Nothing was imported.", *read.problems)))
        summary = f"{found.label}: {len(read.changed)} changed, {len(read.added)} new, {read.unchanged} as they were"
        if dry_run:
            return f"{summary}. Nothing was imported (--dry-run)."
        held_back = bank_files.import_table(session, read, found, by=None, now=datetime.now(UTC))
        return f"{summary}. The review holds back {held_back}."

    typer.echo(_in_the_bank(work))


@bank.command("review")
def review(
    unit: Annotated[str, typer.Option("--unit", help="Only this unit.")] = "",
) -> None:
    """Print what the review finds, rule by rule: questions with flaws are held back until a tutor decides."""

    def work(session: "Session") -> "list[tuple[Unit, Sequence[tuple[Item, Sequence[Flaw]]]]]":
        from talkthrough.storage import bank, bank_items

        units = [_unit(session, unit)] if unit else [entry.unit for entry in bank.units(session)]
        return [(found, bank_items.review_again(session, found)) for found in units]

    _print(_in_the_bank(work))


def _as_csv(content: bytes, file_name: str) -> bytes:
    from talkthrough.errors import UserError
    from talkthrough.question_bank.exchange.workbook import is_workbook, workbook_as_csv
    from talkthrough.question_bank.reading import UnreadableDocument

    try:
        return workbook_as_csv(content) if is_workbook(content, file_name) else content
    except UnreadableDocument as problem:
        raise UserError(str(problem)) from problem


def _in_the_bank(work: "Callable[[Session], Found]") -> "Found":
    """Do it in one transaction, on a bank that is migrated and has the sample documents."""
    from talkthrough.bot import starting
    from talkthrough.bot.commands.working import opened

    with opened() as database:
        starting.load_samples(database, starting.samples_folder())
        with database.transaction() as session:
            return work(session)


def _unit(session: "Session", words: str) -> "Unit":
    from talkthrough.errors import UserError
    from talkthrough.storage import bank

    found = bank.find_units(session, words)
    if len(found) == 1:
        return found[0].unit
    listed = found or bank.units(session)
    names = "; ".join(
        f"{each.unit.label}, {each.unit.title} ({each.unit.reference or each.unit.key})" for each in listed
    )
    trouble = "More than one unit fits." if found else "There is no such unit."
    raise UserError(f"{trouble} Choose one by its reference: {names}.")


def _print(reviewed: "Sequence[tuple[Unit, Sequence[tuple[Item, Sequence[Flaw]]]]]") -> None:
    from collections import Counter

    from rich.console import Console
    from rich.table import Table

    from talkthrough.question_bank.item_review import RULES, key_position_bias

    found = [(unit, item, flaw) for unit, items in reviewed for item, flaws in items for flaw in flaws]
    counts = Counter(flaw.rule for _, _, flaw in found)
    table = Table("Rule", "Flaws")
    for rule in RULES:
        table.add_row(rule, str(counts[rule]))
    Console().print(table)
    for unit, item, flaw in found:
        typer.echo(f"{unit.label}, {item.question.criterion_number} ({item.question.key}, {item.state})")
        typer.echo(f"  {flaw.rule}: {flaw.reason}\n  {item.question.stem}")
    for unit, items in reviewed:
        bias = key_position_bias(item.question for item, _ in items)
        held = sum(item.state == "held back" for item, _ in items)
        typer.echo(f"{unit.label}: {len(items)} questions, {held} held back. {bias.reason if bias else ''}".rstrip())
