import json
from datetime import UTC, datetime, timedelta

from sqlmodel import Session, select

from talkthrough.storage import outbox
from talkthrough.storage.database import Database
from talkthrough.storage.outbox import FAILED, PENDING, SENDING, SENT, Outcome
from talkthrough.storage.tables import Attachment, Conversation, OutboxMessage, Person

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def say(session: Session, chat_id: int = 7, lane: int = outbox.REPLY, **more: object) -> OutboxMessage:
    return outbox.add(session, chat_id=chat_id, view="question", data={"n": 1}, now=NOW, lane=lane, **more)  # type: ignore[arg-type]


def states(database: Database) -> dict[int | None, str]:
    with database.transaction() as session:
        return {row.id: row.state for row in session.exec(select(OutboxMessage))}


def test_only_messages_whose_work_was_not_undone_are_handed_to_the_sender(database: Database) -> None:
    with database.transaction() as session:
        kept = say(session)
        undone = session.begin_nested()
        say(session)
        undone.rollback()
        assert outbox.added(session) == [kept]
    assert list(states(database)) == [kept.id]


def test_data_is_kept_as_json_with_every_character(database: Database) -> None:
    with database.transaction() as session:
        row = outbox.add(session, chat_id=7, view="v", data={"text": "Łukasz “said” 👍 <b>"}, now=NOW)
    with database.transaction() as session:
        stored = session.get_one(OutboxMessage, row.id)
        assert json.loads(stored.data) == {"text": "Łukasz “said” 👍 <b>", "language": "en"}


def test_everybody_is_written_to_in_their_own_language(database: Database) -> None:
    with database.transaction() as session:
        for chat_id, language in ((1, "en"), (2, "cy")):
            session.add(Person(telegram_id=chat_id, display_name="x", language=language, created_at=NOW))
        outbox.add_to_many(session, {1: None, 2: None, 3: None}, view="v", data={"n": 1}, now=NOW)
        for chat_id in (1, 2, 3):
            say(session, chat_id)
        said = [(row.chat_id, json.loads(row.data)["language"]) for row in outbox.added(session)]
    assert said == [(1, "en"), (2, "cy"), (3, "en")] * 2


def test_after_a_crash_only_what_was_on_its_way_is_flagged(database: Database) -> None:
    with database.transaction() as session:
        reply, broadcast = say(session), say(session, lane=outbox.BROADCAST)
        later = say(session, not_before=NOW + timedelta(hours=1))
        sent = say(session)
        sent.state = SENT
    with database.transaction() as session:
        waiting = outbox.unsent(session)
    assert {row.id: row.possibly_duplicate for row in waiting} == {reply.id: True, broadcast.id: False, later.id: False}


def test_what_became_of_messages_is_recorded_in_one_go(database: Database) -> None:
    with database.transaction() as session:
        sent, failed, claimed, released = (say(session), say(session), say(session, lane=1), say(session))
    assert sent.id
    assert failed.id
    outcomes = [
        Outcome(sent.id, SENT, NOW, message_id=2**40, possibly_duplicate=True),
        Outcome(failed.id, FAILED, NOW, attempts=2, error="Forbidden"),
    ]
    with database.transaction() as session:
        outbox.record(session, [claimed.id], outcomes, [released.id])  # type: ignore[list-item]
    assert states(database) == {sent.id: SENT, failed.id: FAILED, claimed.id: SENDING, released.id: PENDING}
    with database.transaction() as session:
        row = session.get_one(OutboxMessage, sent.id)
        assert (row.message_id, row.sent_at, row.possibly_duplicate, row.attempts) == (2**40, NOW, True, 1)
        assert session.get_one(OutboxMessage, failed.id).last_error == "Forbidden"


def test_a_file_is_dropped_once_it_is_sent_and_kept_while_it_is_not(database: Database) -> None:
    def file(name: str) -> Attachment:
        return Attachment(file_name=name, media_type="text/html", content=b"<p>")

    with database.transaction() as session:
        sent, failed = say(session, attachment=file("a.html")), say(session, attachment=file("b.html"))
    with database.transaction() as session:
        found = outbox.attachment_of(session, sent)
        assert found is not None
        assert (found.file_name, found.content) == ("a.html", b"<p>")
    outcomes = [Outcome(sent.id or 0, SENT, NOW), Outcome(failed.id or 0, FAILED, NOW)]
    with database.transaction() as session:
        outbox.record(session, [], outcomes, [])
    with database.transaction() as session:
        assert list(session.exec(select(Attachment.file_name))) == ["b.html"]


def test_a_person_is_unreachable_from_the_first_refusal_until_they_come_back(database: Database) -> None:
    with database.transaction() as session:
        session.add(Person(telegram_id=7, display_name="Kim", created_at=NOW))
    with database.transaction() as session:
        outbox.mark_unreachable(session, 7, NOW)
        outbox.mark_unreachable(session, 7, NOW + timedelta(days=1))
    with database.transaction() as session:
        assert session.exec(select(Person.unreachable_since)).one() == NOW
        outbox.mark_reachable(session, 7)
    with database.transaction() as session:
        assert session.exec(select(Person.unreachable_since)).one() is None


def test_a_group_that_moved_takes_its_messages_and_its_dialogue_along(database: Database) -> None:
    with database.transaction() as session:
        row = say(session, chat_id=-5)
        session.add(Conversation(chat_id=-5, state="{}", updated_at=NOW))
    with database.transaction() as session:
        outbox.move_chat(session, -5, -1005)
    with database.transaction() as session:
        assert session.get_one(OutboxMessage, row.id).chat_id == -1005
        assert session.get(Conversation, -5) is None
        assert session.get(Conversation, -1005) is not None


def test_only_what_was_sent_or_failed_a_month_ago_is_forgotten_with_its_files(database: Database) -> None:
    def file() -> Attachment:
        return Attachment(file_name="a.html", media_type="text/html", content=b"<p>")

    with database.transaction() as session:
        sent, recent = say(session), say(session)
        waiting, failed = say(session, attachment=file()), say(session, attachment=file())
        for row, state, days in ((sent, SENT, 31), (recent, SENT, 29), (waiting, PENDING, 31), (failed, FAILED, 31)):
            row.state, row.created_at = state, NOW - timedelta(days=days)
    with database.transaction() as session:
        outbox.prune(session, NOW)
    assert set(states(database)) == {recent.id, waiting.id}
    with database.transaction() as session:
        assert list(session.exec(select(Attachment.id))) == [waiting.attachment_id]


def test_what_a_command_writes_waits_for_the_running_bot_and_is_adopted_once(database: Database) -> None:
    with database.transaction() as session:
        outbox.is_beside_the_bot(session)
        outbox.add(session, chat_id=1, view="x", data={}, now=NOW)
    with database.transaction() as session:
        assert outbox.unsent(session) == []
        outbox.adopt(session)
        assert [row.chat_id for row in outbox.added(session)] == [1]
    with database.transaction() as session:
        outbox.adopt(session)
        assert outbox.added(session) == []
        assert len(outbox.unsent(session)) == 1


def buttons(*labels: str) -> dict[str, object]:
    return {"buttons": [[[label, label.lower()] for label in labels]], "language": "cy"}


def test_the_last_buttons_are_those_of_the_newest_message_that_was_sent_and_has_any(database: Database) -> None:
    with database.transaction() as session:
        outbox.add(session, chat_id=1, view="menu", data=buttons("Old"), now=NOW)
        outbox.add(session, chat_id=1, view="question", data=buttons("A", "B"), now=NOW + timedelta(minutes=1))
        outbox.add(session, chat_id=1, view="noted", data={}, now=NOW + timedelta(minutes=2))
        outbox.add(session, chat_id=2, view="menu", data=buttons("Other"), now=NOW + timedelta(minutes=3))
        evening = NOW + timedelta(hours=8)
        round_ = outbox.add(session, chat_id=1, view="round", data=buttons("Start"), now=NOW, not_before=evening)
    with database.transaction() as session:
        assert outbox.last_buttons(session, 1) == ("cy", [[["A", "a"], ["B", "b"]]])
        assert outbox.last_buttons(session, 3) == ("en", [])
        outbox.record(session, [], [Outcome(round_.id or 0, SENT, evening)], [])
    with database.transaction() as session:
        assert outbox.last_buttons(session, 1) == ("cy", [[["Start", "start"]]])
