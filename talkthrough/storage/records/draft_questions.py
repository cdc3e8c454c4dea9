"""What a draft does not say yet, and what it asks the learner about their words. It asks and never edits (rule D5)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from talkthrough.storage.records.account_messages import HYPOTHETICAL, flags_of, happened_answers
from talkthrough.storage.records.model import DraftCheck, DraftEvent, LeftOut, LoggedTurn, ReflectiveDraft
from talkthrough.storage.records.reflection_models import MODELS, ModelName
from talkthrough.storage.records.told_events import EVENT, HAPPENED, LOOKING_AHEAD, REPLACES, ToldEvent

DATE_GAP = "[Not yet said: when this happened]"
DATE_QUESTION = "When did this happen?"
NO_RESULT = "I can see no result. What came of it?"
NAME_QUESTION = "I can see a name. Change it to a role?"
WOULD_QUESTION = 'You wrote "would". Did this happen, and when?'
MIGHT_QUESTION = "This may be about what could happen. Did it happen?"
WHETHER = (WOULD_QUESTION, MIGHT_QUESTION)  # the checks that a yes or no answers
WOULD_SIGNS = frozenset({"hypothetical", "would"})
NAME_SIGNS = frozenset({"third_party_name", "name"})
WOULD = re.compile(r"\bwould\b", re.IGNORECASE)
WE = re.compile(r"\b(?:we|us|our|ours)\b", re.IGNORECASE)


# --- checks ---------------------------------------------------------------------------------------------------------


def checks_of(
    turns: Sequence[LoggedTurn], told: Sequence[ToldEvent], events: Sequence[DraftEvent], out: Sequence[LeftOut]
) -> Iterator[DraftCheck]:
    """What to ask about single messages, in their order, then about events that show no result.

    Messages that were left out as hypothetical are asked about too: they may tell of something that happened.
    """
    number_of = {said.turn.number: event.number for event, one in zip(events, told, strict=True) for said in one.said}
    hypothetical = {entry.turn for entry in out if entry.reason == HYPOTHETICAL}
    answered = happened_answers(turns)
    for turn in turns:
        if turn.number in number_of or turn.number in hypothetical:
            for question in _questions_about(turn, is_kept=turn.number in number_of):
                if question not in WHETHER or turn.number not in answered:
                    yield DraftCheck(turn.number, question, number_of.get(turn.number))
    yield from (
        DraftCheck(None, NO_RESULT, event.number)
        for event, one in zip(events, told, strict=True)
        if _lacks_result(event, one)
    )


def _questions_about(turn: LoggedTurn, *, is_kept: bool) -> Iterator[str]:
    seen, text = {*turn.signals, *flags_of(turn)}, turn.text or ""
    if is_kept and "we" in seen and ("own_action" not in seen or "we" in flags_of(turn)):
        yield _we_question(text)
    if is_kept and seen & NAME_SIGNS:
        yield NAME_QUESTION
    if seen & WOULD_SIGNS and not LOOKING_AHEAD.search(text):
        yield WOULD_QUESTION if WOULD.search(text) else MIGHT_QUESTION


def _we_question(text: str) -> str:
    """Names only a word that stands in the message."""
    word = WE.search(text)
    said = f'You wrote "{word.group().lower()}".' if word else "This may be about more people than you."
    return f"{said} What did you do?"


def _lacks_result(event: DraftEvent, told: ToldEvent) -> bool:
    """Whether nothing says what came of it, and its prompt has neither a message nor a gap that asks for it already."""
    is_shown = any(part.messages or part.gap for part in event.parts if "result" in _aspects_under(part.prompt))
    return not is_shown and not any(said.aspect == "result" or "result" in said.turn.signals for said in told.said)


def _aspects_under(prompt: str) -> frozenset[str]:
    """What belongs under a prompt of any model."""
    found = (known.aspects for prompts in MODELS.values() for known in prompts if known.text == prompt)
    return frozenset(aspect for aspects in found for aspect in aspects)


# --- what can be answered in the chat -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Gap:
    """What a draft does not say yet, or says in a way to ask about, and how to ask for it.

    `turn` is the message that names the event which the answer belongs to, or the message that the question is about;
    `flag` says what the answer is to it: EVENT, REPLACES or HAPPENED.
    `number` is the event's in the draft, None for a message that the draft left out.
    """

    text: str
    question: str
    target: str
    turn: int
    number: int | None
    turns: tuple[int, ...]
    flag: str = EVENT

    @property
    def is_new_version(self) -> bool:
        """Whether the answer replaces the message."""
        return self.flag == REPLACES

    @property
    def asks_whether(self) -> bool:
        """Whether a yes or no is an answer."""
        return self.flag == HAPPENED

    @property
    def flags(self) -> tuple[str, ...]:
        """The flags that the answer carries in its chain."""
        return (f"{self.flag}:{self.turn}",)


def gaps_of(draft: ReflectiveDraft) -> tuple[Gap, ...]:
    """The gaps of a draft in the order in which they are printed."""
    return tuple(gap for event in draft.events for gap in _gaps(event, draft.model))


def _gaps(event: DraftEvent, model: str) -> Iterator[Gap]:
    prompts = {prompt.text: prompt for prompt in MODELS[cast("ModelName", model)]}
    turns = event.turns
    if event.gap:
        yield Gap(event.gap, DATE_QUESTION, "when", turns[0], event.number, turns)
    for part in event.parts:
        if part.gap:
            prompt = prompts[part.prompt]
            yield Gap(part.gap, prompt.question, prompt.target, turns[0], event.number, turns)


def questions_of(draft: ReflectiveDraft) -> tuple[Gap, ...]:
    """The checks as questions that can be answered: with yes or no, the message said anew, or the result."""
    turns = {event.number: event.turns for event in draft.events}
    return tuple(_question(check, turns.get(check.event or 0, ())) for check in draft.checks)


def _question(check: DraftCheck, turns: tuple[int, ...]) -> Gap:
    if check.turn is None:
        return Gap(check.question, check.question, "result", turns[0], check.event, turns)
    flag = HAPPENED if check.question in WHETHER else REPLACES
    return Gap(check.question, check.question, "", check.turn, check.event, (check.turn,), flag)
