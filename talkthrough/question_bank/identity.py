"""Permanent keys of units and criteria, given at first import and never derived from printed numbers again."""

import hashlib
import re
from dataclasses import replace

from talkthrough.question_bank.specification import AssessmentCriterion, LearningOutcome, Unit


def slug(text: str) -> str:
    """Lower-case words joined by hyphens: "M/506/2898" -> "m-506-2898"."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def unit_key(unit: Unit) -> str:
    """The unit's permanent key: its reference where one is printed, else its number, else its title.

    A draft is kept apart from the published unit by its own reference ("CS 37" against M/506/2898).
    """
    return slug(unit.reference or unit.number or unit.title)


def criterion_key(unit: str, outcome: int, position: int, text: str) -> str:
    """A short stable key from where and how the criterion stood at its first import (positions count from 1)."""
    content = f"{unit}|{outcome}|{position}|{' '.join(text.lower().split())}"
    return hashlib.sha256(content.encode()).hexdigest()[:10]


def with_first_keys(unit: Unit, key: str = "") -> Unit:
    """The unit with the keys that a first import gives; deterministic, so loading a document twice changes nothing.

    `key` is given where another unit of the bank holds the unit's own: a draft and a published unit share nothing.
    """
    key = key or unit_key(unit)
    outcomes = tuple(_keyed_outcome(key, place, outcome) for place, outcome in enumerate(unit.outcomes, start=1))
    return replace(unit, key=key, outcomes=outcomes)


def _keyed_outcome(unit: str, place: int, outcome: LearningOutcome) -> LearningOutcome:
    criteria = tuple(
        _keyed_criterion(unit, place, position, criterion)
        for position, criterion in enumerate(outcome.criteria, start=1)
    )
    return replace(outcome, criteria=criteria)


def _keyed_criterion(unit: str, outcome: int, position: int, criterion: AssessmentCriterion) -> AssessmentCriterion:
    return replace(criterion, key=criterion_key(unit, outcome, position, criterion.text))
