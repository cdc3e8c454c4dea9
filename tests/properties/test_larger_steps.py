"""Larger steps: whoever asks for fewer and bigger questions is never asked more of them."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from talkthrough.question_bank.discussion import Move, Plan
from tests.properties.test_discussion import asks_nothing_twice, asks_one_thing_and_leaks_nothing
from tests.question_bank.discussion.stage import (
    ALLOCATE,
    ANALYSE,
    DESCRIBE,
    FACTORS,
    METHODS,
    MONITOR,
    SOURCES,
    STRATEGIES,
    Stage,
    plan_of,
)

KNOWING = (ANALYSE, DESCRIBE, FACTORS, METHODS, SOURCES, STRATEGIES)
DOING = (ALLOCATE, MONITOR)
TOLD = (
    "Calls are good but slow. Overall they are suitable.",
    "I would move staff to the desk.",
    "Last week we moved staff to the desk.",
    "Last week I moved two staff to the phones.",
    "In the end it worked and they were happy.",
    "We do not use mystery shoppers.",
    "the targets and the kpis, the vision and the roles",
    "first we look at the budget and then at the complaints",
)
ANSWERS = (
    *TOLD,
    "because it is quick",
    "for example a refund last week",
    "It is in the rota.",
    "different from the old one",
    "calls, sales and mystery shoppers",
    "I don't know",
    "no",
    "skip",
)


class Learner:
    """Somebody who answers the same kind of question in the same words, however it is reached.

    Openings are answered with something about work: one that is skipped cannot be told from those asked with it.
    """

    def __init__(self, answers: dict[str, str]) -> None:
        self.answers = answers

    def reply(self, move: Move) -> str:
        if move.target == "opening":
            return " ".join(self.answers[f"{key}/opening"] for key in move.criterion_keys)
        return self.answers[move.target]


def learner(lines: st.DataObject) -> Learner:
    class Answers(dict[str, str]):
        def __missing__(self, key: str) -> str:
            is_opening = key.endswith("/opening")
            self[key] = lines.draw(st.sampled_from(TOLD if is_opening else (always or ANSWERS)), label=key)
            return self[key]

    always = lines.draw(st.sampled_from((None, ("I have nothing to add",), ("I said that already",))), label="always")
    return Learner(Answers())


def with_topics(plan: Plan) -> Plan:
    """Every criterion with a topic, and neighbours in one group, as `plan_discussion` makes them in larger steps."""
    topics = (replace(criterion, topic=f"topic {criterion.number}") for criterion in plan.criteria)
    keys = [criterion.key for criterion in plan.criteria]
    groups = tuple(tuple(keys[start : start + 3]) for start in range(0, len(keys), 3))
    return replace(plan, criteria=tuple(topics), clusters=groups)


def held(plan: Plan, who: Learner) -> Stage:
    stage = Stage(plan)
    stage.begin()
    for _ in range(100):
        if stage.moves[-1].kind == "close":
            break
        stage.say(who.reply(stage.moves[-1]))
    return stage


def questions(stage: Stage) -> int:
    return sum(move.kind in {"open", "probe", "ask again"} for move in stage.moves)


@given(
    st.sampled_from((KNOWING, DOING)).flatmap(
        lambda criteria: st.lists(st.sampled_from(criteria), min_size=1, max_size=6, unique=True)
    ),
    st.data(),
)
@settings(max_examples=100, deadline=None, derandomize=True)
def test_larger_steps_never_ask_more_questions(criteria, lines) -> None:  # type: ignore[no-untyped-def]
    plan = with_topics(plan_of(*criteria))
    who = learner(lines)
    usual, larger = held(plan, who), held(replace(plan, has_larger_steps=True), who)
    assert questions(larger) <= questions(usual)
    asks_nothing_twice(larger.moves)
    asks_one_thing_and_leaks_nothing(larger)
