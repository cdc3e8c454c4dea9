"""Two versions of a unit: what changed, and who keeps which key."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talkthrough.question_bank.identity import with_first_keys
from talkthrough.question_bank.reading import read_text
from talkthrough.question_bank.specification import Unit
from talkthrough.question_bank.versions import carried_keys, changes_in_words, compare

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
OLD = """
Unit 30: Serve drinks
Unit reference number: A/111/2222
1. Understand drinks
1.1 Explain how coffee is ground
1.2 Describe the storage of milk
1.3 Explain why cups are warmed before use
2. Be able to serve drinks
2.1 Serve a hot drink to a customer
"""
NEW = """
Unit 30: Serve drinks
Unit reference number: A/111/2222
1. Understand drinks
1.1 Explain how coffee is ground
1.2 Explain why the cups are warmed before use
1.3 Identify allergens in a recipe
2. Be able to serve drinks
2.1 Serve a hot drink to a customer
2.2 Describe the storage of milk
"""


def _unit(text: str) -> Unit:
    return read_text(text).units[0]


@pytest.fixture(scope="module")
def old() -> Unit:
    return with_first_keys(_unit(OLD))


@pytest.fixture(scope="module")
def new() -> Unit:
    return _unit(NEW)


def test_changes_are_told_apart(old: Unit, new: Unit) -> None:
    changes = compare(old, new)
    assert [each.number for each in changes.added] == ["1.3"]
    assert changes.removed == ()
    assert [(match.old.number, match.new.number) for match in changes.reworded] == [("1.3", "1.2")]
    assert [(match.old.number, match.new.number) for match in changes.renumbered] == [("1.3", "1.2"), ("1.2", "2.2")]
    assert changes.uncertain == ()
    assert changes.is_same_unit


def test_keys_follow_the_wording_and_never_the_number(old: Unit, new: Unit) -> None:
    keys = {each.text: each.key for each in carried_keys(old, new).criteria}
    before = {each.text: each.key for each in old.criteria}
    assert keys["Describe the storage of milk"] == before["Describe the storage of milk"]
    assert keys["Explain why the cups are warmed before use"] == before["Explain why cups are warmed before use"]
    assert keys["Identify allergens in a recipe"] not in before.values()


def test_a_changed_command_verb_must_be_confirmed(old: Unit) -> None:
    changed = _unit(OLD.replace("Explain how coffee is ground", "Evaluate how coffee is ground"))
    changes = compare(old, changed)
    assert [(match.old.number, match.new.number) for match in changes.uncertain] == [("1.1", "1.1")]
    key = old.criteria[0].key
    assert carried_keys(old, changed).criteria[0].key != key
    assert carried_keys(old, changed, confirmed=[("1.1", "1.1")]).criteria[0].key == key


def test_a_removed_criterion_is_removed_and_its_key_is_given_to_nobody(old: Unit) -> None:
    shorter = _unit(OLD.replace("1.2 Describe the storage of milk\n", ""))
    changes = compare(old, shorter)
    assert [each.text for each in changes.removed] == ["Describe the storage of milk"]
    gone = old.criteria[1].key
    assert gone not in {each.key for each in carried_keys(old, shorter).criteria}


def test_the_same_document_again_changes_nothing(old: Unit) -> None:
    again = carried_keys(old, _unit(OLD))
    assert not compare(old, _unit(OLD)).has_changes
    assert again == old


def test_a_new_criterion_never_takes_a_key_that_an_older_one_carried_away() -> None:
    """Version 2 rewords 1.1, version 3 prints the old words of 1.1 again as a new criterion."""
    first = with_first_keys(_unit(OLD))
    reworded = OLD.replace("Explain how coffee is ground", "Explain how coffee is ground and stored")
    second = carried_keys(first, _unit(reworded))
    third_text = reworded.replace("1.1 ", "1.1 Explain how coffee is ground\n1.9 ")
    third = carried_keys(second, _unit(third_text))
    keys = [each.key for each in third.criteria]
    assert len(set(keys)) == len(keys)
    carried = next(each for each in third.criteria if each.text.endswith("and stored"))
    assert carried.key == first.criteria[0].key


def test_the_draft_cs_37_never_passes_its_progress_to_the_published_401() -> None:
    drafts = read_text((SAMPLES / "skills-cfa-cs-37-to-47-draft.txt").read_text(encoding="utf-8"))
    draft = with_first_keys(drafts.units[0])
    published = read_text((SAMPLES / "city-and-guilds-401.txt").read_text(encoding="utf-8")).units[0]
    changes = compare(draft, published)
    assert not changes.is_same_unit
    assert {("3.2", "3.6"), ("3.6", "3.7"), ("4.3", "5.4")} <= {
        (match.old.number, match.new.number) for match in changes.renumbered
    }
    carried = carried_keys(draft, published)
    assert carried == with_first_keys(published)
    assert {each.key for each in carried.criteria}.isdisjoint(each.key for each in draft.criteria)


def test_a_published_unit_with_the_number_of_a_draft_is_another_unit() -> None:
    draft = replace(_unit(OLD), number="CS 38", reference=None, status="draft")
    published = replace(draft, status="published")
    assert not compare(draft, published).is_same_unit
    keyed = with_first_keys(draft)
    other = replace(published, title="Another unit", reference="R/506/2179")
    assert carried_keys(keyed, other).key == "r-506-2179"


TEXTS = st.lists(
    st.sampled_from(
        [
            f"{verb} {thing}"
            for verb in ("Explain", "Assess", "Plan")
            for thing in ("the rota", "the menu for guests", "stock control")
        ]
    ),
    min_size=1,
    max_size=6,
)


def _built(texts: list[str]) -> Unit:
    lines = [
        "Unit 30: Serve drinks",
        "1. Understand drinks",
        *(f"1.{n} {text}" for n, text in enumerate(texts, start=1)),
    ]
    return _unit("\n".join(lines))


@settings(max_examples=80, deadline=None)
@given(TEXTS, TEXTS)
def test_every_criterion_is_accounted_for_once_and_keys_stay_unique(before: list[str], after: list[str]) -> None:
    old, new = with_first_keys(_built(before)), _built(after)
    changes = compare(old, new)
    pairs = (*changes.matched, *changes.uncertain)
    assert len(changes.removed) + len(pairs) == len(old.criteria)
    assert len(changes.added) + len(pairs) == len(new.criteria)
    keys = [each.key for each in carried_keys(old, new).criteria]
    assert len(set(keys)) == len(keys)


def test_changes_are_told_in_plain_sentences(old: Unit, new: Unit) -> None:
    assert changes_in_words(compare(old, new)) == (
        "New: 1.3 Identify allergens in a recipe",
        "Reworded: 1.2, was: Explain why cups are warmed before use",
        "Renumbered: 1.3 is now 1.2",
        "Renumbered: 1.2 is now 2.2",
    )
    assert changes_in_words(compare(old, _unit(OLD))) == ("Nothing changed in the criteria.",)
    other = _unit(OLD.replace("A/111/2222", "B/111/2222"))
    assert changes_in_words(compare(old, other)) == ("This is another unit. No learner's progress moves to it.",)
