"""Words in other languages that stop a discussion: the Welsh starter list, and a safeguarding lead's own."""

import pytest

from talkthrough.question_bank.discussion import flags_of, safeguarding
from talkthrough.question_bank.discussion.harm_words import HarmWords, harm_words, welsh
from tests.question_bank.discussion.stage import METHODS, plan_of


@pytest.mark.parametrize(
    "text",
    [
        "Dw i eisiau lladd fy hun",
        "dwi isio marw",
        "Rwy'n niweidio fy hunan ers mis",
        "Mae fy nhad yn fy nharo i",
        "Mae o’n fy mwrw i bob nos",
        "Cefais fy nhreisio... wedi fy nhreisio",
        "Mae gen i ofn mynd adref",
        "HUNAN-NIWEIDIO",
    ],
)
def test_welsh_words_of_harm_stop_a_discussion(text: str) -> None:
    assert safeguarding(text)


@pytest.mark.parametrize(
    "text",
    [
        "Rydyn ni'n gwrando ar alwadau bob wythnos",
        "Fe wnes i dorri fy hun ar bapur",
        "Wedi torri fy hun ar wydr yn y gegin",
        "Mae'n fy nharo i bod y cwsmer yn hapus",
        "Roedd y cwsmer yn flin ac fe wnes i wrando",
        "Mae lladd amser yn y siop yn ddiflas",
        "We listen to calls and look at complaints",
        "The hunt for a lost parcel took an hour",
    ],
)
def test_ordinary_words_in_either_language_stop_nothing(text: str) -> None:
    assert not safeguarding(text)


def test_a_safeguarding_lead_adds_words_of_any_language() -> None:
    own = harm_words(
        {"phrases": ["chcę umrzeć", "أريد أن أموت", "county lines*"], "harmless": ["county lines training"]}
    )
    assert safeguarding("Ja CHCE  umrzec!", own)
    assert safeguarding("أريد أن أموت", own)
    assert safeguarding("they got me into county lines", own)
    assert not safeguarding("we had county lines training on Monday", own)
    assert not safeguarding("Chcę kawy", own)
    assert not safeguarding("they got me into county lines")


def test_a_word_counts_only_as_a_whole_unless_a_star_says_otherwise() -> None:
    own = harm_words({"phrases": ["bolt", "knif*"]})
    assert own.found_in("a bolt.")
    assert own.found_in("knives") is False
    assert own.found_in("knifed")
    assert not own.found_in("thunderbolts")


def test_the_flag_of_a_turn_knows_the_own_list() -> None:
    own = harm_words({"phrases": ["county lines"]})
    text = "they got me into county lines"
    assert "safeguarding" in flags_of(plan_of(METHODS), (), text, own_words=own)
    assert "safeguarding" not in flags_of(plan_of(METHODS), (), text)


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ({"words": ["harm"]}, 'There is no list "words"'),
        ({"phrases": "harm"}, '"phrases" must be a list of phrases'),
        ({"phrases": [1]}, '"phrases" must be a list of phrases'),
        ({"phrases": ["*"]}, "must have 3 to 100 characters"),
        ({"phrases": ["a" * 101]}, "must have 3 to 100 characters"),
        ({"phrases": ["..."]}, "has no letters"),
        ({"phrases": ["harm"] * 2001}, "at most 2000 phrases"),
    ],
)
def test_a_list_that_cannot_be_used_says_why(table: dict[str, object], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence.replace("(", r"\(")):
        harm_words(table)


def test_an_empty_list_stops_nothing_and_the_welsh_one_says_that_nobody_reviewed_it() -> None:
    assert not HarmWords().found_in("anything at all")
    assert len(welsh().phrases) > 40
    assert "No Welsh speaker has reviewed it yet." in (welsh.__doc__ or "")
