"""A program that writes down voice messages, if the centre has installed one. There is none in Talkthrough itself.

A transcriber is any callable that is published under the entry point group `talkthrough.transcribers` and named in
TALKTHROUGH_TRANSCRIBER. What it writes is the tool's transcript: it becomes the learner's words only when the learner
has confirmed it (assessment-practice.md section 2.5, D2).
"""

from importlib.metadata import entry_points
from typing import Protocol, cast

from talkthrough.errors import UserError

GROUP = "talkthrough.transcribers"


class Transcriber(Protocol):
    """Writes down what was said. It runs in a thread of its own, outside every transaction, and may take its time."""

    def __call__(self, sound: bytes, media_type: str, language: str) -> str:
        """The words in a voice message, "" where none are heard; `language` is the learner's, such as "en" or "cy"."""


class TranscriberMissingError(UserError):
    """The transcriber that the settings name is not installed; the message says which are."""


def transcriber_named(name: str) -> Transcriber | None:
    """The transcriber with this name; None where the settings name none. Raises TranscriberMissingError."""
    if not name:
        return None
    installed = entry_points(group=GROUP)
    if name not in installed.names:
        known = ", ".join(sorted(installed.names)) or "none"
        raise TranscriberMissingError(f"TALKTHROUGH_TRANSCRIBER: {name!r} is not installed. Installed: {known}.")
    return cast("Transcriber", installed[name].load())
