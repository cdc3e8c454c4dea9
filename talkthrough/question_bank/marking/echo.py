"""Words of an answer that copy the question, the tool's own words, or the published list pasted in."""

from collections.abc import Iterable
from functools import lru_cache

from talkthrough.question_bank.marking.model import Words
from talkthrough.question_bank.marking.words import Token, tokens

RUN = 4
PASTED = 8


def echoed_offsets(answer: str, shown: Iterable[str]) -> frozenset[int]:
    """Where each word begins that stands in a run of four or more words copied from what was shown."""
    words = tokens(answer)
    return frozenset(words[place].start for place in _copied(words, shown, RUN))


def echo(answer: str, shown: Iterable[str], published: Iterable[str]) -> Words | None:
    """The first stretch copied from what was shown, or eight words and more of the published list in its own order."""
    words = tokens(answer)
    for texts, length in ((shown, RUN), ([" ".join(published)], PASTED)):
        places = sorted(_copied(words, texts, length))
        if places:
            last = places[0]
            while last + 1 in places:
                last += 1
            start, end = words[places[0]].start, words[last].end
            return Words(start, end, answer[start:end])
    return None


@lru_cache(maxsize=1024)
def _runs(text: str, length: int) -> frozenset[tuple[str, ...]]:
    plain = [token.word for token in tokens(text)]
    return frozenset(tuple(plain[at : at + length]) for at in range(len(plain) - length + 1))


def _copied(words: tuple[Token, ...], texts: Iterable[str], length: int) -> set[int]:
    runs = frozenset[tuple[str, ...]]().union(*(_runs(text, length) for text in texts))
    mine = [token.word for token in words]
    starts = (at for at in range(len(mine) - length + 1) if tuple(mine[at : at + length]) in runs)
    return {place for at in starts for place in range(at, at + length)}
