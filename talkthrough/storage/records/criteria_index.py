"""The index of a record: each criterion as published, where it was spoken about, and when that happened.

It names turns and quotes dates in the learner's words, so that a reader can check how current and sufficient an
account is (assessment-practice.md section 1.6). It judges nothing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from talkthrough.storage.records.answers import evidence_answers
from talkthrough.storage.records.event_dates import stated_time
from talkthrough.storage.records.model import CriterionIndex, DraftMessage, LoggedTurn, TurnReference
from talkthrough.storage.records.sheet import Cell, Table, linked

COLUMNS = (
    ("Criterion, as published", 4.1),
    ("Standing", 1.8),
    ("Quantity", 1.8),
    ("Turns and times", 2.8),
    ("Event date, as said", 2),
)


@dataclass(frozen=True, slots=True)
class Heard:
    """What stands in turns: the date that each states, in the learner's words, and which name evidence.

    `told`: the answers to the question where the evidence is kept. It asks about all that was said until then.
    """

    dates: Mapping[int, str]
    evidence: frozenset[int] = frozenset()
    told: tuple[int, ...] = ()


def heard_in(turns: Sequence[LoggedTurn]) -> Heard:
    """The dates and the evidence of a log's learner turns."""
    said = [turn for turn in turns if turn.speaker == "learner" and turn.text]
    evidence = frozenset(turn.number for turn in said if "evidence_named" in turn.signals)
    dates = _dates((turn.number, turn.local_time, turn.text or "") for turn in said)
    return Heard(dates, evidence, evidence_answers(turns))


def heard_in_draft(messages: Iterable[DraftMessage]) -> Heard:
    """The dates of a draft's messages."""
    return Heard(_dates((message.turn, message.local_time, message.text) for message in messages))


def _dates(said: Iterable[tuple[int, str, str]]) -> dict[int, str]:
    found = {turn: stated_time(text, date.fromisoformat(local_time[:10])) for turn, local_time, text in said}
    return {turn: stated.words for turn, stated in found.items() if stated}


def dates_of(entry: CriterionIndex, heard: Heard) -> tuple[tuple[int, str], ...]:
    """The turns of a criterion that state a date, with its words."""
    return tuple((turn, heard.dates[turn]) for turn in spoken_in(entry) if turn in heard.dates)


def evidence_of(entry: CriterionIndex, heard: Heard) -> tuple[int, ...]:
    """The turns in which the learner named evidence for a criterion, or was asked for it after speaking about it."""
    spoken = spoken_in(entry)
    told = {turn for turn in heard.told if spoken and turn > spoken[0]}
    return tuple(sorted(told | (heard.evidence & set(spoken))))


def spoken_in(entry: CriterionIndex) -> tuple[int, ...]:
    """The turns about a criterion, and in answer to questions about it, in order."""
    return tuple(sorted({*(turn.number for turn in entry.turns), *entry.replies}))


def index_table(criteria: tuple[CriterionIndex, ...], heard: Heard) -> Table:
    """One row a criterion."""
    rows = tuple(
        (
            Cell(f"{entry.number} {entry.text}"),
            Cell(entry.standing),
            Cell(quantity_of(entry) or "none asked for"),
            linked(_places(entry)),
            linked(((turn, f'"{words}" in turn {turn}') for turn, words in dates_of(entry, heard)), "not said yet"),
        )
        for entry in criteria
    )
    return Table("Criteria and the turns that speak to them", COLUMNS, rows, tuple(entry.number for entry in criteria))


def quantity_of(entry: CriterionIndex) -> str:
    """How many of those asked for were mentioned: "2 of 3", "4 mentioned, 3 asked for"; empty where no number is."""
    mentioned, needed = entry.quantity_mentioned, entry.quantity_needed
    if not needed:
        return ""
    return f"{mentioned} of {needed}" if mentioned <= needed else f"{mentioned} mentioned, {needed} asked for"


def _places(entry: CriterionIndex) -> Iterator[tuple[int, str]]:
    yield from ((turn.number, _where(turn)) for turn in entry.turns)
    yield from ((turn, f"turn {turn} (answer to a question about it)") for turn in entry.replies)


def _where(turn: TurnReference) -> str:
    return f"turn {turn.number} at {turn.local_time[11:19]} ({', '.join(turn.by)})"
