"""The memory model: FSRS-6 on the learner's own learning days, through the `fsrs` library.

The answer log is the truth and a state is a cache of it: undo, overrule and refit are a `replay` of what is left.
The library floors elapsed time to whole periods of 24 hours, so that an evening answer followed by a morning one would
count as no time at all. It is therefore told noon of the learning day, never the moment (facts of the measurements:
log loss 0.434 as shipped, 0.323 so).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from operator import itemgetter

from fsrs import Card, Rating, Scheduler, State
from fsrs.scheduler import DEFAULT_PARAMETERS

from talkthrough.scheduler.forgetting import DEFAULT, Forgetting

RETENTION = 0.9
LONGEST_INTERVAL = 36500
_FIRST_NOON = datetime(1970, 1, 1, 12, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class MemoryState:
    """What is known of one memory: stability (days until recall is 90%), difficulty (1-10), last learning day."""

    stability: float
    difficulty: float
    last_day: int


def review(
    state: MemoryState | None, rating: int, day: int, parameters: Sequence[float] = DEFAULT_PARAMETERS
) -> MemoryState:
    """The memory after an answer rated 1-4 on a learning day; `state` is None for a first answer.

    Only the first answer of a day counts: a repeat minutes later shows what was just read, not what is remembered,
    so the state comes back unchanged. ValueError for a rating outside 1-4.
    """
    if state is not None and day <= state.last_day:
        return state
    card, _ = _scheduler(tuple(parameters)).review_card(_card(state), Rating(rating), _noon(day))
    assert card.stability is not None
    assert card.difficulty is not None
    return MemoryState(card.stability, card.difficulty, day)


def replay(events: Iterable[tuple[int, int]], parameters: Sequence[float] = DEFAULT_PARAMETERS) -> MemoryState | None:
    """The memory that a card's (rating, learning day) log makes; None for an empty log.

    Undone answers are left out by the caller. Days are put in order first, so a line that was added later for an
    earlier day (an overruled answer) counts on its own day; of one day's lines the first given counts. The same log
    gives the same bits.
    """
    state: MemoryState | None = None
    for rating, day in sorted(events, key=itemgetter(1)):
        state = review(state, rating, day, parameters)
    return state


def recall(state: MemoryState | None, day: float, forgetting: Forgetting = DEFAULT) -> float:
    """The probability (0..1) of recalling on a learning day; 0 for what was never asked."""
    return forgetting.recall(state.stability, max(0.0, day - state.last_day)) if state else 0.0


def due_day(state: MemoryState, retention: float = RETENTION, forgetting: Forgetting = DEFAULT) -> int:
    """The learning day on which recall has sunk to `retention`; at least one day after the last answer."""
    interval = round(forgetting.days_until(state.stability, retention))
    return state.last_day + min(max(interval, 1), LONGEST_INTERVAL)


def settings_json(parameters: Sequence[float] = DEFAULT_PARAMETERS) -> str:
    """The model's settings in the library's own JSON, to go with an exported log."""
    return str(_scheduler(tuple(parameters)).to_json(indent=1))


@lru_cache(maxsize=64)
def _scheduler(parameters: tuple[float, ...]) -> Scheduler:
    return Scheduler(parameters, RETENTION, learning_steps=(), relearning_steps=(), enable_fuzzing=False)


def _card(state: MemoryState | None) -> Card:
    # An id of our own: without one the library sleeps a millisecond to find an unused one.
    if state is None:
        return Card(card_id=1, step=0)
    noon = _noon(state.last_day)
    return Card(
        card_id=1,
        state=State.Review,
        stability=state.stability,
        difficulty=state.difficulty,
        due=noon,
        last_review=noon,
    )


def _noon(day: int) -> datetime:
    return _FIRST_NOON + timedelta(days=day)
