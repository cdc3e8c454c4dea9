"""A learner's own FSRS parameters: asked for when enough is new, tried apart, and always found again from the log."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from talkthrough.scheduler import answering, memory_rows, refitting
from talkthrough.scheduler.forgetting import DEFAULT_PARAMETERS
from talkthrough.scheduler.progress import calibration_of
from talkthrough.scheduler.refit import is_due
from talkthrough.storage import own_data, refits, revision
from talkthrough.storage.tables import Card, Person, Refit
from tests.scheduler.conftest import NOW, fill, opened
from tests.scheduler.test_answering import RIGHT, STEPS, cached, tap, walk
from tests.scheduler.test_refit import FORGETFUL, log_of

OWN = tuple(FORGETFUL.parameters)


@pytest.fixture
def person(session: Session) -> Person:
    return fill(session)


def tried(session: Session, fitted: tuple[float, ...] | None, events: int = 400) -> None:
    refits.want(session, 1, events, NOW)
    waiting = refits.waiting(session)
    assert waiting is not None
    refitting.settle(session, waiting.id or 0, fitted, NOW)


@pytest.mark.parametrize(
    ("events", "last", "expected"), [(399, 0, False), (400, 0, True), (499, 400, False), (500, 400, True)]
)
def test_a_try_is_due_after_400_events_and_then_when_the_last_fifth_is_new(
    events: int, last: int, expected: bool
) -> None:
    assert is_due(events, last) is expected


def test_a_try_is_asked_for_once_and_not_again_before_it_is_settled(
    session: Session, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    tap(session, person, "tap1", RIGHT)
    refitting.want_when_due(session, 1, NOW)
    assert refits.waiting(session) is None
    monkeypatch.setattr(refitting.answer_log, "events_of", lambda *_: 400)
    refitting.want_when_due(session, 1, NOW)
    refitting.want_when_due(session, 1, NOW)
    assert [row.events for row in session.exec(select(Refit))] == [400]


def test_what_is_to_be_tried_is_the_log_and_the_parameters_in_force(session: Session, person: Person) -> None:
    tap(session, person, "tap1", RIGHT)
    tried(session, OWN)
    refits.want(session, 1, 500, NOW)
    found = refitting.next_try(session)
    assert found is not None
    assert found.current == OWN
    assert [(each.card, each.rating) for each in found.log] == [("tap1", 3)]
    assert found.fitted() is None  # one answer is too few


def test_a_try_that_wins_is_in_force_for_memories_at_once_and_one_that_does_not_changes_nothing(
    session: Session, person: Person
) -> None:
    tap(session, person, "tap1", RIGHT)
    assert session.get_one(Card, (1, "tap1")).stability == pytest.approx(DEFAULT_PARAMETERS[2])
    tried(session, OWN)
    assert session.get_one(Card, (1, "tap1")).stability == pytest.approx(OWN[2])
    tried(session, None, 500)
    assert refits.in_force(session, 1) == OWN
    assert memory_rows.learner_of(session, 1).parameters == OWN


def test_new_parameters_have_to_beat_those_in_force() -> None:
    log = tuple(log_of(FORGETFUL, 300))
    fitted = refitting.Try(1, log, tuple(DEFAULT_PARAMETERS)).fitted()
    assert fitted is not None
    assert refitting.Try(1, log, fitted).fitted() is None


def test_settling_twice_or_after_an_erasure_does_nothing(session: Session, person: Person) -> None:
    tap(session, person, "tap1", RIGHT)
    tried(session, OWN)
    first = session.exec(select(Refit)).one()
    refitting.settle(session, first.id or 0, None, NOW)
    assert refits.in_force(session, 1) == OWN
    own_data.erase(session, person)
    refitting.settle(session, first.id or 0, OWN, NOW)
    assert session.exec(select(Refit)).all() == []
    assert session.exec(select(Card)).all() == []


def test_forecasts_are_judged_by_the_parameters_of_their_time(session: Session, person: Person) -> None:
    def practise(days: range) -> None:
        for day in days:
            for card in range(4):
                tap(session, person, f"tap{card}", RIGHT, NOW + timedelta(days=4 * day))

    practise(range(5))
    before = calibration_of(session, person)
    tried(session, OWN)
    assert calibration_of(session, person) == before
    practise(range(5, 9))
    assert sum(answers for _, _, answers in calibration_of(session, person)) > sum(each for _, _, each in before)


@settings(max_examples=30)
@given(steps=st.lists(STEPS, min_size=1, max_size=10), later=st.lists(STEPS, max_size=8))
def test_with_a_refit_in_between_the_cache_is_still_bit_for_bit_what_the_log_gives(
    steps: list[tuple[str, int, object]], later: list[tuple[str, int, object]]
) -> None:
    with opened() as session:
        person = fill(session)
        now, deliveries = walk(session, person, steps, NOW, [])
        tried(session, OWN)
        walk(session, person, later, now, deliveries)
        found = cached(session)
        memory_rows.rebuild(session, 1)
        assert found == cached(session)


def test_taking_back_an_answer_that_a_refit_came_after_is_as_if_it_had_never_been(
    session: Session, person: Person
) -> None:
    tap(session, person, "tap1", RIGHT)
    refitted = replace(memory_rows.learner_of(session, 1), parameters=OWN)
    last = tap(session, person, "tap2", RIGHT, NOW + timedelta(days=1))
    tried(session, OWN)
    answering.undo(session, person, last, NOW + timedelta(days=1))
    assert memory_rows.learner_of(session, 1) == refitted
    assert set(revision.cards_of(session, 1, ("tap1", "tap2"))) == {"tap1"}
