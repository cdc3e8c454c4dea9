"""A sampling list for quality assurers: seeded and stable, by learner, assessor and method (section 1.7, CAMERA)."""

import hashlib
import math
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
    ("one of each learner", lambda entry: entry.learner),
    ("one of each assessor", lambda entry: entry.assessor or "not reviewed yet"),
    ("one of each method", lambda entry: entry.method),
)


def sampling_list(entries: Iterable[Sampleable], *, seed: str, share: float) -> tuple[Sampled, ...]:
    """At least one discussion of every learner, assessor and method, then more up to the share (0..1) of all.

    The order comes from the seed and the discussion's number alone: the same seed gives the same list, and a new
    discussion never reshuffles the others.
    """
    ranked = sorted(entries, key=lambda entry: _rank(seed, entry.discussion))
    chosen: dict[int, Sampled] = {}
    for why, stratum in STRATA:
        for entry in _first_of_each(ranked, stratum, chosen):
            chosen[entry.discussion] = Sampled(entry, why)
    rest = [entry for entry in ranked if entry.discussion not in chosen]
    missing = max(0, math.ceil(share * len(ranked)) - len(chosen))
    chosen |= {entry.discussion: Sampled(entry, "drawn by the seed") for entry in rest[:missing]}
    return tuple(sorted(chosen.values(), key=lambda sampled: sampled.entry.discussion))


def _rank(seed: str, discussion: int) -> str:
    return hashlib.sha256(f"{seed}|{discussion}".encode()).hexdigest()


def _first_of_each(
    ranked: list[Sampleable], stratum: Callable[[Sampleable], str], chosen: dict[int, Sampled]
) -> Iterator[Sampleable]:
    """The first by rank of every value of a stratum that nothing chosen stands for yet."""
    covered = {stratum(sampled.entry) for sampled in chosen.values()}
    for entry in ranked:
        if stratum(entry) not in covered:
            covered.add(stratum(entry))
            yield entry
