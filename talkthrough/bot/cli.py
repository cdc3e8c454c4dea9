"""The `talkthrough` command. Every command imports what it needs when it runs, so that --help answers at once."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from talkthrough.errors import UserError

app = typer.Typer(
    name="talkthrough",
    help="Revision and mock professional discussions for UK vocational learners, in a chat.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,  # they would show what learners wrote
    add_completion=False,
)
bench = typer.Typer(help="Measure how well answers are marked and memory is forecast.", no_args_is_help=True)
app.add_typer(bench, name="bench")


@app.command()
def run(
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


def main() -> None:
    """Run the command; errors that users see are sentences, not traces."""
    os.umask(0o077)  # what learners write is for this user's eyes
    try:
        app()
    except UserError as problem:
        sys.exit(f"talkthrough: {problem}")


__all__ = ["Annotated", "Path", "app", "bench", "main"]
