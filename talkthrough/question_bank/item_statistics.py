"""How an item has worked: facility, discrimination, and what each distractor drew.

Classical item analysis on first answers only, because spaced repetition makes later ones easier (Ebel and Frisbie,
Essentials of Educational Measurement, chapter on item analysis). A figure is None where too few people answered.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import StatisticsError, correlation, mean

FEWEST_FOR_DISCRIMINATION = 10


@dataclass(frozen=True, slots=True)
class Attempt:
    """One answer: 0..1, the place of the tapped option, and the person's mean on the unit's other items."""

    person_id: int
    score: float
    option: int | None = None
    elsewhere: float | None = None


@dataclass(frozen=True, slots=True)
class ItemStatistics:
    """`facility`: mean of first answers, 0..1. `discrimination`: -1..1. `pulls`: how often each option was tapped."""

    asked: int
    answered: int
    people: int
    facility: float | None
    discrimination: float | None
    pulls: tuple[int, ...] = ()


def statistics_of(asked: int, attempts: Sequence[Attempt], options: int) -> ItemStatistics:
    """The figures of an item that was asked so many times; `attempts` in the order in which they came in."""
    first = {attempt.person_id: attempt for attempt in reversed(attempts)}
    facility = mean(attempt.score for attempt in first.values()) if first else None
    taps = [attempt.option for attempt in attempts]
    pulls = tuple(taps.count(place) for place in range(options))
    return ItemStatistics(asked, len(attempts), len(first), facility, _discrimination(list(first.values())), pulls)


def _discrimination(first: Sequence[Attempt]) -> float | None:
    """Correlation of the score with the person's other items, the item itself left out."""
    pairs = [(attempt.score, attempt.elsewhere) for attempt in first if attempt.elsewhere is not None]
    if len(pairs) < FEWEST_FOR_DISCRIMINATION:
        return None
    try:
        return correlation([score for score, _ in pairs], [elsewhere for _, elsewhere in pairs])
    except StatisticsError:  # everybody answered alike
        return None
