"""`talkthrough chat`: the whole bot in this terminal, for a person or for a script."""

from pathlib import Path
from typing import Annotated

import typer


def chat(
    name: Annotated[str, typer.Option("--as", help="learner 1, learner 2, tutor or assessor")] = "learner 1",
    *,
    as_json: Annotated[bool, typer.Option("--json", help="JSON lines in and out, for scripts")] = False,
    save: Annotated[Path | None, typer.Option(help="Copy the files that the bot sends into this folder.")] = None,
) -> None:
    """Talk with the bot in this terminal.

    With --json each line in is {"text": ...}, {"tap": "button text or data"} or {"file": PATH}; each line out is a
    message, an edit, a keyboard or an answer, and {"idle": true} when the bot has nothing left to say.
    """
    import asyncio
    import contextlib
    import sys

    from talkthrough.bot.commands.run import make_folder, only_one, prepare
    from talkthrough.bot.local_chat.errors import ActRefusedError
    from talkthrough.bot.local_chat.phone import find_person
    from talkthrough.bot.local_chat.session import talk_with_bot
    from talkthrough.bot.observability import configure_logging
    from talkthrough.bot.settings import Settings
    from talkthrough.errors import UserError

    try:
        person = find_person(name)
    except ActRefusedError as problem:
        raise typer.BadParameter(str(problem), param_hint="--as") from problem
    settings = Settings.load()
    if settings.token:
        raise UserError(
            "A token is set, so this data belongs to the bot on Telegram. "
            "To try it here, use another folder: TALKTHROUGH_TOKEN= TALKTHROUGH_DATA_DIR=try talkthrough chat"
        )
    configure_logging(settings)
    make_folder(settings.data_dir)
    with only_one(settings.data_dir), contextlib.suppress(KeyboardInterrupt):
        with contextlib.redirect_stdout(sys.stderr if as_json else sys.stdout):
            prepare(settings)
        asyncio.run(talk_with_bot(settings, person, as_json=as_json, folder=save))
