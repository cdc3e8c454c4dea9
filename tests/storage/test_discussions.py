"""Discussions in the database: chained, closed with a signature, released, erased."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session, create_engine

from talkthrough.question_bank.discussion.model import CriterionMark, Plan, PlannedCriterion, Turn
from talkthrough.question_bank.items.question import ExpectedPoint
from talkthrough.question_bank.marking.model import Mark, PointMark, PointState, Signals, Words
from talkthrough.storage import audit, discussions, drafts, own_turns
from talkthrough.storage.tables import Cohort, Document, Membership, Person, Role, Table, UnitVersion

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
KEY = audit.SigningKey(Ed25519PrivateKey.from_private_bytes(b"k" * 32))
CRITERION = PlannedCriterion("c36", "3.6", "evaluate", "evaluate", "knowledge", ("How?",), (ExpectedPoint("p", "x"),))
PLAN = Plan("u-401", "Unit 401", "Manage", "3", "Be able to manage", (CRITERION,), extra_time=1.5)
WORDS = Words(0, 5, "I did")
MARK = Mark(points=(PointMark("p", PointState.COVERED, "sure yes", 0.9, WORDS, "r"),), signals=Signals(own_action=True))


@pytest.fixture
def session():
    engine = create_engine("sqlite://")
    Table.metadata.create_all(engine)
    with Session(engine) as opened:
        opened.add_all([person(1, "Sam"), person(2, "Tutor"), person(3, "Stranger")])
        opened.add(Document(id=1, file_name="f", sha256="0", content=b"", imported_at=NOW))
        opened.flush()
        fields = {"label": "Unit 401", "title": "Manage", "status": "published", "body": "{}", "imported_at": NOW}
        opened.add(UnitVersion(id=1, unit_key="u-401", document_id=1, **fields))
        opened.flush()
        yield opened
    engine.dispose()


def person(number, name):
    return Person(id=number, telegram_id=number, display_name=name, created_at=NOW)


def started(session):
    return discussions.start(session, person_id=1, unit_version_id=1, plan=PLAN, time_zone="Europe/London", now=NOW)


def said(text="I did it", speaker="learner", **fields):
    return Turn(0, speaker, text, NOW + timedelta(seconds=1.25), **fields)


def held(session, *texts):
    discussion = started(session)
    for text in texts or ("I did it", "Because it works"):
        discussions.append_turn(session, discussion, said(text), NOW)
    return discussion


def cohort(session, units=("u-401",), reader_role=Role.TUTOR):
    group = Cohort(name="A", unit_keys=json.dumps(units), created_at=NOW)
    session.add(group)
    session.flush()
    for who, role in ((1, Role.LEARNER), (2, reader_role)):
        session.add(Membership(cohort_id=group.id, person_id=who, role=role, joined_at=NOW))
    session.flush()


def test_the_plan_comes_back_as_it_was_agreed(session):
    assert discussions.plan_of(started(session)) == PLAN


def test_turns_come_back_word_for_word_and_numbered_by_the_store(session):
    discussion = started(session)
    first = said(marks=(CriterionMark("c36", MARK),), criterion_keys=("c36",), flags=("hint before",))
    second = said("What did you do?", "tool", kind="probe", rule="P2", target="own action")
    for turn in (first, second):
        discussions.append_turn(session, discussion, turn, NOW)
    session.commit()
    session.expire_all()
    one, two = discussions.transcript(session, discussion.id)
    assert (one.number, one.text, one.marks, one.flags) == (1, first.text, first.marks, first.flags)
    assert (two.number, two.at, two.target) == (2, second.at, "own action")


@settings(max_examples=40, deadline=None)
@given(texts=st.lists(st.text(max_size=80), min_size=1, max_size=6))
def test_any_text_survives_and_its_chain_links_up(texts):
    engine = create_engine("sqlite://")
    Table.metadata.create_all(engine)
    with Session(engine) as session:
        discussion = held(session, *texts)
        rows = discussions.stored_turns(session, discussion.id)
        assert [row.text for row in rows] == [re.sub("[\x00\ud800-\udfff]", "\ufffd", text) for text in texts]
        assert [row.previous_hash for row in rows] == [audit.GENESIS, *[row.hash for row in rows[:-1]]]
    engine.dispose()


def test_the_first_question_opens_a_planned_discussion(session):
    discussion = started(session)
    discussions.append_turn(session, discussion, said("The plan", "tool", kind="plan"), NOW)
    discussions.append_turn(session, discussion, said("I have read it"), NOW)
    assert (discussion.status, discussion.started_at) == ("planned", None)
    discussions.append_turn(session, discussion, said("Tell me about it?", "tool", kind="open"), NOW)
    assert (discussion.status, discussion.started_at) == ("open", NOW)


def test_a_discussion_resumes_after_days_and_keeps_its_start(session):
    discussion = held(session)
    discussions.resume(session, discussion, NOW)
    discussions.pause(session, discussion, NOW)
    assert discussions.open_of(session, 1).status == "paused"
    discussions.resume(session, discussion, NOW + timedelta(days=9))
    assert (discussion.status, discussion.started_at) == ("open", NOW)


def test_closing_signs_the_head_once_and_nothing_can_be_added(session):
    discussion = held(session)
    discussions.close(session, discussion, KEY, NOW, self_rating="nearly ready")
    signature = discussion.signature
    discussions.close(session, discussion, KEY, NOW + timedelta(hours=1))
    assert discussion.signature == signature
    assert discussion.head == discussions.stored_turns(session, discussion.id)[-1].hash
    assert discussions.open_of(session, 1) is None
    with pytest.raises(discussions.DiscussionError, match="Start another"):
        discussions.append_turn(session, discussion, said(), NOW)
    with pytest.raises(discussions.DiscussionError, match="closed"):
        discussions.resume(session, discussion, NOW)


@pytest.mark.parametrize("role", [Role.TUTOR, Role.ASSESSOR, Role.QUALITY_ASSURER])
def test_nobody_sees_a_discussion_until_its_learner_releases_it(session, role):
    cohort(session, reader_role=role)
    discussion = held(session)
    with pytest.raises(discussions.DiscussionError, match="Finish"):
        discussions.release(session, discussion, NOW)
    discussions.close(session, discussion, KEY, NOW)
    assert discussions.released_to(session, 2) == ()
    discussions.release(session, discussion, NOW)
    assert discussions.released_to(session, 2) == (discussion,)
    assert discussions.released_to(session, 3) == ()
    assert discussions.released_to(session, 1) == ()
    discussions.withdraw(session, discussion)
    assert discussions.released_to(session, 2) == ()


def test_a_release_reaches_only_cohorts_that_teach_the_unit(session):
    cohort(session, units=("another-unit",))
    discussion = discussions.close(session, held(session), KEY, NOW)
    discussions.release(session, discussion, NOW)
    assert discussions.released_to(session, 2) == ()


def test_erasing_a_turn_removes_every_copy_of_its_words_and_keeps_its_hash(session):
    discussion = started(session)
    stored = discussions.append_turn(session, discussion, said(marks=(CriterionMark("c36", MARK),)), NOW)
    before = stored.hash
    discussions.erase_turn_text(session, discussion.id, 1)
    assert "I did" not in stored.model_dump_json()
    assert (stored.hash, stored.salt) == (before, None)
    (turn,) = discussions.transcript(session, discussion.id)
    assert (turn.text, turn.flags) == ("", ("erased",))
    with pytest.raises(discussions.DiscussionError, match="no turn 9"):
        discussions.erase_turn_text(session, discussion.id, 9)


def test_a_persons_erasure_covers_all_their_discussions(session):
    for _ in range(2):
        discussions.close(session, held(session), KEY, NOW, self_rating="good")
    discussions.erase_texts_of(session, 1)
    for discussion in discussions.of_person(session, 1):
        assert discussion.self_rating is None
        assert all(turn.text == "" for turn in discussions.transcript(session, discussion.id))


def test_reviews_stand_beside_the_discussion_and_go_with_the_persons_words(session):
    discussion = discussions.close(session, held(session), KEY, NOW)
    for feedback in ("first", "second"):
        signed = {"feedback": feedback}
        discussions.keep_review(session, discussion_id=discussion.id, reviewer_id=2, signed=signed, now=NOW)
    assert [json.loads(row.body)["feedback"] for row in discussions.reviews_of(session, discussion.id)] == [
        "first",
        "second",
    ]
    discussions.erase_texts_of(session, 1)
    assert discussions.reviews_of(session, discussion.id) == ()


def test_erasing_what_was_added_to_a_draft_leaves_the_other_messages(session):
    """ "replaces:2" of an added message means the second message of the whole draft, not of what was added."""
    discussion = held(session, "I moved the rota", "We tried it")
    discussions.close(session, discussion, KEY, NOW)
    drafts.add(session, discussion, [said("It was in June"), said("The queue went down")], NOW)
    drafts.add(session, discussion, [said("I tried it myself", flags=("replaces:2",))], NOW)
    (part,) = drafts.supplements_of(session, discussion.id)
    own_turns.erase(session, discussion, part.id, 3)
    assert [turn.text for turn in discussions.transcript(session, part.id)] == [
        "It was in June",
        "The queue went down",
        "",
    ]
