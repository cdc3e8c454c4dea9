"""Enumerations inside the wording of a criterion: "specify targets, objectives, ... and monitoring arrangements".

The second legitimate source of lists (assessment-practice.md section 7, 1b). Cautious: what is not plainly a list of
three or more things of one kind gives none.
"""

import re
from functools import cache

from talkthrough.question_bank.command_verbs import rubric

FEWEST, PAIR, LONGEST = 3, 2, 5  # things; and words of a thing, as against a clause
_COMMON = "a an the their his her its any by for from in into of on to with within between against at about"
_OPENERS = frozenset((*_COMMON.split(), "that", "understand", "specifies", "who", "which", "be", "is", "are"))
_CLOSERS = re.compile(r" (?:in|to|for|that|within|from|at|with|against|on|by|when|who|which|using)\b.*$")
_CLAUSE = frozenset(("how", "what", "why", "when", "where", "which", "who", "that", "if"))


def enumerated(text: str) -> tuple[str, ...]:
    """The things enumerated, worded as printed; () where the text holds no plain list of three or more."""
    *first, last = re.split(r", (?=[\w(])", text.strip().rstrip("."))
    first = _after_turn(first)
    if not first or " and " not in last or _is_told_of_somebody(text, first):
        return ()
    head, tail = _both_ends(last, first)
    items = (*_opening(first[0]), *(part.removesuffix(",") for part in first[1:]), *head, *tail)
    return items if len(items) >= FEWEST and all(_is_thing(item) for item in items) else ()


def _both_ends(last: str, first: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The last two things: "standards and procedures to staff" -> ("standards",), ("procedures",)."""
    head, tail = last.split(" and ", 1)
    tail = _CLOSERS.sub("", tail)
    if " of " in tail and not any(" of " in part for part in [*first[1:], head]):
        tail = tail.split(" of ")[0]
    if head.endswith("ing") and " " not in head and " " in tail:  # "monitoring and review arrangements" is one thing
        return (f"{head} and {tail}",), ()
    qualities = [first[0].split()[-1], *first[1:], head]
    if len(tail.split()) == PAIR and all(" " not in one and not one.endswith("s") for one in qualities):
        tail = tail.split()[0]  # "specific, measurable and realistic targets": three qualities of one thing
    return (head,), (tail,)


def _after_turn(first: list[str]) -> list[str]:
    """What follows the last new start: "two metals, with reference to strength, hardness" -> strength, hardness."""
    turns = [place for place, part in enumerate(first) if place and part.split()[0].lower() in _OPENERS]
    return first[turns[-1] :] if turns else first


def _is_told_of_somebody(text: str, first: list[str]) -> bool:
    """As in "takes ownership of work, shows respect, ...": clauses about a person, as behaviours are worded."""
    heads = [part.split()[0] for part in (text, *first[1:]) if " " in part]
    return len(heads) > 1 and all(re.fullmatch(r"[A-Za-z]+[^s]s", head) for head in heads)


def _opening(chunk: str) -> tuple[str, ...]:
    """The first thing, after what leads up to it: "communicate to staff their roles" -> ("roles",)."""
    parts = chunk.split()
    starts = [
        place + 1
        for place, word in enumerate(parts)
        if word.lower() in _OPENERS and (place == 0 or parts[place - 1] != "up")  # "up to date" is one thing
    ]
    start = max(starts, default=1 if parts[0].lower() in _verb_words() else 0)
    thing = " ".join(parts[start:])
    sides = thing.split(" and ")
    return tuple(sides) if len(sides) == PAIR and all(" " in side for side in sides) else (thing,)


def _is_thing(item: str) -> bool:
    parts = item.lower().split()
    return 0 < len(parts) <= LONGEST and parts[0] not in _verb_words() | _CLAUSE


@cache
def _verb_words() -> frozenset[str]:
    return frozenset(name.split()[0] for name in rubric()) - {"plan", "use"}
