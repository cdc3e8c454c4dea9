"""Who joins a group while a round is open gets it, once, and not before the privacy card was read."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, col, select

from talkthrough.scheduler import round_joining, rounds
from talkthrough.storage import people
from talkthrough.storage.database import Database
from talkthrough.storage.tables import Delivery, Person, Role
from tests.scheduler.group import MONDAY, THURSDAY, WORDING, said, scheduled, tick

LATER = THURSDAY + timedelta(hours=1)


def newcomer(session: Session, cohort_id: int, *, has_read: bool = True) -> Person:
    person = people.person_for(session, 104, "Late", MONDAY)
    person.privacy_seen_at = MONDAY if has_read else None
    people.enrol(session, cohort_id, person.id or 0, Role.LEARNER, MONDAY)
    return person


def keys(session: Session, person: Person) -> list[str]:
    mine = select(Delivery.question_key).where(Delivery.person_id == person.id)
    return list(session.exec(mine.order_by(col(Delivery.position))))


def join(session: Session, person: Person, at: datetime = LATER) -> int:
    return round_joining.join_open_rounds(session, person, at, WORDING)


@pytest.mark.parametrize("is_individual", [False, True])
def test_a_late_learner_gets_the_open_round_once_and_is_told(
    database: Database, cohort_id: int, *, is_individual: bool
) -> None:
    with database.transaction() as session:
        scheduled(session, cohort_id, is_individual=is_individual)
    tick(database, THURSDAY)
    with database.transaction() as session:
        late = newcomer(session, cohort_id)
        assert [join(session, late), join(session, late)] == [1, 0]
        assert len(keys(session, late)) == 2
        if not is_individual:
            assert keys(session, late) == keys(session, people.known(session, 101))
    assert said(database)[104, "round_opened"] == 1


def test_nothing_is_sent_before_the_privacy_card_was_read(database: Database, cohort_id: int) -> None:
    with database.transaction() as session:
        scheduled(session, cohort_id)
    tick(database, THURSDAY)
    with database.transaction() as session:
        late = newcomer(session, cohort_id, has_read=False)
        assert join(session, late) == 0
        late.privacy_seen_at = LATER
        assert join(session, late) == 1


def test_rounds_that_have_closed_or_opened_long_ago_are_not_handed_out(database: Database, cohort_id: int) -> None:
    with database.transaction() as session:
        scheduled(session, cohort_id)
        never_closes = scheduled(session, cohort_id, closing=None)
        rounds.run_now(session, never_closes, MONDAY, WORDING)
    tick(database, THURSDAY)
    tick(database, THURSDAY + timedelta(days=4))
    with database.transaction() as session:
        assert join(session, newcomer(session, cohort_id), THURSDAY + timedelta(days=60)) == 0
