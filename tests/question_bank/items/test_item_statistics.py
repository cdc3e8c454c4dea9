"""How an item has worked: first answers count once each, and figures wait for enough people."""

import pytest

from talkthrough.question_bank.item_statistics import Attempt, statistics_of


def test_facility_is_the_mean_of_first_answers() -> None:
    attempts = [Attempt(1, 0.0, 1), Attempt(1, 1.0, 0), Attempt(2, 1.0, 0)]
    figures = statistics_of(5, attempts, 3)
    assert figures.facility == 0.5
    assert (figures.asked, figures.answered, figures.people) == (5, 3, 2)
    assert figures.pulls == (2, 1, 0)


def test_an_item_that_nobody_answered_has_no_figures() -> None:
    figures = statistics_of(0, [], 4)
    assert figures.facility is None
    assert figures.discrimination is None
    assert figures.pulls == (0, 0, 0, 0)


def test_discrimination_follows_how_people_do_elsewhere() -> None:
    strong = [Attempt(person, 1.0, 0, 0.9) for person in range(6)]
    weak = [Attempt(person, 0.0, 1, 0.2) for person in range(6, 12)]
    assert statistics_of(12, strong + weak, 3).discrimination == pytest.approx(1.0)
    turned = [Attempt(each.person_id, 1 - each.score, 0, each.elsewhere) for each in strong + weak]
    assert statistics_of(12, turned, 3).discrimination == pytest.approx(-1.0)


def test_discrimination_waits_for_ten_people_and_for_a_difference() -> None:
    few = [Attempt(person, float(person % 2), None, person / 9) for person in range(9)]
    assert statistics_of(9, few, 0).discrimination is None
    alike = [Attempt(person, 1.0, None, person / 12) for person in range(12)]
    assert statistics_of(12, alike, 0).discrimination is None
