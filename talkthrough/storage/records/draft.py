"""The reflective-account draft: the learner's own messages, whole, ordered by event (assessment-practice.md D1-D14)."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import cast

from talkthrough.errors import UserError
from talkthrough.storage.records.event_dates import StatedDate, stated_date
from talkthrough.storage.records.model import (
    DiscussionLog,
    DraftCheck,
    DraftEvent,
    DraftMessage,
    DraftPart,
    LeftOut,
    LoggedTurn,
    ReflectiveDraft,
)
from talkthrough.storage.records.reflection_models import MODELS, Aspect, ModelName, Prompt, aspect_of, aspects_seen

DATE_GAP = "[Not yet said: when this happened]"
DATE_QUESTION = "When did this happen?"
EVENT = "event:"  # a flag of an answer to a gap: the day of the event that was asked about, or "none"
NO_EVENT = f"{EVENT}none"
NO_DATE = date.max
WOULD = frozenset({"hypothetical", "would"})
OPINIONS = ("judge", "suitab", "reflect")
LOOKING_AHEAD = re.compile(r"\b(?:next time|in future|in the future|from now on)\b", re.IGNORECASE)
NO_RESULT = "I can see no result. What came of it?"
RESULT_QUESTIONS = {prompt.question for prompts in MODELS.values() for prompt in prompts if prompt.target == "result"}
WOULD_WORD = re.compile(r"\bwould\b|['\u2019]d\b", re.IGNORECASE)
WOULD_QUESTION = 'You wrote "would". Did this happen, and when?'
MIGHT_QUESTION = "Did this really happen, and when?"
CHECKS = (
    (frozenset({"we"}), 'You wrote "we". What did you do?'),
    (frozenset({"third_party_name", "name"}), "I can see a name. Change it to a role?"),
)


class NothingToDraftError(UserError):
    """There is no message that a draft could hold; the message says what to do."""


@dataclass(frozen=True, slots=True)
class _Said:
    """An eligible message, what it is about, and the date of its event."""

    turn: LoggedTurn
    aspect: Aspect
    stated: StatedDate | None

    @property
    def day(self) -> date:
        return self.stated.day if self.stated else NO_DATE


def reflective_draft(
    log: DiscussionLog,
    model: ModelName = "What / So what / Now what",
    struck_out: Collection[int] = (),
    *,
    confirmed: str | None = None,
) -> ReflectiveDraft:
    """A draft of every eligible learner message of a discussion, each once, under the prompts of the chosen model.

    `struck_out`: turn numbers that the learner takes out. `confirmed`: how and when the learner confirmed this draft.
    NothingToDraftError where no message is left. Titled "Discussion practice notes" where the outcome does not list
    reflective accounts (D10).
    """
    left_out = _left_out(log, struck_out)
    said = _said(log, {entry.turn for entry in left_out})
    if not said:
        raise NothingToDraftError(
            "There is nothing to put in a draft yet. Hold a discussion about something you did, then try again."
        )
    events = tuple(_events(said, MODELS[model]))
    checks = tuple(_checks(log, said, left_out))
    return ReflectiveDraft(
        discussion=log.discussion,
        title="Reflective account - draft" if log.is_reflective_account_listed else "Discussion practice notes",
        model=model,
        cover=log.cover,
        criteria=log.criteria,
        events=events,
        checks=checks,
        left_out=left_out,
        evidence=log.evidence,
        disclosure=log.disclosure,
        learner_words=sum(len((entry.turn.text or "").split()) for entry in said),
        tool_words=_tool_words(events, checks),
        confirmed=confirmed,
        export=log.export,
        head=log.integrity.head,
        key_id=log.integrity.key_id,
    )


# --- which messages -------------------------------------------------------------------------------------------------


def _left_out(log: DiscussionLog, struck_out: Collection[int]) -> tuple[LeftOut, ...]:
    entries, before = [], None
    known = {**_edited(log.turns), **dict.fromkeys(struck_out, "struck out by the learner")}
    for turn in log.turns:
        if turn.speaker == "learner":
            reason = known.get(turn.number) or why_left_out(turn, before)
            entries += [LeftOut(turn.number, reason)] if reason else []
        else:
            before = turn
    return tuple(entries)


def _edited(turns: Sequence[LoggedTurn]) -> dict[int, str]:
    """Turns that a later one replaces (flag "replaces:7"); they stay in the transcript."""
    flags = ((turn.number, flag.partition(":")) for turn in turns for flag in _flags(turn))
    return {
        int(old): f"edited by the learner, see turn {number}"
        for number, (name, _, old) in flags
        if name == "replaces" and old.isdecimal()
    }


def why_left_out(turn: LoggedTurn, before: LoggedTurn | None) -> str | None:
    """Why a learner turn is no part of an account; None where it is. `before` is the last thing the tool said."""
    if turn.text is None or turn.facts is None:
        return "not part of this file"
    asked = (before.facts or {}).get("kind") if before else None
    reasons = (
        (not turn.text.strip(), "a voice message without typed words" if "voice" in _flags(turn) else "no words"),
        (turn.facts["wish"] != "answer", f"asked the tool: {turn.facts['wish']}"),
        ("quiz" in _flags(turn), "a quiz answer"),
        (asked in ("plan", "recap"), f"an answer to the {asked}"),
        ("dont_know" in turn.signals and not turn.references, "says that this is not known yet"),
        (_is_hypothetical(turn, before), "speaks of what might be done, not of what was done"),
    )
    return next((reason for applies, reason in reasons if applies), None)


def _is_hypothetical(turn: LoggedTurn, before: LoggedTurn | None) -> bool:
    """Rule D7: a what-if answer, or "would" without a real event where the question did not ask for an opinion."""
    target = str((before.facts or {}).get("target", "")) if before else ""
    if "what if" in target.replace("-", " ").lower():
        return True
    would = ("hypothetical" in turn.signals and "real_event" not in turn.signals) or "would" in _flags(turn)
    return would and not _asks_for_opinion(target, before) and not LOOKING_AHEAD.search(turn.text or "")


def _asks_for_opinion(target: str, before: LoggedTurn | None) -> bool:
    """A question that says "would" is answered with it; so is one for a judgement or a reflection."""
    return any(word in target for word in OPINIONS) or "would" in ((before and before.text) or "")


def _flags(turn: LoggedTurn) -> tuple[str, ...]:
    return tuple((turn.facts or {}).get("flags", ()))


# --- in which order -------------------------------------------------------------------------------------------------


def _said(log: DiscussionLog, left_out: set[int]) -> list[_Said]:
    said: list[_Said] = []
    for run in _runs(log.turns):
        eligible = [(turn, target) for turn, target in run if turn.number not in left_out]
        said += _dated(eligible)
    answers = (entry for entry in said if NO_EVENT in _flags(entry.turn))
    answered = next((stated for entry in answers if (stated := _stated(entry.turn))), None)
    return [replace(entry, stated=entry.stated or answered) for entry in said]


def _stated(turn: LoggedTurn) -> StatedDate | None:
    return stated_date(turn.text or "", date.fromisoformat(turn.local_time[:10]))


def _event_date(turn: LoggedTurn) -> StatedDate | None:
    """The date of the event that a message speaks of: the one that the draft asked about, else what it states."""
    asked = next((flag.removeprefix(EVENT) for flag in _flags(turn) if flag.startswith(EVENT)), "")
    if not asked:
        return _stated(turn)
    return None if asked == "none" else StatedDate(date.fromisoformat(asked), "")


def _runs(turns: Sequence[LoggedTurn]) -> Iterator[list[tuple[LoggedTurn, str]]]:
    """Learner turns between one opening and the next, each with what the tool was after."""
    run: list[tuple[LoggedTurn, str]] = []
    target = ""
    for turn in turns:
        if turn.speaker == "learner":
            run.append((turn, target))
            continue
        facts = turn.facts or {}
        target = str(facts.get("target") or "")
        if facts.get("kind") == "open":
            yield run
            run = []
    yield run


def _dated(run: Sequence[tuple[LoggedTurn, str]]) -> list[_Said]:
    """Each message with the date last stated in its run; the first date also holds for what came before it."""
    dates = [_event_date(turn) for turn, _ in run]
    current = next((stated for stated in dates if stated), None)
    said = []
    for (turn, target), stated in zip(run, dates, strict=True):
        current = stated or current
        ahead = LOOKING_AHEAD.search(turn.text or "") and not any(flag.startswith(EVENT) for flag in _flags(turn))
        said.append(_Said(turn, "plan" if ahead else aspect_of(target, turn.signals), current))
    return said


def _events(said: Sequence[_Said], prompts: Sequence[Prompt]) -> Iterator[DraftEvent]:
    """One event for each stated date, earliest first; what has no date comes last, as one."""
    for day in sorted({entry.day for entry in said}):
        entries = [entry for entry in said if entry.day == day]
        dates = [entry.stated for entry in entries if entry.stated]
        stated = next((date for date in dates if date.words), dates[0] if dates else None)
        yield DraftEvent(
            day=stated.day if stated else None,
            when=stated.shown if stated else None,
            stated=stated.words or None if stated else None,
            gap=None if stated else DATE_GAP,
            parts=tuple(_part(prompt, entries) for prompt in prompts),
        )


def _part(prompt: Prompt, entries: Sequence[_Said]) -> DraftPart:
    messages = tuple(_message(entry.turn) for entry in entries if entry.aspect in prompt.aspects)
    if messages:
        return DraftPart(prompt.text, messages, None)
    said_in = tuple(entry.turn.number for entry in entries if prompt.aspects & aspects_seen(entry.turn.signals))
    return DraftPart(prompt.text, (), None if said_in else prompt.gap, said_in)


def _message(turn: LoggedTurn) -> DraftMessage:
    return DraftMessage(turn.number, turn.local_time, turn.text or "", turn.references, turn.notes)


# --- what is not yet said -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Gap:
    """What a draft does not say yet, or says in a way to ask about, and how to ask for it.

    `event` is the flag of the event that the answer belongs to; `replaces` the message that it is a new version of.
    """

    text: str
    question: str
    target: str
    event: str
    turns: tuple[int, ...]
    replaces: int | None = None

    @property
    def flags(self) -> tuple[str, ...]:
        """The flags that the answer carries in its chain."""
        version = f"replaces:{self.replaces}" if self.replaces else ""
        return tuple(flag for flag in (self.event, version) if flag)


def gaps_of(draft: ReflectiveDraft) -> tuple[Gap, ...]:
    """The gaps of a draft in the order in which they are printed."""
    prompts = {prompt.text: prompt for prompt in MODELS[cast("ModelName", draft.model)]}
    gaps = []
    for event in draft.events:
        flag = f"{EVENT}{event.day or 'none'}"
        turns = tuple(message.turn for part in event.parts for message in part.messages)
        if event.gap:
            gaps.append(Gap(event.gap, DATE_QUESTION, "when", flag, turns))
        for part in event.parts:
            if part.gap:
                prompt = prompts[part.prompt]
                gaps.append(Gap(part.gap, prompt.question, prompt.target, flag, turns))
    return tuple(gaps)


def questions_of(draft: ReflectiveDraft) -> tuple[Gap, ...]:
    """The checks as questions that can be answered: with the message said anew, or with what is missing (rule D5)."""
    places = {message.turn: event for event in draft.events for part in event.parts for message in part.messages}
    asked = {gap.question for gap in gaps_of(draft)}
    questions = []
    for check in draft.checks:
        event = places.get(check.turn) if check.turn else draft.events[0] if len(draft.events) == 1 else None
        flag = f"{EVENT}{event.day or 'none'}" if event else ""
        turns = (check.turn,) if check.turn else ()
        if check.turn or (check.question == NO_RESULT and not asked & RESULT_QUESTIONS):
            target = "" if check.turn else "result"  # a message said anew goes where its words belong
            questions.append(Gap(check.question, check.question, target, flag, turns, check.turn))
    return tuple(questions)


# --- what to ask the learner ----------------------------------------------------------------------------------------


def _checks(log: DiscussionLog, said: Sequence[_Said], left_out: Sequence[LeftOut]) -> Iterator[DraftCheck]:
    """Rule D5: checks ask, never edit."""
    out = {entry.turn for entry in left_out}
    kept = {entry.turn.number for entry in said}
    for turn in log.turns:
        seen = _seen(turn)
        if turn.number in kept:
            yield from (DraftCheck(turn.number, question) for sign, question in CHECKS if sign & seen)
        if turn.number in kept | out and seen & WOULD and not LOOKING_AHEAD.search(turn.text or ""):
            yield DraftCheck(turn.number, WOULD_QUESTION if WOULD_WORD.search(turn.text or "") else MIGHT_QUESTION)
    if all(entry.stated is None for entry in said):
        yield DraftCheck(None, "I can see no date. When did this happen?")
    if not any("result" in entry.turn.signals for entry in said):
        yield DraftCheck(None, NO_RESULT)


def _seen(turn: LoggedTurn) -> set[str]:
    """What was seen in a turn; "we" beside what the learner did themselves needs no question."""
    seen = {*turn.signals, *_flags(turn)}
    return seen - {"we"} if "own_action" in turn.signals and "we" not in _flags(turn) else seen


def _tool_words(events: Sequence[DraftEvent], checks: Sequence[DraftCheck]) -> int:
    """Words of the tool inside the account: prompts, gaps and checks."""
    texts = [check.question for check in checks]
    for event in events:
        texts += [event.gap or "", *(f"{part.prompt} {part.gap or ''}" for part in event.parts)]
    return sum(len(text.split()) for text in texts)
