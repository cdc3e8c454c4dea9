"""Spelling repair towards the words that a question, its points and the work use. The answer is never changed."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from talkthrough.question_bank.marking.lexicon import lexicon
from talkthrough.question_bank.marking.words import is_english

SHORTEST_REPAIRED = 4
SOUNDS = (("ph", "f"), ("ght", "t"), ("gh", "g"), ("ck", "k"), ("sch", "sk"), ("tion", "shn"), ("sion", "shn"),
          ("ci", "si"), ("ce", "se"), ("cy", "sy"), ("c", "k"), ("q", "k"), ("x", "ks"), ("z", "s"), ("wr", "r"),
          ("kn", "n"), ("wh", "w"), ("dge", "j"), ("v", "f"))  # fmt: skip


@dataclass(frozen=True, eq=False, slots=True)
class Vocabulary:
    """The words that a misspelling may stand for, also by their sound."""

    words: frozenset[str]
    by_sound: Mapping[str, tuple[str, ...]]


def vocabulary(words: Iterable[str], known: Vocabulary | None = None) -> Vocabulary:
    """A vocabulary of these words of four letters or more, and of those already `known`."""
    known = known or Vocabulary(frozenset(), {})
    new = {word for word in words if len(word) >= SHORTEST_REPAIRED and word.isalpha()} - known.words
    sounds = dict(known.by_sound)
    for word in sorted(new):
        sounds[sound(word)] = (*sounds.get(sound(word), ()), word)
    return Vocabulary(known.words | new, sounds)


@lru_cache(maxsize=1)
def words_of_the_work() -> Vocabulary:
    """The vocabulary of the shipped lexicon, which every question shares."""
    return vocabulary(lexicon().words)


@lru_cache(maxsize=32768)
def sound(word: str) -> str:
    """How it sounds, roughly: first letter and the consonants ("custmer" and "customer" agree)."""
    for written, heard in SOUNDS:
        word = word.replace(written, heard)
    word = re.sub(r"(.)\1+", r"\1", word)
    return word[:1] + re.sub(r"[aeiouyhw]", "", word[1:])


@lru_cache(maxsize=8192)
def repaired(word: str, known: Vocabulary) -> str:
    """The vocabulary word that `word` stands for, else `word`. English words and short words are left alone."""
    if len(word) < SHORTEST_REPAIRED or word in known.words or not word.isalpha() or is_english(word):
        return word
    slips = 1 if len(word) <= 4 else 2 if len(word) <= 8 else 3  # noqa: PLR2004 - letters and slips
    alike = [other for other in known.by_sound.get(sound(word), ()) if OSA.distance(word, other) <= slips + 1]
    if alike:
        return min(alike, key=lambda other: (OSA.distance(word, other), other))
    near = process.extract(word, known.words, scorer=OSA.distance, score_cutoff=slips, limit=8)
    same_start = [(distance, other) for other, distance, _ in near if other[0] == word[0] or distance == 1]
    return min(same_start)[1] if same_start else word
