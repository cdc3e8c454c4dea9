"""What tutors hear of a learner's answers, and when."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, select

from talkthrough.bot.conversations import results as r
from talkthrough.bot.conversations import revision as dialogue
from talkthrough.bot.conversations.aim_effects import ShowFeedback
from talkthrough.bot.conversations.effects import CheckAnswer, FlagQuestion
from talkthrough.bot.conversations.events import Tapped
from talkthrough.bot.conversations.performers import revising
from talkthrough.bot.conversations.performers.desk import Desk
from talkthrough.bot.conversations.states import Answering, ReadingFeedback
from talkthrough.bot.settings import Settings
from talkthrough.storage import people, revision
from talkthrough.storage.arrivals import arrival
from talkthrough.storage.audit import signing_key
from talkthrough.storage.tables import OutboxMessage, Person, Role
from tests.scheduler.conftest import NOW, fill, opened

TUTOR = 2001
NIGHT = datetime(2026, 11, 3, 2, tzinfo=UTC)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    session = opened()
    learner = fill(session)
    tutor = people.person_for(session, TUTOR, "Pat", NOW)
    cohort = people.create_cohort(session, "A", ["u"], "Europe/London", NOW)
    people.enrol(session, cohort.id or 0, learner.id or 0, Role.LEARNER, NOW)
    people.enrol(session, cohort.id or 0, tutor.id or 0, Role.TUTOR, NOW)
    return Desk(session, learner, learner.telegram_id, NOW, Settings.load(data_dir=tmp_path), signing_key(tmp_path))


def to_tutor(session: Session) -> list[OutboxMessage]:
    return list(session.exec(select(OutboxMessage).where(OutboxMessage.chat_id == TUTOR)))


def listed(desk: Desk, days: int) -> int:
    """The list is put on a day, in a sitting."""
    now = NOW + timedelta(days=days)
    row = revision.start_session(desk.session, 1, "u", ["list"], now)
    return revision.deliver(desk.session, 1, "list", now, session_id=row.id).id or 0


def test_a_tutor_hears_once_of_a_point_that_keeps_slipping_also_when_nothing_is_added_to_the_list(desk: Desk) -> None:
    told = []
    for days in range(5):  # the two points that are never mentioned are missed in turn
        then = replace(desk, now=NOW + timedelta(days=days))
        delivery = listed(desk, days)
        answered = revising.check(then, CheckAnswer(delivery, text="fire drills"))
        closed = revising.feedback(then, ShowFeedback(delivery))
        again = revising.feedback(then, ShowFeedback(delivery, is_first=False))
        told.append([isinstance(each, r.AnswerChecked) and each.is_tutor_told for each in (answered, closed, again)])
    assert told == [*[[False, False, False]] * 4, [False, True, False]]
    assert [row.view for row in to_tutor(desk.session)] == ["stubborn"]


@pytest.mark.parametrize(
    ("state", "expected"), [(Answering(7, is_more=True), True), (ReadingFeedback(7), False), (Answering(8), False)]
)
def test_only_the_first_tap_on_that_is_all_ends_the_waiting(state: Answering | ReadingFeedback, expected: bool) -> None:
    after = dialogue.tapped(state, Tapped(("all", "7")))
    assert after is not None
    assert ShowFeedback(7, is_first=expected) in after[1]


def test_a_reported_question_waits_until_the_tutors_quiet_hours_are_over(desk: Desk) -> None:
    revising.flag(replace(desk, now=NIGHT), FlagQuestion(listed(desk, 0), "odd <b>"))
    (row,) = to_tutor(desk.session)
    assert row.not_before == datetime(2026, 11, 3, 8, tzinfo=UTC)
    assert json.loads(row.data)["values"]["comment"] == "odd <b>"


def test_people_who_have_not_chosen_one_live_in_the_installations_time_zone() -> None:
    with opened() as session:
        assert arrival(session, 5, "Kim", NOW, "Europe/Athens").person.time_zone == "Europe/Athens"
        assert isinstance(arrival(session, 5, "Kim", NOW, "Europe/Paris").person, Person)
        assert arrival(session, 5, "Kim", NOW, "Europe/Paris").person.time_zone == "Europe/Athens"
