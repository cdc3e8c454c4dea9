"""A closed discussion together with what the learner added to it afterwards, as one draft reads them."""

from collections.abc import Sequence
from dataclasses import replace

from talkthrough.storage.records.model import DiscussionLog, LoggedTurn

ADDED = "added after the discussion, for the draft"


def with_supplements(log: DiscussionLog, added: Sequence[DiscussionLog]) -> DiscussionLog:
    """The log with the turns of its supplements after its own, numbered on. For drafts only: the chains stay apart.

    The hash of every supplement is printed where the record says how it was made.
    """
    turns = list(log.turns)
    for part in added:
        start = len(turns)
        turns += [_added(turn, start) for turn in part.turns]
    chains = tuple(_line(part) for part in added if part.turns)
    return replace(log, turns=tuple(turns), disclosure=(*log.disclosure, *chains), seal=None)


def _added(turn: LoggedTurn, start: int) -> LoggedTurn:
    """A turn of a supplement, numbered on; what the learner said in it carries a note."""
    notes = (*turn.notes, ADDED) if turn.speaker == "learner" else turn.notes
    return replace(turn, number=start + turn.number, notes=notes)


def _line(part: DiscussionLog) -> str:
    count = sum(turn.speaker == "learner" for turn in part.turns)
    what = "1 message was" if count == 1 else f"{count} messages were"
    return f"{what} added after the discussion (chain {part.discussion}, last hash {part.turns[-1].hash})."
