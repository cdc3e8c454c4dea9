"""A block of at most 4,000 characters for an e-portfolio's feedback box (assessment-practice.md section 5.3).

Built from the cover, the index and whole messages of the learner. A message that does not fit is left out and counted.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import singledispatch
from itertools import zip_longest

from talkthrough.storage.records.criteria_index import quantity_of, spoken_in
from talkthrough.storage.records.layout import changes_of, unit_of
from talkthrough.storage.records.model import (
    Cover,
    CriterionIndex,
    DiscussionLog,
    DraftEvent,
    DraftMessage,
    ExportLine,
    LoggedTurn,
    Record,
    ReflectiveDraft,
)
from talkthrough.storage.records.supplements import ADDED

LONGEST = 4000
LONGEST_TEXTS = LONGEST // 3  # criteria are quoted as published where that leaves most of the room to the learner


@dataclass(frozen=True, slots=True)
class _Group:
    """A line of the tool's, and the messages under it: turn number and words. `is_extra`: where there is room left."""

    heading: str
    messages: tuple[tuple[int, str], ...]
    is_extra: bool = False


@singledispatch
def as_paste_block(record: Record) -> str:
    """The record in short, to be pasted: whole messages only, and how many are left out."""
    raise TypeError(f"{type(record).__name__} has no paste block.")


@as_paste_block.register
def _log_block(log: DiscussionLog) -> str:
    title = f"Mock professional discussion: {log.cover.mode}"
    spoken = {turn.number: turn.text for turn in log.turns if turn.text}
    headings = _index_lines(log.criteria)
    groups = [
        _Group(heading, tuple((turn, spoken[turn]) for turn in spoken_in(entry) if turn in spoken))
        for heading, entry in zip(headings, log.criteria, strict=True)
    ]
    under = {turn for group in groups for turn, _ in group.messages}
    others = tuple((turn, text) for turn, text in _answers(log.turns) if turn not in under)
    if others:
        groups.append(_Group("[Tool] Under no criterion:", others, is_extra=True))
    whole = _whole(log.discussion, log.export.number, log.integrity.head)
    head = [log.banner, title, *_changes(log.export), *_cover_lines(log.cover), ""]
    return _block(head, groups, len(under) + len(others), whole)


@as_paste_block.register
def _draft_block(draft: ReflectiveDraft) -> str:
    head = [
        draft.banner,
        draft.title,
        *_changes(draft.export),
        *_cover_lines(draft.cover),
        "",
        *_index_lines(draft.criteria),
        *_added_lines(draft.messages),
        "",
    ]
    groups = [group for event in draft.events for group in _event_groups(event)]
    whole = _whole(draft.discussion, draft.export.number, draft.head)
    return _block(head, groups, len(draft.messages), whole)


def _added_lines(messages: Sequence[DraftMessage]) -> list[str]:
    """Names the messages that the learner added to the draft after the discussion."""
    turns = [str(message.turn) for message in messages if ADDED in message.notes]
    return [f"[Tool] Added after the discussion, for the draft: turn {', '.join(turns)}."] if turns else []


def _answers(turns: Sequence[LoggedTurn]) -> Iterator[tuple[int, str]]:
    """What the learner said, without wishes such as "skip"."""
    for turn in turns:
        if turn.speaker == "learner" and (turn.facts or {}).get("wish") == "answer" and turn.text and turn.text.strip():
            yield turn.number, turn.text


def _changes(export: ExportLine) -> list[str]:
    return [f"[Tool] {changes_of(export)}"] if export.since else []


def _cover_lines(cover: Cover) -> Iterator[str]:
    learner = f"{cover.learner_name} ({cover.learner_reference})" if cover.learner_reference else cover.learner_name
    yield f"Learner: {learner}" + (f". Centre: {cover.centre}" if cover.centre else "")
    yield unit_of(cover)
    yield f"Outcome {cover.outcome_number}: {cover.outcome_text}"
    yield f"Held: {cover.started} to {cover.ended}. Present: {cover.present}."


def _index_lines(criteria: Sequence[CriterionIndex]) -> list[str]:
    """A line for each criterion: where it was spoken about. The texts go where they would take too much room."""
    has_texts = sum(length(entry.text) for entry in criteria) <= LONGEST_TEXTS
    return [_index_line(entry, has_text=has_texts) for entry in criteria]


def _index_line(entry: CriterionIndex, *, has_text: bool) -> str:
    about = f"{entry.number} {entry.text}" if has_text else entry.number
    quantity = f", {quantity_of(entry)}" if entry.quantity_needed else ""
    turns = [f"turn {turn.number} at {turn.local_time[11:19]}" for turn in entry.turns]
    turns += [f"turn {turn}" for turn in entry.replies]
    where = f" ({', '.join(turns)})" if turns else ""
    return f"{about}: {entry.standing}{quantity}{where}"


def _event_groups(event: DraftEvent) -> Iterator[_Group]:
    when = f"[Tool] Event {event.number}: {event.time.printed if event.time else event.gap}"
    yield _Group(when, ())
    for part in event.parts:
        if part.messages:
            yield _Group(f"[Tool] {part.prompt}", tuple((message.turn, message.text) for message in part.messages))


def _whole(discussion: int, number: int, head: str | None) -> str:
    fingerprint = f", hash {head[:16]}" if head else ""
    return f"[Tool] The whole record is discussion {discussion} in Talkthrough, export {number}{fingerprint}."


def _block(head: Sequence[str], groups: Sequence[_Group], messages: int, whole: str) -> str:
    """The head, then each group with those of its messages that fit; each message is quoted once."""
    fixed = [*head, *(group.heading for group in groups), _left_out(messages), whole]
    kept = _fitting(groups, LONGEST - length("\n".join(fixed)))
    lines, quoted = list(head), set[int]()
    for group in groups:
        lines.append(group.heading)
        fresh = [(turn, text) for turn, text in group.messages if turn in kept and turn not in quoted]
        lines += [_quote(turn, text) for turn, text in fresh]
        quoted |= kept & {turn for turn, _ in fresh}
    left_out = [_left_out(messages - len(kept))] if len(kept) < messages else []
    return _cut([*lines, *left_out], whole)


def _fitting(groups: Sequence[_Group], room: int) -> set[int]:
    """Turns whose messages fit: the first message of every group before the second of any, extra ones last."""
    kept = set[int]()
    first = [group.messages for group in groups if not group.is_extra]
    last = [group.messages for group in groups if group.is_extra]
    for turn, text in (*_in_turn(first), *_in_turn(last)):
        units = length(_quote(turn, text)) + 1
        if turn not in kept and units <= room:
            kept.add(turn)
            room -= units
    return kept


def _in_turn(groups: Iterable[Sequence[tuple[int, str]]]) -> Iterator[tuple[int, str]]:
    for row in zip_longest(*groups):
        yield from (message for message in row if message is not None)


def _quote(turn: int, text: str) -> str:
    return f'Turn {turn}: "{text}"'


def _left_out(count: int) -> str:
    return f"[Tool] {count} more {'message is' if count == 1 else 'messages are'} in the whole record."


def _cut(lines: list[str], whole: str) -> str:
    """Only an index of very many criteria is ever cut, and says so."""
    if length("\n".join([*lines, whole])) <= LONGEST:
        return "\n".join([*lines, whole])
    note = "[Tool] The rest of the index is in the whole record."
    while length("\n".join([*lines, note, whole])) > LONGEST:
        lines.pop()
    return "\n".join([*lines, note, whole])


def length(text: str) -> int:
    """Characters as chat programs and web forms count them: UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
