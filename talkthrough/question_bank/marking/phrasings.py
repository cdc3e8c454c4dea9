"""How people at work say each expected point: the shipped bank, candidates from the published words, confirmed ones."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources

from talkthrough.question_bank.items.question import ExpectedPoint, Question
from talkthrough.question_bank.marking.lexicon import lexicon
from talkthrough.question_bank.marking.words import lemma, tokens

LONGEST_HEAD = 8
NEARLY_THE_SAME = 0.75
LONGEST_WITH_HEAD = 3
SPLIT = re.compile(r"\s*(?:/|,|;|\band\b|\bor\b|\band/or\b)\s*")
JOINED = re.compile(r"\w+(?:(?:\s*[/,;]\s*|\s+(?:and|or)\s+)\w+)+")
MEANING = re.compile(r"(?:the|an?)\s[\w'’ -]{3,40}?\s(?:will detail|details|defines|means|is)\s(.{15,})", re.IGNORECASE)
TAIL = re.compile(r"[\s,;.]*\b(?:etc|e\.?g\.?|i\.?e\.?)\b\.?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PointPhrasings:
    """Ways of saying one point. `[calls]` counts only where an answer is a bare list item.

    `unlike`: near misses, which say something else with the same words. `generated`: made from the published text by
    rule, so worth less trust. `confirmed`: a learner's or tutor's words that a tutor approved.
    """

    point_key: str
    said: tuple[str, ...] = ()
    unlike: tuple[str, ...] = ()
    generated: tuple[str, ...] = ()
    confirmed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Phrasings:
    """The phrasings of a question's points."""

    points: tuple[PointPhrasings, ...] = ()

    def of(self, point_key: str) -> PointPhrasings:
        """The phrasings of one point; empty where there are none."""
        return next((each for each in self.points if each.point_key == point_key), PointPhrasings(point_key))


def phrasings_for(
    question_or_points: Question | Iterable[ExpectedPoint],
    unit_key: str,
    confirmed: Mapping[str, Sequence[str]] | None = None,
) -> Phrasings:
    """Phrasings of every published point: shipped for this unit, else for the same words anywhere, plus candidates.

    `confirmed` maps a point's key to wordings that a tutor approved.
    """
    points = question_or_points.expected_points if isinstance(question_or_points, Question) else question_or_points
    known = confirmed or {}
    wanted = tuple((point, tuple(known.get(point.key, ()))) for point in points if point.slot is None)
    return _phrasings_for(wanted, unit_key)


@lru_cache(maxsize=1024)
def _phrasings_for(wanted: tuple[tuple[ExpectedPoint, tuple[str, ...]], ...], unit_key: str) -> Phrasings:
    found = [_phrasings(point, unit_key, confirmed) for point, confirmed in wanted]
    return Phrasings(tuple(_with_own_heads(each, found) for each in found))


def _with_own_heads(ways: PointPhrasings, all_ways: list[PointPhrasings]) -> PointPhrasings:
    """Without generated bare words that two points of the question share ("failure" of "IT failure")."""
    others = {text for other in all_ways if other is not ways for text in other.generated}
    kept = tuple(text for text in ways.generated if not (text.startswith("[") and text in others))
    return replace(ways, generated=kept)


def _phrasings(point: ExpectedPoint, unit_key: str, confirmed: tuple[str, ...]) -> PointPhrasings:
    said, unlike = shipped(unit_key, point.text)
    for child in point.children:
        said += shipped(unit_key, child)[0]
    texts = (point.text, *point.children)
    generated = tuple(dict.fromkeys(candidate for text in texts for candidate in candidates(text)))
    return PointPhrasings(point.key, said, unlike, generated, confirmed)


def candidates(text: str) -> tuple[str, ...]:
    """Phrasings that follow from the published words: the text, its parts, its first and last word, its head."""
    plain = TAIL.sub("", text).strip()
    whole = [plain, *_meaning(text), *(_distributed(plain) if len(plain.split()) <= LONGEST_HEAD else ())]
    lexical = lexicon()
    found = [token for token in tokens(plain) if token.family not in lexical.light and token.word not in lexical.stop]
    telling = list({token.family: token.word for token in found}.values())
    heads = [f"[{word}]" for word in telling[-1:]] if len(telling) <= LONGEST_WITH_HEAD else []
    ends = [f"{telling[0]} {telling[-1]}"] if len(telling) >= LONGEST_WITH_HEAD else []
    return tuple(dict.fromkeys([*whole, *ends, *heads]))


def _meaning(text: str) -> list[str]:
    """What a sentence says that a term means, without the term and without what follows an "eg"."""
    said = MEANING.match(text)
    return [TAIL.split(said[1])[0].strip(" ,;.")] if said else []


def _distributed(plain: str) -> list[str]:
    """What joined words say one by one: "returns/complaints figures" says "returns figures", "complaints figures"."""
    joined = JOINED.search(plain)
    if not joined:
        return []
    before, after = plain[: joined.start()], plain[joined.end() :]
    return [f"{before}{word}{after}" for word in SPLIT.split(joined.group()) if word]


def shipped(unit_key: str, text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(phrasings, near misses) of the bank for a point of this unit, else of any unit that prints nearly the same."""
    bank = _bank()
    meaning = meaning_of(text)
    return bank.get((unit_key, meaning)) or bank.get(("", meaning)) or bank.get(("", _nearest(meaning))) or ((), ())


@lru_cache(maxsize=4096)
def _nearest(meaning: str) -> str:
    """The meaning in the bank that shares three quarters of its telling words with this one; "" where there is none."""
    wanted = _telling(meaning)
    shares = ((_share(wanted, _telling(known)), known) for unit_key, known in _bank() if unit_key == "")
    share, known = max(shares, default=(0.0, ""))
    return known if share >= NEARLY_THE_SAME else ""


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one and other else 0.0


@lru_cache(maxsize=4096)
def _telling(meaning: str) -> frozenset[str]:
    return frozenset(token.family for token in tokens(meaning)) - lexicon().light


def meaning_of(text: str) -> str:
    """The words that make two published texts the same point: "use of mystery shoppers" is "mystery shoppers"."""
    lexical = lexicon()
    plain = TAIL.sub("", text)
    words = [token.word for token in tokens(plain)]
    telling = [lemma(word) for word in words if word not in lexical.stop and word not in {"use", "using"}]
    return " ".join(sorted(set(telling or words)))


@lru_cache(maxsize=1)
def _bank() -> Mapping[tuple[str, str], tuple[tuple[str, ...], tuple[str, ...]]]:
    """By (unit key, meaning), and by ("", meaning) for documents that print the same point."""
    entries: dict[tuple[str, str], tuple[tuple[str, ...], tuple[str, ...]]] = {}
    for unit_key, text, said, unlike in shipped_entries():
        for key in dict.fromkeys(((unit_key, meaning_of(text)), ("", meaning_of(text)))):
            known_said, known_unlike = entries.get(key, ((), ()))
            entries[key] = (_joined(known_said, said), _joined(known_unlike, unlike))
    return entries


def _joined(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*one, *other)))


def shipped_entries() -> Iterator[tuple[str, str, tuple[str, ...], tuple[str, ...]]]:
    """Every entry of the bank: unit key, published text, phrasings, near misses."""
    folder = resources.files("talkthrough.question_bank").joinpath("data", "phrasings")
    for file in sorted(folder.iterdir(), key=lambda each: each.name):
        if file.name.endswith(".json"):
            content = json.loads(file.read_text(encoding="utf-8"))
            for text, entry in content["points"].items():
                yield content["unit"], text, tuple(entry["said"]), tuple(entry.get("unlike", ()))
