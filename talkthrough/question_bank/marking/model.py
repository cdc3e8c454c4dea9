"""What an answer shows: which expected points were mentioned, where in the answer, and how sure. Never a verdict."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

Band = Literal["sure yes", "unsure", "sure no"]


class PointState(StrEnum):
    """Facet states (marking/facts.md section 6; Nielsen 2008 uses expressed, contradicted, unaddressed)."""

    COVERED = "covered"
    PARTIAL = "partial"
    NOT_MENTIONED = "not mentioned"
    CONTRADICTED = "contradicted"


@dataclass(frozen=True, slots=True)
class Words:
    """Characters start..end (end excluded) of the answer, verbatim."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class PointMark:
    """One expected point: state, the learner's own words that show it, 0..1 confidence, and the rule that decided."""

    point_key: str
    state: PointState
    band: Band
    confidence: float
    words: Words | None
    rule: str

    @property
    def is_mentioned(self) -> bool:
        """Whether the marker is sure that the point was mentioned."""
        return self.state is PointState.COVERED and self.band == "sure yes"


@dataclass(frozen=True, slots=True)
class Signals:
    """Language signals that discussions follow. A signal is not achievement (assessment-practice.md section 3.1)."""

    reason: bool = False
    example: bool = False
    strength: bool = False
    weakness: bool = False
    comparison: bool = False
    judgement: bool = False
    steps: bool = False
    own_action: bool = False
    we: bool = False
    real_event: bool = False
    hypothetical: bool = False
    when: bool = False
    result: bool = False
    evidence_named: bool = False
    third_party_name: bool = False
    dont_know: bool = False
    alternative: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """The marker's reading of one answer.

    `mentioned` counts distinct covered points; `needed` is the quantity asked for.
    `others`: sensible things named that are not on the unit's list (kept for the tutor when the list is open).
    `echo`: the words that copy the question or tool text, if any.
    """

    points: tuple[PointMark, ...] = ()
    needed: int | None = None
    others: tuple[Words, ...] = ()
    echo: Words | None = None
    signals: Signals = field(default_factory=Signals)

    @property
    def mentioned(self) -> int:
        """How many distinct points were mentioned for sure."""
        return sum(point.is_mentioned for point in self.points)
