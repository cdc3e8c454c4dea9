"""The safeguarding lead's own list of words that stop a discussion, read once from the file that the settings name."""

import tomllib
from functools import lru_cache
from pathlib import Path

from talkthrough.errors import UserError
from talkthrough.question_bank.discussion.harm_words import HarmWords, harm_words

LARGEST = 1_000_000


class SafeguardingWordsError(UserError):
    """The list cannot be used; the message says why, and what to change."""


@lru_cache(maxsize=4)
def own_words(file: Path | None) -> HarmWords:
    """The list in the file; an empty one where the settings name no file. Raises SafeguardingWordsError.

    A changed file counts from the next start.
    """
    if file is None:
        return HarmWords()
    try:
        return _read(file)
    except (OSError, ValueError) as error:
        raise SafeguardingWordsError(f"TALKTHROUGH_SAFEGUARDING_WORDS: {file} cannot be used. {error}") from None


def _read(file: Path) -> HarmWords:
    if file.stat().st_size > LARGEST:
        raise ValueError("It is too large for a list of words.")
    found = harm_words(tomllib.loads(file.read_text(encoding="utf-8")))
    if not found.phrases:
        raise ValueError("It has no phrases.")
    return found
