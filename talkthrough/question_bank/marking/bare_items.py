"""Bare items: words that stand in a list and say nothing about it ("calls, shoppers, kpis")."""

from collections.abc import Iterator
from itertools import pairwise

from talkthrough.question_bank.marking.lexicon import lexicon
from talkthrough.question_bank.marking.matching import Indexed, Match
from talkthrough.question_bank.marking.text import Sentence
from talkthrough.question_bank.marking.words import Token

BARE_WORDS = 3
BARE_WORDS_DENIED = 9
TELLING_IN_LIST = 2
FRAME = frozenset(
    ("i", "we", "also", "then", "just", "mainly", "look", "looked", "looking", "at", "check", "checked", "checking",
     "use", "using", "see", "seeing", "review", "monitor", "track", "go", "through", "by", "would", "could",
     "always")
)  # fmt: skip
BARE_FILLERS = frozenset(
    ("the", "a", "an", "and", "or", "of", "in", "on", "our", "your", "my", "their", "also", "by", "for", "plus")
)
NEGATED_USE = frozenset(
    ("i", "we", "they", "do", "does", "did", "not", "never", "no", "nobody", "have", "use", "used", "it", "is", "was",
     "are", "were", "that")
)  # fmt: skip
VERBAL = NEGATED_USE | frozenset(
    ("you", "he", "she", "it", "me", "us", "him", "her", "them", "this", "that", "is", "are", "was", "were", "be",
     "has", "had", "can", "could", "will", "would", "should", "to", "there", "who", "when", "if")
)  # fmt: skip


def is_bare_item(match: Match, answer: tuple[Indexed, ...]) -> bool:
    """Whether the match stands in a list item of few words without a verb of its own ("calls, shoppers, kpis")."""
    for each in answer:
        pieces = [each.sentence.tokens[first:last] for first, last in items(each.sentence)]
        for words in pieces:
            if words and words[0].start <= match.start < words[-1].end:
                alone = " ".join(word.word for word in each.sentence.tokens) == match.phrasing.strip("[]")
                return alone or (_is_bare(words, match) and not any(map(_is_statement, pieces)))
    return False


def _is_bare(words: tuple[Token, ...], match: Match) -> bool:
    start = next((place for place, word in enumerate(words) if word.word not in FRAME), 0)
    words = words[start:] if words[start].start <= match.start else words
    loose = [word.word for word in words if word.word not in BARE_FILLERS]
    rest = [word for word in words if word.start not in match.used and is_telling(word)]
    if len(rest) > (0 if match.is_light else 1) and not match.denied:
        return False
    verbal = VERBAL - NEGATED_USE if match.denied else VERBAL
    most = BARE_WORDS_DENIED if match.denied else BARE_WORDS
    own = [word.word for word in words if word.start not in match.used and word.word not in BARE_FILLERS]
    return len(loose) <= most and not any(word in verbal for word in own)


def _is_statement(words: tuple[Token, ...]) -> bool:
    """Whether an item says something of its own, so that what follows is no bare list."""
    return sum(map(is_telling, words)) > TELLING_IN_LIST and any(word.word in VERBAL for word in words)


def is_telling(word: Token) -> bool:
    """Whether a word says something by itself: it is neither a small word nor one of the light words of the work."""
    return word.word not in lexicon().stop and word.family not in lexicon().light


def items(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """First and last (excluded) token place of each item of a sentence that may be a list."""
    yield from pairwise((0, *sorted(sentence.item_starts), len(sentence.tokens)))
