"""From a match score to how sure we are: measured coefficients, kept as data."""

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from talkthrough.question_bank.marking.model import Band

ROUNDS = 60


@dataclass(frozen=True, slots=True)
class Calibration:
    """confidence = 1 / (1 + exp(-(slope * score + intercept))).

    Points that nobody has written phrasings for have a curve of their own (`unwritten_...`). The marker is sure at or
    above `sure_yes`, and at or below `sure_no`.

    `fitted_on` says which labelled answers the numbers come from.
    """

    slope: float
    intercept: float
    unwritten_slope: float
    unwritten_intercept: float
    sure_yes: float
    sure_no: float
    fitted_on: str = ""

    def confidence(self, score: float, *, is_written: bool) -> float:
        """The estimated chance (0..1) that the point was mentioned."""
        if is_written:
            return _logistic(self.slope * score + self.intercept)
        return _logistic(self.unwritten_slope * score + self.unwritten_intercept)

    def band(self, confidence: float) -> Band:
        """Which of the three bands a confidence falls into."""
        return "sure yes" if confidence >= self.sure_yes else "sure no" if confidence <= self.sure_no else "unsure"


@lru_cache(maxsize=1)
def default_calibration() -> Calibration:
    """The shipped calibration (`bench_marking` prints what it is worth)."""
    text = resources.files("talkthrough.question_bank.marking").joinpath("data", "calibration.json").read_text("utf-8")
    return Calibration(**json.loads(text))


def fitted_curve(scored: Iterable[tuple[float, bool]]) -> tuple[float, float]:
    """(slope, intercept) by logistic regression on (score, was mentioned) pairs (Platt 1999, his smoothed targets)."""
    pairs = list(scored)
    positives = sum(mentioned for _, mentioned in pairs)
    high = (positives + 1) / (positives + 2)
    low = 1 / (len(pairs) - positives + 2)
    slope, intercept = 1.0, 0.0
    for _ in range(ROUNDS):
        slope, intercept = _newton_step(pairs, slope, intercept, high, low)
    return round(slope, 4), round(intercept, 4)


def _logistic(value: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, value))))


def _newton_step(
    pairs: list[tuple[float, bool]], slope: float, intercept: float, high: float, low: float
) -> tuple[float, float]:
    ridge = 1e-3
    g0, g1, h00, h01, h11 = 0.0, ridge * slope, ridge, 0.0, ridge
    for score, mentioned in pairs:
        p = _logistic(slope * score + intercept)
        error, spread = p - (high if mentioned else low), p * (1 - p)
        g0, g1 = g0 + error, g1 + error * score
        h00, h01, h11 = h00 + spread, h01 + spread * score, h11 + spread * score * score
    determinant = h00 * h11 - h01 * h01
    return slope - (h00 * g1 - h01 * g0) / determinant, intercept - (h11 * g0 - h01 * g1) / determinant
