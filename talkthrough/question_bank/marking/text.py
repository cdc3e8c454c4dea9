"""A text made ready for comparison: its sentences, what each word counts as, and which words are denied."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from talkthrough.question_bank.marking.lexicon import lexicon
from talkthrough.question_bank.marking.negation import denied
from talkthrough.question_bank.marking.spelling import Vocabulary, repaired
from talkthrough.question_bank.marking.words import CONFUSED, Token, family, lemma, tokens

SENTENCE_END = re.compile(
    r"[.!?;:](?=\s|$)|[\n\r\u2022\u00b7]+|(?<=\s)[-–—](?=\s)|(?:^|(?<=\s))\d{1,2}[.)](?=\s)|\)|\("
)
NUMBERED = re.compile(r"\s*1\s+\D[^\n]*\s2\s+\D")  # "1 calls 2 shoppers"
NUMBERED_END = re.compile(SENTENCE_END.pattern + r"|(?:^|(?<=\s))\d(?=\s)")
ITEM_END = re.compile(r"[,;/|+&]|\band\b|\bor\b|\bplus\b|\bn\b", re.IGNORECASE)
LIGHT = 0.35
QUOTING = frozenset(
    (
        "say",
        "says",
        "said",
        "reckon",
        "reckons",
        "reckoned",
        "think",
        "thinks",
        "suggest",
        "suggests",
        "suggested",
        "told",
        "wants",
        "wanted",
        "keeps",
        "claims",
        "asked",
    )
)
REJECTION = re.compile(
    r"(?:but )?(?:i|we) (?:(?:told|said|say) (?:(?:to )?(?:her|him|them|it) )?(?:it is |it was |that is )?"
    r"(?:no|not|rubbish)\b|disagree|"
    r"do not agree|did not agree|said no|do not think so|would not|refused|do not believe)"
)
NEGATORS = frozenset(("not", "no", "never", "without", "nobody"))


@dataclass(frozen=True, slots=True)
class Term:
    """One word or set phrase that says something: tokens first..last (last excluded), its family, the ideas it may say.

    `weight` is 1, less for words that say little; `negated` tells whether the text denies it.
    """

    first: int
    last: int
    family: str
    ideas: frozenset[str]
    weight: float
    negated: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """Characters start..end of the text, with its tokens, terms, and the token places where a list item begins."""

    start: int
    end: int
    tokens: tuple[Token, ...]
    terms: tuple[Term, ...]
    item_starts: frozenset[int]


def sentences(text: str, vocabulary: Vocabulary | None = None) -> tuple[Sentence, ...]:
    """The sentences of `text`; unknown words are read as the vocabulary word they misspell."""
    found = []
    for start, end in _pieces(text):
        words = tuple(_read(token, start, vocabulary) for token in tokens(text[start:end]))
        if words:
            found.append(_sentence(text, start, end, words))
    return tuple(
        _denied_by_answer(each)
        if (_asks(text, each) and _says_no(following)) or (_is_quoted(each) and _rejects(following))
        else each
        for each, following in zip(found, [*found, None][1:], strict=True)
    )


def _asks(text: str, sentence: Sentence) -> bool:
    return text[sentence.end : sentence.end + 1] == "?"


def _says_no(following: Sentence | None) -> bool:
    return following is not None and following.tokens[0].word in {"no", "nope", "nah", "never", "not"}


def _is_quoted(sentence: Sentence) -> bool:
    return not QUOTING.isdisjoint(token.word for token in sentence.tokens)


def _rejects(following: Sentence | None) -> bool:
    """Whether the speaker turns down what somebody else was quoted with ("I told her no")."""
    return following is not None and bool(REJECTION.match(" ".join(token.word for token in following.tokens)))


def _denied_by_answer(sentence: Sentence) -> Sentence:
    """A question that is answered with "no" at once denies what it asked."""
    return replace(sentence, terms=tuple(replace(term, negated=True) for term in sentence.terms))


def _pieces(text: str) -> list[tuple[int, int]]:
    start, pieces = 0, []
    ends = NUMBERED_END if NUMBERED.match(text) else SENTENCE_END
    for match in ends.finditer(text):
        pieces.append((start, match.start()))
        start = match.end()
    return [*pieces, (start, len(text))]


def _read(token: Token, shift: int, vocabulary: Vocabulary | None) -> Token:
    word = CONFUSED.get(token.word, token.word)
    if vocabulary is not None:
        word = repaired(word, vocabulary)
    read_family = token.family if word == token.word else family(word)
    return Token(token.start + shift, token.end + shift, word, read_family)


def _sentence(text: str, start: int, end: int, words: tuple[Token, ...]) -> Sentence:
    starts = set()
    commas = set()
    for place in range(1, len(words)):
        between = text[words[place - 1].end : words[place].start]
        joined = words[place - 1].word in {"and", "or", "plus"}
        if joined or ITEM_END.search(between):
            starts.add(place)
        if "," in between:
            commas.add(place)
    phrases = dict(_set_phrases(words))
    own = frozenset(
        place
        for first, (phrase, _) in phrases.items()
        if any(word.word in NEGATORS for word in words[first : first + len(phrase)])
        for place in range(first, first + len(phrase))
    )
    negated = denied(tuple(word.word for word in words), frozenset(commas), own)
    return Sentence(start, end, words, _terms(words, phrases, negated), frozenset(starts))


def _set_phrases(words: tuple[Token, ...]) -> Iterator[tuple[int, tuple[tuple[str, ...], frozenset[str]]]]:
    """Where set phrases begin, with their families and ideas; the longest one at each place."""
    families = tuple(word.family for word in words)
    for place, family_here in enumerate(families):
        for phrase, ideas in lexicon().set_phrases.get(family_here, ()):
            if families[place : place + len(phrase)] == phrase:
                yield place, (phrase, ideas)
                break


def _terms(
    words: tuple[Token, ...], phrases: dict[int, tuple[tuple[str, ...], frozenset[str]]], negated: tuple[bool, ...]
) -> tuple[Term, ...]:
    lexical = lexicon()
    terms = []
    for place, word in enumerate(words):
        if place in phrases:
            phrase, ideas = phrases[place]
            end = place + len(phrase)
            terms.append(Term(place, end, " ".join(phrase), ideas, 1.0, any(negated[place:end])))
        if word.word not in lexical.stop and lemma(word.word) not in lexical.stop:
            weight = LIGHT if word.family in lexical.light else 1.0
            ideas = lexical.ideas.get(word.family, frozenset())
            terms.append(Term(place, place + 1, word.family, ideas, weight, negated[place]))
    return tuple(terms)
