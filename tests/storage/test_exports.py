"""The register of exports: numbers by kind, files known by their bytes, and what may still be handed out."""

from datetime import timedelta

import pytest
from sqlmodel import Session, create_engine

from talkthrough.storage import discussions, exports, people
from talkthrough.storage.exports import Entry
from talkthrough.storage.tables import Role, Table
from tests.storage.records.examples import KEY, NOW, PLAN

LEARNER, ASSESSOR = 1, 2


@pytest.fixture
def session():
    engine = create_engine("sqlite://")
    Table.metadata.create_all(engine)
    with Session(engine) as session:
        yield session
    engine.dispose()


@pytest.fixture
def closed(session):
    row = discussions.start(
        session, person_id=LEARNER, unit_version_id=1, plan=PLAN, time_zone="Europe/London", now=NOW
    )
    return discussions.close(session, row, KEY, NOW)


def registered(session, row, kind="log", number=1, content=b"one", by=ASSESSOR):
    exports.register(session, Entry(row.id, kind, "pdf", number), content, taken_by=by, now=NOW)


def test_each_kind_of_record_counts_by_itself(session, closed):
    registered(session, closed, "log", 1)
    registered(session, closed, "log", 2, b"two")
    registered(session, closed, "draft", 1, b"three")
    numbers = [exports.next_number(session, closed.id, kind) for kind in ("log", "draft", "plan")]
    assert numbers == [3, 2, 1]


def test_a_file_is_found_again_by_its_bytes_and_an_altered_one_is_not(session, closed):
    registered(session, closed, content=b"the file")
    (found,) = exports.of_file(session, b"the file")
    assert (found.number, found.taken_by) == (1, ASSESSOR)
    assert exports.of_file(session, b"the file ") == ()


def test_a_file_that_was_handed_out_again_is_found_with_all_its_numbers(session, closed):
    registered(session, closed, "review", 1, b"the same")
    registered(session, closed, "review", 2, b"the same")
    assert [found.number for found in exports.of_file(session, b"the same")] == [1, 2]


def test_a_number_that_was_taken_meanwhile_is_not_the_next(session, closed):
    entry = Entry(closed.id, "log", "pdf", 1)
    assert exports.is_next(session, entry)
    registered(session, closed)
    assert not exports.is_next(session, entry)


def test_others_get_files_only_as_readers_and_only_while_the_discussion_is_released(session, closed):
    learner, assessor, stranger = (people.person_for(session, number, "P", NOW).id for number in (11, 12, 13))
    closed.person_id = learner
    cohort = people.create_cohort(session, "Group", [PLAN.unit_key], "Europe/London", NOW)
    people.enrol(session, cohort.id, learner, Role.LEARNER, NOW)
    people.enrol(session, cohort.id, assessor, Role.ASSESSOR, NOW)

    def who():
        return [exports.may_take(session, closed.id, each) for each in (learner, assessor, stranger)]

    assert who() == [True, False, False]
    discussions.release(session, closed, NOW + timedelta(minutes=1))
    assert who() == [True, True, False]
    discussions.withdraw(session, closed)
    assert who() == [True, False, False]
    assert not exports.may_take(session, 99, learner)


def test_an_erasure_takes_the_notes_and_leaves_numbers_and_hashes(session, closed):
    entry = Entry(closed.id, "log", "pdf", 1)
    exports.register(session, entry, b"one", taken_by=ASSESSOR, now=NOW, held='{"rating": "nearly ready"}')
    discussions.erase_texts(session, closed)
    session.expire_all()
    assert [found.held for found in exports.of_file(session, b"one")] == [None]
    assert exports.next_number(session, closed.id, "log") == 2
