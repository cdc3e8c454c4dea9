"""Decision words: the unit's awarding body, an installation's own file before the published one, else its own list."""

from dataclasses import replace

import pytest

from talkthrough.bot.settings import Settings, SettingsError
from talkthrough.storage.records.decision_words import PUBLISHED, DecisionWordsError, bodies_in, words_for
from tests.storage.records.examples import log

COVER = log().cover
OWN = ("Agreed", "Action needed")
FILE = """
[[body]]
name = "City & Guilds"
known = ["City & Guilds", "C&G"]
words = ["Met", "Not yet met"]
source = "our centre's mark sheet"

[[body]]
name = "Skills CFA"
units = ["M/506/9999"]
words = ["Yes", "No"]
source = "our centre's mark sheet"
"""


@pytest.fixture
def own_file(tmp_path):
    file = tmp_path / "words.toml"
    file.write_text(FILE, encoding="utf-8")
    return file


def words(printed, own_file=None, reference=None):
    return words_for(replace(COVER, awarding_body=printed, unit_reference=reference), OWN, own_file).words


def test_every_published_body_has_words_and_says_where_they_come_from():
    assert {body.name: body.words for body in bodies_in(PUBLISHED)} == {
        "CMI": ("Pass", "Refer"),
        "Pearson": ("Achieved", "Not achieved"),
    }
    assert all(body.source and body.known and not body.units for body in bodies_in(PUBLISHED))


@pytest.mark.parametrize("printed", ["CMI", "Chartered Management Institute (CMI)", "the  cmi"])
def test_a_body_is_known_by_its_printed_name(printed):
    assert words(printed) == ("Pass", "Refer")


@pytest.mark.parametrize("printed", [None, "", "City & Guilds", "CMIX", "Acmi"])
def test_a_body_that_no_file_knows_gets_the_installations_words(printed):
    assert words(printed) == OWN


def test_an_installation_brings_its_own_file_by_name_or_by_unit(own_file):
    assert words("City & Guilds of London", own_file) == ("Met", "Not yet met")
    assert words(None, own_file, "M/506/9999") == ("Yes", "No")
    assert words("Pearson Edexcel", own_file) == ("Achieved", "Not achieved")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("[[body]]\nname = 'X'\nsource = 's'", "correct body.0.words"), ("not toml", "cannot be read as decision words")],
)
def test_a_file_that_cannot_be_used_is_refused_with_a_sentence_at_the_start(tmp_path, text, sentence):
    file = tmp_path / "words.toml"
    file.write_text(text)
    with pytest.raises(DecisionWordsError, match=sentence):
        bodies_in(file)
    with pytest.raises(SettingsError, match=sentence):
        Settings.load(decision_words_file=file)
