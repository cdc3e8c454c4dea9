"""Which words of connected talk name a listed point.

The marker reads one criterion at a time, and was measured on answers that name things. In a discussion the same words
are read for every criterion of the plan, turn after turn, so that a word said in passing ("how friendly the staff
were") would in time name half of every list. Here the criteria compete for the words, and a word in passing counts
only for the criterion that is asked about. What is not counted is asked about later, or claimed by the learner.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from talkthrough.question_bank.discussion.model import Plan, PlannedCriterion, Turn
from talkthrough.question_bank.discussion.standing import published
from talkthrough.question_bank.discussion.words import stems_of, words_of
from talkthrough.question_bank.items.question import ExpectedPoint
from talkthrough.question_bank.marking.model import Mark, PointMark, PointState, Words
from talkthrough.question_bank.marking.phrasings import meaning_of
from talkthrough.question_bank.marking.words import family

_ASKS_FOR_NAMES = frozenset({"opening", "quantity", "more"})
_ITEM_END = re.compile(r"[,;:.!?/|+&()\n]|\b(?:and|or|plus)\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?\n]")
_LONGEST_ITEM = 5
_SPEAKERS = frozenset({"i", "he", "she", "they", "it", "you"})
_NAMES = 2
_PLAINLY = 0.85
_SURELY = 0.8


@dataclass(frozen=True, slots=True)
class _Claim:
    """A point that the marker is sure about, with the words that show it."""

    criterion: PlannedCriterion
    point: ExpectedPoint
    words: Words
    confidence: float

    @property
    def strength(self) -> tuple[float, int]:
        """How well the words say the point: how surely, then with how many words."""
        return self.confidence, len(words_of(self.words.text))


def without_passing_words(plan: Plan, heard: Mapping[str, Mark], question: Turn | None, text: str) -> dict[str, Mark]:
    """The marks by criterion key, where only words that name a point show it.

    `question`: what was asked; its criterion has the first claim where it asks for names. Words that say a point of
    another criterion better show nothing; a word in passing makes a point unsure.
    """
    claims = tuple(_claims(plan, heard))
    asked = [c for c in claims if question and _is_asked(c, question, text) and not _is_aside(c, claims, text)]
    rest = [c for c in claims if c not in asked]
    lost = {c.point.key for c in rest if any(_takes(c, other, asked) for other in (*asked, *rest))}
    general = stems_of(f"{plan.unit_title} {plan.outcome_text}")
    kept = [*asked, *(c for c in rest if c.point.key not in lost and _is_name(c, text, general))]
    passing = {c.point.key for c in claims if not any(_is_same(c, other) for other in kept)}
    return {
        key: replace(mark, points=tuple(_seen(point, lost, passing) for point in mark.points))
        for key, mark in heard.items()
    }


def _claims(plan: Plan, heard: Mapping[str, Mark]) -> Iterator[_Claim]:
    for criterion in plan.criteria:
        listed = {point.key: point for point in published(criterion)}
        for found in heard[criterion.key].points:
            if found.point_key in listed and found.words and found.is_mentioned:
                yield _Claim(criterion, listed[found.point_key], found.words, found.confidence)


def _is_asked(claim: _Claim, question: Turn, text: str) -> bool:
    """Whether the question is about its criterion: a question that asks for no names hears only the surer ones.

    One word names a point in a sentence only where it is a word of the point as published ("sales", not "man").
    """
    is_sure_enough = question.target in _ASKS_FOR_NAMES or claim.confidence >= _SURELY
    is_word_of_it = len(words_of(claim.words.text)) > 1 or _is_published(claim)
    is_heard = is_sure_enough and (is_word_of_it or _is_item(claim, text))
    return claim.criterion.key in question.criterion_keys and is_heard


def _is_published(claim: _Claim) -> bool:
    """Whether a word that names the point is a word of the point as published."""
    own = {family(word) for word in words_of(claim.point.text)}
    return any(family(word) in own for word in words_of(claim.words.text))


def _is_same(one: _Claim, other: _Claim) -> bool:
    """Whether the same words say the same published thing, which two criteria may both list."""
    return overlap(one.words, other.words) and meaning_of(one.point.text) == meaning_of(other.point.text)


def _takes(claim: _Claim, rival: _Claim, asked: list[_Claim]) -> bool:
    """Whether a different point of another criterion has the better claim to the same words, or as good a one."""
    is_contest = rival.criterion is not claim.criterion and overlap(rival.words, claim.words)
    return is_contest and not _is_same(rival, claim) and (rival in asked or rival.strength >= claim.strength)


def _is_aside(claim: _Claim, claims: tuple[_Claim, ...], text: str) -> bool:
    """Whether it is one word of what is about something else: of a longer phrase or sentence that another criterion
    lists. A short item of a list stands for itself.
    """
    if len(words_of(claim.words.text)) > 1:
        return False
    first, last = _piece(text, claim.words, _SENTENCE_END)
    longer = [c for c in claims if c.criterion is not claim.criterion and len(words_of(c.words.text)) > 1]
    return any(
        overlap(other.words, claim.words) or (first <= other.words.start < last and not _is_item(claim, text))
        for other in longer
        if not _is_same(other, claim)
    )


def _is_name(claim: _Claim, text: str, general: frozenset[str]) -> bool:
    """Whether words that nobody asked for name the point: as a short item, or plainly with two telling words."""
    said = stems_of(claim.words.text)
    own = stems_of(claim.point.text)
    is_whole = len(own) >= _NAMES and own <= said
    is_plain = claim.confidence >= _PLAINLY and (is_whole or len(said - general) >= _NAMES)
    return is_plain or _is_item(claim, text)


def _is_item(claim: _Claim, text: str) -> bool:
    """Whether the words stand in a short item of a list, or in a short sentence. One word must be all of it, or the
    published word that it is about ("Targets come from the office").
    """
    first, last = _piece(text, claim.words, _ITEM_END)
    item = words_of(text[first:last])
    if len(item) > _LONGEST_ITEM or len(words_of(claim.words.text)) > 1:
        return len(item) <= _LONGEST_ITEM
    is_all = _SPEAKERS.isdisjoint(item) and stems_of(text[first:last]) <= stems_of(claim.words.text)
    return is_all or (_is_published(claim) and not stems_of(text[first : claim.words.start]))


def _piece(text: str, words: Words, ends: re.Pattern[str]) -> tuple[int, int]:
    """Where the piece of the text that holds the words begins and stops."""
    found = [match.span() for match in ends.finditer(text)]
    first = max((end for _, end in found if end <= words.start), default=0)
    return first, min((start for start, _ in found if start >= words.end), default=len(text))


def overlap(one: Words, other: Words) -> bool:
    """Whether two pieces of the same text share a character."""
    return one.start < other.end and other.start < one.end


def _seen(point: PointMark, lost: set[str], passing: set[str]) -> PointMark:
    if point.point_key in lost:
        return replace(
            point,
            state=PointState.NOT_MENTIONED,
            band="sure no",
            confidence=0.0,
            words=None,
            rule="the words say another criterion's point",
        )
    if point.point_key in passing:
        return replace(point, state=PointState.PARTIAL, band="unsure", confidence=0.5, rule="a word in passing")
    return point
