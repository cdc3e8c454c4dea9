"""The real bot in a process of its own, for a local Telegram elsewhere: `-m tests.end_to_end.bot_process URL`."""

import sys

from pydantic import SecretStr

from talkthrough.bot import application
from talkthrough.bot.local_chat.server import LocalTelegram
from talkthrough.bot.settings import Settings

if __name__ == "__main__":
    settings = Settings.load(token=SecretStr(LocalTelegram.token), rate_limits=False)
    application.run(application.build_application(settings, base_url=sys.argv[1]), settings)
