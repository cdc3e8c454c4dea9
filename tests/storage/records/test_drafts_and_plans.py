"""Plans, supplements and drafts as rows, on both databases; and who may read what was released."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy.pool import NullPool
from sqlmodel import Session, create_engine

from talkthrough.question_bank.discussion.model import Turn
from talkthrough.storage import discussions, drafts, people, planning, readers
from talkthrough.storage.database import database_url
from talkthrough.storage.migrations import migrate
from talkthrough.storage.tables import Discussion, Person, Role
from tests.storage.records.examples import KEY, PLAN
from tests.storage.records.test_both_databases import held

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
QUESTION = Turn(0, "tool", "What came of it?", NOW, kind="open", target="result")


@pytest.fixture
def session(empty_url):
    migrate(empty_url)
    engine = create_engine(database_url(empty_url), poolclass=NullPool)
    with Session(engine) as open_session:
        yield open_session
    engine.dispose()


@pytest.fixture
def closed(session) -> Discussion:
    return session.get_one(Discussion, held(session))


def answered(session, closed, text="It fell to 6") -> None:
    drafts.add(session, closed, (QUESTION, Turn(0, "learner", text, NOW, flags=("event:3",))), NOW)


def someone(session, number: int) -> Person:
    person = Person(id=number, telegram_id=number, display_name="Someone", created_at=NOW)
    session.add(person)
    session.flush()
    return person


def test_what_is_added_goes_into_one_open_chain_and_after_a_confirmation_into_a_new_one(session, closed):
    answered(session, closed)
    answered(session, closed, "and then to 5")
    drafts.confirm(session, closed, "none", KEY, NOW)
    answered(session, closed, "and then to 4")
    first, second = drafts.supplements_of(session, closed.id)
    assert [turn.text for turn in drafts.turns_of(session, first)][1::2] == ["It fell to 6", "and then to 5"]
    assert (first.status, second.status) == ("closed", "open")
    assert not drafts.is_confirmed(session, closed.id)


def test_every_change_changes_the_state_that_a_confirmation_is_about(session, closed):
    states = [drafts.state_digest(session, closed.id)]
    for change in (
        lambda: drafts.choose_model(session, closed.id, "STAR"),
        lambda: drafts.strike(session, closed.id, 3, is_out=True),
        lambda: answered(session, closed),
    ):
        change()
        states.append(drafts.state_digest(session, closed.id))
    assert len(set(states)) == len(states)


def test_striking_out_what_is_struck_out_leaves_a_confirmation_alone(session, closed):
    drafts.strike(session, closed.id, 3, is_out=True)
    drafts.confirm(session, closed, "none", KEY, NOW)
    drafts.strike(session, closed.id, 3, is_out=True)
    assert drafts.is_confirmed(session, closed.id)


def test_a_plan_cannot_change_once_the_discussion_has_begun(session, closed):
    with pytest.raises(discussions.DiscussionError, match="has begun"):
        planning.change_plan(session, closed, PLAN)


def test_the_same_discussion_is_set_once_and_takes_the_later_date(session, closed):
    learner = people.by_id(session, closed.person_id)
    tutor = someone(session, 77)
    wanted = {"learner": learner, "plan": PLAN, "version_id": closed.unit_version_id, "by": tutor.id, "now": NOW}
    first = planning.assign(session, **wanted, due_on=date(2026, 8, 1))
    again = planning.assign(session, **wanted, due_on=date(2026, 9, 1))
    assert first.id == again.id
    ((_, detail),) = planning.assigned_by(session, tutor.id)
    assert detail.due_on == date(2026, 9, 1)


def test_roles_count_only_in_a_cohort_with_this_learner_and_this_unit(session, closed):
    reader = someone(session, 78)
    fitting = people.create_cohort(session, "A", [closed.unit_key], "Europe/London", NOW)
    other_unit = people.create_cohort(session, "B", ["u-999"], "Europe/London", NOW)
    for cohort, role in ((fitting, Role.QUALITY_ASSURER), (other_unit, Role.ASSESSOR)):
        people.enrol(session, cohort.id, closed.person_id, Role.LEARNER, NOW)
        people.enrol(session, cohort.id, reader.id, role, NOW)
    assert readers.roles_towards(session, reader.id, closed) == {Role.QUALITY_ASSURER}
    assert [cohort.name for cohort in readers.cohorts_read_by(session, reader.id)] == ["A", "B"]
    assert readers.is_in(session, closed, fitting)
    assert not readers.is_in(session, closed, other_unit)
