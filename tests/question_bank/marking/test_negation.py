"""What an answer denies, near and far, and what only looks like a denial."""

import pytest

from tests.question_bank.marking.questions import contradicted, covered

CALLS, SHOPPERS, SALES = "listening to calls", "use of mystery shoppers", "sales figures"
SURVEYS, WRITTEN = "getting direct feedback from customers", "reviewing written communication"


@pytest.mark.parametrize(
    ("answer", "denied"),
    [
        ("we do not use mystery shoppers", SHOPPERS),
        ("we dont bother with mystery shoppers", SHOPPERS),
        ("We used to have mystery shoppers but that stopped", SHOPPERS),
        ("we use surveys instead of mystery shoppers", SHOPPERS),
        ("I read emails rather than listening to calls", CALLS),
        ("we hardly ever listen to calls", CALLS),
        ("Mystery shoppers are not used in our branch", SHOPPERS),
        ("we never look at the sales figures", SALES),
        ("nobody listens to the calls", CALLS),
        ("no mystery shoppers", SHOPPERS),
        ("Mystery shoppers? No, we don't do that. We read emails.", SHOPPERS),
        ("We are too busy to listen to calls", CALLS),
        ("my boss used to sit and listen to our calls but not any more", CALLS),
        ("we stopped listening to calls last year", CALLS),
        ("We don't do surveys, calls or mystery shoppers", SHOPPERS),
    ],
)
def test_denied_points_are_contradicted_and_never_credited(answer: str, denied: str) -> None:
    assert denied not in covered(answer)
    assert denied in contradicted(answer)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("not only do we listen to calls", CALLS),
        ("we can't do without mystery shoppers", SHOPPERS),
        ("never forget to look at the sales figures", SALES),
        ("there is nothing wrong with mystery shoppers", SHOPPERS),
        ("without mystery shoppers you would never know", SHOPPERS),
        ("mystery shoppers are used to check the service", SHOPPERS),
        ("I don't know the name but we listen to calls", CALLS),
        ("we don't do surveys but we do look at the sales figures", SALES),
        ("we never listen to calls because of privacy but we read emails", WRITTEN),
        ("we would be lost without mystery shoppers", SHOPPERS),
        ("it is hard to manage without the sales figures", SALES),
        ("We never had any trouble. We listen to calls.", CALLS),
    ],
)
def test_what_only_looks_like_a_denial_is_credited(answer: str, said: str) -> None:
    assert said in covered(answer)


def test_a_denial_does_not_reach_the_next_statement() -> None:
    assert covered("we don't do surveys, we listen to calls") == {CALLS}
    assert contradicted("we don't do surveys, we listen to calls") == {SURVEYS}


def test_said_and_denied_in_one_answer_is_unsure() -> None:
    answer = "We listen to calls every week. Actually no, we never listen to calls."
    assert CALLS not in covered(answer)
    assert CALLS not in contradicted(answer)


@pytest.mark.parametrize(
    "answer",
    [
        "mystery shoppers, which they go on about at college, we do not use",
        "mystery shoppers are a waste of money",
        "we are meant to have mystery shoppers but we don't",
        "we used to send mystery shoppers until the new boss came",
        "mystery shoppers are so useful, not",
        "my colleague says use mystery shoppers. I told her no",
        "everything except mystery shoppers",
        "mystery shoppers are a thing of the past",
        "we have moved away from mystery shoppers",
        "mystery shoppers? Never.",
        "mystery shoppers do not work for us",
        "nobody does mystery shoppers",
        "I would rather ask people than send in mystery shoppers",
        "mystery shoppers and that kind of thing I am not involved in",
        "mystery shoppers, which I know are useful, we did not have",
    ],
)
def test_denied_in_other_words(answer: str) -> None:
    assert "use of mystery shoppers" in contradicted(answer)


@pytest.mark.parametrize(
    "answer",
    [
        "we stopped guessing and started using mystery shoppers",
        "you can't go wrong with mystery shoppers",
        "I do not mind mystery shoppers",
        "mystery shoppers are good aren't they",
        "I never used to but now I use mystery shoppers",
        "my boss says mystery shoppers are best so we use them",
    ],
)
def test_a_denial_ends_where_something_else_begins(answer: str) -> None:
    assert "use of mystery shoppers" in covered(answer)
