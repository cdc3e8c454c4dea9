"""Reminders in rows: asked for, inside the window, once a day, with a question in them."""

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlmodel import Session, select

from talkthrough.question_bank.specification import AssessmentCriterion, LearningOutcome, Unit
from talkthrough.scheduler import reminding
from talkthrough.scheduler.reminding import Invitation, change_wishes, plan_next, remind_due
from talkthrough.storage import bank, outbox, revision
from talkthrough.storage.tables import Delivery, Document, OutboxMessage, Person, Reminder, UnitVersion
from tests.scheduler.conftest import LINE, NOW, fill

CRITERION = AssessmentCriterion("1.1", "1.1", "describe safety", "knowledge", LINE, key="c0")
UNIT = Unit(
    "T", LINE, number="1", key="u", outcomes=(LearningOutcome("1", "1", "Know", "knowledge", LINE, (CRITERION,)),)
)
IN_WINDOW = datetime(2026, 11, 2, 17, 30, tzinfo=UTC)


@pytest.fixture
def person(session: Session) -> Person:
    person = fill(session)
    session.add(Document(id=1, file_name="f", sha256="0", content=b"", imported_at=NOW))
    session.flush()
    body = bank._UNIT.dump_json(UNIT).decode()
    fields = {"label": "Unit 1", "title": "T", "status": "published", "body": body, "imported_at": NOW}
    session.add(UnitVersion(unit_key="u", document_id=1, **fields))
    revision.start_session(session, 1, "u", ["tap1"], NOW - timedelta(days=3))
    session.flush()
    return person


def invite(invitation: Invitation) -> tuple[str, Mapping[str, object]]:
    return "reminder", {"stem": invitation.question.stem, "questions": invitation.questions}


def sent(session: Session) -> list[OutboxMessage]:
    return list(session.exec(select(OutboxMessage)))


def test_nobody_is_reminded_who_did_not_ask_for_it(session: Session, person: Person) -> None:
    plan_next(session, person, NOW)
    assert session.exec(select(Reminder)).all() == []
    assert remind_due(session, IN_WINDOW, invite) == 0


def test_a_reminder_comes_in_the_window_once_a_day_with_a_question_that_a_tap_answers(
    session: Session, person: Person
) -> None:
    change_wishes(session, person, NOW, is_on=True)
    assert remind_due(session, NOW, invite) == 0
    assert remind_due(session, IN_WINDOW, invite) == 1
    assert remind_due(session, IN_WINDOW + timedelta(seconds=1), invite) == 0
    delivery = session.exec(select(Delivery)).one()
    question = bank.question(session, delivery.question_key)
    assert question is not None
    assert question.is_tapped
    assert (delivery.position, delivery.asked_at) == (1, IN_WINDOW)
    assert remind_due(session, IN_WINDOW + timedelta(days=1), invite) == 1


def test_a_round_on_the_same_day_takes_the_reminders_place(session: Session, person: Person) -> None:
    change_wishes(session, person, NOW, is_on=True)
    outbox.add(session, chat_id=1001, view="round_opened", data={}, lane=outbox.BROADCAST, now=NOW)
    assert remind_due(session, IN_WINDOW, invite) == 0
    assert len(sent(session)) == 1


def test_a_day_of_practice_needs_no_reminder(session: Session, person: Person) -> None:
    from talkthrough.scheduler import answering

    change_wishes(session, person, NOW, is_on=True)
    delivery = revision.deliver(session, 1, "tap2", NOW).id or 0
    answering.answer(session, person, delivery, text=None, option=0, now=NOW)
    assert remind_due(session, IN_WINDOW, invite) == 0


@pytest.mark.parametrize(
    "choice",
    [
        {"is_paused": True},
        {"days_off": (0,)},
        {"snoozed_until": IN_WINDOW + timedelta(days=1)},
        {"window": (time(21), time(22))},
    ],
)
def test_nothing_comes_on_days_off_when_paused_put_off_or_in_quiet_hours(
    session: Session, person: Person, choice: dict[str, object]
) -> None:
    change_wishes(session, person, NOW, is_on=True, **choice)
    assert remind_due(session, IN_WINDOW, invite) == 0
    assert remind_due(session, IN_WINDOW + timedelta(hours=4), invite) == 0
    assert sent(session) == []


def test_who_blocked_the_bot_is_left_alone_and_reminded_again_once_back(session: Session, person: Person) -> None:
    change_wishes(session, person, NOW, is_on=True)
    person.unreachable_since = NOW
    assert remind_due(session, IN_WINDOW, invite) == 0
    person.unreachable_since = None
    days = (IN_WINDOW + timedelta(days=day, minutes=1) for day in range(1, 3))
    assert sum(remind_due(session, day, invite) for day in days) >= 1


def test_the_weekly_goal_counts_days_and_blames_nobody(session: Session, person: Person) -> None:
    assert reminding.this_week(session, person, NOW) == 0


def test_erasing_a_person_takes_reminders_and_the_learners_model_along(session: Session, person: Person) -> None:
    from talkthrough.storage import own_data

    change_wishes(session, person, NOW, is_on=True)
    own_data.erase(session, person)
    assert session.exec(select(Reminder)).all() == []
    assert remind_due(session, IN_WINDOW, invite) == 0
