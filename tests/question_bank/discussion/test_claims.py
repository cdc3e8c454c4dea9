"""What the learner says that they said already: noted, not asked again, and never counted by the tool."""

import pytest

from talkthrough.question_bank.discussion import recap, standings
from talkthrough.question_bank.discussion.claims import QUANTITY, WHOLE, claimable, claims_in, unmentioned
from tests.question_bank.discussion.stage import METHODS, MONITOR, STRATEGIES, Stage, plan_of

CLAIM = "I said that already"


def begun(*criteria, **changes) -> Stage:  # type: ignore[no-untyped-def]
    stage = Stage(plan_of(*criteria, **changes))
    stage.begin()
    return stage


@pytest.mark.parametrize("mode", ["practice", "mock"])
def test_what_is_claimed_is_noted_in_neutral_words_and_not_asked_again(mode: str) -> None:
    stage = begun(METHODS, mode=mode)
    stage.say("calls, sales and complaints")
    assert stage.moves[-1].target == "strength"
    after = stage.say(CLAIM)
    assert after.text.startswith("All right. I have noted that you said it.")
    for _ in range(10):
        stage.say("It takes time but I would keep it overall, because it works.")
    targets = [move.target for move in stage.moves if move.kind in {"probe", "ask again"}]
    assert targets.count("strength") == 1


def test_a_claimed_opening_leaves_the_criterion() -> None:
    stage = begun(METHODS, STRATEGIES)
    assert stage.say(CLAIM).criterion_keys == ("m13",)
    assert all(move.criterion_keys != ("m12",) for move in stage.moves[2:])


def test_a_claim_changes_no_standing() -> None:
    stage = begun(METHODS)
    stage.say("calls, sales and complaints")
    before = standings(stage.plan, stage.turns)
    stage.say(CLAIM)
    assert standings(stage.plan, stage.turns) == before


def test_a_claim_is_about_what_was_just_asked() -> None:
    stage = begun(METHODS)
    stage.say("calls")
    stage.say(CLAIM)
    stage.say(CLAIM)
    assert [(claim.criterion_key, claim.point) for claim in claims_in(stage.turns)] == [
        ("m12", QUANTITY),
        ("m12", "strength"),
    ]


def test_a_claim_before_any_question_claims_nothing() -> None:
    stage = Stage(plan_of(METHODS))
    stage.go_on()
    stage.say(CLAIM)
    assert list(claims_in(stage.turns)) == []


def test_the_recap_says_what_the_learner_says_that_they_said() -> None:
    stage = begun(METHODS, MONITOR)
    stage.say("calls and sales, they are good")
    stage.say(CLAIM)
    line = recap(stage.plan, stage.turns).lines[0]
    assert (line.quantity_mentioned, line.claimed) == (2, ("more methods",))
    assert (
        "1.2: 2 of 3 methods mentioned. Also mentioned: what is good about it. You say that you said more methods."
        in (stage.say("stop").text)
    )


def test_what_was_not_heard_is_offered_in_order_and_stays_the_same_after_a_claim() -> None:
    stage = begun(METHODS, STRATEGIES)
    stage.say("calls and sales are good")
    offered = [(one.number, one.point, one.words) for one in unmentioned(stage.plan, stage.turns)]
    assert offered == [
        ("1.2", QUANTITY, "more methods"),
        ("1.2", "weakness", "what is less good"),
        ("1.2", "judgement", "your own view"),
        ("1.3", WHOLE, "something about it"),
    ]
    stage.say(CLAIM)
    assert [(one.number, one.point, one.words) for one in unmentioned(stage.plan, stage.turns)] == offered


def test_only_what_a_criterion_asks_for_can_be_claimed() -> None:
    assert claimable(STRATEGIES) == (WHOLE, QUANTITY, "reason", "example")
