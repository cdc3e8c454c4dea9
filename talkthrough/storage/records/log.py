"""The discussion log: finished rows in, one frozen record out (assessment-practice.md section 5.4)."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from talkthrough.question_bank.discussion.claims import Claim
from talkthrough.question_bank.discussion.model import Plan, Standing, Turn
from talkthrough.question_bank.discussion.rules import RULES
from talkthrough.question_bank.specification import Unit
from talkthrough.storage import audit
from talkthrough.storage.discussions import ON_REQUEST, chained_facts, plan_of, turn_of
from talkthrough.storage.records import around
from talkthrough.storage.records.around import local
from talkthrough.storage.records.claimed import with_claims
from talkthrough.storage.records.indexing import Credits, credits_of, criteria_index, evidence_locations, turns_of
from talkthrough.storage.records.model import (
    ClaimedBy,
    CriterionReference,
    DiscussionLog,
    LogDetails,
    LoggedTurn,
    QuestionSource,
    Seal,
)
from talkthrough.storage.records.values import values_of_record
from talkthrough.storage.tables import Discussion, StoredTurn

FLAG_WORDS = {
    "edited": "edited by the learner; earlier versions are kept",
    "voice": "voice message",
    "forwarded": "forwarded message",
    "button": "a button was tapped",
    "echo": "uses words that were shown before",
}
ERASED = "[erased at the learner's request]"
ASKING = {"open", "probe", "ask again", "hint"}


@dataclass(frozen=True, slots=True)
class _Held:
    """A turn with the row it came from."""

    turn: Turn
    row: StoredTurn
    is_kept_out: bool


def discussion_log(
    discussion: Discussion,
    turns: Sequence[StoredTurn],
    unit: Unit,
    standings: Sequence[Standing],
    *,
    learner_name: str,
    export_number: int,
    now: datetime,
    details: LogDetails | None = None,
    claims: Sequence[Claim] = (),
) -> DiscussionLog:
    """The log of a discussion. `standings`: where each criterion of the plan stands after the turns; `claims`: what the
    learner said afterwards that their turns say.

    Messages that were erased or that raised a safeguarding concern keep their hash and lose their words.
    """
    assert discussion.id is not None
    details = details or LogDetails()
    plan, zone = plan_of(discussion), ZoneInfo(discussion.time_zone)
    held = _held(turns)
    spoken = [entry.turn for entry in held]
    credited = credits_of(plan, standings, [entry.turn for entry in held if not entry.is_kept_out])
    logged = with_claims(_logged_turns(held, plan, zone, credited), spoken, plan, claims)
    learner_words, tool_words = _word_counts(logged)
    return DiscussionLog(
        discussion=discussion.id,
        cover=around.cover(discussion, plan, unit, learner_name, details, spoken),
        planning=around.planning(discussion, plan, details),
        criteria=criteria_index(plan, unit, standings, logged, credited),
        turns=logged,
        sources=_sources(held, plan, details),
        evidence=evidence_locations(plan, logged),
        requirements=plan.requirements,
        self_rating=discussion.self_rating,
        next_steps=details.next_steps,
        disclosure=around.disclosure(details, spoken, zone),
        learner_words=learner_words,
        tool_words=tool_words,
        export=around.export_line(export_number, now, zone, details),
        integrity=around.integrity(discussion, len(turns)),
        is_reflective_account_listed=plan.is_reflective_account_listed,
    )


def seal(log: DiscussionLog, key: audit.SigningKey) -> DiscussionLog:
    """The log with one signature over all of it, so that a changed name or index is noticed too."""
    sealed = audit.sealed(values_of_record(replace(log, seal=None)), key)
    return replace(log, seal=Seal(**sealed["seal"]))


# --- turns ----------------------------------------------------------------------------------------------------------


def _held(rows: Sequence[StoredTurn]) -> tuple[_Held, ...]:
    turns = [turn_of(row) for row in rows]
    stop = _safeguarding_stop(turns)
    return tuple(
        _Held(turn, row, place >= stop or "erased" in turn.flags)
        for place, (turn, row) in enumerate(zip(turns, rows, strict=True))
    )


def _safeguarding_stop(turns: Sequence[Turn]) -> int:
    """Where a disclosure begins: it and all that follows stays out of every file (section 6.2, safeguarding)."""
    for place, turn in enumerate(turns):
        if "safeguarding" in turn.flags:
            return place
        if turn.kind == "safeguard":
            return max(place - 1, 0)
    return len(turns)


def _logged_turns(held: Sequence[_Held], plan: Plan, zone: ZoneInfo, credited: Credits) -> tuple[LoggedTurn, ...]:
    numbers = {criterion.key: criterion.number for criterion in plan.criteria}
    logged, stop = [], _safeguarding_stop([entry.turn for entry in held])
    for place, entry in enumerate(held):
        plain = _chained(entry, zone)
        if ON_REQUEST in entry.turn.flags and place < stop:
            plain = replace(plain, notes=(ERASED,))
        if not entry.is_kept_out:
            notes = _notes(entry.turn, [before.turn for before in held[:place]], zone)
            plain = replace(
                plain, references=_references(entry.turn, numbers, credited), notes=notes, signals=_signals(entry.turn)
            )
        logged.append(plain)
    return tuple(logged)


def _chained(entry: _Held, zone: ZoneInfo) -> LoggedTurn:
    row = entry.row
    return LoggedTurn(
        number=row.number,
        speaker=row.speaker,
        at=row.at,
        local_time=local(row.at, zone),
        text=None if entry.is_kept_out else row.text,
        salt=None if entry.is_kept_out else row.salt,
        facts=None if entry.is_kept_out else chained_facts(json.loads(row.body)),
        text_hash=row.text_hash,
        previous_hash=row.previous_hash,
        hash=row.hash,
    )


def _references(turn: Turn, numbers: Mapping[str, str], credited: Credits) -> tuple[CriterionReference, ...]:
    """Criteria at this turn: those the learner names by number, and those the tutor or the tool put there."""
    by: ClaimedBy = "tutor" if turn.speaker == "tutor" else "tool"
    is_learner = turn.speaker == "learner"
    named = [number for number in numbers.values() if is_learner and _names(turn.text, number)]
    asked = () if is_learner else turn.criterion_keys
    suggested = [number for key, number in numbers.items() if key in asked or turn.number in turns_of(credited, key)]
    return tuple(CriterionReference(number, "learner") for number in named) + tuple(
        CriterionReference(number, by) for number in suggested
    )


def _names(text: str, number: str) -> bool:
    words = (word.strip("().,;:!?") for word in text.replace("AC", " ").split())
    return any(character in ".PKSBpksb" for character in number) and number in words


def _notes(turn: Turn, before: Sequence[Turn], zone: ZoneInfo) -> tuple[str, ...]:
    notes = [words for flag in turn.flags if (words := _flag_words(flag))]
    if turn.speaker == "learner":
        hints = [hint for hint in before if hint.kind == "hint" and _share_criterion(hint, turn)]
        notes += [f"after hint at {hint.at.astimezone(zone):%H:%M} (turn {hint.number})" for hint in hints[-1:]]
        notes += [FLAG_WORDS["echo"] for mark in turn.marks if mark.mark.echo]
    return tuple(dict.fromkeys(notes))


def _flag_words(flag: str) -> str:
    """A flag in words; "sound:<sha256>" and "replaces:<turn>" carry a value. Flags for the policy alone say nothing."""
    name, _, value = flag.partition(":")
    valued = {
        "sound": f"the sound is kept apart, SHA-256 {value}",
        "transcript": f"written down by a tool from the voice message of turn {value}, and checked by the learner",
        "replaces": f"edited version of turn {value}",
    }
    return valued.get(name, "") if value else FLAG_WORDS.get(flag, "")


def _share_criterion(hint: Turn, turn: Turn) -> bool:
    keys = {*turn.criterion_keys, *(mark.criterion_key for mark in turn.marks)}
    return "after-hint" in turn.flags or bool(keys & set(hint.criterion_keys))


def _signals(turn: Turn) -> tuple[str, ...]:
    names = type(turn.marks[0].mark.signals).__slots__ if turn.marks else ()
    return tuple(name for name in names if any(getattr(mark.mark.signals, name) for mark in turn.marks))


def _word_counts(turns: Sequence[LoggedTurn]) -> tuple[int, int]:
    learner = sum(len((turn.text or "").split()) for turn in turns if turn.speaker == "learner")
    return learner, sum(len((turn.text or "").split()) for turn in turns if turn.speaker == "tool")


# --- questions ------------------------------------------------------------------------------------------------------


def _sources(held: Sequence[_Held], plan: Plan, details: LogDetails) -> tuple[QuestionSource, ...]:
    numbers = {criterion.key: criterion.number for criterion in plan.criteria}
    bank = f"question bank {details.bank_version}" if details.bank_version else "question bank"
    asked = [entry.turn for entry in held if not entry.is_kept_out and _asks(entry.turn)]
    return tuple(
        QuestionSource(
            turn=turn.number,
            asked=turn.kind or "question",
            rule=turn.rule,
            reason=RULES.get(turn.rule, ""),
            criteria=tuple(numbers[key] for key in turn.criterion_keys if key in numbers),
            source="added by the tutor" if turn.speaker == "tutor" else bank,
        )
        for turn in asked
    )


def _asks(turn: Turn) -> bool:
    return turn.speaker == "tutor" or (turn.speaker == "tool" and turn.kind in ASKING)
