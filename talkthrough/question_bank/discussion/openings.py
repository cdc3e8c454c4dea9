"""Open questions in ordinary workplace words: written by hand for known criteria, built for all others."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType

from talkthrough.question_bank.command_verbs import verb_at_start
from talkthrough.question_bank.specification import AssessmentCriterion, LearningOutcome

_PREAMBLE = re.compile(
    r"^(?:(?:the|a)\s+)?(?:importance|value|role|use|range|basis|suitability|effectiveness|advantages\s+and\s+disadvantages"
    r"|different\s+ways?|ways?)\s+(?:for|of|in\s+which)\s+"
)
_LONGEST_TOPIC = 110


def wording_key(text: str) -> str:
    """The wording of a criterion without case, punctuation and spacing: what hand-written openings are found by."""
    return " ".join(re.findall(r"[a-z0-9]+", text.lower().replace("’", "").replace("'", "").replace("‘", "")))


@cache
def _written() -> Mapping[str, object]:
    source = resources.files("talkthrough.question_bank").joinpath("data/openings.toml")
    return MappingProxyType(tomllib.loads(source.read_text(encoding="utf-8")))


@cache
def written_openings() -> Mapping[str, tuple[str, ...]]:
    """Hand-written openings by wording key."""
    table = _written()["openings"]
    assert isinstance(table, dict)
    return MappingProxyType({wording_key(text): tuple(ways) for text, ways in table.items()})


@cache
def written_clusters() -> tuple[frozenset[str], ...]:
    """Wording keys of criteria that assessors discuss together (assessment-practice.md section 1.3)."""
    table = _written()["clusters"]
    assert isinstance(table, dict)
    return tuple(frozenset(map(wording_key, texts)) for texts in table["together"])


def openings_for(criterion: AssessmentCriterion, outcome: LearningOutcome) -> tuple[str, ...]:
    """At least two ways to open a criterion, the first one asked first; none contains a listed answer."""
    return written_openings().get(wording_key(criterion.text)) or _built(criterion, outcome)


def topic_of(criterion: AssessmentCriterion, outcome: LearningOutcome) -> str:
    """What a question on the criterion is about, as a phrase: "when you had to ..." for what people do."""
    is_doing = criterion.kind == "competence-doing"
    return f"a time when you had to {_task(criterion, outcome)}" if is_doing else _topic(criterion, outcome)


def _built(criterion: AssessmentCriterion, outcome: LearningOutcome) -> tuple[str, ...]:
    if criterion.kind == "competence-doing":
        task = _task(criterion, outcome)
        return (
            f"Tell me about a recent time when you had to {task}.",
            f"Think of one day at work when you had to {task}. What was going on?",
            f"When did you last {task}? Start at the beginning.",
        )
    topic = _topic(criterion, outcome)
    about = "" if topic.startswith("how ") else "about "
    return (
        f"Talk me through {topic}. Start with what you see at work.",
        f"Imagine that somebody new asks you {about}{topic}. What would you tell them?",
        f"What do you know {about}{topic}?",
    )


def _task(criterion: AssessmentCriterion, outcome: LearningOutcome) -> str:
    """The criterion as something to do; the outcome's words where the criterion prints a list of answers."""
    text = _short(criterion)
    if not text:
        text = re.sub(r"^(?:be\s+able\s+to|know\s+how\s+to|understand\s+how\s+to)\s+", "", _plain(outcome.text))
    return _as_yours(text)


def _topic(criterion: AssessmentCriterion, outcome: LearningOutcome) -> str:
    """What a thinking criterion is about: its wording after the command verb."""
    text = _short(criterion) or re.sub(r"^(?:understand|know|be\s+able\s+to)\s+", "", _plain(outcome.text))
    verb = verb_at_start(text)
    topic = text.removeprefix(verb).strip() if not verb.startswith("explain how") else text.removeprefix("explain ")
    return _as_yours(_PREAMBLE.sub("", _PREAMBLE.sub("", topic)))


def _short(criterion: AssessmentCriterion) -> str:
    """The wording as one short phrase; empty where it prints a list of answers or cannot be cut short."""
    if len(criterion.inline_items) > 1 or len(criterion.sub_points) > 1:
        return ""
    text = _plain(criterion.text)
    return text if len(text) <= _LONGEST_TOPIC else _first_part(text)


def _first_part(text: str) -> str:
    first = text.split(",", maxsplit=1)[0]
    return first if len(first) <= _LONGEST_TOPIC and len(first.split()) > 3 else ""  # noqa: PLR2004


def _plain(text: str) -> str:
    """One lower-case phrase: no bracketed range, no list after a colon, no closing stop."""
    text = re.sub(r"\s*\([^)]*\)", "", text).split(":")[0]
    text = " ".join(text.replace("“", "").replace("”", "").replace('"', "").split()).rstrip(" .;,?")
    return text[:1].lower() + text[1:]


def _as_yours(text: str) -> str:
    return re.sub(r"\b(?:their|his or her)(?=\s+(?:own|responsibilit))", "your", text)
