"""Whatever a learner writes, a discussion ends, asks one thing at a time, repeats nothing and gives no answer away."""

import re
from collections import Counter
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from talkthrough.question_bank.discussion import Move, PlannedCriterion, names_people, safeguarding, standings, wish_of
from talkthrough.question_bank.discussion.claims import WHOLE, claims_in, point_of
from talkthrough.question_bank.discussion.standing import needed
from tests.question_bank.discussion.stage import (
    ALLOCATE,
    ANALYSE,
    DESCRIBE,
    FACTORS,
    METHODS,
    MONITOR,
    SOURCES,
    STRATEGIES,
    UNDERSTAND,
    Stage,
    plan_of,
)

CRITERIA = (ALLOCATE, ANALYSE, DESCRIBE, FACTORS, METHODS, MONITOR, SOURCES, STRATEGIES, UNDERSTAND)
LINES = (
    "skip",
    "pause",
    "continue",
    "hint",
    "say it another way",
    "I have nothing to add",
    "I don't know",
    "no",
    "yes",
    "ok",
    "...",
    "We listen to calls.",
    "is that right?",
    "calls, sales and mystery shoppers",
    "Calls are good but slow. Overall they are suitable.",
    "I would move staff to the desk.",
    "Last week we moved staff to the desk.",
    "Last week I moved two staff to the phones.",
    "In the end it worked and they were happy.",
    "It is in the rota.",
    "because it is quick",
    "for example a refund last week",
    "I told Sarah to go to the phones.",
    "We do not use mystery shoppers.",
    "this is stupid",
    "Is it going to rain on Friday?",
    "I watched the football match with my cousin last night",
    "Talk me through how customer service is monitored",
    "explain the strategies needed to deliver seamless customer service",
    "the targets and the kpis, the vision and the roles",
    "first we look at the budget and then at the complaints",
    "different from the old one",
    "the weather",
    "I said that already",
)
QUESTIONS = ("open", "probe", "ask again")
SLOT_OF_TARGET = {"own action": "own_action", "real event": "real_event"}

learners = st.lists(
    st.one_of(st.sampled_from(LINES), st.sampled_from(LINES), st.text(max_size=80)), min_size=1, max_size=30
)
plans = st.builds(
    lambda criteria, mode: plan_of(*criteria, mode=mode),
    st.lists(st.sampled_from(CRITERIA), min_size=1, max_size=6, unique=True),
    st.sampled_from(("practice", "mock")),
)


def held(plan, lines: list[str]) -> Stage:  # type: ignore[no-untyped-def]
    """A discussion with a learner who says these lines over and over until it ends."""
    stage = Stage(plan, gap=timedelta(seconds=5))
    stage.begin()
    for turn in range(200):
        if stage.moves[-1].kind == "close":
            break
        stage.say(lines[turn % len(lines)])
    return stage


def without_quote(text: str) -> str:
    return re.sub(r'Earlier you said: ".*?"\.', "", text)


def listed(criteria: tuple[PlannedCriterion, ...]) -> list[str]:
    return [point.text for criterion in criteria for point in criterion.expected_points if point.is_published]


@given(plans, learners)
@settings(max_examples=100, deadline=None)
def test_a_discussion_ends_within_its_caps_asks_nothing_twice_and_gives_no_answer_away(plan, lines) -> None:  # type: ignore[no-untyped-def]
    stage = held(plan, lines)
    ends_within_caps(stage)
    asks_nothing_twice(stage.moves)
    asks_one_thing_and_leaks_nothing(stage)


def ends_within_caps(stage: Stage) -> None:
    assert stage.moves[-1].kind == "close"
    assert sum(turn.speaker == "learner" for turn in stage.turns) <= stage.plan.max_learner_turns
    assert Counter(move.kind for move in stage.moves)["close"] == 1


def asks_nothing_twice(moves: list[Move]) -> None:
    asked = [without_quote(move.text) for move in moves if move.kind in QUESTIONS]
    assert max(Counter(asked).values(), default=1) == 1
    points = Counter((move.criterion_keys, move.target) for move in moves if move.kind in {"open", "probe"})
    assert max(points.values(), default=0) <= 2


def asks_one_thing_and_leaks_nothing(stage: Stage) -> None:
    for move in stage.moves:
        assert move.text.count("?") <= 1, move
        if move.rule != "hint.3.list":
            said = without_quote(move.text).lower()
            assert not [text for text in listed(stage.plan.criteria) if re.search(rf"\b{re.escape(text)}\b", said)], (
                move
            )


@given(plans, learners)
@settings(max_examples=60, deadline=None)
def test_no_probe_asks_for_what_was_said(plan, lines) -> None:  # type: ignore[no-untyped-def]
    stage = Stage(plan)
    stage.begin()
    criteria = {criterion.key: criterion for criterion in plan.criteria}
    for line in lines:
        if stage.moves[-1].kind == "close":
            break
        stage.hear(line)
        before = {standing.criterion_key: standing for standing in standings(plan, stage.turns)}
        move = stage.go_on()
        if move.kind == "probe" and move.criterion_keys:
            standing = before[move.criterion_keys[0]]
            assert SLOT_OF_TARGET.get(move.target, move.target) not in standing.signals
            if move.target == "quantity":
                assert standing.quantity_mentioned < (needed(criteria[standing.criterion_key]) or 0)


@given(plans, learners)
@settings(max_examples=60, deadline=None)
def test_what_the_learner_says_that_they_said_is_not_asked_again(plan, lines) -> None:  # type: ignore[no-untyped-def]
    stage = held(plan, [*lines, "I said that already"])
    for claim in claims_in(stage.turns):
        later = [
            t
            for t in stage.turns[claim.turn :]
            if t.kind in QUESTIONS and t.criterion_keys[:1] == (claim.criterion_key,)
        ]
        assert claim.point not in {point_of(turn.target) for turn in later}
        assert claim.point != WHOLE or all(turn.target in {"evidence", "reflection"} for turn in later)


@given(plans, learners, st.integers(0, 10))
@settings(max_examples=40, deadline=None)
def test_words_of_somebody_at_risk_always_stop(plan, lines, place) -> None:  # type: ignore[no-untyped-def]
    lines = [*lines[:place], "I want to hurt myself", *lines[place:]]
    stage = held(plan, lines)
    told = next((n for n, turn in enumerate(stage.turns) if turn.text == "I want to hurt myself"), None)
    if told is not None:
        assert [turn.kind for turn in stage.turns[told + 1 :] if turn.speaker == "tool"] == ["safeguard", "close"]


@given(st.text(max_size=4096))
@settings(max_examples=100, deadline=timedelta(seconds=1))
def test_any_text_is_read_quickly_and_without_error(text: str) -> None:
    assert wish_of(text) in {
        "answer",
        "skip",
        "pause",
        "stop",
        "rephrase",
        "nothing to add",
        "hint",
        "said already",
        "continue",
    }
    assert isinstance(safeguarding(text), bool)
    assert all(isinstance(name, str) for name in names_people(text))


def test_every_move_carries_a_reason() -> None:
    moves: list[Move] = held(plan_of(*CRITERIA), list(LINES)).moves
    assert all(move.rule and move.reason for move in moves)
