"""Printed names: where an answer uses the very words that the document prints for a point."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from talkthrough.question_bank.items.question import ExpectedPoint
from talkthrough.question_bank.marking.phrasings import TAIL
from talkthrough.question_bank.marking.text import Sentence
from talkthrough.question_bank.marking.words import tokens

IN_BRACKETS = re.compile(r"\(([^()]*)\)")

Name = tuple[str, ...]


@lru_cache(maxsize=4096)
def printed_names(text: str) -> tuple[Name, ...]:
    """The names in a published text, each as word families: itself, and what stands in brackets ("... (KPIs)")."""
    plain = TAIL.sub("", text)
    parts = (IN_BRACKETS.sub(" ", plain), *IN_BRACKETS.findall(plain))
    return tuple(filter(None, (tuple(token.family for token in tokens(part)) for part in parts)))


def named_by_others(points: Iterable[ExpectedPoint], answer: tuple[Sentence, ...]) -> Mapping[str, frozenset[int]]:
    """Per point key where the words begin that are the printed name of another point, and so say no other point.

    Of names that overlap the longest one is meant; a name that two points print belongs to both.
    """
    owners: dict[Name, set[str]] = defaultdict(set)
    for point in points:
        for name in printed_names(point.text):
            owners[name].add(point.key)
    found: dict[str, set[int]] = defaultdict(set)
    keys = {key for each in owners.values() for key in each}
    for name, places in _names_in(owners, answer):
        for key in keys - owners[name]:
            found[key] |= places
    return {key: frozenset(places) for key, places in found.items()}


def _names_in(names: Iterable[Name], answer: tuple[Sentence, ...]) -> Iterator[tuple[Name, frozenset[int]]]:
    taken: set[int] = set()
    for name in sorted(names, key=len, reverse=True):
        for sentence in answer:
            families = tuple(token.family for token in sentence.tokens)
            for at in range(len(families) - len(name) + 1):
                places = frozenset(token.start for token in sentence.tokens[at : at + len(name)])
                if families[at : at + len(name)] == name and taken.isdisjoint(places):
                    taken |= places
                    yield name, places
