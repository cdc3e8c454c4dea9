"""Words as this room compares them."""

import re


def words_of(text: str) -> tuple[str, ...]:
    """Lower-case words without punctuation; curly apostrophes become straight ones."""
    return tuple(re.findall(r"[\w']+", text.lower().replace("’", "'")))


def word_set(text: str) -> frozenset[str]:
    """The words of a word list."""
    return frozenset(text.split())
