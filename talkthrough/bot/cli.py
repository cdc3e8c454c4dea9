"""The `talkthrough` command. Every command imports what it needs when it runs, so that --help answers at once."""

import os
import sys
from typing import Annotated

import typer

from talkthrough.bot.commands.bank import bank
from talkthrough.bot.commands.chat import chat
from talkthrough.bot.commands.cohort import cohort
from talkthrough.bot.commands.discuss import discuss
from talkthrough.bot.commands.marking import bench_marking, mark_file
from talkthrough.bot.commands.memory import memory
from talkthrough.bot.commands.read import read, template
from talkthrough.bot.commands.records import records
from talkthrough.bot.commands.report import report
from talkthrough.bot.commands.round import round_
from talkthrough.bot.commands.verify import verify
from talkthrough.errors import UserError

app = typer.Typer(
    name="talkthrough",
    help="Revision and mock professional discussions for UK vocational learners, in a chat.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,  # they would show what learners wrote
    add_completion=False,
)
bench = typer.Typer(help="Measure how well answers are marked and memory is forecast.", no_args_is_help=True)
app.add_typer(bench, name="bench")
app.add_typer(cohort, name="cohort")
app.add_typer(round_, name="round")
app.add_typer(report, name="report")


@app.command()
def run(
    *,
    webhook: Annotated[bool, typer.Option("--webhook", help="Let Telegram call us, instead of asking it.")] = False,
    port: Annotated[int | None, typer.Option(help="The port of the local chat page.")] = None,
) -> None:
    """Start the bot: on Telegram with a token, else as a chat page on this computer."""
    from talkthrough.bot.commands.run import run as start

    start(webhook=webhook, port=port)


@app.command()
def doctor() -> None:
    """Say in sentences what is missing."""
    from talkthrough.bot.commands.doctor import doctor as examine

    raise typer.Exit(examine())


app.command()(chat)
app.command()(discuss)
app.command()(verify)
app.command()(read)
app.command()(template)
app.command("mark")(mark_file)
app.add_typer(bank, name="bank")
app.add_typer(records, name="records")
bench.command()(memory)
bench.command("marking")(bench_marking)


def main() -> None:
    """Run a command; what users see when it fails is a sentence, not a trace."""
    os.umask(0o077)  # what learners write is for this user's eyes
    try:
        app()
    except UserError as problem:
        sys.exit(f"talkthrough: {problem}")
