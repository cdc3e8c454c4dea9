"""Whatever a learner has done, a session keeps its promises."""

from collections import Counter
from itertools import pairwise
from math import ceil

from hypothesis import given, settings
from hypothesis import strategies as st

from talkthrough.question_bank.items.question import QuestionKind
from talkthrough.scheduler.memory import MemoryState
from talkthrough.scheduler.session import CardView, QuestionView, compose

TODAY = 20_000
states = st.none() | st.builds(MemoryState, st.floats(0.01, 300), st.floats(1, 10), st.integers(TODAY - 400, TODAY))
criteria = st.sampled_from("abcdef")


@st.composite
def banks(draw):
    """Questions of one to four cards, some of which share cards, and what is remembered of them."""
    keys = [f"card{number}" for number in range(draw(st.integers(1, 30)))]
    cards = [CardView(key, draw(states), draw(st.integers(0, 5))) for key in keys]
    questions = []
    for number in range(draw(st.integers(0, 30))):
        touched = tuple(draw(st.lists(st.sampled_from(keys), min_size=1, max_size=4, unique=True)))
        kind = draw(st.sampled_from(QuestionKind))
        asks_for = draw(st.integers(1, len(touched)))
        questions.append(QuestionView(f"q{number}", kind, draw(criteria), touched, asks_for))
    return cards, questions


situations = st.fixed_dictionaries(
    {
        "exam_day": st.none() | st.integers(TODAY - 5, TODAY + 120),
        "budget": st.integers(0, 25),
        "attendance": st.floats(0, 1),
        "recently_asked": st.dictionaries(st.sampled_from([f"q{n}" for n in range(30)]), st.integers(TODAY - 9, TODAY)),
    }
)


@settings(max_examples=150)
@given(banks(), situations)
def test_a_session_is_within_budget_and_asks_no_memory_twice_or_again_today(bank, situation):
    cards, questions = bank
    by_key = {question.key: question for question in questions}
    session = compose(cards, questions, today=TODAY, **situation)
    assert len(session) <= situation["budget"]
    asked = Counter(card for key in session for card in by_key[key].card_keys)
    assert set(asked.values()) <= {1}
    assert not any(situation["recently_asked"].get(key) == TODAY for key in session)
    done_today = {card.key for card in cards if card.state and card.state.last_day == TODAY}
    assert all(set(by_key[key].card_keys) - done_today for key in session)


@settings(max_examples=60)
@given(banks(), situations)
def test_the_same_situation_gives_the_same_session(bank, situation):
    cards, questions = bank
    assert compose(cards, questions, today=TODAY, **situation) == compose(cards, questions, today=TODAY, **situation)


@settings(max_examples=100)
@given(banks(), situations)
def test_siblings_never_meet_where_they_can_be_kept_apart(bank, situation):
    cards, questions = bank
    criterion_of = {question.key: question.criterion_key for question in questions}
    session = [criterion_of[key] for key in compose(cards, questions, today=TODAY, **situation)]
    most = max(Counter(session).values(), default=0)
    if most <= ceil(len(session) / 2):
        assert all(one != other for one, other in pairwise(session))


@settings(max_examples=25)
@given(st.integers(1, 25), st.integers(1, 6), st.integers(1, 12), st.randoms(use_true_random=False))
def test_no_question_stays_unseen_where_the_budget_allows_a_look_at_each(items, budget, days, chance):
    """One look each: items <= budget x days, with every day used and any answers."""
    kinds = list(QuestionKind)
    questions = [QuestionView(f"q{n}", kinds[n % len(kinds)], f"c{n % 4}", (f"k{n}",), 1) for n in range(items)]
    memories: dict[str, MemoryState] = {}
    for day in range(days):
        cards = [CardView(key, state) for key, state in memories.items()]
        for key in compose(cards, questions, today=day, exam_day=days, budget=budget, attendance=1.0):
            memories[f"k{key[1:]}"] = MemoryState(chance.choice([0.2, 2.0, 20.0]), 5.0, day)
    assert len(memories) == items or items > budget * days
