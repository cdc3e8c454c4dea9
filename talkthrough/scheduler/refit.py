"""FSRS parameters for one learner, from their own log: an optional extra, taken only when it forecasts better.

A try comes after 400 answers, and again when the log has grown by a quarter: then its last fifth, on which old and new
parameters are compared, holds nothing that the old ones were fitted on (100 to 125 make up exactly the last fifth).

Five of the 21 parameters are moved (how long a first miss and a first right answer last, growth, relearning, the shape
of forgetting); the rest would need more answers than one learner gives. A pattern search in plain Python takes a
second or two for 5,000 answers and needs no numeric library.
"""

from collections import defaultdict
from collections.abc import Sequence
from math import log

from fsrs.scheduler import LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS

from talkthrough.scheduler.forgetting import AGAIN, DEFAULT_PARAMETERS, Forgetting
from talkthrough.scheduler.prediction import Recalibrated, evaluate, quality
from talkthrough.scheduler.review_log import LoggedReview

MOVED = (0, 2, 8, 11, 20)
FEWEST_ANSWERS = 400
GROWTH = 1.25
FIRST_STEP, LAST_STEP = 1.6, 1.05
LEAST, MOST = 0.0001, 0.9999

History = list[tuple[int, int]]


def is_due(events: int, events_at_last_try: int = 0) -> bool:
    """Whether there are enough memory events for a try, and enough new ones since the last."""
    return events >= max(FEWEST_ANSWERS, GROWTH * events_at_last_try)


def refit(log_: Sequence[LoggedReview], current: Sequence[float] = DEFAULT_PARAMETERS) -> tuple[float, ...] | None:
    """Parameters fitted to a learner's log, oldest answer first; None to stay with the `current` ones.

    They are fitted on the first four fifths and taken only if, recalibrated as in use, they have the lower log loss on
    the last fifth. None also for fewer than 400 answers on later days.
    """
    if sum(len(history) - 1 for history in _histories(log_)) < FEWEST_ANSWERS:
        return None
    split = len(log_) * 4 // 5
    fitted = fit(log_[:split])
    return fitted if _last_fifth(log_, split, fitted) < _last_fifth(log_, split, current) else None


def fit(log_: Sequence[LoggedReview]) -> tuple[float, ...]:
    """The parameters with the lowest log loss that a pattern search from the defaults finds."""
    histories = _histories(log_)
    best, loss, step = tuple(DEFAULT_PARAMETERS), _loss(DEFAULT_PARAMETERS, histories), FIRST_STEP
    while step > LAST_STEP:
        before = loss
        for place in MOVED:
            for factor in (step, 1 / step):
                moved = _moved(best, place, factor)
                if (moved_loss := _loss(moved, histories)) < loss:
                    best, loss = moved, moved_loss
                    break
        if loss == before:
            step **= 0.5
    return best


def _moved(parameters: Sequence[float], place: int, factor: float) -> tuple[float, ...]:
    bounded = min(max(parameters[place] * factor, LOWER_BOUNDS_PARAMETERS[place]), UPPER_BOUNDS_PARAMETERS[place])
    return (*parameters[:place], bounded, *parameters[place + 1 :])


def _histories(log_: Sequence[LoggedReview]) -> list[History]:
    """The first answer of each day, card by card."""
    histories: dict[str, History] = defaultdict(list)
    for review in log_:
        history = histories[review.card]
        if not history or review.day > history[-1][1]:
            history.append((review.rating, review.day))
    return list(histories.values())


def _loss(parameters: Sequence[float], histories: Sequence[History]) -> float:
    """Summed log loss of every answer after a card's first."""
    forgetting, loss = Forgetting(parameters), 0.0
    for history in histories:
        rating, last = history[0]
        stability, difficulty = forgetting.first(rating)
        for rating, day in history[1:]:
            chance = min(max(forgetting.recall(stability, day - last), LEAST), MOST)
            loss -= log(chance if rating > AGAIN else 1 - chance)
            stability, difficulty = forgetting.after(stability, difficulty, chance, rating)
            last = day
    return loss


def _last_fifth(log_: Sequence[LoggedReview], split: int, parameters: Sequence[float]) -> float:
    model = Recalibrated(parameters)
    earlier = len(evaluate(log_[:split], Recalibrated(parameters)))
    return quality(evaluate(log_, model)[earlier:]).log_loss
