"""What changed in a record since the export before it (assessment-practice.md section 5.4, Integrity: change list).

Every export leaves a note of what it held, in numbers and never in words; the next one is compared with that note.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import singledispatch
from typing import Any, TypeVar

from talkthrough.storage.records.model import DiscussionLog, LoggedTurn, Record, ReflectiveDraft

R = TypeVar("R", DiscussionLog, ReflectiveDraft)


@dataclass(frozen=True, slots=True)
class Earlier:
    """The export before: its number, when it was made (local time), and the note that it left."""

    number: int
    made: str
    held: str


@singledispatch
def held_in(record: Record) -> str:
    """The note of what a record holds, as JSON."""
    raise TypeError(f"{type(record).__name__} leaves no note.")


@held_in.register
def _held_in_log(log: DiscussionLog) -> str:
    return json.dumps(
        {
            "turns": len(log.turns),
            "without_words": [turn.number for turn in log.turns if turn.text is None],
            "named": [[turn.number, number, by] for turn in log.turns for number, by in _named(turn)],
            "released": log.export.released,
            "rating": log.self_rating,
            "next_steps": list(log.next_steps),
        }
    )


@held_in.register
def _held_in_draft(draft: ReflectiveDraft) -> str:
    messages = sorted(message.turn for message in draft.messages)
    return json.dumps({"messages": messages, "model": draft.model, "confirmed": draft.confirmed})


def with_changes(record: R, earlier: Earlier | None) -> R:
    """The record with what changed since the export before; the first export says that it is the first."""
    if earlier is None:
        return record
    before = json.loads(earlier.held)
    found = _log_changes(before, record) if isinstance(record, DiscussionLog) else _draft_changes(before, record)
    since = f"export {earlier.number}, made {earlier.made}"
    return replace(record, export=replace(record.export, since=since, changes=tuple(found)))


# --- a log ----------------------------------------------------------------------------------------------------------


def _log_changes(before: dict[str, Any], log: DiscussionLog) -> Iterator[str]:
    added = [turn for turn in log.turns if turn.number > before["turns"]]
    yield from _added_lines(added)
    gone = [turn.number for turn in log.turns[: before["turns"]] if turn.text is None]
    if erased := [number for number in gone if number not in before["without_words"]]:
        yield f"the words of {_turns(erased)} were taken out"
    named = {(number, criterion, by) for number, criterion, by in before["named"]}
    now = {(turn.number, number, by) for turn in log.turns for number, by in _named(turn)}
    yield from (f"turn {turn} is now named for {number} by the {by}" for turn, number, by in sorted(now - named))
    yield from (f"turn {turn} is no longer named for {number} by the {by}" for turn, number, by in sorted(named - now))
    yield from _afterwards(before, log)


def _added_lines(added: Sequence[LoggedTurn]) -> Iterator[str]:
    if added:
        times = dict.fromkeys((added[0].local_time, added[-1].local_time))
        were = "was" if len(added) == 1 else "were"
        yield f"{_turns([turn.number for turn in added])} {were} added, {' to '.join(times)}"
    for turn in added:
        yield from (f"turn {turn.number} is an {note}" for note in turn.notes if note.startswith("edited version"))


def _afterwards(before: dict[str, Any], log: DiscussionLog) -> Iterator[str]:
    if log.export.released != before["released"]:
        yield f"released by the learner {log.export.released}" if log.export.released else "the release was taken back"
    if log.self_rating != before["rating"]:
        yield f"the learner's own rating is now {log.self_rating or 'not given'}"
    if fresh := [step for step in log.next_steps if step not in before["next_steps"]]:
        yield f"next steps added: {'; '.join(fresh)}"


def _named(turn: LoggedTurn) -> Iterator[tuple[str, str]]:
    """What people put into the margin; the tool's own suggestions follow from the turns."""
    return ((reference.number, reference.by) for reference in turn.references if reference.by != "tool")


# --- a draft --------------------------------------------------------------------------------------------------------


def _draft_changes(before: dict[str, Any], draft: ReflectiveDraft) -> Iterator[str]:
    messages = {message.turn for message in draft.messages}
    if added := sorted(messages - set(before["messages"])):
        yield f"{_turns(added)} {'was' if len(added) == 1 else 'were'} put in"
    if out := sorted(set(before["messages"]) - messages):
        yield f"{_turns(out)} {'was' if len(out) == 1 else 'were'} taken out"
    if draft.model != before["model"]:
        yield f"prompts: {draft.model} instead of {before['model']}"
    if draft.confirmed != before["confirmed"]:
        yield "confirmed by the learner" if draft.confirmed else "no longer confirmed by the learner"


def _turns(numbers: Sequence[int]) -> str:
    """Turns in words: "turn 4", "turns 4 and 6", "turns 4 to 9"."""
    if len(numbers) == 1:
        return f"turn {numbers[0]}"
    if len(numbers) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1:  # noqa: PLR2004 - two are named one by one
        return f"turns {numbers[0]} to {numbers[-1]}"
    return f"turns {', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"
