"""mark(question, answer, phrasings, calibration) -> Mark: what was mentioned, where, how sure, and why we think so."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType

from talkthrough.question_bank.items.question import ExpectedPoint, Question, QuestionKind
from talkthrough.question_bank.marking.bare_items import is_bare_item, is_telling, items
from talkthrough.question_bank.marking.calibration import Calibration
from talkthrough.question_bank.marking.echo import echo, echoed_offsets
from talkthrough.question_bank.marking.lexicon import lexicon
from talkthrough.question_bank.marking.matching import (
    Indexed,
    Match,
    Phrasing,
    best_match,
    by_form,
    index,
    prepare,
    without,
)
from talkthrough.question_bank.marking.model import Band, Mark, PointMark, PointState, Words
from talkthrough.question_bank.marking.names import named_by_others
from talkthrough.question_bank.marking.phrasings import Phrasings
from talkthrough.question_bank.marking.signals import as_signals, signal_words
from talkthrough.question_bank.marking.spelling import Vocabulary, vocabulary, words_of_the_work
from talkthrough.question_bank.marking.text import sentences
from talkthrough.question_bank.marking.words import Token, family, tokens

LONGEST = 4096
GENERATED_TRUST = 0.95
BARE_GENERATED_TRUST = 0.7
RIVAL_SHARE = 0.5
RIVAL_COST = 0.5
CLEARLY = 0.1
NEAR_MISS = 0.95
THIN = 0.7
LEAST_OF_STATEMENT = 4
DOING = frozenset(
    ("use", "used", "using", "do", "did", "doing", "by", "with", "through", "check", "about", "need", "send", "give",
     "run", "running", "started", "have")
)  # fmt: skip
SPEAKING = frozenset(("i", "we", "my", "our", "he", "she", "they", "you"))
STATES: Mapping[Band, PointState] = MappingProxyType(
    {"sure yes": PointState.COVERED, "unsure": PointState.PARTIAL, "sure no": PointState.NOT_MENTIONED}
)


@dataclass(frozen=True, slots=True)
class ReadyPoint:
    """A published point with its phrasings and near misses made ready."""

    point: ExpectedPoint
    said: tuple[Phrasing, ...]
    unlike: tuple[Phrasing, ...]
    is_written: bool


@dataclass(frozen=True, slots=True)
class ReadyQuestion:
    """What of a question does not change from answer to answer."""

    points: tuple[ReadyPoint, ...]
    families: frozenset[str]
    vocabulary: Vocabulary
    shown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The best match of a point, of its denial, and of a near miss; `named`: words that name another point."""

    ready: ReadyPoint
    said: Match | None
    denied: Match | None
    unlike: Match | None
    named: frozenset[int]


def mark(question: Question, answer: str, phrasings: Phrasings, calibration: Calibration) -> Mark:
    """The Mark of an answer (up to 4,096 characters are read). Pure: the same arguments give the same Mark."""
    ready = _ready(question, phrasings)
    read = answer[:LONGEST]
    echoed = echoed_offsets(read, ready.shown)
    found = tuple(sentences(read, ready.vocabulary))
    indexed = index(found, ready.families, echoed)
    matches = _find_all(ready, indexed)
    by_key = {each.ready.point.key: _published_mark(each, matches, indexed, calibration, read) for each in matches}
    said = signal_words(read)
    marks = tuple(
        by_key[point.key] if point.slot is None else _slot_mark(point, said) for point in question.expected_points
    )
    return Mark(
        points=marks,
        needed=question.quantity or (len(ready.points) if question.all_required else None),
        others=() if question.kind is QuestionKind.DEFINITION else _others(read, indexed, matches, echoed),
        echo=echo(read, ready.shown, (point.point.text for point in ready.points)),
        signals=as_signals(said),
    )


def point_scores(question: Question, answer: str, phrasings: Phrasings) -> dict[str, tuple[float, bool]]:
    """Per published point the match score (0..1) that a calibration is fitted on, and if it has written phrasings."""
    ready = _ready(question, phrasings)
    echoed = echoed_offsets(answer, ready.shown)
    indexed = index(sentences(answer, ready.vocabulary), ready.families, echoed)
    matches = _find_all(ready, indexed)
    kept = ((each, _after_rivals(each, matches, indexed)[0]) for each in matches)
    return {each.ready.point.key: (match.score if match else 0.0, each.ready.is_written) for each, match in kept}


@lru_cache(maxsize=256)
def _ready(question: Question, phrasings: Phrasings) -> ReadyQuestion:
    families = frozenset(token.family for token in tokens(question.stem) if token.word not in lexicon().stop)
    points = tuple(_ready_point(point, phrasings, families) for point in question.expected_points if point.slot is None)
    words = {token.word for token in tokens(question.stem)}
    words |= {word for point in points for way in (*point.said, *point.unlike) for word, _ in way.words}
    known = vocabulary(words, words_of_the_work())
    return ReadyQuestion(points, families, known, tuple(filter(None, (question.stem, question.supports))))


def _ready_point(point: ExpectedPoint, phrasings: Phrasings, families: frozenset[str]) -> ReadyPoint:
    ways = phrasings.of(point.key)
    is_written = bool(ways.said)
    written = [prepare(text, families, 1.0) for text in (*ways.said, *ways.confirmed)]
    kept = [each for each in written if each and not each.is_asked]  # "needs" says nothing about what needs are
    generated = [
        prepare(text, families, BARE_GENERATED_TRUST if text.startswith("[") else GENERATED_TRUST)
        for text in ways.generated or (point.text,)
        if text not in ways.said
    ]
    unlike = [prepare(text, families, 1.0) for text in ways.unlike]
    said = (*kept, *filter(None, generated))
    return ReadyPoint(point, said, tuple(filter(None, unlike)), is_written)


def _find_all(question: ReadyQuestion, answer: tuple[Indexed, ...]) -> tuple[Found, ...]:
    """What is found of each point, where the printed name of one point says no other."""
    points = question.points
    named = named_by_others((each.point for each in points), tuple(each.sentence for each in answer))
    return tuple(_find(each, answer, named.get(each.point.key, frozenset())) for each in points)


def _find(ready: ReadyPoint, answer: tuple[Indexed, ...], named: frozenset[int]) -> Found:
    """`named`: where words begin that name another point; they stand for no idea, and show nothing by themselves."""
    if named:
        answer = tuple(by_form(each, named) for each in answer)
    denied, unlike = _best(ready.said, answer, denied=True), _best(ready.unlike, answer, denied=False)
    return Found(ready, _said(ready, answer, named), denied, unlike, named)


def _said(ready: ReadyPoint, answer: tuple[Indexed, ...], named: frozenset[int]) -> Match | None:
    said = _best(ready.said, answer, denied=False)
    if said and said.used <= named:
        return _best(ready.said, tuple(without(each, named) for each in answer), denied=False)
    return said


def _best(phrasings: tuple[Phrasing, ...], answer: tuple[Indexed, ...], *, denied: bool) -> Match | None:
    """The match with the highest score; of equal ones that which explains more words."""
    best: Match | None = None
    present = frozenset[str]().union(*(each.present for each in answer))
    for phrasing in _possible(phrasings, answer, denied=denied):
        if phrasing.terms and phrasing.any_key.isdisjoint(present):
            continue
        match = best_match(phrasing, answer, denied=denied, least=best.score if best else 0.0)
        if match is None or (best and (match.score, len(match.used)) <= (best.score, len(best.used))):
            continue
        if not phrasing.bare or is_bare_item(match, answer):
            best = match
    return best


def _possible(phrasings: tuple[Phrasing, ...], answer: tuple[Indexed, ...], *, denied: bool) -> Iterable[Phrasing]:
    """Those that the answer may say with this polarity: where it denies nothing, it can only deny denying ones."""
    if denied and not any(each.is_negated for each in answer):
        return (phrasing for phrasing in phrasings if phrasing.is_negated)
    return phrasings


def _published_mark(
    found: Found, matches: tuple[Found, ...], indexed: tuple[Indexed, ...], calibration: Calibration, answer: str
) -> PointMark:
    said, rule = _after_rivals(found, matches, indexed)
    key = found.ready.point.key
    sure = _confidence(said, found, calibration)
    band = calibration.band(sure)
    words = _words(said, answer) if band != "sure no" else None
    denied = found.denied
    if denied and said and said.score >= denied.score and said.used & denied.used:
        denied = None
    denial = _confidence(denied, found, calibration)
    if calibration.band(denial) == "sure yes":
        if band == "sure yes":
            return PointMark(key, PointState.PARTIAL, "unsure", 0.5, words, "said and also denied")
        return PointMark(key, PointState.CONTRADICTED, "sure no", 1 - denial, _words(denied, answer), "denied")
    return PointMark(key, STATES[band], band, sure, words, rule)


def _confidence(match: Match | None, found: Found, calibration: Calibration) -> float:
    return round(calibration.confidence(match.score if match else 0.0, is_written=found.ready.is_written), 4)


def _after_rivals(found: Found, matches: tuple[Found, ...], answer: tuple[Indexed, ...]) -> tuple[Match | None, str]:
    """The match after near misses and other points have claimed the same words, and the rule in plain words."""
    said, unlike = found.said, found.unlike
    if said is None:
        return None, "no phrasing of this point found"
    if _is_thin(said, found.ready, answer):
        return replace(said, score=said.score * THIN), f"one word of it only: {said.phrasing.strip('[]')}"
    if (
        unlike
        and unlike.score >= max(said.score, NEAR_MISS)
        and _contested(said, unlike)
        and not unlike.used < said.used
    ):
        return replace(said, score=said.score * RIVAL_COST), f"nearer to something else: {unlike.phrasing}"
    rival = next((other.said for other in matches if other is not found and _is_stronger(other.said, said)), None)
    if rival is None:
        return said, f"matches the phrasing: {said.phrasing.strip('[]')}"
    left = tuple(without(each, rival.used) for each in answer)
    elsewhere = _said(found.ready, tuple(by_form(each, found.named) for each in left), found.named)
    if elsewhere and elsewhere.score > said.score * RIVAL_COST:
        return elsewhere, f"matches the phrasing: {elsewhere.phrasing.strip('[]')}"
    return replace(said, score=said.score * RIVAL_COST), f"the same words say another point: {rival.phrasing}"


def _is_thin(said: Match, ready: ReadyPoint, answer: tuple[Indexed, ...]) -> bool:
    """Whether a single word of a statement says it, in another form ("train" for "training") or among words that have
    nothing to do with the work ("I like action films").
    """
    if len(said.used) != 1 or said.phrasing.startswith("["):
        return False
    sentence = next(each.sentence for each in answer if each.sentence.start <= said.start < each.sentence.end)
    if len(sentence.tokens) < LEAST_OF_STATEMENT or not SPEAKING & {token.word for token in sentence.tokens}:
        return False
    place = next(place for place, token in enumerate(sentence.tokens) if token.start in said.used)
    word = sentence.tokens[place].word
    if word.rstrip("s") not in {token.word.rstrip("s") for token in tokens(said.phrasing)}:
        return any(token.family == family(word) for token in tokens(said.phrasing))
    if DOING & {token.word for token in sentence.tokens[max(0, place - 2) : place]}:
        return False
    others = [token for token in sentence.tokens if token.start not in said.used and is_telling(token)]
    return bool(others) and not any(_is_of_the_work(token, ready) for token in others)


def _is_of_the_work(token: Token, ready: ReadyPoint) -> bool:
    return token.family in lexicon().ideas or any(token.family in phrasing.any_key for phrasing in ready.said)


def _is_stronger(rival: Match | None, said: Match) -> bool:
    """Whether another point explains the same words better: with more words, or clearly closer."""
    if rival is None or rival.score < said.score or not _contested(said, rival):
        return False
    if rival.score == said.score:
        return said.used < rival.used
    explains_more = len(rival.used) > len(said.used & rival.used)
    return explains_more or (said.used <= rival.used and rival.score >= said.score + CLEARLY)


def _contested(said: Match, rival: Match) -> bool:
    return len(said.used & rival.used) >= RIVAL_SHARE * len(said.used)


def _words(match: Match | None, answer: str) -> Words | None:
    return Words(match.start, match.end, answer[match.start : match.end]) if match else None


def _slot_mark(point: ExpectedPoint, said: dict[str, Words]) -> PointMark:
    """A slot of the command verb is marked from the language signals."""
    words = said.get((point.slot or "").replace(" ", "_"))
    state = PointState.COVERED if words else PointState.NOT_MENTIONED
    return PointMark(
        point.key, state, "sure yes" if words else "sure no", 1.0 if words else 0.0, words, "language signal"
    )


def _others(
    answer: str, indexed: tuple[Indexed, ...], matches: tuple[Found, ...], echoed: frozenset[int]
) -> tuple[Words, ...]:
    """Items of the answer that name something of the work which no expected point claims, once more or at all."""
    claimed = {offset for each in matches for match in (each.said, each.denied) if match for offset in match.used}
    lexical = lexicon()
    result = []
    for sentence in indexed:
        tokens_here = sentence.sentence.tokens
        for first, last in items(sentence.sentence):
            words = tokens_here[first:last]
            if not words or any(word.start in claimed or word.start in echoed for word in words):
                continue
            names = any(word.family in lexical.ideas and word.family not in lexical.light for word in words)
            alone = without(sentence, frozenset(token.start for token in tokens_here if token not in words))
            if names and not any(_says_again(each, alone) for each in matches):
                result.append(Words(words[0].start, words[-1].end, answer[words[0].start : words[-1].end]))
    return tuple(result)


def _says_again(found: Found, item: Indexed) -> bool:
    """Whether an item says a point that other words of the answer say already ("young people" after "old people")."""
    if found.said is None:
        return False
    again = _best(found.ready.said, (item,), denied=False)
    return again is not None and again.score >= NEAR_MISS
