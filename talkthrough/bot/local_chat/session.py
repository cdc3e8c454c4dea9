"""The real application and the local Telegram in one process, with a person at the terminal."""

import sys
from pathlib import Path

from pydantic import SecretStr

from talkthrough.bot.application import build_application
from talkthrough.bot.local_chat.people import Person
from talkthrough.bot.local_chat.server import LocalTelegram
from talkthrough.bot.local_chat.terminal import talk, talk_json
from talkthrough.bot.settings import Settings


async def talk_with_bot(settings: Settings, person: Person, *, as_json: bool, folder: Path | None = None) -> None:
    """Start everything, talk until the input ends, stop everything. Sending limits are off: a script is faster than a
    thumb, and nobody else is on this server.
    """
    local = LocalTelegram(settings.data_dir, rate_limits=False)
    known = settings.model_copy(update={"token": SecretStr(local.token), "rate_limits": False})
    try:
        async with local.serve() as url, build_application(known, base_url=url) as bot:
            assert bot.updater is not None
            await bot.start()
            await bot.updater.start_polling()
            try:
                idle = bot.pipeline.idle
                if as_json:
                    await talk_json(local.world, person, idle, sys.stdin, sys.stdout, folder=folder)
                else:
                    await talk(local.world, person, idle, folder=folder)
            finally:
                await bot.updater.stop()
                await bot.stop()
    finally:
        local.close()
