"""What one answer teaches: the memories that it asked for, and how this learner's forecasts are put right. Pure.

What is stored of a learner is a cache: `replay` of the answer log with the same `learn` gives the same bits. That is
what undoing, overruling and refitting rest on.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from pydantic import TypeAdapter

from talkthrough.question_bank.items.question import QuestionKind
from talkthrough.scheduler import recalibration
from talkthrough.scheduler.forgetting import AGAIN, DEFAULT, DEFAULT_PARAMETERS, Forgetting
from talkthrough.scheduler.memory import MemoryState, recall, review
from talkthrough.scheduler.prediction import Scored
from talkthrough.scheduler.recalibration import Recalibration, Tempo
from talkthrough.scheduler.session import LEECH_MISSES
from talkthrough.scheduler.standing import LAST_ANSWERS, recent_misses

NO_TEMPO = Tempo()
KEPT_TIMES = 20
LONGEST_SECONDS = 600.0  # who comes back after ten minutes was not thinking all the time


@dataclass(frozen=True, slots=True)
class CardMemory:
    """One memory with what forecasts need beside it: `slowness` of its last answer, its last five ratings."""

    state: MemoryState
    slowness: float = 0.0
    recent: tuple[int, ...] = ()
    answers: int = 0
    misses: int = 0

    @property
    def is_leech(self) -> bool:
        """Missed three times in its last five answers."""
        return recent_misses(self.recent) >= LEECH_MISSES


@dataclass(frozen=True, slots=True)
class Learner:
    """What is known of one learner beside their memories. `parameters`: FSRS's, where a refit won; else none."""

    recalibration: Recalibration = recalibration.START
    tempo: Tempo = NO_TEMPO
    usual_seconds: Mapping[QuestionKind, tuple[float, ...]] = field(default_factory=dict)
    parameters: tuple[float, ...] | None = None

    @property
    def forgetting(self) -> Forgetting:
        """How this learner forgets."""
        return _forgetting(self.parameters) if self.parameters else DEFAULT


@dataclass(frozen=True, slots=True)
class LoggedAnswer:
    """One answer of the log: rating (1-4) per card, learning day, and the seconds it took where they may count."""

    ratings: Mapping[str, int]
    day: int
    kind: QuestionKind
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Before:
    """What an answer changed, as it was before: enough to take the last answer back without the whole log."""

    answer_id: int
    learner: Learner
    cards: Mapping[str, CardMemory | None]


LEARNERS: TypeAdapter[Learner] = TypeAdapter(Learner)
BEFORE: TypeAdapter[Before] = TypeAdapter(Before)


def timed(seconds: float | None) -> float | None:
    """The seconds, where they can have been spent on the answer."""
    return seconds if seconds is not None and 0 < seconds <= LONGEST_SECONDS else None


def learn(
    learner: Learner, cards: Mapping[str, CardMemory], answer: LoggedAnswer
) -> tuple[Learner, dict[str, CardMemory]]:
    """The learner and the answered cards after one answer. A card that is missing from `cards` was never asked."""
    weights = learner.recalibration
    slowness = learner.tempo.slowness(answer.seconds)
    after: dict[str, CardMemory] = {}
    for key, rating in sorted(answer.ratings.items()):
        before = cards.get(key)
        if before is not None and answer.day > before.state.last_day:
            weights = recalibration.update(
                weights,
                recall(before.state, answer.day, learner.forgetting),
                was_recalled=rating > AGAIN,
                slowness=before.slowness,
            )
        after[key] = _answered(before, rating, answer.day, slowness, learner.parameters)
    if not answer.ratings:
        return learner, after
    return replace(
        learner,
        recalibration=weights,
        tempo=learner.tempo.after(answer.seconds),
        usual_seconds=_with_time(learner.usual_seconds, answer),
    ), after


def replay(answers: Iterable[LoggedAnswer], learner: Learner | None = None) -> tuple[Learner, dict[str, CardMemory]]:
    """Everything learnt from a log in the order of its answers; those taken back are left out by the caller.

    `learner`: whom to begin with, for the parameters; nobody has been asked anything yet.
    """
    found, cards = learner or Learner(), dict[str, CardMemory]()
    for answer in answers:
        found, after = learn(found, cards, answer)
        cards |= after
    return found, cards


def forecasts(answers: Iterable[LoggedAnswer], parameters: tuple[float, ...] | None = None) -> list[Scored]:
    """What was forecast for each memory before it was asked for, as `learn` would have it, and what happened."""
    learner, cards, scored = Learner(parameters=parameters), dict[str, CardMemory](), list[Scored]()
    for answer in answers:
        for key, rating in sorted(answer.ratings.items()):
            before = cards.get(key)
            if before is not None and answer.day > before.state.last_day:
                chance = recall(before.state, answer.day, learner.forgetting)
                expected = recalibration.forecast(learner.recalibration, chance, before.slowness)
                scored.append(Scored(expected, rating > AGAIN, (0.0, 0.0, 0.0)))
        learner, after = learn(learner, cards, answer)
        cards |= after
    return scored


def _answered(
    before: CardMemory | None, rating: int, day: int, slowness: float, parameters: tuple[float, ...] | None
) -> CardMemory:
    state = review(before.state if before else None, rating, day, parameters or DEFAULT_PARAMETERS)
    if before is None:
        return CardMemory(state, slowness, (rating,), 1, int(rating == AGAIN))
    recent = (*before.recent, rating)[-LAST_ANSWERS:]
    return CardMemory(state, slowness, recent, before.answers + 1, before.misses + (rating == AGAIN))


def _with_time(
    usual: Mapping[QuestionKind, tuple[float, ...]], answer: LoggedAnswer
) -> Mapping[QuestionKind, tuple[float, ...]]:
    if answer.seconds is None:
        return usual
    return {**usual, answer.kind: (*usual.get(answer.kind, ()), answer.seconds)[-KEPT_TIMES:]}


@lru_cache(maxsize=64)
def _forgetting(parameters: tuple[float, ...]) -> Forgetting:
    return Forgetting(parameters)
