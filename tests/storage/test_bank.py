"""Versions of a unit in the bank: progress follows permanent keys; tutors' wording and decisions stay."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlmodel import Session, select

from talkthrough.question_bank.exchange.single import own_question, reworded
from talkthrough.question_bank.items.question import Option
from talkthrough.question_bank.reading import read_bytes
from talkthrough.question_bank.specification import Unit
from talkthrough.storage import bank, bank_items
from talkthrough.storage.database import Database
from talkthrough.storage.refreshing import _in_tutors_words
from talkthrough.storage.tables import Card, Person, StoredQuestion
from tests.scheduler.conftest import tapped

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
HEAD = """Unit 7: Brewing tea

Unit reference number: X/123/4567
Level: 2

Learning outcome
The learner will:
1. understand how to brew tea
Assessment criteria
The learner can:
"""
OLD = """1.1 explain how to store leaves and powders
1.2 describe the **equipment** used to brew tea
1.3 identify the main kinds of tea
"""
GUIDANCE = """
## Assessment guidance

### Equipment:

- kettle
- teapot
- strainer
- thermometer
- timer
"""
SWAPPED = """1.1 identify the main kinds of tea
1.2 explain how to store leaves and powders
1.3 describe the **equipment** used to brew tea
"""


@pytest.fixture
def session(database: Database):
    with database.transaction() as opened:
        opened.add(Person(id=1, telegram_id=1, display_name="Tutor", created_at=NOW))
        opened.flush()
        yield opened


def load(session: Session, text: str, confirmed: tuple[tuple[int, str, str], ...] = ()) -> Unit:
    (added,) = bank.add_specification(
        session,
        read_bytes(text.encode(), "unit.txt"),
        file_name="unit.txt",
        content=text.encode(),
        by=None,
        now=NOW,
        confirmed=confirmed,
    )
    return added.unit


def keys(unit: Unit) -> dict[str, str]:
    return {criterion.text: criterion.key for criterion in unit.criteria}


def states(session: Session, criterion_key: str) -> dict[str, str]:
    rows = session.exec(select(StoredQuestion).where(StoredQuestion.criterion_key == criterion_key))
    return {row.key: row.state for row in rows}


def first_item(session: Session, unit: Unit, criterion: str) -> bank_items.Item:
    key = next(each.key for each in unit.criteria if each.number == criterion)
    return next(item for item in bank_items.items(session, unit) if item.question.criterion_key == key)


def test_renumbered_criteria_keep_their_keys_their_questions_and_the_cards_on_them(session: Session) -> None:
    old = load(session, HEAD + OLD)
    before = {item.question.key for item in bank_items.items(session, old)}
    card = next(iter(before))
    session.add(_card(old, card))
    new = load(session, HEAD + SWAPPED)
    assert keys(new) == keys(old)
    assert new.key == old.key
    assert {item.question.key for item in bank_items.items(session, new)} == before
    assert session.get_one(Card, (1, card)).stability == 9.0
    assert len(bank.units(session)) == 1


def _card(unit: Unit, key: str) -> Card:
    numbers = {"stability": 9.0, "difficulty": 5.0, "last_day": 1, "due_day": 9}
    return Card(person_id=1, card_key=key, unit_key=unit.key, criterion_key=key.partition(":")[0], **numbers)


def test_a_removed_criterion_retires_its_questions_and_deletes_no_card(session: Session) -> None:
    old = load(session, HEAD + OLD)
    gone = next(criterion.key for criterion in old.criteria if criterion.number == "1.3")
    card = next(iter(states(session, gone)))
    session.add(_card(old, card))
    load(session, HEAD + OLD.rsplit("1.3", 1)[0])
    assert set(states(session, gone).values()) == {"retired"}
    assert session.get(Card, (1, card)) is not None


def test_a_criterion_that_comes_back_is_the_one_it_was(session: Session) -> None:
    first = load(session, HEAD + OLD)
    load(session, HEAD + OLD.rsplit("1.3", 1)[0])
    again = load(session, HEAD + OLD + "\n")
    assert keys(again) == keys(first)
    assert "approved" in states(session, keys(again)["identify the main kinds of tea"]).values()


def test_questions_whose_guidance_vanished_are_retired_and_come_back_with_it(session: Session) -> None:
    unit = load(session, HEAD + OLD + GUIDANCE)
    criterion = next(each for each in unit.criteria if each.number == "1.2")
    assert criterion.guidance, "the sample text has to be read with its guidance"
    with_guidance = states(session, criterion.key)
    load(session, HEAD + OLD)
    without = states(session, criterion.key)
    retired = {key for key, state in without.items() if state == "retired"}
    assert retired
    assert set(with_guidance) <= set(without)
    load(session, HEAD + OLD + GUIDANCE + "\n")
    assert {key: states(session, criterion.key)[key] for key in with_guidance} == with_guidance


def test_an_uncertain_match_carries_its_key_only_when_the_tutor_confirmed_it(session: Session) -> None:
    old = load(session, HEAD + OLD)
    changed = HEAD + OLD.replace("1.1 explain how to store leaves", "1.1 evaluate how to store leaves")
    key = old.criteria[0].key
    assert load(session, changed).criteria[0].key != key


def test_a_confirmed_match_carries_its_key(session: Session) -> None:
    old = load(session, HEAD + OLD)
    changed = HEAD + OLD.replace("1.1 explain how to store leaves", "1.1 evaluate how to store leaves")
    assert load(session, changed, ((0, "1.1", "1.1"),)).criteria[0].key == old.criteria[0].key


def test_a_draft_and_a_published_unit_of_the_same_number_share_no_key(session: Session) -> None:
    document = read_bytes((HEAD + OLD).encode(), "unit.txt")
    draft = replace(document.units[0], reference=None, number="CS 38", status="draft")
    published = replace(draft, status="published")
    added = [_add(session, document, unit, name) for unit, name in ((draft, "a"), (published, "b"))]
    assert added[0].key != added[1].key
    assert not set(keys(added[0]).values()) & set(keys(added[1]).values())
    next_published = replace(published, aim="another edition")
    third = _add(session, document, next_published, "c")
    assert third.key == added[1].key
    assert keys(third) == keys(added[1])
    assert len(bank.units(session)) == 2


def _add(session: Session, document, unit: Unit, name: str) -> Unit:
    (added,) = bank.add_specification(
        session, replace(document, units=(unit,)), file_name=name, content=name.encode(), by=None, now=NOW
    )
    return added.unit


def test_two_units_that_only_share_a_number_stay_two_units(session: Session) -> None:
    document = read_bytes((HEAD + OLD).encode(), "unit.txt")
    tea = replace(document.units[0], reference=None, number="7")
    other = read_bytes((HEAD + "1.1 weld steel plates together\n").encode(), "unit.txt").units[0]
    welding = replace(other, reference=None, number="7", title="Welding")
    assert _add(session, document, tea, "a").key != _add(session, document, welding, "b").key
    assert len(bank.units(session)) == 2


def test_a_tutors_wording_stays_through_a_new_version_and_keeps_its_identity(session: Session) -> None:
    unit = load(session, HEAD + OLD)
    item = first_item(session, unit, "1.3")
    _word(session, unit, item, "Which kinds of tea do you serve?")
    renumbered = load(session, HEAD + SWAPPED)
    kept = first_item(session, renumbered, "1.1")
    assert kept.question.key == item.question.key
    assert kept.question.stem == "Which kinds of tea do you serve?"
    assert kept.question.criterion_number == "1.1"
    assert kept.version == 2
    assert [row.state for row in bank_items.versions(session, kept.question.key)] == ["retired", "approved"]


def _word(session: Session, unit: Unit, item: bank_items.Item, stem: str) -> None:
    read = reworded(item.question, unit, "question", stem, [item.question])
    assert not read.problems
    bank_items.save(session, read.changed, unit, state="approved", by=1, now=NOW)


def test_an_option_that_a_tutor_added_stays_through_a_new_version() -> None:
    made = tapped(1)
    edited = replace(made, stem="Which?", options=(*made.options, Option("or this")))
    assert _in_tutors_words(made, edited).options == edited.options


def test_when_the_document_changes_under_a_tutors_wording_it_waits_as_a_draft(session: Session) -> None:
    unit = load(session, HEAD + OLD)
    item = first_item(session, unit, "1.3")
    _word(session, unit, item, "Which kinds of tea do you serve?")
    new = load(session, HEAD + OLD.replace("main kinds of tea", "main kinds of black tea"))
    kept = bank_items.item(session, bank_items.handle_of(item.question.key))
    assert kept is not None
    assert keys(new)["identify the main kinds of black tea"] == item.question.criterion_key
    assert kept.state == "draft"
    assert "Which kinds of tea do you serve?" in bank_items.versions(session, kept.question.key)[1].body


def test_what_a_tutor_retired_stays_retired_in_a_new_version(session: Session) -> None:
    unit = load(session, HEAD + OLD)
    item = first_item(session, unit, "1.1")
    bank_items.set_state(session, item.question.key, "retired", by=1, now=NOW)
    load(session, HEAD + SWAPPED)
    assert states(session, item.question.criterion_key)[item.question.key] == "retired"
    assert not bank.is_asked(session, item.question.key)


def test_a_tutors_own_question_goes_with_its_criterion_and_is_retired_with_it(session: Session) -> None:
    unit = load(session, HEAD + OLD)
    read = own_question(unit, "1.3", "Which teas are black?", "assam\nceylon", [])
    (own,) = bank_items.save(session, read.added, unit, state="approved", by=1, now=NOW)
    load(session, HEAD + SWAPPED)
    moved = bank.question(session, own.question.key)
    assert moved is not None
    assert moved.criterion_number == "1.1"
    assert bank.is_asked(session, own.question.key)
    load(session, HEAD + OLD.rsplit("1.3", 1)[0])
    assert states(session, own.question.criterion_key)[own.question.key] == "retired"


def test_a_document_that_was_replaced_can_be_used_again(session: Session) -> None:
    first, second = f"{HEAD}{OLD}", f"{HEAD}{OLD.replace('1.3 identify the main kinds of tea', '')}"
    before = load(session, first)
    load(session, second)
    assert not bank.is_in_use(session, first.encode())

    after = load(session, first)

    assert keys(after) == keys(before)
    assert bank.is_in_use(session, first.encode())
    assert not bank.is_in_use(session, second.encode())
    assert set(states(session, keys(after)["identify the main kinds of tea"]).values()) == {"approved"}
