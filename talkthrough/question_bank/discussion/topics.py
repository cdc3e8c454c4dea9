"""Which criterion a sentence is about: the one whose own words it holds, and that question's one where none stands out.

Every criterion of the plan has topic words: those of its text, of its short listed points, and of its openings. A word
counts for more where fewer criteria of the plan have it (the usual inverse document frequency). A sentence belongs to
the criterion that was asked about, unless another one leads clearly; a sentence with no topic of its own goes on with
what was being spoken about. So a reason given for one thing is none for another (assessment-practice.md section 1.1).
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log

from talkthrough.question_bank.discussion.model import Plan, PlannedCriterion
from talkthrough.question_bank.marking.lexicon import lexicon
from talkthrough.question_bank.marking.words import Token, tokens

SENTENCE = re.compile(r"[^.!?\n]+[.!?\n]*")
_IN_TEXT = 2.0  # what a word of the criterion itself is worth, in units of a word that only one criterion has
_IN_POINT = 1.0
_IN_OPENING = 0.5
_SAME_IDEA = 0.5
_NAMED = 1.4  # a listed point that is named
_IN_PASSING = 0.25  # one that is named in passing
_LEAD = 1.3  # by how much another criterion must lead the one that was asked about
_LEAST_LEADING = 2  # in how many words it must do so
_LIKE_THE_BEST = 0.5  # the share of the leader's strength with which another one leads, too
_SPEAKS = 0.25  # what it takes to speak for a criterion at all
_CARRIED = 0.5  # what the rest of the answer tells about a sentence
_GOING_ON = 1.2  # what it tells that the answer goes on with the one before
_LONGEST_POINT = 5
_SMALL = 2

_GENERAL = (
    "delivery deliver last first recent tell ask think talk know happen find hear start choose remember show people "
    "person use time"
)

Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Named:
    """Characters start..end of an answer that name a listed point of a criterion."""

    criterion_key: str
    start: int
    end: int
    is_passing: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """Characters start..end of an answer, with the keys of the criteria that it is about.

    `has_topic`: whether its words speak for any criterion of the plan at all.
    """

    start: int
    end: int
    keys: frozenset[str]
    has_topic: bool


@dataclass(frozen=True, slots=True)
class _Strength:
    """How strongly a sentence speaks for a criterion, and in how many words."""

    value: float
    count: int


def sentences_about(
    plan: Plan,
    text: str,
    asked: Sequence[str],
    *,
    carried: Collection[str] = (),
    named: Sequence[Named] = (),
    goes_on: bool = False,
    is_fixed: bool = False,
) -> tuple[Sentence, ...]:
    """The sentences of an answer with what each is about.

    `asked`: the criteria that the question opens, the first one being what it is about. `carried`: what the learner was
    speaking about before, where the question goes on with that; `goes_on`: whether the answer does so, and tells no
    other story. `named`: where listed points are named. `is_fixed`: the question can only be answered for the criterion
    that it is about, so that nothing leads it.
    """
    spans = [match.span() for match in SENTENCE.finditer(text)]
    scores = [_strengths(plan, text, first, last, named) for first, last in spans]
    whole = {c.key: _added(score[c.key] for score in scores) for c in plan.criteria}
    before = _GOING_ON * _scarcest(len(whole)) if goes_on and not set(carried).isdisjoint(asked) else 0.0
    around = _CARRIED * min(max((whole[key].value for key in asked), default=0.0), _scarcest(len(whole)))
    going_on = frozenset(carried) or frozenset(asked[:1])
    if not is_fixed and not _speak(whole, asked):
        going_on = _leaders(whole, asked, before) or going_on
    found = []
    for (first, last), score in zip(spans, scores, strict=True):
        leading = frozenset[str]() if is_fixed else _leaders(score, asked, max(before, around))
        keys = leading or _back(score, asked, going_on)
        going_on = keys or going_on
        found.append(Sentence(first, last, going_on, bool(_speak(score, score))))
    return tuple(found)


def _speak(score: Mapping[str, _Strength], keys: Iterable[str]) -> frozenset[str]:
    """Those that the words speak for at all."""
    return frozenset(key for key in keys if score[key].value >= _SPEAKS * _scarcest(len(score)))


def _back(score: Mapping[str, _Strength], asked: Sequence[str], going_on: frozenset[str]) -> frozenset[str]:
    """Those asked about that a sentence speaks for, at least as much as for what was being spoken about."""
    before = max((score[key].value for key in going_on), default=0.0)
    return frozenset(key for key in _speak(score, asked) if score[key].value >= before)


def _added(strengths: Iterable[_Strength]) -> _Strength:
    several = tuple(strengths)
    return _Strength(sum(each.value for each in several), sum(each.count for each in several))


def speaks_for(plan: Plan, key: str, text: str) -> bool:
    """Whether a text holds words that speak for a criterion."""
    return bool(_speak(_strengths(plan, text, 0, len(text), ()), (key,)))


def _leaders(score: Mapping[str, _Strength], asked: Sequence[str], around: float) -> frozenset[str]:
    """The criteria that lead what was asked about by enough, and are about as strong as the strongest of them.

    `around`: how strongly the rest of what was said speaks for what was asked about.
    """
    scarcest = _scarcest(len(score))
    own = max((score[key].value for key in asked), default=0.0)
    least = max(own, around) + _LEAD * scarcest
    strong = {key: each.value for key, each in score.items() if each.count >= _LEAST_LEADING and each.value >= least}
    best = max(strong.values(), default=0.0)
    return frozenset(key for key, value in strong.items() if value >= _LIKE_THE_BEST * best) - frozenset(asked)


def _scarcest(size: int) -> float:
    """What a word is worth that only one criterion of `size` has."""
    return log(size + 1)


def _strengths(plan: Plan, text: str, first: int, last: int, named: Sequence[Named]) -> dict[str, _Strength]:
    """How strongly the words from `first` to `last` speak for each criterion; each word once."""
    words = [token for token in tokens(text) if first <= token.start < last]
    found = {}
    for key, weights in _weights(plan).items():
        here = [each for each in named if each.criterion_key == key and first <= each.start < last]
        inside = {word.start for word in words if any(each.start <= word.start < each.end for each in here)}
        plainly = {word.start for word in words if any(_names(each, word) for each in here)}
        telling = [word for word in words if _is_telling(word) and word.start not in plainly]
        worth = {word.family: value for word in telling if (value := _worth(word, weights)) > 0}
        known = {word.start for word in telling if word.family in worth}
        outside = {word.family for word in telling if word.start in known - inside}
        points = sum(_value(each, known) for each in here) * _scarcest(len(plan.criteria))
        found[key] = _Strength(sum(worth.values()) + points, len(outside) + len(inside))
    return found


def _names(point: Named, word: Token) -> bool:
    return not point.is_passing and point.start <= word.start < point.end


def _value(point: Named, known: Collection[int]) -> float:
    """What a listed point is worth; named in passing by a word that counts already, nothing more."""
    if not point.is_passing:
        return _NAMED
    return 0.0 if any(point.start <= place < point.end for place in known) else _IN_PASSING


def _worth(token: Token, weights: Weights) -> float:
    ideas = (weights.get(f"@{idea}", 0.0) for idea in lexicon().ideas.get(token.family, ()))
    return max(weights.get(token.family, 0.0), _SAME_IDEA * max(ideas, default=0.0))


def _is_telling(token: Token) -> bool:
    known = lexicon()
    return token.word not in known.stop and token.family not in known.light and len(token.word) > _SMALL


@lru_cache(maxsize=64)
def _weights(plan: Plan) -> Mapping[str, Weights]:
    """By criterion key what each topic word is worth; words of the unit's title and the outcome are worth nothing."""
    general = frozenset(key for key, _ in _keys(f"{plan.unit_title}. {plan.outcome_text}. {_GENERAL}", 1.0))
    topics = {c.key: {k: v for k, v in _topic(c).items() if k not in general} for c in plan.criteria}
    size = len(plan.criteria)
    spread = {key: sum(key in words for words in topics.values()) for words in topics.values() for key in words}
    return {
        criterion: {key: weight * log((size + 1) / spread[key]) for key, weight in words.items()}
        for criterion, words in topics.items()
    }


def _topic(criterion: PlannedCriterion) -> Weights:
    listed = [point.text for point in criterion.expected_points if point.is_published]
    short = [text for text in listed if len(text.split()) <= _LONGEST_POINT]
    parts = [(criterion.text, _IN_TEXT), *((text, _IN_POINT) for text in short)]
    parts += [(opening, _IN_OPENING) for opening in criterion.openings]
    found: dict[str, float] = {}
    for text, weight in parts:
        for key, value in _keys(text, weight):
            found[key] = max(value, found.get(key, 0.0))
    asks_to_do = criterion.kind == "competence-doing"  # "map" is what is spoken about, "evaluate" is how
    return found if asks_to_do else {key: found[key] for key in found.keys() - dict(_keys(criterion.verb, 1.0)).keys()}


def _keys(text: str, weight: float) -> Iterator[tuple[str, float]]:
    for token in tokens(text):
        if _is_telling(token):
            yield token.family, weight
            for idea in lexicon().ideas.get(token.family, ()):
                yield f"@{idea}", weight
