"""A block of at most 4,000 characters for an e-portfolio's feedback box (assessment-practice.md section 5.3)."""

from collections.abc import Iterator, Sequence
from functools import singledispatch

from talkthrough.storage.records.layout import quantity_of
from talkthrough.storage.records.model import CriterionIndex, DiscussionLog, ExportLine, Record, ReflectiveDraft

LONGEST = 4000


@singledispatch
def as_paste_block(record: Record) -> str:
    """The index and as many whole learner messages as fit; nothing is shortened inside a message."""
    raise TypeError(f"{type(record).__name__} has no paste block.")


@as_paste_block.register
def _log_block(log: DiscussionLog) -> str:
    pointed = {turn.number for entry in log.criteria for turn in entry.turns}
    quotes = [(turn.number, turn.text) for turn in log.turns if turn.number in pointed and turn.text]
    title = f"Mock professional discussion, {log.cover.unit_label} outcome {log.cover.outcome_number}"
    head = [log.banner, f"{title}, {log.cover.local_date}", *_index_lines(log.criteria)]
    return _fitted(head, quotes, _last_line(log.discussion, log.export, log.integrity.head))


@as_paste_block.register
def _draft_block(draft: ReflectiveDraft) -> str:
    quotes = [(message.turn, message.text) for message in draft.messages]
    title = f"{draft.title}, {draft.cover.unit_label} outcome {draft.cover.outcome_number}"
    head = [draft.banner, f"{title}, {draft.cover.local_date}", *_index_lines(draft.criteria)]
    return _fitted(head, quotes, _last_line(draft.discussion, draft.export, draft.head))


def _index_lines(criteria: Sequence[CriterionIndex]) -> Iterator[str]:
    for entry in criteria:
        quantity = f", {quantity_of(entry)}" if entry.quantity_needed else ""
        turns = ", ".join(f"turn {turn.number} {turn.local_time[11:19]}" for turn in entry.turns)
        yield f"{entry.number} {entry.standing}{quantity}{': ' if turns else ''}{turns}"


def _last_line(discussion: int, export: ExportLine, head: str | None) -> str:
    return f"[Tool] Discussion {discussion}, export {export.number}, hash {head[:16] if head else 'none yet'}."


def _fitted(head: Sequence[str], quotes: Sequence[tuple[int, str]], last: str) -> str:
    """Index lines first, then whole messages in order; what does not fit is counted."""
    lines = [*head, "", "Learner's words:"]
    room = LONGEST - length("\n".join([*lines, _more(len(quotes)), last])) - 1
    kept = []
    for number, text in quotes:
        line = f'Turn {number}: "{text}"'
        if length(line) + 1 <= room:
            kept.append(line)
            room -= length(line) + 1
    more = [_more(len(quotes) - len(kept))] if len(kept) < len(quotes) else []
    return _cut("\n".join([*lines, *kept, *more]), last)


def _more(count: int) -> str:
    return f"[Tool] {count} more messages are in the file."


def _cut(text: str, last: str) -> str:
    """Only an index of very many criteria is ever cut, and says so."""
    if length(f"{text}\n{last}") <= LONGEST:
        return f"{text}\n{last}"
    lines, note = text.split("\n"), "[Tool] The rest is in the file."
    while length("\n".join([*lines, note, last])) > LONGEST:
        lines.pop()
    return "\n".join([*lines, note, last])


def length(text: str) -> int:
    """Characters as chat programs and web forms count them: UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
