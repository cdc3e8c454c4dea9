"""The Telegram shell: raw updates in, one transaction each, messages out within Telegram's limits."""

import os

# python-telegram-bot 22 gives durations as timedelta only when told to, and warns otherwise.
os.environ.setdefault("PTB_TIMEDELTA", "1")
