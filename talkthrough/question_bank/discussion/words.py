"""Words as this room compares them."""

import re
from functools import lru_cache

STEM = 5


def words_of(text: str) -> tuple[str, ...]:
    """Lower-case words without punctuation; curly apostrophes become straight ones."""
    return tuple(re.findall(r"[\w']+", text.lower().replace("’", "'")))


def word_set(text: str) -> frozenset[str]:
    """The words of a word list."""
    return frozenset(text.split())


_SMALL_WORDS = word_set(
    """
    a about after all also an and any are as at be been but by can did do does for from get had has have how i if in
    into is it its me more my not of on one or our out own really so some than that the their them then there they
    this those time to up us use used was we were what when where which who why will with would you your
    """
)


@lru_cache(maxsize=1024)
def stems_of(text: str) -> frozenset[str]:
    """The first letters of every word that says something, so that "monitor" and "monitoring" are the same."""
    return frozenset(word[:STEM] for word in words_of(text) if word not in _SMALL_WORDS and len(word) > 2)  # noqa: PLR2004
