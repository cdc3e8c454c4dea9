"""How questions work, what learners say about them, and whose words they are; on both databases."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session, select

from talkthrough.question_bank.exchange.single import own_question, reworded
from talkthrough.question_bank.marking.model import Mark, PointMark, PointState, Words
from talkthrough.question_bank.reading import read_bytes
from talkthrough.question_bank.specification import Unit
from talkthrough.storage import bank, bank_items, own_data, people, phrasings, revision
from talkthrough.storage.database import Database
from talkthrough.storage.tables import Answer, Person, QuestionFlag, Role, StoredPhrasing, StoredQuestion

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
SPECIFICATION = b"""Unit 7: Brewing tea

Unit reference number: X/123/4567

Learning outcome
The learner will:
1. understand how to brew tea
Assessment criteria
The learner can:
1.1 explain how to store leaves and powders
1.2 identify the main kinds of tea
"""
OPINION = PointMark("p/1", PointState.NOT_MENTIONED, "sure no", 0.1, None, "no match")


@pytest.fixture
def session(database: Database):
    with database.transaction() as opened:
        opened.add_all([Person(id=n, telegram_id=n, display_name=f"P{n}", created_at=NOW) for n in range(1, 15)])
        opened.flush()
        yield opened


@pytest.fixture
def unit(session: Session) -> Unit:
    (added,) = bank.add_specification(
        session, read_bytes(SPECIFICATION, "u.txt"), file_name="u.txt", content=SPECIFICATION, by=None, now=NOW
    )
    return added.unit


def answer(
    session: Session, person: int, key: str, score: float, option: int | None = None, at: datetime = NOW
) -> Answer:
    delivery = revision.deliver(session, person, key, at)
    return revision.record_answer(session, delivery, text="we do that", option=option, score=score, mark=Mark(), now=at)


def test_statistics_hold_an_item_against_the_rest_of_its_unit(session: Session, unit: Unit) -> None:
    tapped, other = (item.question.key for item in _two(session, unit))
    for person in range(1, 13):
        is_strong = person % 2
        answer(session, person, tapped, float(is_strong), 0 if is_strong else 1)
        answer(session, person, other, 0.9 if is_strong else 0.1)
    figures = bank_items.statistics(session, tapped)
    assert (figures.asked, figures.people, figures.facility) == (12, 12, 0.5)
    assert figures.discrimination == pytest.approx(1.0)
    assert figures.pulls[:2] == (6, 6)


def _two(session: Session, unit: Unit) -> list[bank_items.Item]:
    items = bank_items.items(session, unit)
    tapped = next(item for item in items if item.question.is_tapped)
    return [tapped, next(item for item in items if item.question.key != tapped.question.key)]


def test_a_new_wording_starts_its_own_statistics(session: Session, unit: Unit) -> None:
    item = _two(session, unit)[0]
    answer(session, 1, item.question.key, 0.0, 1)
    read = reworded(item.question, unit, "question", "Another wording of it?", [item.question])
    bank_items.save(session, read.changed, unit, state="approved", by=2, now=NOW + timedelta(hours=1))
    answer(session, 2, item.question.key, 1.0, 0, NOW + timedelta(hours=2))
    figures = bank_items.statistics(session, item.question.key)
    assert (figures.asked, figures.answered, figures.facility) == (1, 1, 1.0)


def test_two_questions_never_share_an_identity(session: Session, unit: Unit) -> None:
    known = [item.question for item in bank_items.items(session, unit)]
    for _ in range(2):
        read = own_question(unit, "1.1", "Where do leaves keep best?", "in the dark", known)
        saved = bank_items.save(session, read.added, unit, state="draft", by=1, now=NOW)
        known += [item.question for item in saved]
    keys = session.exec(select(StoredQuestion.key).where(StoredQuestion.key.contains(":own-"))).all()  # type: ignore[attr-defined]
    assert len(set(keys)) == 2
    handles = {bank_items.handle_of(item.question.key) for item in bank_items.items(session, unit)}
    assert len(handles) == len(known)


def test_a_tutor_sees_the_reports_and_answers_of_own_learners_only(session: Session) -> None:
    mine = people.create_cohort(session, "mine", [], "Europe/London", NOW)
    other = people.create_cohort(session, "other", [], "Europe/London", NOW)
    people.enrol(session, mine.id or 0, 1, Role.TUTOR, NOW)
    people.enrol(session, mine.id or 0, 2, Role.LEARNER, NOW)
    people.enrol(session, other.id or 0, 3, Role.LEARNER, NOW)
    session.add_all([QuestionFlag(question_key="k", person_id=n, comment=f"c{n}", created_at=NOW) for n in (2, 3)])
    learners = bank_items.learners_taught_by(session, 1)
    assert [flag.comment for flag in bank_items.open_flags(session, learners)] == ["c2"]
    assert len(bank_items.open_flags(session, None)) == 2


def test_a_disagreement_is_kept_once_with_both_opinions(session: Session, unit: Unit) -> None:
    given = answer(session, 1, bank_items.items(session, unit)[0].question.key, 0.0)
    for _ in range(2):
        phrasings.suggest(session, given, OPINION, source="learner", now=NOW)
    (row,) = phrasings.waiting(session, None)
    assert (row.text, row.source, phrasings.opinion_of(row)) == ("we do that", "learner", OPINION)


def test_the_words_that_the_marker_was_unsure_about_are_the_candidate(session: Session, unit: Unit) -> None:
    given = answer(session, 1, bank_items.items(session, unit)[0].question.key, 0.0)
    unsure = PointMark("p/2", PointState.PARTIAL, "unsure", 0.5, Words(3, 10, "do that"), "likeness")
    row = phrasings.suggest(session, given, unsure, source="learner", now=NOW)
    assert row is not None
    assert row.text == "do that"


def test_only_approved_words_count_and_they_belong_to_nobody(session: Session, unit: Unit) -> None:
    given = answer(session, 1, bank_items.items(session, unit)[0].question.key, 0.0)
    row = phrasings.suggest(session, given, OPINION, source="learner", now=NOW)
    assert row is not None
    session.flush()
    assert bank.confirmed_phrasings(session, ["p/1"]) == {}
    phrasings.approve(row, "do that", NOW)
    session.flush()
    assert bank.confirmed_phrasings(session, ["p/1"]) == {"p/1": ("do that",)}
    own_data.erase(session, people.by_id(session, 1))
    assert bank.confirmed_phrasings(session, ["p/1"]) == {"p/1": ("do that",)}


def test_erasing_a_learner_erases_words_that_wait_for_a_tutor(session: Session, unit: Unit) -> None:
    given = answer(session, 1, bank_items.items(session, unit)[0].question.key, 0.0)
    phrasings.suggest(session, given, OPINION, source="learner", now=NOW)
    session.flush()
    assert own_data.everything_about(session, people.by_id(session, 1))["phrasing"][0]["text"] == "we do that"
    own_data.erase(session, people.by_id(session, 1))
    assert session.exec(select(StoredPhrasing)).all() == []
