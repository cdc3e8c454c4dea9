"""The Bot API methods the local chat plays: one small function per method, found by name in `METHODS`."""

from talkthrough.bot.local_chat.methods import editing, files, messages, polls, receiving, settings
from talkthrough.bot.local_chat.methods.calls import METHODS

__all__ = ["METHODS", "editing", "files", "messages", "polls", "receiving", "settings"]
