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
    """A heading of a model, the aspects that belong under it, and what to say where nothing does.

    `question` asks for what is missing; an answer to it is about `target`.
    """

    text: str
    aspects: frozenset[Aspect]
    gap: str
    question: str
    target: Aspect


def _prompt(text: str, gap: str, question: str, *aspects: Aspect) -> Prompt:
    return Prompt(text, frozenset(aspects), f"[Not yet said: {gap}]", question, aspects[0])


MODELS: dict[ModelName, tuple[Prompt, ...]] = {
    "What / So what / Now what": (
        _prompt(
            "What happened?",
            "what happened and what I did",
            "What happened, and what did you do?",
            "situation",
            "task",
            "action",
        ),
        _prompt(
            "So what?",
            "why I did it and what came of it",
            "Why did you do it that way, and what came of it?",
            "reason",
            "result",
            "judgement",
            "feeling",
        ),
        _prompt(
            "Now what?",
            "what I learned or would change",
            "What did you learn, and what would you change next time?",
            "learning",
            "plan",
        ),
    ),
    "STAR": (
        _prompt("Situation", "what the situation was", "What was going on at the time?", "situation"),
        _prompt("Task", "what I had to do", "What did you have to do?", "task"),
        _prompt("Action", "what I did", "What did you do, step by step?", "action", "reason", "feeling"),
        _prompt("Result", "what the result was", "What came of it?", "result", "judgement", "learning", "plan"),
    ),
    "Gibbs": (
        _prompt("Description", "what happened", "What happened?", "situation", "task", "action"),
        _prompt("Feelings", "how I felt", "How did you feel at the time?", "feeling"),
        _prompt(
            "Evaluation", "what went well and what did not", "What went well, and what did not?", "judgement", "result"
        ),
        _prompt("Analysis", "why it went that way", "Why do you think it went that way?", "reason"),
        _prompt("Conclusion", "what I learned", "What did you learn from it?", "learning"),
        _prompt("Action plan", "what I plan to do next time", "What do you plan to do next time?", "plan"),
    ),
    "Kolb": (
        _prompt(
            "Experience",
            "what happened and what I did",
            "What happened, and what did you do?",
            "situation",
            "task",
            "action",
        ),
        _prompt("Review", "how it went", "How did it go?", "result", "judgement", "feeling"),
        _prompt(
            "Conclusions",
            "why it went that way and what I learned",
            "Why did it go that way, and what did you learn?",
            "reason",
            "learning",
        ),
        _prompt("Plan", "what I plan to do next time", "What do you plan to do next time?", "plan"),
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


def aspect_asked_for(target: str) -> Aspect | None:
    """What a question that was after `target` asks for; None where it leaves that open."""
    return next((aspect for words, aspect in ASKED_FOR if words in target.lower()), None)


def aspect_of(asked_for: str, signals: Collection[str]) -> Aspect:
    """What a message is about: what the probe before it was after, else what the marker saw, else the situation."""
    seen: Aspect = next((aspect for signal, aspect in SEEN if signal in signals), "situation")
    return aspect_asked_for(asked_for) or seen


def aspects_seen(signals: Collection[str]) -> frozenset[Aspect]:
    """Everything that the marker saw a message speak to."""
    return frozenset(aspect for signal, aspect in SEEN if signal in signals)
