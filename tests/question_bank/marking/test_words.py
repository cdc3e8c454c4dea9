"""What typed words stand for, and that their places in the answer are exact."""

import pytest

from talkthrough.question_bank.marking.spelling import repaired, vocabulary
from talkthrough.question_bank.marking.words import family, tokens


def words(text: str) -> list[str]:
    return [token.word for token in tokens(text)]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("we dont use it", ["we", "do", "not", "use", "it"]),
        ("We won’t", ["we", "will", "not"]),
        ("u can't", ["you", "can", "not"]),
        ("it's the customer's view", ["it", "the", "customer", "view"]),
        ("ppl n hols", ["people", "and", "holidays"]),
        ("i want kpis", ["i", "want", "kpi"]),
    ],
)
def test_phone_spellings_and_contractions_are_read_as_plain_words(typed: str, read: list[str]) -> None:
    assert words(typed) == read


@pytest.mark.parametrize("typed", ["the IT failed", "it failure", "it goes down"])
def test_it_that_fails_is_computers(typed: str) -> None:
    assert "computers" in words(typed)


@pytest.mark.parametrize("typed", ["it was busy", "IT WAS BUSY"])
def test_other_it_is_the_pronoun(typed: str) -> None:
    assert "computers" not in words(typed)


def test_places_are_those_of_the_answer() -> None:
    text = "  We don't  check ’em"
    assert [text[token.start : token.end] for token in tokens(text)] == ["We", "don't", "don't", "check", "em"]


def test_related_forms_share_a_family_and_unrelated_words_do_not() -> None:
    assert len({family(word) for word in ("observe", "observing", "observation", "observed")}) == 1
    assert len({family(word) for word in ("manage", "managing", "management")}) == 1
    assert family("counter") != family("count")
    assert family("letter") != family("let")


KNOWN = vocabulary(["customer", "complaints", "survey", "phone", "reception", "rota", "train", "listening", "staff"])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("custmer", "customer"), ("survay", "survey"), ("fone", "phone"), ("trane", "train"), ("listning", "listening"),
     ("staf", "staff"), ("resepshun", "reception"), ("rotar", "rota"), ("complants", "complaints")],
)  # fmt: skip
def test_spelling_is_repaired_towards_the_units_words(typed: str, meant: str) -> None:
    assert repaired(typed, KNOWN) == meant


@pytest.mark.parametrize("word", ["complain", "trail", "steam", "cat", "x9x9"])
def test_english_words_and_short_words_are_left_alone(word: str) -> None:
    assert repaired(word, KNOWN) == word
