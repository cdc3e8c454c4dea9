"""The words of the work: which words and set phrases say one idea, which say little, which say nothing."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from talkthrough.question_bank.marking.words import tokens


@dataclass(frozen=True, eq=False, slots=True)
class Lexicon:
    """`ideas`: word family -> names of ideas; `set_phrases`: first family -> (families, ideas), longest first.

    Light words say little, stop words nothing; `words` are plain words that a misspelling may stand for.
    """

    ideas: Mapping[str, frozenset[str]]
    set_phrases: Mapping[str, tuple[tuple[tuple[str, ...], frozenset[str]], ...]]
    light: frozenset[str]
    stop: frozenset[str]
    words: frozenset[str]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The shipped lexicon, read once and on first use."""
    ideas: dict[str, set[str]] = defaultdict(set)
    phrases: dict[tuple[str, ...], set[str]] = defaultdict(set)
    words: set[str] = set()
    for idea, entry in _thesaurus():
        parts = tokens(entry)
        words.update(part.word for part in parts)
        if len(parts) == 1:
            ideas[parts[0].family].add(idea)
        elif parts:
            phrases[tuple(part.family for part in parts)].add(idea)
    starts: dict[str, list[tuple[tuple[str, ...], frozenset[str]]]] = defaultdict(list)
    for families, names in sorted(phrases.items(), key=lambda item: (-len(item[0]), item[0])):
        starts[families[0]].append((families, frozenset(names)))
    light = _families("light-words.txt")
    return Lexicon(
        ideas={key: frozenset(value) for key, value in ideas.items()},
        set_phrases={key: tuple(value) for key, value in starts.items()},
        light=light,
        stop=frozenset(_words("stop-words.txt")),
        words=frozenset(words) | frozenset(_words("light-words.txt")),
    )


def _thesaurus() -> Iterator[tuple[str, str]]:
    for line in data_lines("thesaurus.txt"):
        idea, _, entries = line.partition(":")
        for entry in entries.split(","):
            yield idea.strip(), entry.strip()


def _families(name: str) -> frozenset[str]:
    return frozenset(token.family for word in _words(name) for token in tokens(word))


def _words(name: str) -> Iterator[str]:
    for line in data_lines(name):
        yield from line.split()


def data_lines(name: str) -> Iterator[str]:
    """The lines of a data file of this folder, without blank lines and remarks."""
    text = resources.files("talkthrough.question_bank.marking").joinpath("data", name).read_text(encoding="utf-8")
    return (line for line in text.splitlines() if line.strip() and not line.startswith("#"))
