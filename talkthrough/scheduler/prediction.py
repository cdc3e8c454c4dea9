"""How well recall is forecast, measured on a review log: log loss, RMSE(bins), AUC and a calibration table.

Every model sees only what came before the answer that it forecasts. Scored are answers on a later learning day than
the card's previous one.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import floor, log, sqrt
from statistics import fmean
from typing import Protocol

from fsrs import Card, Rating, Scheduler

from talkthrough.languages import ENGLISH, Language
from talkthrough.scheduler import memory, recalibration
from talkthrough.scheduler.forgetting import DEFAULT_PARAMETERS, Forgetting
from talkthrough.scheduler.review_log import LoggedReview

LEAST, MOST = 0.0001, 0.9999
FEWEST_IN_GROUP = 10


@dataclass(frozen=True, slots=True)
class Scored:
    """One forecast and what happened; `group` is the RMSE bin: days since, number of answers, number of misses."""

    forecast: float
    was_recalled: bool
    group: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Quality:
    """Over all scored answers: log loss and RMSE(bins), lower is better; AUC, higher is better."""

    answers: int
    log_loss: float
    rmse_bins: float
    auc: float


class Model(Protocol):
    """Something that forecasts the next answer of a card and then learns what it was."""

    def forecast(self, review: LoggedReview, /) -> float:
        """The probability (0..1) that this answer will be right; asked only of cards answered before."""
        ...

    def learn(self, review: LoggedReview) -> None:
        """Takes note of an answer."""
        ...


def evaluate(log_: Sequence[LoggedReview], model: Model) -> list[Scored]:
    """What a model forecasts for every answer on a later day than the card's previous one."""
    scored: list[Scored] = []
    history: dict[str, list[LoggedReview]] = defaultdict(list)
    for review in log_:
        earlier = history[review.card]
        if earlier and review.day > earlier[-1].day:
            scored.append(Scored(model.forecast(review), review.was_recalled, _group(earlier, review.day)))
        model.learn(review)
        if not earlier or review.day > earlier[-1].day:
            earlier.append(review)
    return scored


def quality(scored: Sequence[Scored]) -> Quality:
    """The three figures. ValueError when there is nothing to score."""
    if not scored:
        raise ValueError("The log has no answer on a later day than the one before it, so there is nothing to score.")
    return Quality(len(scored), _log_loss(scored), _rmse_bins(scored), _auc(scored))


def calibration(scored: Iterable[Scored], groups: int = 10) -> list[tuple[float, float, int]]:
    """Mean forecast, share recalled and number of answers for each tenth of the scale that has ten answers."""
    tenths: dict[int, list[Scored]] = defaultdict(list)
    for each in scored:
        tenths[min(int(each.forecast * groups), groups - 1)].append(each)
    return [
        (fmean(each.forecast for each in tenth), fmean(each.was_recalled for each in tenth), len(tenth))
        for _, tenth in sorted(tenths.items())
        if len(tenth) >= FEWEST_IN_GROUP
    ]


def calibration_sentences(table: Iterable[tuple[float, float, int]], say: Language = ENGLISH) -> list[str]:
    """The calibration table in words, for those who cannot see the plot."""
    return [
        say(
            "When the forecast is %(forecast)s, %(recalled)s is remembered (%(num)s answers).",
            forecast=f"{forecast:.0%}",
            recalled=f"{recalled:.0%}",
            num=answers,
        )
        for forecast, recalled, answers in table
    ]


def models() -> Mapping[str, Model]:
    """The models that are set side by side, ours last."""
    return {
        "average so far": Average(),
        "FSRS-6 as the library ships it": AsShipped(),
        "FSRS-6 on learning days": OnLearningDays(),
        "FSRS-6 on learning days, recalibrated": Recalibrated(),
    }


class Average:
    """The share recalled so far, of answers on later days."""

    def __init__(self) -> None:
        self._right, self._all = 9.0, 10.0
        self._days: dict[str, int] = {}

    def forecast(self, _review: LoggedReview, /) -> float:
        """The same for every card."""
        return self._right / self._all

    def learn(self, review: LoggedReview) -> None:
        """Counts answers on later days."""
        if self._days.setdefault(review.card, review.day) < review.day:
            self._days[review.card] = review.day
            self._right += review.was_recalled
            self._all += 1


class AsShipped:
    """The library with its own defaults: moments instead of days, elapsed time floored to 24 hours."""

    def __init__(self) -> None:
        self._scheduler = Scheduler(enable_fuzzing=False)
        self._cards: dict[str, Card] = {}

    def forecast(self, review: LoggedReview) -> float:
        """The library's retrievability."""
        return self._scheduler.get_card_retrievability(self._cards[review.card], review.at)

    def learn(self, review: LoggedReview) -> None:
        """Tells the library the moment."""
        card = self._cards.get(review.card) or Card(card_id=1)
        self._cards[review.card], _ = self._scheduler.review_card(card, Rating(review.rating), review.at)


class OnLearningDays:
    """Our memory model without recalibration."""

    def __init__(self, parameters: Sequence[float] = DEFAULT_PARAMETERS) -> None:
        self._parameters = tuple(parameters)
        self._forgetting = Forgetting(parameters)
        self._states: dict[str, memory.MemoryState] = {}

    def forecast(self, review: LoggedReview) -> float:
        """Recall on the learning day."""
        return memory.recall(self._states[review.card], review.day, self._forgetting)

    def learn(self, review: LoggedReview) -> None:
        """The first answer of a day counts."""
        before = self._states.get(review.card)
        self._states[review.card] = memory.review(before, review.rating, review.day, self._parameters)


class Recalibrated(OnLearningDays):
    """Our memory model with the learner's own four weights."""

    def __init__(self, parameters: Sequence[float] = DEFAULT_PARAMETERS) -> None:
        super().__init__(parameters)
        self._recalibration = recalibration.START
        self._tempo = recalibration.Tempo()
        self._slowness: dict[str, float] = {}

    def forecast(self, review: LoggedReview) -> float:
        """The recalibrated forecast."""
        return recalibration.forecast(self._recalibration, super().forecast(review), self._slowness[review.card])

    def learn(self, review: LoggedReview) -> None:
        """Updates weights, tempo and memory, in that order."""
        state = self._states.get(review.card)
        if state is not None and review.day > state.last_day:
            self._recalibration = recalibration.update(
                self._recalibration,
                super().forecast(review),
                was_recalled=review.was_recalled,
                slowness=self._slowness[review.card],
            )
        self._slowness[review.card] = self._tempo.slowness(review.seconds)
        self._tempo = self._tempo.after(review.seconds)
        super().learn(review)


def _group(earlier: Sequence[LoggedReview], day: int) -> tuple[float, float, float]:
    """The bin of the open spaced-repetition benchmark: logarithmic in days, answers and misses."""
    misses = sum(not review.was_recalled for review in earlier)
    return (
        _log_bin(day - earlier[-1].day, 2.48, 3.62),
        _log_bin(len(earlier) + 1, 1.99, 1.89),
        _log_bin(misses, 1.65, 1.73),
    )


def _log_bin(number: int, scale: float, base: float) -> float:
    return round(scale * base ** floor(log(number) / log(base)), 2) if number else 0.0


def _log_loss(scored: Sequence[Scored]) -> float:
    return fmean(
        -log(min(max(each.forecast if each.was_recalled else 1 - each.forecast, LEAST), MOST)) for each in scored
    )


def _rmse_bins(scored: Sequence[Scored]) -> float:
    groups: dict[tuple[float, float, float], list[float]] = defaultdict(list)
    for each in scored:
        groups[each.group].append(each.was_recalled - each.forecast)
    return sqrt(sum(len(group) * fmean(group) ** 2 for group in groups.values()) / len(scored))


def _auc(scored: Sequence[Scored]) -> float:
    """The chance that an answer that was recalled had the higher forecast than one that was not (ties count half)."""
    recalled = sum(each.was_recalled for each in scored)
    missed = len(scored) - recalled
    if not recalled or not missed:
        return 0.5
    ranks = sum(rank for rank, each in _ranks(scored) if each.was_recalled)
    return (ranks - recalled * (recalled + 1) / 2) / (recalled * missed)


def _ranks(scored: Sequence[Scored]) -> Iterator[tuple[float, Scored]]:
    """Ranks from 1, ties sharing their mean rank."""
    ties: dict[float, list[Scored]] = defaultdict(list)
    for each in scored:
        ties[each.forecast].append(each)
    below = 0
    for forecast in sorted(ties):
        tied = ties[forecast]
        yield from ((below + (len(tied) + 1) / 2, each) for each in tied)
        below += len(tied)
