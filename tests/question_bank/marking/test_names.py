"""Printed names and meanings: what one listed point says, and what it does not say for its neighbours."""

from dataclasses import replace

import pytest

from talkthrough.question_bank.items import questions_for
from talkthrough.question_bank.items.question import QuestionKind
from tests.question_bank.items.units import sample_units
from tests.question_bank.marking.questions import UNIT_323, covered, marked, points, question

AIMS = ("objectives", "targets", "standards", "procedures")
KEY_FIGURES = "key performance indicators"
OFFER = (
    "The service offer will detail what the organisation will do for the customer eg deliver in 24 hours, that "
    "complaints will be responded to within 48 hours, outlines the returns policy"
)
OBJECTIVES = question("AC 2.5 asks you to communicate four things to staff. Which four?", *AIMS)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("targets, standards, the procedures", {"targets", "standards", "procedures"}),
        ("targets", {"targets"}),
        ("targets and goals", {"targets", "objectives"}),
    ],
)
def test_the_printed_name_of_a_point_says_no_other_point_of_the_list(answer: str, expected: set[str]) -> None:
    assert covered(answer, OBJECTIVES) == expected


def test_a_name_in_brackets_is_printed_too() -> None:
    asked = question("AC 2.4 asks you to specify three things.", "targets", "objectives", f"{KEY_FIGURES} (KPIs)")
    assert covered("KPIs", asked) == covered(KEY_FIGURES, asked) == {f"{KEY_FIGURES} (KPIs)"}


def test_a_longer_name_is_meant_where_a_shorter_one_stands_in_it() -> None:
    asked = question("Which resources does the unit list?", "staff", "rotas")
    assert covered("staff rotas", asked) >= {"rotas"}


def test_no_listed_point_of_the_five_documents_is_credited_for_the_name_of_another() -> None:
    for unit in sample_units():
        for asked in questions_for(unit):
            texts = {point.key: point.text for point in asked.expected_points if point.slot is None}
            for key, text in texts.items() if len(texts) > 1 else ():
                assert covered(text, asked, unit.key) & texts.keys() <= {key}, (asked.key, text)


@pytest.mark.parametrize(
    "answer", ["what the organisation will do for the customer", "what the compnay will do for the customer"]
)
def test_the_printed_meaning_of_a_term_is_heard_in_its_own_light_words(answer: str) -> None:
    asked = replace(question("In Unit 401, what is meant by “Service offer”?", OFFER), kind=QuestionKind.DEFINITION)
    assert covered(answer, asked) == {OFFER}


def test_one_word_of_a_longer_phrasing_is_asked_back_and_not_credited() -> None:
    asked = question("In Unit 401, what is meant by “Service offer”?", OFFER)
    assert points("promise", asked)[OFFER].band == "unsure"


def test_where_the_evidence_is_and_what_it_is_for_are_heard_in_plain_words() -> None:
    rule = ("where it can be found", "its relevance to the criteria")
    asked = question("Name the two things that your portfolio must say of each.", *rule)
    assert covered("where it is and what criteria it is for", asked) == set(rule)


def test_saying_a_point_twice_is_not_saying_something_else() -> None:
    asked = question("Name any three ways of grouping customers.", "age", "income", "gender")
    assert marked("old people, young people, rich", asked, UNIT_323).others == ()


def test_a_definition_has_no_list_that_words_could_be_missing_from() -> None:
    asked = replace(question("In Unit 401, what is meant by “Service offer”?", OFFER), kind=QuestionKind.DEFINITION)
    assert marked("its what we promice to give the customer and the limits of it", asked).others == ()


def test_denying_one_kind_denies_no_more_than_that_kind() -> None:
    asked = question("Which points of service failure does the unit list?", "lack of resources", "human error")
    assert covered("she like eat in her room not dining room", asked, UNIT_323) == set()
    assert covered("there was no room", asked, UNIT_323) == {"lack of resources"}
