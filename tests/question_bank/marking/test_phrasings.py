"""The phrasing bank: complete, in our own words, and understood by the marker."""

import csv
import re

import pytest

from talkthrough.question_bank.identity import with_first_keys
from talkthrough.question_bank.items import expected_points, questions_for
from talkthrough.question_bank.items.question import ExpectedPoint
from talkthrough.question_bank.marking import phrasings_for
from talkthrough.question_bank.marking.phrasings import candidates, meaning_of, shipped, shipped_entries
from talkthrough.question_bank.reading import read_text
from tests.question_bank.marking.questions import ANSWERS, PAIRS, SAMPLES, covered, question

ENTRIES = tuple(shipped_entries())
LEAST = 5
SECOND_HELD_BACK = ANSWERS.parent / "marking-second-author-held-back.csv"


def runs(text: str, length: int = 4) -> set[tuple[str, ...]]:
    words = re.findall(r"[a-z0-9']+", text.lower())
    return {tuple(words[at : at + length]) for at in range(len(words) - length + 1)}


PUBLISHED_RUNS = set().union(*(runs(text) for _, text, _, _ in ENTRIES))


def published_points() -> list[tuple[str, str]]:
    found = {}
    for file in sorted(SAMPLES.glob("*.txt")):
        for unit in map(with_first_keys, read_text(file.read_text(encoding="utf-8")).units):
            asked = [point for each in questions_for(unit) for point in each.expected_points]
            asked += [point for criterion in unit.criteria for point in expected_points(criterion, unit)]
            found |= {(unit.key, point.text): None for point in asked if point.is_published}
    return list(found)


def test_every_published_point_of_the_sample_documents_has_phrasings() -> None:
    points = published_points()
    assert len(points) > 150
    short = [(unit, text) for unit, text in points if len(shipped(unit, text)[0]) < 3]
    assert short == []


def test_most_points_have_eight_phrasings_or_more() -> None:
    counts = [len(shipped(unit, text)[0]) for unit, text in published_points()]
    assert sum(count >= 8 for count in counts) / len(counts) >= 0.85


@pytest.mark.shared
def test_no_phrasing_shares_four_words_in_a_row_with_a_labelled_answer() -> None:
    if not PAIRS.is_file():
        pytest.skip("the founders' labelled pairs are not here")
    with PAIRS.open(encoding="utf-8") as file:
        answers = set().union(*(runs(row["answer"]) for row in csv.DictReader(file)))
    copied = [(text, way) for _, text, said, unlike in ENTRIES for way in (*said, *unlike) if runs(way) & answers]
    assert copied == []


def test_no_phrasing_shares_four_words_in_a_row_with_the_second_authors_held_back_answers() -> None:
    with SECOND_HELD_BACK.open(encoding="utf-8") as file:
        answers = set().union(*(runs(row["answer"]) for row in csv.DictReader(file)))
    copied = [(text, way) for _, text, said, _ in ENTRIES for way in said if runs(way) & answers - PUBLISHED_RUNS]
    assert copied == []


def test_most_points_have_fifteen_phrasings_or_more() -> None:
    counts = [len(shipped(unit, text)[0]) for unit, text in published_points()]
    assert sum(count >= 15 for count in counts) / len(counts) >= 0.7


def test_phrasings_asked_for_twice_are_made_once() -> None:
    points = [ExpectedPoint("k", "staff absences")]
    assert phrasings_for(points, "u", {"k": ["bunking off"]}) is phrasings_for(points, "u", {"k": ["bunking off"]})
    assert phrasings_for(points, "u", {"k": ["bunking off"]}) != phrasings_for(points, "u")


def test_every_phrasing_of_the_bank_is_understood() -> None:
    missed = []
    for unit, text, said, _ in ENTRIES:
        asked = question("?", text)
        missed += [(text, way) for way in said if text not in covered(way.strip("[]"), asked, unit)]
    assert missed == []


def test_no_near_miss_of_the_bank_is_credited() -> None:
    wrong = []
    for unit, text, _, unlike in ENTRIES:
        wrong += [(text, way) for way in unlike if text in covered(way, question("?", text), unit)]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "candidate"),
    [
        ("returns/complaints figures", "returns figures"),
        ("returns/complaints figures", "complaints figures"),
        ("achievement of targets, KPIs etc", "achievement of KPIs"),
        ("arrange cover for sickness and holidays", "arrange cover for holidays"),
        ("listening to calls", "[calls]"),
    ],
)
def test_candidates_follow_from_the_published_words(text: str, candidate: str) -> None:
    assert candidate in candidates(text)


def test_candidates_do_not_break_a_point_apart() -> None:
    assert "holidays" not in candidates("arrange cover for sickness and holidays")


def test_the_same_point_in_another_document_finds_the_bank() -> None:
    assert meaning_of("use of mystery shoppers") == meaning_of("Mystery shoppers")
    assert shipped("a-new-unit", "Mystery shoppers")[0]


def test_a_new_point_has_candidates_only() -> None:
    [ways] = phrasings_for([ExpectedPoint("k", "feeding the llamas")], "a-new-unit").points
    assert ways.said == ()
    assert "feeding the llamas" in ways.generated


def test_slots_need_no_phrasings() -> None:
    assert phrasings_for([ExpectedPoint("k", "a reason", is_published=False, slot="reason")], "u").points == ()
