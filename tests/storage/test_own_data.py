"""What is held about a person is complete: every column that points at a person or a discussion is accounted for."""

import json
from datetime import UTC, datetime

from sqlmodel import select

from talkthrough.storage import outbox, own_data, people
from talkthrough.storage.database import Database
from talkthrough.storage.tables import OutboxMessage, Table

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
WORDS_AND_SOUND = {"discussion.person_id", "turn.discussion_id", "recording.discussion_id"}
OTHER_SIDE = {"supplement.supplements"}  # the discussion that was added to is listed as one's own


def pointing_at(table: str) -> set[str]:
    """Every "table.column" with a foreign key to this table."""
    return {
        f"{each.name}.{key.parent.name}"
        for each in Table.metadata.tables.values()
        for key in each.foreign_keys
        if key.column.table.name == table
    }


def test_the_download_accounts_for_every_column_that_points_at_a_person_or_a_discussion() -> None:
    own = {f"{table.__tablename__}.person_id" for table in own_data.OWN_TABLES}
    elsewhere = {f"{column.class_.__tablename__}.{column.key}" for column in own_data.ELSEWHERE.values()}
    about = {f"{table.__tablename__}.discussion_id" for table in own_data.OF_DISCUSSIONS}
    known = own | elsewhere | about | WORDS_AND_SOUND | OTHER_SIDE
    assert pointing_at("person") | pointing_at("discussion") == known


def test_everything_can_be_written_as_json_and_read_as_a_page(database: Database) -> None:
    with database.transaction() as session:
        held = own_data.everything_about(session, people.person_for(session, 1, "Ann <script>", NOW))
        assert json.loads(json.dumps(held, default=str))["person"]["display_name"] == "Ann <script>"
        assert b"<script>" not in own_data.as_html(held)


def test_erasing_somebody_with_a_short_name_leaves_other_peoples_messages(database: Database) -> None:
    with database.transaction() as session:
        person = people.person_for(session, 1, "Al", NOW)
        for text in ("Al released a log", "It is also in the calendar"):
            outbox.add(session, chat_id=2, view="x", data={"text": text, "language": "en"}, now=NOW).sent_at = NOW
        session.flush()
        own_data.erase(session, person)
        assert [row.data for row in session.exec(select(OutboxMessage).order_by(OutboxMessage.id))] == [
            "{}",
            '{"text": "It is also in the calendar", "language": "en"}',
        ]
