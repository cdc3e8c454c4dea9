"""How questions name things to a learner on a phone: short labels, number words, quotations, gaps."""

import re
from hashlib import sha256
from typing import TypeVar

from talkthrough.question_bank.specification import AssessmentCriterion, GuidanceItem

T = TypeVar("T")

QUOTE_LIMIT = 180
STEM_LIMIT, OPTION_LIMIT, FEEDBACK_LIMIT = 300, 100, 200  # a quiz poll's limits (Bot API: sendPoll)

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def number_word(number: int) -> str:
    """3 -> "three"; numbers over twelve stay figures."""
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def label(criterion: AssessmentCriterion) -> str:
    """What a learner finds in the document: "AC 1.2", "P3", "AC 3.6 (printed as 1.6)"."""
    name = f"AC {criterion.number}" if re.fullmatch(r"\d+(\.\d+)+", criterion.number) else criterion.number
    printed = criterion.printed_number
    return f"{name} (printed as {printed})" if printed and printed != criterion.number else name


def quoted(criterion: AssessmentCriterion) -> str:
    """The criterion as published, after its label: 'AC 1.3: “explain the strategies ...”' (never reworded;
    a very long one ends in "…").
    """
    text = criterion.text.strip().rstrip(".: ")
    if criterion.sub_points:
        text = f"{text}: {', '.join(tidy(point) for point in criterion.sub_points)}"
    return f"{label(criterion)}: “{clipped(text)}”"


def clipped(text: str) -> str:
    """A long text up to a whole word, then "…": so that something fits beside it on a phone."""
    return text if len(text) <= QUOTE_LIMIT else f"{text[:QUOTE_LIMIT].rsplit(' ', 1)[0]} …"


def shown(item: GuidanceItem) -> str:
    """A listed point as an option shows it: "staff (rotas, schedules, workloads)"."""
    if not item.children:
        return tidy(item.text)
    head = re.split(r"\s*[-–:(]\s*", item.text, maxsplit=1)[0]
    return f"{head} ({', '.join(item.children)})"


def tidy(text: str) -> str:
    """Without a list's closing mark."""
    return text.strip().rstrip(".;,*").strip()


def lead(text: str) -> str:
    """A heading as it is quoted: "Wants:" -> "Wants"."""
    return text.strip().strip("*").strip().rstrip(":").strip()


def gapped(text: str, items: tuple[str, ...]) -> str | None:
    """The text with the stretch that holds all items replaced by "…", or None where the text does not hold them."""
    places = [(at, at + len(item)) for item in items if (at := text.lower().find(item.lower())) >= 0]
    if len(places) < len(items) or not items:
        return None
    start, end = min(place[0] for place in places), max(place[1] for place in places)
    return " ".join(f"{text[:start]}…{text[end:]}".split()).replace("(…)", "…").rstrip(".")


def sentences(*parts: str, limit: int = FEEDBACK_LIMIT) -> str:
    """As many of the sentences as fit, in order; the first is always kept."""
    kept = parts[0]
    for part in parts[1:]:
        if part and len(kept) + 1 + len(part) <= limit:
            kept = f"{kept} {part}"
    return kept


def draw(key: str, count: int) -> int:
    """A number below `count` that depends on the key alone: the same for every learner and every run."""
    return int.from_bytes(sha256(key.encode()).digest()[:8]) % count


def shuffled(key: str, things: tuple[T, ...]) -> tuple[T, ...]:
    """The things in an order that depends on the key alone."""
    order = sorted(range(len(things)), key=lambda place: sha256(f"{key}|{place}".encode()).digest())
    return tuple(things[place] for place in order)
