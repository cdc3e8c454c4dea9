"""Larger steps: fewer, bigger questions, asked, counted and costed as such."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import Session

from talkthrough.scheduler import answering, sitting
from talkthrough.scheduler.larger_steps import in_larger_steps, whole
from talkthrough.storage import answer_log, people, revision
from talkthrough.storage.tables import Person
from tests.scheduler.conftest import NOW, fill, listed, tapped
from tests.scheduler.test_sitting import UNIT

SAID = "fire drills"


@pytest.fixture
def person(session: Session) -> Iterator[Person]:
    found = fill(session)
    people.change_settings(found, larger_steps=True)
    return found


def put(session: Session, *, is_whole: bool) -> int:
    row = revision.start_session(session, 1, "u", ["list"], NOW)
    return revision.deliver(session, 1, "list", NOW, session_id=row.id, is_whole=is_whole).id or 0


def test_words_stand_for_taps_where_a_criterion_has_both_and_taps_stay_where_it_has_no_others() -> None:
    beside, alone = replace(tapped(1), criterion_key="c9"), tapped(2)
    assert in_larger_steps([beside, alone, listed()]) == (alone, whole(listed()))


def test_a_list_is_asked_whole_and_all_else_stays_as_it_is() -> None:
    assert (listed().quantity, whole(listed()).quantity) == (2, 3)
    assert whole(tapped(1)) == tapped(1)


def test_a_sitting_has_fewer_questions_which_take_longer_each(session: Session, person: Person) -> None:
    def sizes() -> tuple[int, int]:
        here = sitting.situation(session, person, UNIT, NOW)
        return here.budget, here.questions_in(10)

    larger = sizes()
    people.change_settings(person, larger_steps=None)
    usual = sizes()
    assert (larger[0], usual[0]) == (5, 10)
    assert larger[1] < usual[1]


def test_what_was_not_mentioned_of_a_whole_list_is_asked_for_again_another_day_and_not_at_once(
    session: Session, person: Person
) -> None:
    part = answering.answer(session, person, put(session, is_whole=False), text=SAID, option=None, now=NOW)
    later = NOW + timedelta(days=1)
    all_ = answering.answer(session, person, put(session, is_whole=True), text=SAID, option=None, now=later)
    assert part is not None
    assert all_ is not None
    assert (part.still_asked_for, all_.still_asked_for) == (1, 0)
    ratings = [line.rating for line in answer_log.log_of(session, 1)]
    assert ratings == [3, 1, 3, 1, 1]
    assert (part.question.quantity, all_.question.quantity) == (2, 3)


def test_a_list_stays_as_it_was_put_when_the_setting_changes_before_the_answer(
    session: Session, person: Person
) -> None:
    delivery = put(session, is_whole=True)
    people.change_settings(person, larger_steps=None)
    found = answering.answer(session, person, delivery, text=SAID, option=None, now=NOW)
    assert found is not None
    assert found.question == whole(listed())
