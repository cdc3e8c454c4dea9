"""The package is read by Anki's own library."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from talkthrough.question_bank.exchange import to_apkg
from tests.question_bank.exchange.samples import NASTY_TAPPED, QUESTIONS, TAPPED, UNIT

pytest.importorskip("anki", reason="Anki's library is not installed")
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[object]:
    from anki.collection import Collection

    opened = Collection(str(tmp_path / "collection.anki2"))
    yield opened
    opened.close()


def imported(collection, tmp_path: Path, package: bytes):
    from anki.collection import ImportAnkiPackageOptions, ImportAnkiPackageRequest

    path = tmp_path / "deck.apkg"
    path.write_bytes(package)
    collection.import_anki_package(ImportAnkiPackageRequest(package_path=str(path), options=ImportAnkiPackageOptions()))
    return [collection.get_note(note) for note in collection.find_notes("")]


def test_each_question_becomes_one_note_with_its_provenance(collection, tmp_path):
    notes = imported(collection, tmp_path, to_apkg(QUESTIONS, UNIT, at=NOON))
    assert len(notes) == len(QUESTIONS)
    by_stem = {note["Question"]: note for note in notes}
    note = by_stem[TAPPED.stem]
    assert {"talkthrough", "unit-m-506-2898", "criterion-1.2", "kind-choice", "lines-32-42"} <= set(note.tags)
    assert "Unit 401, 1.2, lines 32-42" in note["Source"]
    assert "not assessed" in note["Source"]
    assert all(option.text in note["Options"] for option in TAPPED.options)


def test_importing_twice_adds_nothing_and_a_later_package_updates_in_place(collection, tmp_path):
    first = imported(collection, tmp_path, to_apkg(QUESTIONS, UNIT, at=NOON))
    again = imported(collection, tmp_path, to_apkg(QUESTIONS, UNIT, at=NOON))
    assert {note.id for note in again} == {note.id for note in first}
    edited = replace(TAPPED, stem="An edited wording?")
    later = imported(collection, tmp_path, to_apkg((edited,), UNIT, at=NOON + timedelta(hours=1)))
    assert {note.id for note in later} == {note.id for note in first}
    changed = [note for note in later if note["Question"] == "An edited wording?"]
    assert len(changed) == 1
    assert TAPPED.stem not in {note["Question"] for note in later}


def test_text_is_escaped_and_reads_as_it_was_written(collection, tmp_path):
    (note,) = imported(collection, tmp_path, to_apkg((NASTY_TAPPED,), UNIT, at=NOON))
    assert "<b>" not in note["Question"]
    assert "&lt;b&gt;5 &gt; 3 &amp; 2&lt;/b&gt;" in note["Question"]
    assert "<script>" not in note["Answer"]
    assert "=HYPERLINK(1)" in note["Options"]


def test_two_units_keep_two_decks(collection, tmp_path):
    from tests.question_bank.items.units import questions_of, unit_called

    imported(collection, tmp_path, to_apkg(QUESTIONS, UNIT, at=NOON))
    notes = imported(collection, tmp_path, to_apkg(questions_of("Unit 323"), unit_called("Unit 323"), at=NOON))
    decks = {deck.name for deck in collection.decks.all_names_and_ids()}
    assert {"Talkthrough::Unit 401 Manage customer service operations"} <= decks
    assert len(notes) == len(QUESTIONS) + len(questions_of("Unit 323"))
