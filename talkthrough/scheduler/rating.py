"""From what happened to what memory learns of it: one pure function from an answer to FSRS ratings.

FSRS knows four ratings: 1 Again (not recalled), 2 Hard, 3 Good, 4 Easy. Hard counts as recalled, so a wrong answer is
never Hard. The rules, and why:

Tapped question: right -> Good, wrong or "I don't know" -> Again, right but "not sure" -> Hard (it may be a guess).
    Never Easy: a quick tap is no sign of strength.
List in the learner's own words: one memory per listed point.
    Mentioned -> Good. Partly, or mentioned but the marker is unsure -> Hard: the marker's doubt must not cost a memory.
    Contradicted -> Again. Perhaps mentioned (not found, but unsure) -> no rating.
    Not mentioned: a miss only as far as the question asked for it. "Name three" of nine with three given asks nothing
    of the other six. With one given, two points are missed, not eight: the two likeliest to be forgotten (what
    was never asked first), because asked-for misses explain the answer fully. "All of the following", or a list
    that asks for every point: all that are missing -> Again. To an open list ("eg"), a sensible answer that is not
    on it counts as given.
Other words (definition, verb drill, short answer): one memory, by the share of what was asked for:
    under half -> Again, under four fifths -> Hard, else Good; 95% and fast -> Easy.
    A question that expects no listed points is recalled when it was answered at all.
Fast means quicker than usual for this learner, and only where one memory was typed without help or extra time.
    Slow is never Hard: people read at different speeds (measured: slow -> Hard forecasts worse).
After a hint, a recalled point is Hard. "Not sure" makes Good into Hard.
Overruled by the learner ("I knew that"): every Again becomes Good. Skipped: no rating at all.
Sources: the measurements of answer types and memory (scheduling facts, section 5).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import log
from statistics import fmean, pstdev
from typing import Literal

from talkthrough.question_bank.items.question import Question
from talkthrough.question_bank.marking.model import Mark, PointMark, PointState
from talkthrough.scheduler.forgetting import AGAIN, EASY, GOOD, HARD

Confidence = Literal["sure", "not sure"]
HALF, MOST, NEARLY_ALL = 0.5, 0.8, 0.95
FAST = -0.75
ENOUGH_TIMES = 20


@dataclass(frozen=True, slots=True)
class AnswerOutcome:
    """What happened with one question: an `option` was tapped, or words were sent and have a `mark`.

    `seconds`: from showing the question to the answer. `usual_seconds`: this learner's earlier typed answers to this
    kind of question. `recall_now`: expected recall (0..1) per card key, for lists that ask for some of their points;
    a card that is not named was never asked. `has_extra_time` switches timing off.
    """

    question: Question
    mark: Mark | None = None
    option: int | None = None
    seconds: float | None = None
    confidence: Confidence | None = None
    usual_seconds: Sequence[float] = ()
    recall_now: Mapping[str, float] = field(default_factory=dict)
    hints: int = 0
    has_extra_time: bool = False
    is_overruled: bool = False
    is_skipped: bool = False


def rating_of(outcome: AnswerOutcome) -> Mapping[str, int]:
    """Card key -> FSRS rating (1-4) for every memory that the answer says something about. Rules: see the module."""
    if outcome.is_skipped:
        return {}
    question = outcome.question
    if question.is_tapped and outcome.mark is None:
        ratings = {question.key: _tapped(outcome)}
    elif _is_own_card(question):
        ratings = {question.key: _in_words(outcome)}
    else:
        ratings = _list(outcome)
    return {key: _adjusted(rating, outcome) for key, rating in ratings.items()}


def score_of(question: Question, mark: Mark | None, option: int | None) -> float:
    """The share (0..1) of what was asked for that the answer gave; 1 or 0 for a tapped question."""
    if mark is None:
        return float(option is not None and question.options[option].is_key)
    points = [point for point in mark.points if _is_own_card(question) or point.point_key in question.card_keys]
    if not points:
        return 0.0 if mark.signals.dont_know or mark.echo else 1.0
    given = sum(map(_credit, points)) + _unlisted(question, mark)
    return min(1.0, given / _needed(question, mark, len(points)))


def still_asked_for(question: Question, mark: Mark) -> int:
    """How many more points of a list the question asks for: asked once more before the answer is rated.

    A point that is contradicted, partly there or perhaps there has been answered for.
    """
    cards = len(question.card_keys)
    given = cards - len(_absent(question, mark)) + _unlisted(question, mark)
    return max(0, _needed(question, mark, cards) - given)


def is_fast(seconds: float | None, usual_seconds: Sequence[float]) -> bool:
    """Whether an answer came clearly quicker than usual (log time, 0.75 deviations, 20 or more times)."""
    times = [log(usual) for usual in usual_seconds if usual > 0]
    if not seconds or seconds < 0 or len(times) < ENOUGH_TIMES:
        return False
    spread = pstdev(times)
    return spread > 0 and (log(seconds) - fmean(times)) / spread < FAST


def _tapped(outcome: AnswerOutcome) -> int:
    return GOOD if score_of(outcome.question, None, outcome.option) else AGAIN


def _in_words(outcome: AnswerOutcome) -> int:
    share = score_of(outcome.question, outcome.mark, outcome.option)
    if share < HALF:
        return AGAIN
    if share < MOST:
        return HARD
    is_timed = not outcome.has_extra_time and not outcome.hints and bool(outcome.mark and outcome.mark.points)
    is_easy = is_timed and share >= NEARLY_ALL and is_fast(outcome.seconds, outcome.usual_seconds)
    return EASY if is_easy else GOOD


def _list(outcome: AnswerOutcome) -> dict[str, int]:
    question, mark = outcome.question, outcome.mark or Mark()
    points = {point.point_key: point for point in mark.points}
    rated = {key: rating for key in question.card_keys if (rating := _point(points.get(key))) is not None}
    missed = sorted(_absent(question, mark), key=lambda key: outcome.recall_now.get(key, 0.0))
    return rated | dict.fromkeys(missed[: still_asked_for(question, mark)], AGAIN)


def _absent(question: Question, mark: Mark) -> list[str]:
    """The points of a list of which the answer says nothing at all, in published order."""
    points = {point.point_key: point for point in mark.points}
    return [key for key in question.card_keys if _point(points.get(key)) is None and not _is_unsure(points.get(key))]


def _point(point: PointMark | None) -> int | None:
    if point is None or point.state is PointState.NOT_MENTIONED:
        return None
    if point.state is PointState.CONTRADICTED:
        return None if _is_unsure(point) else AGAIN
    return GOOD if _credit(point) == 1 else HARD


def _credit(point: PointMark) -> float:
    match point.state:
        case PointState.COVERED:
            return 0.5 if _is_unsure(point) else 1.0
        case PointState.PARTIAL:
            return 0.5
        case PointState.NOT_MENTIONED | PointState.CONTRADICTED:
            return 0.0


def _is_unsure(point: PointMark | None) -> bool:
    return point is not None and point.band == "unsure"


def _is_own_card(question: Question) -> bool:
    return question.card_keys == (question.key,)


def _unlisted(question: Question, mark: Mark) -> int:
    """How many sensible answers count although the document does not list them: those to an open list (eg)."""
    return len(mark.others) if question.is_open and not question.all_required else 0


def _needed(question: Question, mark: Mark, available: int) -> int:
    """How many points were asked for. Without a number: all of a definition or drill, at least one of a list."""
    if question.all_required:
        return available
    unnumbered = available if _is_own_card(question) else 1
    return min(available, question.quantity or mark.needed or unnumbered)


def _adjusted(rating: int, outcome: AnswerOutcome) -> int:
    if rating == AGAIN:
        return GOOD if outcome.is_overruled else AGAIN
    return HARD if outcome.hints or outcome.confidence == "not sure" else rating
