"""What to ask now: a session of questions that buys the most recall on the day of the assessment. Pure, deterministic.

1. Each memory has a gain if it is asked today: with a date the priced two-step index (`exam_index`), else what FSRS
   calls due at 90%.
2. A question is worth the gain of the memories it asks for; the best are taken, within a fixed budget. Nothing is
   ever owed: what does not fit waits, and its index says when it matters again.
3. New questions are met in time, at least a few in each session. Among questions of nearly the same worth
   criteria take turns. Soft limits keep a session varied (one question on a passage of the document, whose answer the
   first has shown; no criterion, kind or stubborn item takes it over), and harder kinds wait until recall of the
   criterion's easier ones holds. The limits give way before the budget is left unused; last of all the one that a
   list which the document prints in two places is asked for once.
4. The order starts with something likely to be known and keeps questions on one criterion apart.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil, log
from types import MappingProxyType

from talkthrough.question_bank.items.question import Question, QuestionKind
from talkthrough.question_bank.specification import SourceSpan
from talkthrough.scheduler.exam_index import FIRST_RECALL, Horizon, gains
from talkthrough.scheduler.forgetting import DEFAULT, Forgetting
from talkthrough.scheduler.memory import MemoryState, due_day, recall

HARDER_KINDS = frozenset(
    {QuestionKind.APPLICATION, QuestionKind.VERB_DRILL, QuestionKind.SHORT_ANSWER, QuestionKind.WORKPLACE}
)
RECALL_HOLDS = 0.8
LEECH_MISSES = 3
# New questions are put off only while so small a share of the days left would do for them: nobody knows which days
# a learner will miss, and what is met late is met only once. Found by simulation (0.2 to 0.5 do about as well).
SURE_DAYS = 0.3
NEW_SHARE = 0.2  # of a session, while there is something new
SAME_POINT = 0.8  # of the words of two printed points, where the document says one thing in two places
NEARLY_EQUAL = 0.2  # log of worth: wider apart, the better question is worth more than variety (found by simulation)
NEVER_ASKED: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class CardView:
    """One memory as the composer sees it: `state` None if never asked, misses among its last five answers.

    `weight` multiplies its gain, for a syllabus that values some points more.
    """

    key: str
    state: MemoryState | None = None
    recent_misses: int = 0
    weight: float = 1.0

    @property
    def is_leech(self) -> bool:
        """Missed three times in five: to be explained and asked another way, not asked more often."""
        return self.recent_misses >= LEECH_MISSES


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question as the composer sees it: the memories it touches and how many of them it asks for.

    `source`: the passage that its feedback shows, if known. `printed`: the words of each printed point it asks for.
    """

    key: str
    kind: QuestionKind
    criterion_key: str
    card_keys: tuple[str, ...]
    asks_for: int
    is_tapped: bool = False
    source: SourceSpan | None = None
    printed: tuple[frozenset[str], ...] = ()

    @classmethod
    def of(cls, question: Question) -> "QuestionView":
        """The view of a question of the bank."""
        cards = question.card_keys
        asks_for = len(cards) if question.all_required else min(question.quantity or len(cards), len(cards))
        printed = tuple(filter(None, (_words(point.text) for point in question.expected_points if point.is_published)))
        kind, criterion = question.kind, question.criterion_key
        return cls(question.key, kind, criterion, cards, asks_for, question.is_tapped, question.source, printed)


@dataclass(frozen=True, slots=True)
class _Candidate:
    question: QuestionView
    worth: float
    known: float
    is_new: bool
    is_leech: bool
    is_open: bool


def compose(
    cards: Sequence[CardView],
    questions: Sequence[QuestionView],
    *,
    today: int,
    exam_day: int | None,
    budget: int,
    attendance: float = 0.8,
    recently_asked: Mapping[str, int] = NEVER_ASKED,
    forgetting: Forgetting = DEFAULT,
    takes_larger_steps: bool = False,
) -> tuple[str, ...]:
    """The keys of up to `budget` questions in the order to ask them.

    `today` and `exam_day` are learning days; no date, or a date that has come, means FSRS at 90%. `attendance` is the
    share of days on which this learner practises. `recently_asked`: question key -> learning day last asked.
    A card that is missing from `cards` was never asked. Cards answered today are left alone. A learner who
    `takes_larger_steps` meets harder kinds at once.
    """
    views = {card.key: card for card in cards}
    recalls = {key: recall(card.state, today, forgetting) for key, card in views.items() if card.state}
    reached = {question.key: _reached(question, recalls) for question in questions}
    looks = _looks(reached.values())
    states = {key: views[key].state if key in views else None for key in looks}
    days_left = exam_day - today if exam_day is not None else 0
    pass_days = sum(looks.values()) / max(budget * attendance, 0.1)
    horizon = Horizon(today, days_left, pass_days, forgetting=forgetting) if days_left > 0 and looks else None
    gain = gains(states.values(), horizon) if horizon else _overdue(states.values(), today, forgetting)
    worths = {key: _worth(views.get(key), gain, today) for key in looks}
    is_short = horizon is not None and days_left <= 2 * pass_days
    is_open = is_short or takes_larger_steps
    ripe = {question.criterion_key for question in questions} if is_open else _ripe_criteria(questions, recalls)
    candidates = (
        _candidate(question, reached[question.key], worths, recalls, views, ripe)
        for question in questions
        if recently_asked.get(question.key) != today
    )
    ranked = _ranked((each for each in candidates if each.worth > 0), recently_asked)
    unseen = sum(look for key, look in looks.items() if key not in recalls)
    sure = SURE_DAYS * budget * attendance * (days_left - 1) if horizon else unseen
    share = max(NEW_SHARE, 1 - attendance)  # who comes less regularly meets new things sooner
    must_meet = max(int(share * budget), ceil(unseen - sure))
    return _arranged(_chosen(ranked, budget, must_meet))


def observed_attendance(days_practised: int, days_offered: int) -> float:
    """The share of days on which a learner practises, as far as is known: four of five until their own days tell."""
    return (days_practised + 4) / (days_offered + 5)


def leeches(cards: Iterable[CardView]) -> tuple[str, ...]:
    """The keys of cards to be explained, asked another way and told to the tutor."""
    return tuple(card.key for card in cards if card.is_leech)


def with_swapped_variants(
    questions: Sequence[QuestionView], stubborn: Collection[str], last_asked: Mapping[str, datetime]
) -> tuple[QuestionView, ...]:
    """The questions without those on a `stubborn` card that were the last to be asked on their criterion.

    They come back once the criterion has been asked about in another way. A criterion's only question stays.
    """
    newest: dict[str, QuestionView] = {}
    count: dict[str, int] = {}
    for question in questions:
        criterion = question.criterion_key
        count[criterion] = count.get(criterion, 0) + 1
        best = newest.get(criterion)
        if question.key in last_asked and (best is None or last_asked[question.key] > last_asked[best.key]):
            newest[criterion] = question
    waiting = {
        question.key
        for criterion, question in newest.items()
        if count[criterion] > 1 and not set(question.card_keys).isdisjoint(stubborn)
    }
    return tuple(question for question in questions if question.key not in waiting)


def _reached(question: QuestionView, recalls: Mapping[str, float]) -> tuple[str, ...]:
    """The memories that an answer is expected to show: of a list that asks for three of nine, the three best known."""
    if question.asks_for >= len(question.card_keys):
        return question.card_keys
    return tuple(sorted(question.card_keys, key=lambda key: -recalls.get(key, 0.0))[: question.asks_for])


def _looks(reached: Iterable[Sequence[str]]) -> dict[str, float]:
    """Card key -> how much of one question it takes to ask for it once (1/n where n are asked for together)."""
    looks: dict[str, float] = {}
    for keys in reached:
        for key in keys:
            looks[key] = min(looks.get(key, 1.0), 1 / len(keys))
    return looks


def _overdue(
    states: Iterable[MemoryState | None], today: int, forgetting: Forgetting
) -> Mapping[MemoryState | None, float]:
    """Without a date: what is due counts by how much of it is expected to be forgotten."""

    def overdue(state: MemoryState | None) -> float:
        if state is None:
            return 1 - FIRST_RECALL
        return 1 - recall(state, today, forgetting) if due_day(state, forgetting=forgetting) <= today else 0.0

    return {state: overdue(state) for state in states}


def _worth(card: CardView | None, gain: Mapping[MemoryState | None, float], today: int) -> float:
    """A card's share in what its question is worth; none on a day on which it was answered."""
    if card is None or card.state is None:
        return gain[None] * (card.weight if card else 1.0)
    return card.weight * gain[card.state] if card.state.last_day < today else 0.0


def _ripe_criteria(questions: Sequence[QuestionView], recalls: Mapping[str, float]) -> set[str]:
    """Criteria whose easier questions were asked at least half and are remembered, or that have no easier ones."""
    easier: dict[str, set[str]] = {question.criterion_key: set() for question in questions}
    for question in questions:
        if question.kind not in HARDER_KINDS:
            easier[question.criterion_key].update(question.card_keys)
    return {criterion for criterion, keys in easier.items() if _holds(keys, recalls)}


def _holds(keys: set[str], recalls: Mapping[str, float]) -> bool:
    seen = [recalls[key] for key in keys if key in recalls]
    return 2 * len(seen) >= len(keys) and sum(seen) >= RECALL_HOLDS * len(seen)


def _candidate(
    question: QuestionView,
    reached: Sequence[str],
    worths: Mapping[str, float],
    recalls: Mapping[str, float],
    views: Mapping[str, CardView],
    ripe: set[str],
) -> _Candidate:
    is_new = any(key not in recalls for key in reached)
    return _Candidate(
        question,
        worth=sum(worths[key] for key in reached),
        known=sum(recalls.get(key, 0.0) for key in reached) / len(reached),
        is_new=is_new,
        is_leech=any(views[key].is_leech for key in reached if key in views),
        is_open=question.criterion_key in ripe or not is_new or question.kind not in HARDER_KINDS,
    )


def _ranked(candidates: Iterable[_Candidate], recently_asked: Mapping[str, int]) -> list[_Candidate]:
    """Best first; of near equals criteria in turn.

    Of one criterion's equals, what was asked least recently, easier kinds when new and harder ones when known.
    """

    def rank(candidate: _Candidate) -> tuple[float, int, bool]:
        question = candidate.question
        is_harder = question.kind in HARDER_KINDS
        return -round(candidate.worth, 9), recently_asked.get(question.key, -1), is_harder == candidate.is_new

    best_first = sorted(candidates, key=rank)
    of_criterion: Counter[str] = Counter()
    turns: dict[str, tuple[float, int]] = {}
    for candidate in best_first:
        question = candidate.question
        turns[question.key] = -round(log(candidate.worth) / NEARLY_EQUAL), of_criterion[question.criterion_key]
        of_criterion[question.criterion_key] += 1
    return sorted(best_first, key=lambda candidate: turns[candidate.question.key])


def _chosen(ranked: Sequence[_Candidate], budget: int, must_meet: int) -> list[_Candidate]:
    """The best within the budget: first what must be met, then within the limits of a varied session, then any."""
    opened = [each for each in ranked if each.is_open]
    chosen: list[_Candidate] = []
    taken: set[str] = set()

    def take(candidates: Iterable[_Candidate], limit: int) -> None:
        for candidate in candidates:
            if len(chosen) >= limit:
                return
            if taken.isdisjoint(candidate.question.card_keys):
                chosen.append(candidate)
                taken.update(candidate.question.card_keys)

    new = [each for each in opened if each.is_new]
    first_looks = min(budget, must_meet)
    take(_varied(new, budget, chosen), first_looks)
    take(_apart((each for each in ranked if each.is_new), chosen, _asks_the_same), first_looks)
    take(_varied(opened, budget, chosen), budget)
    take(_apart(opened, chosen), budget)
    take(_apart(opened, chosen, _asks_the_same), budget)
    take(_apart(ranked, chosen, _asks_the_same), budget)
    take(opened, budget)
    take(ranked, budget)
    return chosen


def _gives_away(one: QuestionView, other: QuestionView) -> bool:
    """Whether the feedback on one shows what the other asks for."""
    return _shares_passage(one, other) or _asks_the_same(one, other)


def _shares_passage(one: QuestionView, other: QuestionView) -> bool:
    if one.source is None or other.source is None:
        return False
    return one.source.first <= other.source.last and other.source.first <= one.source.last


def _asks_the_same(one: QuestionView, other: QuestionView) -> bool:
    """Whether more than half of what the shorter one asks for is printed in the other too."""
    fewer, more = sorted((one.printed, other.printed), key=len)
    shared = sum(any(_is_same_point(point, each) for each in more) for point in fewer)
    return 2 * shared > len(fewer)


def _is_same_point(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= SAME_POINT * len(one | other)


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.casefold()))


def _apart(
    ranked: Iterable[_Candidate],
    chosen: Sequence[_Candidate],
    clashes: Callable[[QuestionView, QuestionView], bool] = _gives_away,
) -> Iterator[_Candidate]:
    """Those that clash with no chosen question."""
    for each in ranked:
        if not any(clashes(each.question, other.question) for other in chosen):
            yield each


def _varied(ranked: Sequence[_Candidate], budget: int, chosen: Sequence[_Candidate]) -> Iterator[_Candidate]:
    """Those within the limits of a varied session, beside what has been `chosen` by then."""
    criteria = len({each.question.criterion_key for each in ranked})
    kinds = len({each.question.kind for each in ranked})
    most_of_criterion = 1 + ceil(budget / max(criteria, 1))
    most_of_kind = budget if kinds == 1 else ceil(0.6 * budget)
    most_leeches = max(1, budget // 5)
    for each in _apart(ranked, chosen):
        question = each.question
        of_criterion = sum(other.question.criterion_key == question.criterion_key for other in chosen)
        of_kind = sum(other.question.kind is question.kind for other in chosen)
        leeching = sum(other.is_leech for other in chosen) if each.is_leech else 0
        if of_criterion < most_of_criterion and of_kind < most_of_kind and leeching < most_leeches:
            yield each


def _arranged(chosen: Sequence[_Candidate]) -> tuple[str, ...]:
    """Their keys: first what is likeliest to be known, then criteria and kinds in turn."""
    remaining = list(chosen)
    order: list[QuestionView] = []
    while remaining:
        following = min(remaining, key=lambda each: _turn(each, remaining, order))
        remaining.remove(following)
        order.append(following.question)
    return tuple(question.key for question in order)


def _turn(candidate: _Candidate, remaining: Sequence[_Candidate], order: Sequence[QuestionView]) -> tuple[float, ...]:
    question = candidate.question
    left = sum(other.question.criterion_key == question.criterion_key for other in remaining)
    if not order:
        is_urgent = 2 * left > len(remaining)
        return not is_urgent, -candidate.known, not question.is_tapped
    return question.criterion_key == order[-1].criterion_key, -left, question.kind == order[-1].kind
