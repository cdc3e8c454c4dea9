"""Marking: which expected points a free answer mentions, where, and how sure."""

from talkthrough.question_bank.marking.calibration import Calibration, default_calibration
from talkthrough.question_bank.marking.marker import mark
from talkthrough.question_bank.marking.phrasings import Phrasings, PointPhrasings, phrasings_for
from talkthrough.question_bank.marking.signals import signals

__all__ = [
    "Calibration",
    "Phrasings",
    "PointPhrasings",
    "default_calibration",
    "mark",
    "phrasings_for",
    "signals",
]
