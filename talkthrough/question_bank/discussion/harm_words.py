"""Lists of words that stop a discussion, in any language: the Welsh starter list, and what a safeguarding lead adds.

Such a list is a TOML file with `phrases`, and `harmless` for what only looks like one of them. A star stands for any
letters. Capital letters, accents and punctuation make no difference.
"""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

SHORTEST, LONGEST, MOST = 3, 100, 2000
_LISTS = ("phrases", "harmless")


@dataclass(frozen=True, slots=True)
class HarmWords:
    """Phrases that mean that somebody may be at risk, and others that only look like them."""

    phrases: tuple[str, ...] = ()
    harmless: tuple[str, ...] = ()

    def found_in(self, text: str) -> bool:
        """Whether the text holds one of the phrases."""
        if not self.phrases:
            return False
        plain = _plain(text)
        if self.harmless:
            plain = _pattern(self.harmless).sub(" ", plain)
        return _pattern(self.phrases).search(plain) is not None


NO_WORDS = HarmWords()


def harm_words(table: Mapping[str, object]) -> HarmWords:
    """The list that a parsed TOML file holds. Raises ValueError with a sentence that says what to change."""
    if unknown := sorted(set(table) - set(_LISTS)):
        raise ValueError(f'There is no list "{unknown[0]}". The lists are called phrases and harmless.')
    return HarmWords(*(_phrases(table.get(name, []), name) for name in _LISTS))


def _phrases(value: object, name: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(phrase, str) for phrase in value):
        raise ValueError(f'"{name}" must be a list of phrases in quotation marks.')
    if len(value) > MOST:
        raise ValueError(f'"{name}" may hold at most {MOST} phrases.')
    for phrase in value:
        if not re.search(r"\w", phrase.replace("*", "")) and len(phrase) >= SHORTEST:
            raise ValueError(f'The phrase "{phrase[:LONGEST]}" has no letters.')
        if not SHORTEST <= len(_plain(phrase).replace("*", "").strip()) <= LONGEST:
            raise ValueError(f'The phrase "{phrase[:LONGEST]}" must have {SHORTEST} to {LONGEST} characters.')
    return tuple(value)


@cache
def welsh() -> HarmWords:
    """The Welsh starter list. No Welsh speaker has reviewed it yet."""
    source = resources.files("talkthrough.question_bank").joinpath("data/safeguarding-cy.toml")
    return harm_words(tomllib.loads(source.read_text(encoding="utf-8")))


def _plain(text: str) -> str:
    """Without capital letters and accents."""
    parts = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


@lru_cache(maxsize=16)
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    ways = (r"\W+".join(_word(word) for word in re.findall(r"[\w*]+", _plain(phrase))) for phrase in phrases)
    return re.compile(rf"(?<!\w)(?:{'|'.join(ways)})(?!\w)")


def _word(word: str) -> str:
    return re.escape(word).replace(r"\*", r"\w*")
