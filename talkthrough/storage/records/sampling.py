"""A sampling list for quality assurers: seeded and stable, by assessor, method and learner (section 1.7, CAMERA)."""

import hashlib
import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sampleable:
    """A released discussion as the list sees it. `assessor` None: not reviewed yet."""

    discussion: int
    learner: str
    assessor: str | None
    method: str


@dataclass(frozen=True, slots=True)
class Sampled:
    """A discussion on the list, and why it is there."""

    entry: Sampleable
    why: str


STRATA: tuple[tuple[str, Callable[[Sampleable], str]], ...] = (
    ("one of each assessor", lambda entry: entry.assessor or "not reviewed yet"),
    ("one of each method", lambda entry: entry.method),
)
ANOTHER_LEARNER, MORE = "another learner, drawn by the seed", "drawn by the seed"


def sampling_list(entries: Iterable[Sampleable], *, seed: str, share: float) -> tuple[Sampled, ...]:
    """The share (0..1) of all discussions, rounded up: at least one of every assessor and method, however small it is.

    The rest spreads over as many learners as it can. The order comes from the seed and the discussion's number alone:
    the same seed gives the same list.
    """
    ranked = sorted(entries, key=lambda entry: _rank(seed, entry.discussion))
    chosen: dict[int, Sampled] = {}
    for why, stratum in STRATA:
        for entry in _first_of_each(ranked, stratum, chosen):
            chosen[entry.discussion] = Sampled(entry, why)
    while len(chosen) < math.ceil(share * len(ranked)):
        drawn = _next_drawn(ranked, chosen)
        chosen[drawn.entry.discussion] = drawn
    return tuple(sorted(chosen.values(), key=lambda sampled: sampled.entry.discussion))


def _rank(seed: str, discussion: int) -> str:
    return hashlib.sha256(f"{seed}|{discussion}".encode()).hexdigest()


def _next_drawn(ranked: list[Sampleable], chosen: dict[int, Sampled]) -> Sampled:
    """The first by rank of a learner of whom the fewest are chosen."""
    taken = Counter(sampled.entry.learner for sampled in chosen.values())
    drawn = min((entry for entry in ranked if entry.discussion not in chosen), key=lambda entry: taken[entry.learner])
    return Sampled(drawn, MORE if taken[drawn.learner] else ANOTHER_LEARNER)


def _first_of_each(
    ranked: list[Sampleable], stratum: Callable[[Sampleable], str], chosen: dict[int, Sampled]
) -> Iterator[Sampleable]:
    """The first by rank of every value of a stratum that nothing chosen stands for yet."""
    covered = {stratum(sampled.entry) for sampled in chosen.values()}
    for entry in ranked:
        if stratum(entry) not in covered:
            covered.add(stratum(entry))
            yield entry
