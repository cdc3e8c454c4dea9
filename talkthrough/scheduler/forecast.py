"""What practice costs and what it buys: minutes of a session, and recall expected on the day of the assessment.

The outlook plays the days that are left with the memory model and the index that sessions use, on a sample of the
learner's own memories. The random numbers come from a fixed seed, so the same memories give the same outlook.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from random import Random
from statistics import fmean, median
from types import MappingProxyType

from talkthrough.languages import ENGLISH, Language
from talkthrough.question_bank.items.question import QuestionKind
from talkthrough.scheduler import recalibration
from talkthrough.scheduler.exam_index import FIRST_RECALL, Horizon, gains
from talkthrough.scheduler.forgetting import AGAIN, DEFAULT, GOOD, Forgetting
from talkthrough.scheduler.learning_day import date_of
from talkthrough.scheduler.memory import MemoryState, recall
from talkthrough.scheduler.session import QuestionView

SECONDS: Mapping[QuestionKind, float] = MappingProxyType(
    {
        QuestionKind.CHOICE: 20,
        QuestionKind.REVERSE_DEFINITION: 20,
        QuestionKind.EVIDENCE: 20,
        QuestionKind.REQUIREMENT: 20,
        QuestionKind.SEQUENCE: 40,
        QuestionKind.DEFINITION: 45,
        QuestionKind.RECALL_LIST: 45,
        QuestionKind.APPLICATION: 30,
        QuestionKind.VERB_DRILL: 90,
        QuestionKind.SHORT_ANSWER: 90,
        QuestionKind.WORKPLACE: 90,
    }
)
POINTS = 3  # of a list, for which its time above is meant
ENOUGH_ANSWERS = 5
FASTEST = 0.5  # of the time above: who taps in a second was guessing, and what comes back wants reading too
SAMPLE = 60
PLAYED_DAYS, FEWEST_PLAYS, MOST_PLAYS = 240, 3, 8


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a number of questions a day leads to by the assessment, and what some more a day would. Shares are 0..1."""

    questions: int
    days_left: int
    exam_date: date
    a_day: int
    expected: float
    more_a_day: int
    expected_with_more: float


def minutes(
    questions: Iterable[QuestionView],
    usual: Mapping[QuestionKind, Sequence[float]] = MappingProxyType({}),
    extra_time: float = 1.0,
) -> int:
    """About how many minutes these questions take; at least 1. A list takes longer the more points it asks for.

    `usual`: this learner's earlier seconds per kind, whose median counts once there are five, but never as less than
    half of what we assume. `extra_time` multiplies what we assume, never what was measured.
    """
    return max(1, round(sum(_seconds(question, usual, extra_time) for question in questions) / 60))


def budget(
    minutes_a_day: float,
    questions: Sequence[QuestionView],
    usual: Mapping[QuestionKind, Sequence[float]] = MappingProxyType({}),
    extra_time: float = 1.0,
) -> int:
    """How many questions of such a bank fit into so many minutes; at least 1."""
    seconds = fmean(_seconds(question, usual, extra_time) for question in questions) if questions else 60
    return max(1, round(minutes_a_day * 60 / seconds))


def expected_recall(
    states: Sequence[MemoryState | None],
    day: int,
    calibrated: recalibration.Recalibration | None = None,
    forgetting: Forgetting = DEFAULT,
) -> float:
    """The mean probability (0..1) of recalling these memories on a learning day without more practice.

    What was never asked counts as 0. With `calibrated`, each forecast is made honest for the learner first.
    """
    chances = (recall(state, day, forgetting) for state in states)
    if calibrated:
        chances = (recalibration.forecast(calibrated, chance) if chance else 0.0 for chance in chances)
    return fmean(chances) if states else 0.0


def at_pace(
    states: Sequence[MemoryState | None],
    *,
    today: int,
    exam_day: int,
    cards_a_day: float,
    attendance: float = 0.8,
    calibrated: recalibration.Recalibration | None = None,
    forgetting: Forgetting = DEFAULT,
) -> float:
    """The mean probability (0..1) of recall on the exam day if so many memories are asked for on a day of practice."""
    sample = _sample(states)
    days = range(today, exam_day)
    if not sample or not days:
        return expected_recall(states, exam_day, calibrated, forgetting)
    a_day = cards_a_day * len(sample) / len(states)
    plays = (
        _played(sample, days, a_day=a_day, attendance=attendance, play=play, forgetting=forgetting)
        for play in range(min(max(PLAYED_DAYS // len(days), FEWEST_PLAYS), MOST_PLAYS))
    )
    return fmean(expected_recall(played, exam_day, calibrated, forgetting) for played in plays)


def outlook(
    states: Sequence[MemoryState | None],
    *,
    today: int,
    exam_day: int,
    a_day: int,
    more_a_day: int,
    attendance: float = 0.8,
    calibrated: recalibration.Recalibration | None = None,
    cards_per_question: float = 1.0,
    forgetting: Forgetting = DEFAULT,
) -> Outlook:
    """What `a_day` questions a day lead to, beside `more_a_day`."""
    expected, with_more = (
        at_pace(
            states,
            today=today,
            exam_day=exam_day,
            cards_a_day=questions * cards_per_question,
            attendance=attendance,
            calibrated=calibrated,
            forgetting=forgetting,
        )
        for questions in (a_day, more_a_day)
    )
    questions = ceil(len(states) / cards_per_question)
    days_left = max(0, exam_day - today)
    return Outlook(questions, days_left, date_of(exam_day), a_day, expected, more_a_day, max(expected, with_more))


def learner_sentence(outlook_: Outlook, more_minutes: int, say: Language = ENGLISH) -> str:
    """The outlook for the learner: "At this pace: about 86% remembered on 14 March. ..."."""
    day, expected = say.day(outlook_.exam_date, has_year=False), f"{outlook_.expected:.0%}"
    said = say("At this pace: about %(expected)s remembered on %(day)s.", expected=expected, day=day)
    if round(outlook_.expected_with_more, 2) <= round(outlook_.expected, 2):
        return said
    more = say.plural(
        "%(num)s more minute a day: about %(expected)s.",
        "%(num)s more minutes a day: about %(expected)s.",
        more_minutes,
        expected=f"{outlook_.expected_with_more:.0%}",
    )
    return f"{said} {more}"


def tutor_sentence(outlook_: Outlook) -> str:
    """The feasibility line for the tutor: "300 questions, 30 days, 20 a day: about 84% remembered on 14 March. ..."."""
    return (
        f"{_count(outlook_.questions, 'question')}, {_count(outlook_.days_left, 'day')}, {outlook_.a_day} a day: "
        f"about {outlook_.expected:.0%} remembered on {ENGLISH.day(outlook_.exam_date, has_year=False)}. "
        f"{outlook_.more_a_day} a day: about {outlook_.expected_with_more:.0%}."
    )


def _seconds(question: QuestionView, usual: Mapping[QuestionKind, Sequence[float]], extra_time: float) -> float:
    own = usual.get(question.kind, ())
    points = question.asks_for / POINTS if question.kind is QuestionKind.RECALL_LIST else 1
    assumed = SECONDS[question.kind] * points
    return max(median(own), FASTEST * assumed) if len(own) >= ENOUGH_ANSWERS else assumed * extra_time


def _sample(states: Sequence[MemoryState | None]) -> list[MemoryState | None]:
    """At most 60 memories, evenly over the range from never asked to well known."""
    ordered = sorted(states, key=lambda state: (state.stability, state.last_day) if state else (0.0, 0))
    size = min(SAMPLE, len(ordered))
    return [ordered[(2 * place + 1) * len(ordered) // (2 * size)] for place in range(size)]


def _played(
    sample: Sequence[MemoryState | None],
    days: range,
    *,
    a_day: float,
    attendance: float,
    play: int,
    forgetting: Forgetting,
) -> list[MemoryState | None]:
    """The memories after the days of one play; a fraction of a question is carried over to the next day.

    The days of practice are spread evenly and start on another day in each play, which wants fewer plays than drawing
    them.
    """
    chance = Random(play)  # noqa: S311 - a forecast, not a secret
    states = list(sample)
    pass_days = len(states) / max(a_day * attendance, 0.01)
    practice, allowance = chance.random(), 0.0
    for day in days:
        practice += attendance
        if practice < 1:
            continue
        practice -= 1
        allowance += a_day
        gain = gains(states, Horizon(day, days.stop - day, pass_days, forgetting=forgetting))
        for place in _best(states, gain, day, int(allowance)):
            states[place] = _answered(states[place], day, forgetting, chance)
        allowance -= int(allowance)
    return states


def _best(
    states: Sequence[MemoryState | None], gain: Mapping[MemoryState | None, float], day: int, number: int
) -> list[int]:
    ranked = sorted((-gain[state], place) for place, state in enumerate(states) if not state or state.last_day < day)
    return [place for worth, place in ranked[:number] if worth < 0]


def _answered(state: MemoryState | None, day: int, forgetting: Forgetting, chance: Random) -> MemoryState:
    if state is None:
        rating = GOOD if chance.random() < FIRST_RECALL else AGAIN
        return MemoryState(*forgetting.first(rating), day)
    now = recall(state, day, forgetting)
    rating = GOOD if chance.random() < now else AGAIN
    return MemoryState(*forgetting.after(state.stability, state.difficulty, now, rating), day)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
