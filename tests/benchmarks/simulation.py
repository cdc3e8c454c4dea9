"""Simulated learners who practise until an assessment, and the ways to choose what they are asked.

A learner answers by a true memory that the schedulers only see answers of. Everything follows from the seed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import exp
from random import Random
from typing import Protocol

from talkthrough.question_bank.items.question import QuestionKind
from talkthrough.scheduler.forgetting import AGAIN, DEFAULT, GOOD, Forgetting
from talkthrough.scheduler.memory import MemoryState, due_day, recall
from talkthrough.scheduler.session import CardView, QuestionView, compose, observed_attendance

FIRST_RIGHT = 0.7
CARDS_PER_CRITERION = 5


class Truth(Protocol):
    """How a simulated learner remembers."""

    def recall(self, stability: float, days: float, /) -> float: ...

    def answered(self, state: MemoryState | None, rating: int, day: int, /) -> MemoryState: ...


class Fsrs6(Forgetting):
    """FSRS-6 as the truth."""

    def answered(self, state: MemoryState | None, rating: int, day: int) -> MemoryState:
        """The memory after an answer."""
        if state is None:
            return MemoryState(*self.first(rating), day)
        expected = self.recall(state.stability, day - state.last_day)
        return MemoryState(*self.after(state.stability, state.difficulty, expected, rating), day)


AS_BELIEVED = Fsrs6()
FASTER = Fsrs6((0.1, 0.8, 1.5, 5.0, *DEFAULT.parameters[4:20], 0.3))


@dataclass(frozen=True)
class Case:
    """Items to learn, days until the assessment, questions a day; how learners differ; days left out; the truth."""

    items: int
    days: int
    a_day: int = 20
    spread: float = 0.0
    skipped: float = 0.0
    truth: Truth = AS_BELIEVED


class Policy(Protocol):
    """Chooses what is asked on a day, and is told each answer."""

    def choose(self, day: int) -> list[int]: ...

    def learn(self, item: int, rating: int, day: int) -> None: ...


def recall_on_the_day(case: Case, make_policy: Callable[[Case, Random], Policy], seed: int) -> tuple[float, int]:
    """Mean true recall (percent) on the morning of the assessment, and how many items were never asked.

    Unseen items count only where the days of practice allowed one look at each.
    """
    source = Random(seed)
    ability = exp(source.gauss(0, case.spread)) if case.spread else 1.0
    policy = make_policy(case, Random(seed + 1_000_000))
    truth: list[MemoryState | None] = [None] * case.items
    looks = 0
    for day in range(case.days):
        if case.skipped and source.random() < case.skipped:
            continue
        looks += case.a_day
        for item in policy.choose(day):
            state = truth[item]
            right = source.random() < (_now(case, state, day, ability) if state else FIRST_RIGHT)
            truth[item] = case.truth.answered(state, GOOD if right else AGAIN, day)
            policy.learn(item, GOOD if right else AGAIN, day)
    on_the_day = sum(_now(case, state, case.days, ability) for state in truth if state)
    return 100 * on_the_day / case.items, truth.count(None) if looks >= case.items else 0


def _now(case: Case, state: MemoryState, day: int, ability: float) -> float:
    return case.truth.recall(state.stability * ability, day - state.last_day)


class _Believer:
    """A policy that keeps FSRS-6 states of what it was told."""

    def __init__(self, case: Case, _source: Random) -> None:
        self.case = case
        self.states: list[MemoryState | None] = [None] * case.items

    def learn(self, item: int, rating: int, day: int) -> None:
        self.states[item] = AS_BELIEVED.answered(self.states[item], rating, day)

    def new(self) -> list[int]:
        return [item for item, state in enumerate(self.states) if state is None]

    def seen(self, key: Callable[[MemoryState], float]) -> list[int]:
        return sorted(
            (item for item, state in enumerate(self.states) if state), key=lambda item: key(self.states[item])
        )


class Composer(_Believer):
    """The product's own composer, on choice questions of five to a criterion."""

    def __init__(self, case: Case, source: Random) -> None:
        super().__init__(case, source)
        self.practised = 0
        self.questions = [
            QuestionView(
                str(item), QuestionKind.CHOICE, str(item // CARDS_PER_CRITERION), (str(item),), 1, is_tapped=True
            )
            for item in range(case.items)
        ]

    def choose(self, day: int) -> list[int]:
        session = compose(
            [CardView(str(item), state) for item, state in enumerate(self.states)],
            self.questions,
            today=day,
            exam_day=self.case.days,
            budget=self.case.a_day,
            attendance=observed_attendance(self.practised, day),
        )
        self.practised += 1
        return [int(key) for key in session]


class DueFirst(_Believer):
    """FSRS at 90%: what is due, then new items."""

    def choose(self, day: int) -> list[int]:
        due = [item for item in self.seen(due_day) if due_day(self.states[item]) <= day]
        return (due + self.new())[: self.case.a_day]


class NewFirst(_Believer):
    """FSRS at 90% with new items first, then the likeliest forgotten, also ahead of their day."""

    def choose(self, day: int) -> list[int]:
        ordered = self.seen(lambda state: recall(state, day))
        due = [item for item in ordered if due_day(self.states[item]) <= day]
        ahead = [item for item in ordered if due_day(self.states[item]) > day]
        return (self.new() + due + ahead)[: self.case.a_day]


class Sm2:
    """SuperMemo 2: intervals 1, 6, then times the ease; due first, then new."""

    def __init__(self, case: Case, _source: Random) -> None:
        self.case = case
        self.cards: dict[int, tuple[int, int, float, int]] = {}

    def choose(self, day: int) -> list[int]:
        due = sorted((card[3], item) for item, card in self.cards.items() if card[3] <= day)
        new = [item for item in range(self.case.items) if item not in self.cards]
        return ([item for _, item in due] + new)[: self.case.a_day]

    def learn(self, item: int, rating: int, day: int) -> None:
        repetitions, interval, ease, _ = self.cards.get(item, (0, 0, 2.5, 0))
        quality = 4 if rating > AGAIN else 2
        ease = max(1.3, ease + 0.1 - (5 - quality) * (0.08 + (5 - quality) * 0.02))
        repetitions = repetitions + 1 if rating > AGAIN else 0
        interval = {0: 1, 1: 1, 2: 6}.get(repetitions, round(interval * ease))
        self.cards[item] = (repetitions, interval, ease, day + interval)


class Leitner(Sm2):
    """Six boxes of 1, 3, 7, 14, 30 and 60 days; a miss goes back to the first."""

    def learn(self, item: int, rating: int, day: int) -> None:
        box = min(self.cards.get(item, (-1, 0, 0.0, 0))[0] + 1, 5) if rating > AGAIN else 0
        self.cards[item] = (box, 0, 0.0, day + (1, 3, 7, 14, 30, 60)[box])


class AtRandom(_Believer):
    """Any items."""

    def __init__(self, case: Case, source: Random) -> None:
        super().__init__(case, source)
        self.source = source

    def choose(self, day: int) -> list[int]:
        return self.source.sample(range(self.case.items), min(self.case.a_day, self.case.items))


POLICIES: dict[str, Callable[[Case, Random], Policy]] = {
    "due first": DueFirst,
    "new first": NewFirst,
    "SM-2": Sm2,
    "Leitner": Leitner,
    "random": AtRandom,
    "composer": Composer,
}
