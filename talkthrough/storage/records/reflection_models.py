"""The models of reflection that a learner can choose (assessment-practice.md section 2.2), and what goes where.

A whole message is placed by what the tool asked for before it, or else by what the marker saw in it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

ModelName = Literal["What / So what / Now what", "STAR", "Gibbs", "Kolb"]
Aspect = Literal["situation", "task", "action", "feeling", "reason", "result", "judgement", "learning", "plan"]


@dataclass(frozen=True, slots=True)
class Prompt:
    """A heading of a model, the aspects that belong under it, and what to say where nothing does."""

    text: str
    aspects: frozenset[Aspect]
    gap: str


def _prompt(text: str, gap: str, *aspects: Aspect) -> Prompt:
    return Prompt(text, frozenset(aspects), f"[Not yet said: {gap}]")


MODELS: dict[ModelName, tuple[Prompt, ...]] = {
    "What / So what / Now what": (
        _prompt("What happened?", "what happened and what I did", "situation", "task", "action"),
        _prompt("So what?", "why I did it and what came of it", "reason", "result", "judgement", "feeling"),
        _prompt("Now what?", "what I learned or would change", "learning", "plan"),
    ),
    "STAR": (
        _prompt("Situation", "what the situation was", "situation"),
        _prompt("Task", "what I had to do", "task"),
        _prompt("Action", "what I did", "action", "reason", "feeling"),
        _prompt("Result", "what the result was", "result", "judgement", "learning", "plan"),
    ),
    "Gibbs": (
        _prompt("Description", "what happened", "situation", "task", "action"),
        _prompt("Feelings", "how I felt", "feeling"),
        _prompt("Evaluation", "what went well and what did not", "judgement", "result"),
        _prompt("Analysis", "why it went that way", "reason"),
        _prompt("Conclusion", "what I learned", "learning"),
        _prompt("Action plan", "what I plan to do next time", "plan"),
    ),
    "Kolb": (
        _prompt("Experience", "what happened and what I did", "situation", "task", "action"),
        _prompt("Review", "how it went", "result", "judgement", "feeling"),
        _prompt("Conclusions", "why it went that way and what I learned", "reason", "learning"),
        _prompt("Plan", "what I plan to do next time", "plan"),
    ),
}

ASKED_FOR: tuple[tuple[str, Aspect], ...] = (
    ("next time", "plan"),
    ("plan", "plan"),
    ("change", "plan"),
    ("reflect", "learning"),
    ("learn", "learning"),
    ("feel", "feeling"),
    ("result", "result"),
    ("outcome", "result"),
    ("reason", "reason"),
    ("because", "reason"),
    ("why", "reason"),
    ("importance", "reason"),
    ("judge", "judgement"),
    ("strength", "judgement"),
    ("limit", "judgement"),
    ("weak", "judgement"),
    ("compar", "judgement"),
    ("suitab", "judgement"),
    ("task", "task"),
    ("action", "action"),
    ("step", "action"),
    ("evidence", "action"),
    ("event", "situation"),
    ("example", "situation"),
    ("when", "situation"),
    ("situation", "situation"),
)
SEEN: tuple[tuple[str, Aspect], ...] = (
    ("result", "result"),
    ("judgement", "judgement"),
    ("strength", "judgement"),
    ("weakness", "judgement"),
    ("reason", "reason"),
    ("own_action", "action"),
    ("steps", "action"),
)


def aspect_of(asked_for: str, signals: Collection[str]) -> Aspect:
    """What a message is about: what the probe before it was after, else what the marker saw, else the situation."""
    asked = [aspect for words, aspect in ASKED_FOR if words in asked_for.lower()]
    seen = [aspect for signal, aspect in SEEN if signal in signals]
    return next(iter([*asked, *seen]), "situation")


def aspects_seen(signals: Collection[str]) -> frozenset[Aspect]:
    """Everything that the marker saw a message speak to."""
    return frozenset(aspect for signal, aspect in SEEN if signal in signals)
