"""The local Telegram alone: `python -m talkthrough.bot.local_chat [--port N] [--data-dir DIR] [--no-limits]`.

POST /sim takes {"op": "say", "person": 1001, "text": "/start"}, and likewise tap, vote, edit, react, block, send_file,
transcript (with "after" and "seconds") and pending (how many updates the bot has not confirmed).
"""

import argparse
import asyncio
import contextlib
import sys
from pathlib import Path

from talkthrough.bot.local_chat.server import LocalTelegram


async def run(port: int, data_dir: Path | None, *, rate_limits: bool) -> None:
    local = LocalTelegram(data_dir, rate_limits=rate_limits)
    async with local.serve(port=port) as url:
        sys.stdout.write(f"{url} {local.token}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m talkthrough.bot.local_chat", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free port")
    parser.add_argument("--data-dir", type=Path, help="keep the chat here; without it nothing is kept")
    parser.add_argument("--no-limits", action="store_true", help="switch Telegram's sending limits off")
    arguments = parser.parse_args()
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(run(arguments.port, arguments.data_dir, rate_limits=not arguments.no_limits))


if __name__ == "__main__":
    main()
