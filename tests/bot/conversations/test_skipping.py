"""A skipped question is kept as skipped: not marked, not waiting, not counted; an answer that there is stays."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, select

from talkthrough.bot.conversations import effects as f
from talkthrough.bot.conversations import results as r
from talkthrough.bot.conversations.performers import revising
from talkthrough.bot.conversations.performers.desk import Desk
from talkthrough.bot.settings import Settings
from talkthrough.storage import revision
from talkthrough.storage.audit import signing_key
from talkthrough.storage.tables import Answer, Card, Delivery, Person
from tests.scheduler.conftest import NOW, fill, opened


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    session = opened()
    return Desk(session, fill(session), 1001, NOW, Settings.load(data_dir=tmp_path), signing_key(tmp_path))


def asked(session: Session, key: str = "list", *, minutes_ago: int = 0) -> Delivery:
    row = revision.start_session(session, 1, "u", [key], NOW)
    return revision.deliver(session, 1, key, NOW - timedelta(minutes=minutes_ago), session_id=row.id, position=1)


def test_a_skip_marks_nothing_and_the_question_waits_no_more(desk: Desk) -> None:
    row = asked(desk.session)
    assert revising.skip(desk, f.SkipQuestion(row.id or 0)) == r.Skipped(row.id or 0)
    assert row.skipped_at == NOW
    assert revision.open_in_session(desk.session, row.session_id or 0, 1) is None
    assert desk.session.exec(select(Answer)).all() == []
    assert desk.session.exec(select(Card)).all() == []


def test_a_second_skip_of_the_same_question_skips_no_other(desk: Desk) -> None:
    row = asked(desk.session)
    revising.skip(desk, f.SkipQuestion(row.id or 0))
    assert not isinstance(revising.skip(desk, f.SkipQuestion(row.id or 0)), r.Skipped)


def test_a_skip_of_an_answered_question_leaves_the_answer(desk: Desk) -> None:
    row = asked(desk.session)
    revising.check(desk, f.CheckAnswer(row.id or 0, text="fire drills"))
    again = revising.skip(desk, f.SkipQuestion(row.id or 0))
    assert isinstance(again, r.AnswerChecked)
    assert again.is_repeat
    assert row.skipped_at is None


def test_nobody_skips_for_somebody_else(desk: Desk) -> None:
    row = asked(desk.session)
    other = Person(id=2, telegram_id=1002, display_name="Kim", created_at=NOW)
    desk.session.add(other)
    theirs = Desk(desk.session, other, 1002, NOW, desk.settings, desk.signing_key)
    assert revising.skip(theirs, f.SkipQuestion(row.id or 0)) == r.NoSuchQuestion()
    assert row.skipped_at is None


def test_stray_words_belong_to_the_last_question_while_its_sitting_is_open(desk: Desk) -> None:
    row = asked(desk.session, minutes_ago=30)
    found = revising.find_open(desk, f.FindWhatIsOpen("fire drills"))
    assert isinstance(found, r.OpenFound)
    assert (found.delivery_id, found.stem) == (row.id, "Name two safety measures.")
    revision.end_open_session(desk.session, 1, NOW)
    assert revising.find_open(desk, f.FindWhatIsOpen("fire drills")) == r.OpenFound("fire drills")


def test_stray_words_belong_to_no_question_of_yesterday_or_with_letters(desk: Desk) -> None:
    asked(desk.session, minutes_ago=60 * 24)
    assert revising.find_open(desk, f.FindWhatIsOpen("drills")).delivery_id == 0  # type: ignore[union-attr]
    asked(desk.session, "tap1")
    assert revising.find_open(desk, f.FindWhatIsOpen("drills")).delivery_id == 0  # type: ignore[union-attr]
