"""Which points an answer mentions, where, and how sure."""

import dataclasses
import unicodedata

import pytest

from talkthrough.question_bank.items.question import ExpectedPoint
from talkthrough.question_bank.marking import default_calibration, mark, phrasings_for
from talkthrough.question_bank.marking.model import PointState
from tests.question_bank.marking.questions import (
    HOW_MONITORED,
    MONITORING,
    MONITORING_QUESTION,
    UNIT_323,
    covered,
    marked,
    points,
    question,
)

CALLS, SHOPPERS, KPIS = "listening to calls", "use of mystery shoppers", "achievement of targets, KPIs etc"
COMPLAINTS, SALES, ABSENCES = "returns/complaints figures", "sales figures", "staff absences"
MEANT_BY = "In this unit, what is meant by a customer's {}?"
WANTS, NEEDS = "What the customer thinks they should have.", "What the customer must have/requires."
EXPECTATIONS = "What the customer thinks they should experience or get."


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("calls, shoppers, kpis", {CALLS, SHOPPERS, KPIS}),
        ("1. sales 2. complaints 3. sickness", {SALES, COMPLAINTS, ABSENCES}),
        ("listning to the fone calls", {CALLS}),
        ("somebody comes in and pretends to be a customer", {SHOPPERS}),
        ("i look at how many complaints we get", {COMPLAINTS}),
        ("LISTENING TO CALLS", {CALLS}),
    ],
)
def test_points_are_found_however_they_are_said(answer: str, expected: set[str]) -> None:
    assert covered(answer) == expected


@pytest.mark.parametrize(
    "answer",
    [
        "the customer phones us and we pick up",
        "I answer calls all day and reply to emails",
        "staff get holidays and sick pay",
        "when a customer complains I say sorry",
        "Customers like shopping with us",
        "I like my job and the canteen is good",
        "",
        "   ",
        "?",
        "客服 质量 监控",
        "👍👍",
    ],
)
def test_near_misses_and_other_things_are_not_credited(answer: str) -> None:
    assert covered(answer) == set()


@pytest.mark.parametrize(
    "answer",
    [
        HOW_MONITORED,
        "There are three ways a manager can monitor customer service operations",
        "I would name three ways a manager can monitor customer service operations in my shop",
    ],
)
def test_a_copied_question_earns_nothing_and_is_flagged(answer: str) -> None:
    found = marked(answer)
    assert found.mentioned == 0
    assert found.echo is not None
    assert found.echo.text == answer[found.echo.start : found.echo.end]


def test_an_answer_that_begins_with_the_question_still_counts() -> None:
    assert covered("A manager can monitor customer service operations by listening to calls") == {CALLS}


def test_a_pasted_list_is_flagged_and_credited() -> None:
    found = marked("\n".join(MONITORING))
    assert found.mentioned == len(MONITORING)
    assert found.echo is not None


def test_the_same_words_count_for_one_point_only() -> None:
    assert covered("sales figures") == {SALES}
    assert covered("complaints figures") == {COMPLAINTS}


def test_words_are_the_answers_own() -> None:
    answer = "Well… we sit in on calls; then the till reports."
    for each in points(answer).values():
        if each.words:
            assert answer[each.words.start : each.words.end] == each.words.text
    calls = points(answer)[CALLS].words
    assert calls is not None
    assert calls.text == "sit in on calls"


def test_every_mark_says_why() -> None:
    assert all(each.rule for each in marked("calls and no mystery shoppers").points)


def test_bands_and_states_agree() -> None:
    states = {"sure yes": {PointState.COVERED}, "unsure": {PointState.PARTIAL},
              "sure no": {PointState.NOT_MENTIONED, PointState.CONTRADICTED}}  # fmt: skip
    for answer in ("calls", "we look at refunds in a book", "no shoppers", "sales and calls"):
        assert all(each.state in states[each.band] for each in marked(answer).points)


def test_the_quantity_asked_for_is_kept() -> None:
    assert marked("calls").needed == 3
    assert marked("calls", dataclasses.replace(MONITORING_QUESTION, quantity=None, all_required=True)).needed == 9


def test_something_sensible_that_is_not_listed_is_kept_for_the_tutor() -> None:
    answer = "calls, social media posts"
    found = marked(answer, question(HOW_MONITORED, CALLS, SHOPPERS))
    assert [each.text for each in found.others] == ["social media posts"]


def test_chatter_is_not_kept_for_the_tutor() -> None:
    assert marked("calls, my nan, xyz").others == ()


@pytest.mark.parametrize(
    ("term", "meaning", "right", "wrong"),
    [
        ("expectations", EXPECTATIONS, "the service they think they should get", "what they think they should have"),
        ("expectations", EXPECTATIONS, "how they think they will be treated", "what they must have"),
        ("wants", WANTS, "something they think they ought to have", "what they must have"),
        ("wants", WANTS, "what they would like to have", "what they think they should experience"),
        ("needs", NEEDS, "what they cant do without", "what they think they should have"),
        ("needs", NEEDS, "they have to have it", "what they would like to have"),
    ],
)
def test_a_definition_needs_its_own_idea(term: str, meaning: str, right: str, wrong: str) -> None:
    asked = question(MEANT_BY.format(term), meaning)
    assert covered(right, asked, UNIT_323) == {meaning}
    assert covered(wrong, asked, UNIT_323) == set()


def test_slots_of_the_verb_are_marked_from_language_signals() -> None:
    asked = question("How suitable is one method?", CALLS, slots=("reason", "weakness"))
    found = points("Listening to calls is good because you hear what was said", asked)
    assert found["reason"].state is PointState.COVERED
    assert found["reason"].words is not None
    assert found["weakness"].state is PointState.NOT_MENTIONED


def test_children_count_for_their_parent() -> None:
    parent = ExpectedPoint("staff", "staff- rotas, schedules, workloads", children=("rotas", "schedules", "workloads"))
    asked = dataclasses.replace(question("What resources are there?"), expected_points=(parent,))
    assert covered("the rota for the week", asked) == {"staff"}


def test_a_confirmed_answer_teaches_the_marker() -> None:
    answer = "Bev goes round with her clipboard"
    assert covered(answer) == set()
    ways = phrasings_for(MONITORING_QUESTION, "m-506-2898", {"direct observation of practice": (answer,)})
    again = mark(MONITORING_QUESTION, "bev came round with a clipboard", ways, default_calibration())
    assert again.mentioned == 1


def test_long_answers_are_read_to_telegrams_limit() -> None:
    weather = "Then we had a chat about the weather. " * 105
    assert covered(f"{weather[:4070]} We listen to calls.") == {CALLS}
    assert covered(f"{weather} {weather} We listen to calls.") == set()


def test_composed_and_decomposed_letters_do_not_break_places() -> None:
    answer = unicodedata.normalize("NFD", "Café: we listen to calls")
    words = points(answer)[CALLS].words
    assert words is not None
    assert words.text == "listen to calls"


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("training", "I catch the train to town"),
        ("actions", "I like action films"),
        ("measurable", "I had to measure the curtains"),
        ("plans", "We plan a birthday picnic"),
    ],
)
def test_one_word_of_a_point_in_a_statement_about_something_else_is_not_enough(text: str, answer: str) -> None:
    assert covered(answer, question("?", text), "any unit") == set()


def test_a_numbered_list_needs_no_stops() -> None:
    assert covered("1 calls 2 shoppers 3 kpis") == {
        "listening to calls", "use of mystery shoppers", "achievement of targets, KPIs etc"
    }  # fmt: skip
