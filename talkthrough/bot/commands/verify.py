"""`talkthrough verify FILE`: was this record altered? Logs offline, other files by the register of exports."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from talkthrough.storage.audit import Verification
    from talkthrough.storage.tables import Export

UNTRUE, UNREADABLE = 1, 2


def verify(
    file: Annotated[Path, typer.Argument(help="A file that was exported: a log in JSON or HTML, or any other one.")],
    public_key: Annotated[
        Path | None, typer.Option("--public-key", help="The public key (PEM) that your centre published.")
    ] = None,
) -> None:
    """Check that a record was not altered, and name the turns that were.

    A log in JSON or HTML is checked offline, and so is a signed review. Any other file is looked up in this computer's
    database.
    """
    from talkthrough.storage.audit import AuditError, digest, read_public_key
    from talkthrough.storage.records.verification import verify_file

    try:
        content = file.read_bytes()
        result = verify_file(content, read_public_key(public_key) if public_key else None)
    except OSError as error:
        typer.echo(f"{file} cannot be opened. Check the name and try again.", err=True)
        raise typer.Exit(UNREADABLE) from error
    except AuditError as error:
        if line := registered(content):
            typer.echo(line)
            return
        typer.echo(f"{error} SHA-256 of this file: {digest(content)}", err=True)
        typer.echo("No file with these bytes is registered in this computer's database.", err=True)
        raise typer.Exit(UNREADABLE) from error
    for line in sentences(result, has_own_key=public_key is not None):
        typer.echo(line)
    if not result.holds:
        raise typer.Exit(UNTRUE)


def registered(content: bytes) -> str | None:
    """What the register says about a file with exactly these bytes, a line for each time that it was handed out.

    None where it knows nothing of it.
    """
    from talkthrough.bot.settings import Settings
    from talkthrough.errors import UserError
    from talkthrough.storage import exports, people
    from talkthrough.storage.database import Database

    settings = Settings.load()
    if not settings.has_database:
        return None
    database = Database(settings.database)
    try:
        with database.transaction() as session:
            found = exports.of_file(session, content)
            lines = [_line(export, people.by_id(session, export.taken_by).display_name) for export in found]
            return "\n".join(["Nothing was altered.", *lines]) if lines else None
    except UserError:
        return None
    finally:
        database.close()


def _line(export: "Export", taker: str) -> str:
    return (
        f"This is export {export.number} ({export.kind}, {export.format}) of discussion {export.discussion_id}, "
        f"made on {export.created_at:%Y-%m-%d %H:%M} UTC and taken by {taker}."
    )


def sentences(result: "Verification", *, has_own_key: bool) -> list[str]:
    """The result in plain words, most important first."""
    from talkthrough.storage.audit import fingerprint

    lines = ["Nothing was altered." if result.holds else "This record does not hold.", *result.findings]
    if result.turns:
        lines.append(f"Turns: {result.turns}.")
    if result.head:
        shown = f"Fingerprint: {fingerprint(result.head)}. It must be the one in the chat of the learner and the tutor."
        lines.append(shown)
    if result.without_text:
        lines.append(f"Turns without words (erased or kept out): {', '.join(map(str, result.without_text))}.")
    lines.append(_signature_sentence(result, has_own_key=has_own_key))
    return lines


def _signature_sentence(result: "Verification", *, has_own_key: bool) -> str:
    if result.signature == "unsigned":
        return "Not signed: the discussion was still open. The turns fit together."
    if result.signature == "other key":
        return f"Signed with another key ({result.key_id}) than the one you gave."
    if result.signature == "invalid":
        return f"The signature of key {result.key_id} does not fit this file."
    if has_own_key:
        return f"Signed with the key you gave ({result.key_id})."
    return f"Signed with the key inside the file ({result.key_id}). Compare this id with the one your centre published."
