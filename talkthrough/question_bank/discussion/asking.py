"""How a move is worded: a neutral lead-in, a bridge to what was said before, and a wording that was not used yet."""

import re
from collections.abc import Sequence
from itertools import takewhile

from talkthrough.question_bank.discussion.hearing import quote_of
from talkthrough.question_bank.discussion.model import Move, MoveKind, Turn
from talkthrough.question_bank.discussion.rules import RULES
from talkthrough.question_bank.discussion.situation import Situation
from talkthrough.question_bank.discussion.wording import FINE, NOTED, THANKS, counted_so_far, probes

_MOST_REMINDERS = 2
_MANY_SKIPS = 3
_QUOTE = 'Earlier you said: "{}".'
_QUOTED = re.compile(re.escape(_QUOTE).replace(r"\{\}", "(.+?)"))
_ROLES = 'Please use no names. Say "Customer A" or "my supervisor".'


def ask(s: Situation, kind: MoveKind, key: str, target: str, rule: str = "") -> Move | None:
    """A question after `target` in words that were not used before; None where every wording has been used."""
    rule, wordings = (rule, probes(s.criteria[key], target)) if rule else _rule_and_wordings(s, key, target)
    wording = _unused(s, wordings, s.criteria[key].number)
    if wording is None:
        return None
    return Move(kind, _joined(_lead_in(s, key, target), wording), (key,), rule, RULES[rule], target)


def ask_together(s: Situation, key: str, others: Sequence[str], rule: str) -> Move | None:
    """The opening of a criterion that names what others are about, too; None where nothing can be named."""
    own = s.criteria[key].topic
    topics = {s.criteria[other].topic: other for other in others if s.criteria[other].topic not in {"", own}}
    if not topics:
        return None
    also = f"Please also speak about {', and about '.join(topics)}."
    wording = _unused(s, [f"{opening} {also}" for opening in probes(s.criteria[key], "opening")])
    if wording is None:
        return None
    return Move(
        "open",
        _joined(_lead_in(s, key, "opening"), wording),
        (key, *topics.values()),
        rule,
        RULES[rule],
        "opening",
    )


def _rule_and_wordings(s: Situation, key: str, target: str) -> tuple[str, tuple[str, ...]]:
    criterion = s.criteria[key]
    signals = [found.mark.signals for t in s.transcript for found in t.marks if found.criterion_key == key]
    if target == "own action" and any(signal.we for signal in signals):
        return "own.we", probes(criterion, "we") + probes(criterion, target)
    if target == "real event" and s.is_hypothetical(key):
        return "real.would", probes(criterion, "hypothetical") + probes(criterion, target)
    rules = {
        "quantity": "quantity.short",
        "more": "point.half-said",
        "evidence": "evidence.ask",
        "reflection": "reflection.ask",
    }
    return rules.get(target, "verb.slot"), probes(criterion, target)


def _unused(s: Situation, wordings: Sequence[str], number: str = "") -> str | None:
    """The first wording not used yet; with a criterion's number, else the first that can be put "About 1.2: ..."."""
    said = "\n".join(turn.text for turn in s.tool_turns)
    named = tuple(f"About {number}: {wording[0].lower()}{wording[1:]}" for wording in wordings) if number else ()
    return next((wording for wording in (*wordings, *named) if wording not in said), None)


def ask_again(s: Situation, rule: str, lead: str, *, in_same_words: bool = False) -> Move | None:
    """The waiting question in other words. `in_same_words`: where there are none, the old ones, for who comes back."""
    if not s.question:
        return None
    key = next(iter(s.question.criterion_keys), "")
    target = s.question.target
    wordings = _rule_and_wordings(s, key, target)[1] if key else probes(s.plan.criteria[0], target)
    wording = _unused(s, wordings, s.criteria[key].number if key and in_same_words else "")
    if wording is None:
        return None
    text = _joined(lead, _roles_reminder(s), _object(s, key, target), wording)
    return Move("ask again", text, s.question.criterion_keys, rule, RULES[rule], target)


def _object(s: Situation, key: str, target: str) -> str:
    """What "it" and "this" stand for in a probe that is put again: the topic, else the learner's own words."""
    if not key or target in {"opening", "anything to add"}:
        return ""
    if topic := s.criteria[key].topic:
        return f"This is about {topic}."
    quote = quote_of(s.plan, s.criteria[key], s.transcript)
    return _QUOTE.format(quote) if quote else ""


def about_question(s: Situation, kind: MoveKind, text: str, rule: str) -> Move:
    keys = s.question.criterion_keys if s.question else ()
    return Move(kind, text, keys, rule, RULES[rule], s.question.target if s.question else "")


def plain_move(kind: MoveKind, text: str, rule: str) -> Move:
    return Move(kind, text, (), rule, RULES[rule])


def _lead_in(s: Situation, key: str, target: str) -> str:
    """A neutral thank-you, a reminder about names, and a bridge to words that were said before."""
    return _joined(_thanks(s), _roles_reminder(s), _bridge(s, key, target))


def _thanks(s: Situation) -> str:
    if s.last is None or not s.exchanges:
        return ""
    if s.last.wish != "answer":
        return _after_a_wish(s)
    if any(found.mark.signals.dont_know for found in s.last.marks):
        return "That is all right."
    if s.exchanges[-1].is_empty:
        return FINE[len(s.exchanges) % len(FINE)]
    return THANKS[len(s.exchanges) % len(THANKS)]


def _after_a_wish(s: Situation) -> str:
    """Skipping is fine; after every third skip in a row the tool says that stopping is fine, too."""
    if s.last is not None and s.last.wish == "said already":
        return NOTED
    wishes = [turn.wish for turn in reversed(s.transcript) if turn.speaker == "learner"]
    skips = len(list(takewhile(lambda wish: wish == "skip", wishes)))
    if skips and skips % _MANY_SKIPS == 0:
        return "That is fine. You can also say stop."
    return FINE[len(s.exchanges) % len(FINE)]


def _roles_reminder(s: Situation) -> str:
    named = [turn for turn in s.transcript if turn.speaker == "learner" and _has_name(turn)]
    is_new = s.last is not None and _has_name(s.last) and s.last.speaker == "learner"
    return _ROLES if is_new and len(named) <= _MOST_REMINDERS else ""


def _has_name(turn: Turn) -> bool:
    """Only names that are surely of people: two capital letters may be a law or a product."""
    return "name" in turn.flags


def _bridge(s: Situation, key: str, target: str) -> str:
    is_same = s.question is not None and s.question.criterion_keys[:1] == (key,)
    if target == "quantity" and is_same:
        return counted_so_far(s.standings[key].quantity_mentioned, s.plan.mode)
    if is_same or not s.is_touched(key):
        return ""
    if target in {"evidence", "reflection"}:
        return "Think of all that you have told me." if target == "evidence" else ""
    quote = quote_of(s.plan, s.criteria[key], s.transcript)
    return _QUOTE.format(quote) if quote else f"Back to {s.criteria[key].number}, which you spoke about."


def quoted_in(text: str) -> tuple[str, ...]:
    """The learner's words that a tool turn quotes."""
    return tuple(_QUOTED.findall(text))


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)
