"""How well a text says a phrasing: the share of the phrasing's words found close together, by form or by idea."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from talkthrough.question_bank.marking.text import Sentence, Term, sentences

SAME_IDEA = 0.8
SAME_IDEA_ALONE = 0.55  # a hand-written phrasing with one telling word means that very word
SAME_IDEA_PUBLISHED = 0.9
QUESTION_WORD = 0.6
GAP_ALLOWED = 3
GAP_COST = 0.025
ITEM_COST = 0.05
WORTH_KEEPING = 0.3
ROUNDING = 1e-9
TELLING_WORDS = 2
LEAST_WORDS = 3
GIST_TRUST = 0.75  # one word of a longer phrasing says its gist at most


@dataclass(frozen=True, slots=True)
class Phrasing:
    """A phrasing made ready: `bare` ones count only as list items, `literal` ones word for word.

    `is_lack`: it denies one thing ("no room"). `is_asked`: the question itself has all its words. `trust` is 1 for
    hand-written ones; `gist` is what its one telling word is worth where nothing else of it is found.
    """

    text: str
    words: tuple[tuple[str, bool], ...]
    terms: tuple[Term, ...]
    weights: tuple[float, ...]
    keys: tuple[frozenset[str], ...]
    any_key: frozenset[str]
    is_negated: bool
    is_lack: bool
    total: float
    is_asked: bool
    bare: bool
    literal: bool
    trust: float
    gist: float
    idea_strength: float


@dataclass(frozen=True, slots=True)
class Match:
    """Where an answer says a phrasing: characters start..end, score 0..1, and whether the answer denies it."""

    score: float
    start: int
    end: int
    denied: bool
    phrasing: str
    used: frozenset[int]
    is_light: bool = False


def prepare(text: str, question_families: frozenset[str], trust: float) -> Phrasing | None:
    """A phrasing ready for matching; None where it says nothing. Below a `trust` of 1: from published words."""
    words, terms = read_phrasing(text)
    if not words:
        return None
    telling = any(term.weight >= 1 for term in terms)
    bare = (text.startswith("[") and text.endswith("]")) or (not telling and len(words) < LEAST_WORDS)
    chief = [term for term in terms if term.weight >= 1] or list(terms)
    is_long = len(words) >= LEAST_WORDS and len(chief) == 1 and chief[0].last - chief[0].first == 1
    weights = tuple(term.weight * (QUESTION_WORD if term.family in question_families else 1.0) for term in terms)
    single = sum(term.weight >= 1 for term in terms) < TELLING_WORDS
    strength = SAME_IDEA_PUBLISHED if trust < 1 else SAME_IDEA_ALONE if single else SAME_IDEA
    keys = tuple(keys_of(term) for term in terms)
    return Phrasing(
        text, words, terms, weights, keys,
        any_key=frozenset(key for each in keys for key in each), is_negated=any(term.negated for term in terms),
        is_lack=len(chief) == 1 and chief[0].negated, total=sum(weights), bare=bare,
        is_asked=bool(terms) and all(term.family in question_families for term in terms),
        literal=not telling and not bare, trust=trust, gist=GIST_TRUST if is_long else 1.0, idea_strength=strength,
    )  # fmt: skip


@lru_cache(maxsize=32768)  # the shipped bank has some 8,000 phrasings, and questions share them
def read_phrasing(text: str) -> tuple[tuple[tuple[str, bool], ...], tuple[Term, ...]]:
    """Its plain words, each with whether it is denied, and its terms."""
    read = sentences(text.strip("[]"))
    words = tuple(pair for sentence in read for pair in _words(sentence))
    return words, tuple(term for sentence in read for term in _outermost(sentence.terms))


def _words(sentence: Sentence) -> Iterator[tuple[str, bool]]:
    """The plain words with whether each is denied."""
    denied = {place for term in sentence.terms if term.negated for place in range(term.first, term.last)}
    return ((token.word, place in denied) for place, token in enumerate(sentence.tokens))


def keys_of(term: Term) -> frozenset[str]:
    """What it can be found by: its family, and its ideas marked with @."""
    return frozenset((term.family, *(f"@{idea}" for idea in term.ideas)))


def _outermost(terms: tuple[Term, ...]) -> list[Term]:
    """Without the single words inside a set phrase."""
    wide = [(term.first, term.last) for term in terms if term.last - term.first > 1]
    return [
        term
        for term in terms
        if not any(
            first <= term.first and term.last <= last and (first, last) != (term.first, term.last)
            for first, last in wide
        )
    ]


@dataclass(frozen=True, slots=True)
class Indexed:
    """A sentence with its terms by key. Echoed words and words of the question are found by their form only."""

    sentence: Sentence
    terms: tuple[Term, ...]
    keys: tuple[frozenset[str], ...]
    present: frozenset[str]
    words: tuple[tuple[str, bool], ...]
    joined: str
    is_negated: bool
    question_families: frozenset[str]
    left_out: frozenset[int]


def index(found: Iterable[Sentence], question_families: frozenset[str], echoed: frozenset[int]) -> tuple[Indexed, ...]:
    """Sentences ready for matching; `echoed` are character offsets of words that copy the question."""
    return tuple(_indexed(sentence, question_families, echoed) for sentence in found)


def _indexed(sentence: Sentence, question_families: frozenset[str], left_out: frozenset[int]) -> Indexed:
    terms = tuple(term for term in sentence.terms if sentence.tokens[term.first].start not in left_out)
    keys = tuple(frozenset({term.family}) if term.family in question_families else keys_of(term) for term in terms)
    words = tuple(_words(sentence))
    return Indexed(
        sentence, terms, keys,
        present=frozenset(key for each in keys for key in each),
        words=words,
        joined=f" {' '.join(word for word, _ in words)} ",
        is_negated=any(term.negated for term in terms),
        question_families=question_families,
        left_out=left_out,
    )  # fmt: skip


def without(answer: Indexed, used: frozenset[int]) -> Indexed:
    """The sentence without the words that begin at these character offsets."""
    if not any(token.start in used for token in answer.sentence.tokens):
        return answer
    return _indexed(answer.sentence, answer.question_families, answer.left_out | used)


def by_form(answer: Indexed, places: frozenset[int]) -> Indexed:
    """The sentence, where the words that begin at these character offsets are found by their form only."""
    starts = [answer.sentence.tokens[term.first].start for term in answer.terms]
    if places.isdisjoint(starts):
        return answer
    keys = tuple(
        frozenset({term.family}) if start in places else known
        for start, term, known in zip(starts, answer.terms, answer.keys, strict=True)
    )
    return replace(answer, keys=keys, present=frozenset(key for each in keys for key in each))


def best_match(phrasing: Phrasing, answer: tuple[Indexed, ...], *, denied: bool, least: float = 0.0) -> Match | None:
    """The best place where the answer says the phrasing with the same polarity (`denied`: with the other one).

    A place that cannot score `least` need not be found.
    """
    best: Match | None = None
    for each in answer:
        if phrasing.terms and phrasing.any_key.isdisjoint(each.present):
            continue
        if denied and not (phrasing.is_negated or each.is_negated):
            continue
        match = None if denied else _word_for_word(phrasing, each)
        if match is None and not phrasing.literal:
            match = _in_sentence(phrasing, each, denied=denied, least=least)
        if match and (best is None or match.score > best.score):
            best = match
    return best


def _word_for_word(phrasing: Phrasing, answer: Indexed) -> Match | None:
    """The phrasing's own words in a row, affirmed or denied as it has them; not where the question was copied."""
    wanted = f" {' '.join(word for word, _ in phrasing.words)} "
    at = answer.joined.find(wanted)
    if at < 0:
        return None
    first = answer.joined[: at + 1].count(" ") - 1
    places = range(first, first + len(phrasing.words))
    if tuple(answer.words[place] for place in places) != phrasing.words:
        return None
    tokens = [answer.sentence.tokens[place] for place in places]
    if not {token.start for token in tokens} - answer.left_out:
        return None
    return Match(
        phrasing.trust, tokens[0].start, tokens[-1].end, denied=False, phrasing=phrasing.text,
        used=frozenset(token.start for token in tokens), is_light=all(term.weight < 1 for term in phrasing.terms),
    )  # fmt: skip


def _in_sentence(phrasing: Phrasing, answer: Indexed, *, denied: bool, least: float) -> Match | None:
    present = answer.present
    reachable = sum(w for w, keys in zip(phrasing.weights, phrasing.keys, strict=True) if not keys.isdisjoint(present))
    worth = max(WORTH_KEEPING, least / phrasing.trust - ROUNDING)
    if not reachable or reachable < worth * phrasing.total:
        return None
    hits = list(_hits(phrasing, answer, denied=denied))
    best = None
    for at, (place, _, _) in enumerate(hits):
        match = _from(phrasing, answer, hits[at:], place, denied=denied)
        if match and (best is None or match.score > best.score):
            best = match
    return best


def _hits(phrasing: Phrasing, answer: Indexed, *, denied: bool) -> Iterator[tuple[int, int, float]]:
    """(answer term, phrasing term, strength) in the order of the answer, for words of the polarity looked for."""
    for place, (term, keys) in enumerate(zip(answer.terms, answer.keys, strict=True)):
        for wanted, (other, wanted_keys) in enumerate(zip(phrasing.terms, phrasing.keys, strict=True)):
            if not keys & wanted_keys or (phrasing.is_lack and not denied and _is_told_apart(answer, term)):
                continue
            if _has_polarity(term, other, denied=denied):
                yield place, wanted, 1.0 if term.family == other.family else phrasing.idea_strength


def _is_told_apart(answer: Indexed, term: Term) -> bool:
    """Whether a word before it makes it one kind of many, so that only that kind is denied ("not dining room")."""
    return any(other.last == term.first and other.weight >= 1 and other.negated for other in answer.terms)


def _has_polarity(term: Term, wanted: Term, *, denied: bool) -> bool:
    """Whether it may count: light words always, telling words where the polarity is the one looked for."""
    return term.weight < 1 or wanted.weight < 1 or _is_flipped(term, wanted) == denied


def _is_flipped(term: Term, wanted: Term) -> bool:
    """Whether a telling word is denied where the phrasing affirms it, or the reverse."""
    return term.weight >= 1 and wanted.weight >= 1 and term.negated != wanted.negated


def _from(
    phrasing: Phrasing, answer: Indexed, hits: list[tuple[int, int, float]], first: int, *, denied: bool
) -> Match | None:
    """The best score of a window that begins at answer term `first`."""
    taken: dict[int, tuple[int, float]] = {}
    best: Match | None = None
    used: set[int] = set()
    cost = 0.0
    previous = answer.terms[first]
    for place, wanted, strength in hits:
        term = answer.terms[place]
        gap = term.first - previous.last - GAP_ALLOWED
        if wanted in taken or (place in used and not _compound(phrasing, taken, place, wanted)):
            continue
        if taken and place not in used:
            cost += max(0, gap) * GAP_COST + ITEM_COST * _items_between(answer, previous, term)
        if cost > 1 - WORTH_KEEPING:
            break
        taken[wanted], previous = (place, strength), term
        used.add(place)
        found = sum(min(phrasing.weights[each], answer.terms[at].weight) * value for each, (at, value) in taken.items())
        gist = phrasing.gist if len(taken) == 1 else 1.0
        score = max(0.0, found / phrasing.total - cost) * phrasing.trust * gist
        if (best is None or score > best.score) and (not denied or _is_denial(phrasing, answer, taken)):
            best = _match(phrasing, answer, used, score, denied=denied)
    return best


def _is_denial(phrasing: Phrasing, answer: Indexed, taken: dict[int, tuple[int, float]]) -> bool:
    """Whether a telling word is denied. A denial of a denying phrasing needs two of them."""
    pairs = [(answer.terms[at], phrasing.terms[wanted]) for wanted, (at, _) in taken.items()]
    flipped = [pair for pair in pairs if _is_flipped(*pair)]
    return len(flipped) >= (TELLING_WORDS if any(wanted.negated for _, wanted in flipped) else 1)


def _compound(phrasing: Phrasing, taken: dict[int, tuple[int, float]], place: int, wanted: int) -> bool:
    """Whether one word of the answer may stand for both words of a published compound ("GDPR": data protection law)."""
    return phrasing.trust < 1 and any(
        at == place and phrasing.terms[each].last == phrasing.terms[wanted].first for each, (at, _) in taken.items()
    )


def _items_between(answer: Indexed, one: Term, other: Term) -> int:
    low, high = sorted((one.first, other.first))
    return sum(low < place <= high for place in answer.sentence.item_starts)


def _match(phrasing: Phrasing, answer: Indexed, used: set[int], score: float, *, denied: bool) -> Match:
    tokens = answer.sentence.tokens
    chosen = [answer.terms[place] for place in used]
    start = tokens[min(term.first for term in chosen)].start
    end = max(tokens[term.last - 1].end for term in chosen)
    offsets = frozenset(tokens[place].start for term in chosen for place in range(term.first, term.last))
    return Match(score, start, end, denied, phrasing.text, offsets, all(term.weight < 1 for term in chosen))
