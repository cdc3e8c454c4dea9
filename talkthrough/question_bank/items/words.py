# ruff: noqa: SIM905 - word lists read better in a row
"""Comparing what two pieces of text name: by lemmas, with near-synonyms of the workplace taken together."""

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files

_SMALL_WORDS = frozenset(
    "a an the of to in on at by for from with and or as is are be it its this that these those their they you your "
    "which what who how has have will can not eg etc e g all any one other others own use used using do does did "
    "against than more so day".split()
)


def words(text: str) -> tuple[str, ...]:
    """Lower-case words of a text, apostrophes kept: "customers' needs" -> ("customers", "needs")."""
    return tuple(re.findall(r"[a-z0-9]+(?:['’][a-z]+)?", text.lower()))


@lru_cache(maxsize=8192)
def lemmas(text: str) -> frozenset[str]:
    """What a text names: lemmas of its content words, each near-synonym replaced by its group's first word."""
    return frozenset(_canonical(word) for word in words(text) if word not in _SMALL_WORDS)


def echoes(one: str, other: str) -> frozenset[str]:
    """Content words that stand in both texts, in whichever form ("parcel", "parcels")."""
    return _forms(one) & _forms(other)


@lru_cache(maxsize=8192)
def _forms(text: str) -> frozenset[str]:
    return frozenset(lemma(word) for word in words(text) if word not in _SMALL_WORDS)


def same_thing(one: str, other: str) -> bool:
    """Whether one names no more than the other does ("customer complaint" and "customer complaints", "KPIs" and
    "achievement of targets, KPIs etc"). On the cautious side: a doubtful pair counts as the same.
    """
    left, right = lemmas(one), lemmas(other)
    return bool(left and right) and (left <= right or right <= left)


@lru_cache(maxsize=8192)
def lemma(word: str) -> str:
    """The dictionary form: "absences" -> "absence"."""
    import simplemma

    return str(simplemma.lemmatize(word.removesuffix("'s").removesuffix("’s"), lang="en")).lower()


def _canonical(word: str) -> str:
    base = lemma(word)
    return _groups().get(base, _groups().get(word, base))


@cache
def _groups() -> dict[str, str]:
    source = files("talkthrough.question_bank") / "data" / "near_synonyms.toml"
    groups: list[list[str]] = tomllib.loads(source.read_text(encoding="utf-8"))["groups"]
    return {word: group[0] for group in groups for word in group}
