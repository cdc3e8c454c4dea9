"""What the examiner knows when it chooses its next move: everything is derived from the plan and the transcript."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from itertools import pairwise

from talkthrough.question_bank.discussion.hearing import pending_question
from talkthrough.question_bank.discussion.model import Plan, PlannedCriterion, Standing, Turn
from talkthrough.question_bank.discussion.plan import planned_minutes
from talkthrough.question_bank.discussion.standing import (
    ASKING,
    SHORT_ANSWER,
    SLOT_WORDS,
    facts,
    is_whole_sentence,
    marks_of,
    needed,
    published,
    slots,
    standings,
)
from talkthrough.question_bank.marking.model import Mark, PointMark, PointState

MOST_PROBES = 2
_CLOSING_TURNS = 2
_FAIR_SHARE = 3
_FEW_WORDS = 2
_LONGEST_GAP = timedelta(minutes=5)
_TIME_TO_FINISH = 1.1
_ANSWERS = frozenset({"answer", "continue"})
_SETTLED = frozenset({"answer", "continue", "skip", "nothing to add", "said already"})
_LEFT = ("skip", "said already")

_DOING = ("real_event", "when", "own_action", "result")
_ASKED_LATER = "evidence_named"


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question, what the learner said to it, and the new facts (criterion key, fact) that this brought."""

    question: Turn
    replies: tuple[Turn, ...]
    gained: frozenset[tuple[str, str]]

    @property
    def is_settled(self) -> bool:
        """Whether it was answered or left; asking for other words or a break settles nothing."""
        return any(reply.wish in _SETTLED for reply in self.replies)

    @property
    def is_refused(self) -> bool:
        """Whether there is no more to come: skipped, said before, not known, or a word or two that added nothing."""
        last = next((reply.text for reply in reversed(self.replies) if reply.wish in _SETTLED), "")
        return (
            any(map(self.wished, _LEFT)) or self.is_dont_know or (not self.gained and len(last.split()) <= _FEW_WORDS)
        )

    def wished(self, wish: str) -> bool:
        """Whether a reply was this wish."""
        return any(reply.wish == wish for reply in self.replies)

    @property
    def is_empty(self) -> bool:
        """Whether a few words added nothing: "no", "idk", "maybe"."""
        last = next((reply.text for reply in reversed(self.replies) if reply.wish in _ANSWERS), "")
        return not self.gained and len(last.split()) < SHORT_ANSWER

    @property
    def is_dont_know(self) -> bool:
        """Whether the learner said that they do not know."""
        return any(found.mark.signals.dont_know for reply in self.replies for found in reply.marks)


@dataclass(frozen=True)
class Situation:
    """Plan and transcript, and what follows from them. Computed once a move, thrown away after it."""

    plan: Plan
    transcript: Sequence[Turn]

    @cached_property
    def last(self) -> Turn | None:
        """The last turn of the learner or the tool."""
        return next((turn for turn in reversed(self.transcript) if turn.speaker != "tutor"), None)

    @cached_property
    def tool_turns(self) -> tuple[Turn, ...]:
        """What the tool said so far."""
        return tuple(turn for turn in self.transcript if turn.speaker == "tool")

    @cached_property
    def question(self) -> Turn | None:
        """The question that waits for an answer."""
        return pending_question(self.transcript)

    @cached_property
    def standings(self) -> Mapping[str, Standing]:
        """Standing by criterion key."""
        return {standing.criterion_key: standing for standing in standings(self.plan, self.transcript)}

    @cached_property
    def criteria(self) -> Mapping[str, PlannedCriterion]:
        """Planned criteria by key."""
        return {criterion.key: criterion for criterion in self.plan.criteria}

    @cached_property
    def exchanges(self) -> tuple[Exchange, ...]:
        """Questions with their replies, in order. A reply belongs to the last question before it."""
        seen: set[tuple[str, str]] = set()
        found: list[Exchange] = []
        for turn in self.transcript:
            if turn.speaker == "tool" and turn.kind in ASKING:
                found.append(Exchange(turn, (), frozenset()))
            elif turn.speaker == "learner" and found:
                new = {(m.criterion_key, fact) for m in turn.marks for fact in facts(m.mark)} - seen
                seen |= new
                last = found[-1]
                found[-1] = Exchange(last.question, (*last.replies, turn), last.gained | new)
        return tuple(found)

    def asked(self, key: str) -> tuple[Exchange, ...]:
        """The exchanges whose question was first of all about this criterion, or opened it together with others."""
        return tuple(e for e in self.exchanges if _leads(e, key) or _opens(e, key))

    def is_led(self, key: str) -> bool:
        """Whether a question was first of all about this criterion."""
        return any(_leads(e, key) for e in self.exchanges)

    @property
    def most_probes(self) -> int:
        """How often one point is asked about."""
        return 1 if self.plan.has_larger_steps else MOST_PROBES

    @property
    def turns_left(self) -> int:
        """Learner turns left for questions; two are kept for the close."""
        used = sum(turn.speaker == "learner" for turn in self.transcript)
        return self.plan.max_learner_turns - _CLOSING_TURNS - used

    @property
    def is_time_up(self) -> bool:
        """Whether the planned time, and a tenth more to finish an answer, is used up."""
        return minutes_used(self.transcript) > planned_minutes(self.plan) * _TIME_TO_FINISH

    def is_touched(self, key: str) -> bool:
        """Whether anything at all was said about the criterion."""
        return any(
            self._says(turn, mark, key) or _half_said(mark.points)
            for turn in self.transcript
            if turn.speaker == "learner"
            for mark in marks_of(turn, key)
        )

    def _says(self, turn: Turn, mark: Mark, key: str) -> bool:
        has_others = len(mark.others) > 1 and bool(published(self.criteria[key]))
        return bool(facts(mark)) or has_others or self._is_an_answer(turn)

    @staticmethod
    def _is_an_answer(turn: Turn) -> bool:
        """A full answer that names nothing on a list still says something."""
        is_full = len(turn.text.split()) > 5 and not turn.text.rstrip().endswith("?")  # noqa: PLR2004
        return is_full and turn.wish in _ANSWERS and not any(found.mark.signals.dont_know for found in turn.marks)

    def is_left(self, key: str) -> bool:
        """Whether the learner left the criterion, or as many questions as a point may have brought nothing in a row."""
        done = tuple(e for e in self.asked(key) if e.is_settled)
        if any(
            e.wished("nothing to add")
            or (_leads(e, key) and e.question.target == "opening" and any(map(e.wished, _LEFT)))
            for e in done
        ):
            return True
        most = self.most_probes
        return len(done) >= most and not any(self._is_fruitful(e, key) for e in done[-most:])

    def _is_fruitful(self, exchange: Exchange, key: str) -> bool:
        """Whether it brought something new, or a whole sentence where the verb was asked about."""
        if exchange.question.target == "opening":
            return any(self._speaks(reply, key) for reply in exchange.replies)
        said = any(is_whole_sentence(reply) and any(marks_of(reply, key)) for reply in exchange.replies)
        return any(found == key for found, _ in exchange.gained) or (exchange.question.target != "quantity" and said)

    def _speaks(self, turn: Turn, key: str) -> bool:
        return any(self._says(turn, mark, key) for mark in marks_of(turn, key))

    def has_share(self, key: str) -> bool:
        """Whether the criterion may have another question, so that the others get a fair share of the turns."""
        spent = len(self.asked(key))
        waiting = sum(not self.is_led(k) and not self.is_touched(k) for k in self.criteria if k != key)
        return spent < max(_FAIR_SHARE, (self.turns_left + spent) // (waiting + 1))

    def missing(self, key: str) -> tuple[str, ...]:
        """What to ask about next, in the order of the rubric: quantity, a half-said point, then the verb's slots."""
        criterion, standing = self.criteria[key], self.standings[key]
        found: list[str] = []
        wanted = needed(criterion)
        if wanted and standing.quantity_mentioned + len(standing.others) < wanted:
            found.append("quantity")
        elif self._half_said_only(key):
            found.append("more")
        found += [slot.replace("_", " ") for slot in self._missing_slots(key)]
        return tuple(found)

    def _missing_slots(self, key: str) -> tuple[str, ...]:
        """The verb's slots that were not shown. What somebody would do is followed by what really happened, or left."""
        order = sorted(slots(self.criteria[key]), key=lambda slot: _DOING.index(slot) if slot in _DOING else -1)
        answered = self.standings[key].answered
        shown = {slot for slot in order if slot in self.standings[key].signals or SLOT_WORDS[slot] in answered}
        if "own_action" in shown:
            shown.add("real_event")
        missing = tuple(slot for slot in order if slot not in shown and slot != _ASKED_LATER)
        return ("real_event",) if "real_event" in missing and self.is_hypothetical(key) else missing

    def is_hypothetical(self, key: str) -> bool:
        """Whether the learner said what somebody would do."""
        return any(mark.signals.hypothetical for turn in self.transcript for mark in marks_of(turn, key))

    def _half_said_only(self, key: str) -> bool:
        has_half = any(_half_said(mark.points) for turn in self.transcript for mark in marks_of(turn, key))
        return has_half and not self.standings[key].quantity_mentioned

    def next_target(self, key: str) -> str | None:
        """The first missing thing that may still be asked, the new ones first."""
        fresh: list[str] = []
        again: list[str] = []
        for target in self.missing(key):
            tries = [e for e in self.asked(key) if e.question.target == target]
            if not tries:
                fresh.append(target)
            elif len(tries) < self.most_probes and not tries[-1].is_refused:
                is_growing = target == "quantity" and self._is_fruitful(tries[-1], key)
                (fresh if is_growing else again).append(target)
        return next(iter(fresh + again), None)

    def was_asked(self, target: str, keys: tuple[str, ...] = ()) -> bool:
        """Whether a question after this target was put, about these criteria if they are given."""
        return any(
            e.question.target == target and (not keys or e.question.criterion_keys == keys) for e in self.exchanges
        )


def _leads(exchange: Exchange, key: str) -> bool:
    return exchange.question.criterion_keys[:1] == (key,)


def _opens(exchange: Exchange, key: str) -> bool:
    return exchange.question.target == "opening" and key in exchange.question.criterion_keys


def _half_said(points: Sequence[PointMark]) -> bool:
    return any(p.words and (p.state is PointState.PARTIAL or p.band == "unsure") for p in points)


def minutes_used(transcript: Sequence[Turn]) -> float:
    """Minutes of the discussion. A gap of over five minutes counts as five: the rest was a break, which is free."""
    turns = tuple(transcript)
    gaps = (min(max(after.at - before.at, timedelta()), _LONGEST_GAP) for before, after in pairwise(turns))
    return sum(gaps, timedelta()) / timedelta(minutes=1)
