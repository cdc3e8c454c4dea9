"""Which event each message of a learner tells of, and when that was. Messages are grouped, never changed.

The examiner's openings part the talk. After one a new event begins, unless the words come back to an earlier one;
between two openings a new one begins where the learner tells of another time (assessment-practice.md D1, D4).
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from talkthrough.question_bank.marking.lexicon import lexicon
from talkthrough.question_bank.marking.words import tokens
from talkthrough.storage.records.event_dates import StatedTime, is_bare_time, stated_time
from talkthrough.storage.records.model import DiscussionLog, LoggedTurn
from talkthrough.storage.records.reflection_models import Aspect, aspect_asked_for, aspect_of

EVENT = "event"  # flag "event:7" of an answer to a question of the draft: it belongs to the event of turn 7
REPLACES = "replaces"  # flag "replaces:7": a new version of turn 7
HAPPENED = "happened"  # flag "happened:7": the answer to whether what turn 7 tells of happened
LOOKING_AHEAD = re.compile(r"\b(?:next time|in future|in the future|from now on)\b", re.IGNORECASE)
QUOTED = re.compile(r'"[^"]*"')
SHARED_WORDS = 2  # that bring a message back to an event told before
DATING: tuple[Aspect | None, ...] = (None, "situation", "task", "action", "reason")  # answers that say when it was
STORY_WORDS = 5  # from here an answer to "when?" that names no time may be another story
SHORTEST_WORD = 4
COMMON = "team staff colleague manager supervisor boss desk shift told said asked went done know think told because"


@dataclass(frozen=True, slots=True)
class Said:
    """A message of the draft and what it is about."""

    turn: LoggedTurn
    aspect: Aspect


@dataclass(frozen=True, slots=True)
class ToldEvent:
    """One event: the messages of the draft that tell of it, and its time as precisely as it was said."""

    said: tuple[Said, ...]
    time: StatedTime | None

    @property
    def first(self) -> int:
        """The turn by which questions about the event name it."""
        return self.said[0].turn.number


@dataclass(frozen=True, slots=True)
class _Answer:
    """A learner turn, what the tool was after when it came, and the opening (a turn of the tool) that it follows.

    `time` is the one that it states for its event. `is_general`: the opening asked about what is known, and not about
    something that was done.
    """

    turn: LoggedTurn
    target: str
    time: StatedTime | None
    opening: int
    is_general: bool


@dataclass(slots=True)
class _Group:
    """An event while its messages are gathered. `is_general`: what is usual at work, with no event in it yet."""

    answers: list[_Answer] = field(default_factory=list)
    words: set[str] = field(default_factory=set)
    time: StatedTime | None = None
    is_general: bool = False


def told_events(log: DiscussionLog, left_out: Collection[int], silent: Collection[int]) -> tuple[ToldEvent, ...]:
    """The events of a discussion, earliest first and those without a time last.

    `left_out`: turns that the draft does not hold. `silent`: those among them that tell of no event at all.
    """
    answers = {answer.turn.number: answer for answer in _answers(log)}
    groups = _grouped(answers.values(), silent, _words_of_the_tool(log))
    events = (_event(group.answers, answers, left_out) for group in groups)
    known = [event for event in events if event]
    return tuple(sorted(known, key=lambda event: (event.time.first if event.time else date.max, event.first)))


def flag_value(turn: LoggedTurn, name: str) -> int | None:
    """The turn that a flag such as "event:7" names."""
    flags = (flag.partition(":") for flag in (turn.facts or {}).get("flags", ()))
    return next((int(value) for found, _, value in flags if found == name and value.isdecimal()), None)


# --- what was asked -------------------------------------------------------------------------------------------------


def _answers(log: DiscussionLog) -> Iterator[_Answer]:
    knowledge = {criterion.key for criterion in log.criteria if criterion.kind == "knowledge"}
    target, opening, is_general = "", 0, False
    for turn in log.turns:
        if turn.speaker == "learner":
            yield _Answer(turn, target, _time(turn, target), opening, is_general)
            continue
        facts = turn.facts or {}
        target = str(facts.get("target") or "")
        if facts.get("kind") == "open":
            keys = set(facts.get("criterion_keys", ()))
            opening, is_general = turn.number, bool(keys) and keys <= knowledge


def _time(turn: LoggedTurn, target: str) -> StatedTime | None:
    """The time that an answer states for its event; when a result came, or what is planned, is no time of the event."""
    is_about_event = target != "evidence" and aspect_asked_for(target) in DATING
    return stated_time(turn.text or "", date.fromisoformat(turn.local_time[:10])) if is_about_event else None


# --- which event ----------------------------------------------------------------------------------------------------


def _grouped(answers: Iterable[_Answer], silent: Collection[int], known: frozenset[str]) -> list[_Group]:
    """The answers, each in the event that it tells of. Words that the tool used first (`known`) join nothing."""
    groups: list[_Group] = []
    places: dict[int, _Group] = {}
    current, opening = None, -1
    for answer in answers:
        number = answer.turn.number
        words = _content(answer.turn.text or "") - known
        group = _asked_about(answer.turn, places)
        if group is None and number in silent:
            if current:
                places[number] = current
            continue
        if group is None:
            is_new = current is None or answer.opening != opening or _is_another(answer, words, current)
            group = (_told_before(groups, answer, words) or _begun(groups, answer)) if is_new else current
            current, opening = group, answer.opening
        assert group is not None
        places[number] = group
        _take(group, answer, words)
    return groups


def _asked_about(turn: LoggedTurn, places: Mapping[int, _Group]) -> _Group | None:
    """The event that the draft asked about, or that of the message which this one says anew."""
    named = flag_value(turn, EVENT) or _said_anew(turn)
    return places.get(named) if named else None


def _is_another(answer: _Answer, words: Collection[str], current: _Group) -> bool:
    """Whether an answer leaves the event: it states another time, or it answers "when?" with another story."""
    if answer.target == "when":
        return answer.time is None and len(words) >= STORY_WORDS and len(current.words & set(words)) < SHARED_WORDS
    return answer.time is not None and current.time is not None and not answer.time.overlaps(current.time)


def _told_before(groups: Sequence[_Group], answer: _Answer, words: Collection[str]) -> _Group | None:
    """The earlier event with most of the words, if it has enough of them and no other time."""
    shared = [(len(group.words & set(words)), group) for group in groups if not _differ(group.time, answer.time)]
    most, group = max(shared, key=lambda one: one[0], default=(0, None))
    if most >= SHARED_WORDS:
        return group
    return next((group for group in groups if group.is_general), None) if _is_general(answer) else None


def _differ(one: StatedTime | None, other: StatedTime | None) -> bool:
    return one is not None and other is not None and not one.overlaps(other)


def _is_general(answer: _Answer) -> bool:
    """Whether it says what is usual at work: asked about knowledge, and no event in the answer."""
    return answer.is_general and answer.time is None and "real_event" not in answer.turn.signals


def _begun(groups: list[_Group], answer: _Answer) -> _Group:
    group = _Group(is_general=_is_general(answer))
    groups.append(group)
    return group


def _take(group: _Group, answer: _Answer, words: Collection[str]) -> None:
    group.answers.append(answer)
    group.words |= set(words)
    group.time = _settled(group.time, answer)


def _settled(before: StatedTime | None, answer: _Answer) -> StatedTime | None:
    """The time of an event after one more answer: an answer to "when?" sets it, another can make it more precise."""
    if answer.time is None or before is None or answer.target == "when":
        return answer.time or before
    return before.finer(answer.time) if before.overlaps(answer.time) else before


def _words_of_the_tool(log: DiscussionLog) -> frozenset[str]:
    """What the unit and the questions are about, and what everybody at work says."""
    asked = (QUOTED.sub(" ", turn.text or "") for turn in log.turns if turn.speaker != "learner")
    cover = (log.cover.unit_title, log.cover.outcome_text, COMMON)
    return _content(" ".join((*cover, *(criterion.text for criterion in log.criteria), *asked)))


def _content(text: str) -> frozenset[str]:
    """The families of the words that say something."""
    words = lexicon()
    return frozenset(
        token.family
        for token in tokens(text)
        if len(token.word) >= SHORTEST_WORD and token.word not in words.stop and token.family not in words.light
    )


# --- what each message is about -------------------------------------------------------------------------------------


def _event(group: Sequence[_Answer], answers: Mapping[int, _Answer], left_out: Collection[int]) -> ToldEvent | None:
    """An event with those of its messages that the draft holds; only they say when it was."""
    kept = [answer for answer in group if answer.turn.number not in left_out]
    if not kept:
        return None
    time: StatedTime | None = None
    for answer in kept:
        time = _settled(time, answer)
    aspects = [_aspect(answer, answers) for answer in kept]
    story: Aspect = next((aspect for aspect in aspects if aspect), "situation")
    said = tuple(Said(answer.turn, aspect or story) for answer, aspect in zip(kept, aspects, strict=True))
    return ToldEvent(said, time)


def _aspect(answer: _Answer, answers: Mapping[int, _Answer]) -> Aspect | None:
    """What a message is about; None where it only says when, so that it stands with the story that it dates."""
    text, turn = answer.turn.text or "", answer.turn
    if is_bare_time(text, date.fromisoformat(turn.local_time[:10])):
        return None
    if LOOKING_AHEAD.search(text) and flag_value(turn, EVENT) is None:
        return "plan"
    first = answers.get(_said_anew(turn) or 0, answer)
    return aspect_of(first.target, turn.signals)


def _said_anew(turn: LoggedTurn) -> int | None:
    """The message that this one says anew; it stands under the same prompt."""
    return flag_value(turn, REPLACES) or flag_value(turn, HAPPENED)
