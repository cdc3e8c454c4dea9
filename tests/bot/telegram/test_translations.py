"""The interface in Welsh: what is translated, what falls back, and that published text is left alone."""

import re
from pathlib import Path

import pytest
from jinja2 import Environment

from talkthrough.bot.telegram import views
from talkthrough.bot.telegram.translations import FOLDER, compiled, read_po, translations
from talkthrough.storage.tables import OutboxMessage
from tests.scheduler.conftest import NOW

TEMPLATES = Path(views.__file__).parent / "templates"
CATALOGUES = sorted(FOLDER.glob("*/LC_MESSAGES/talkthrough.po"))
PLACES = re.compile(r"%\(\w+\)s|%s|</?\w+>|/[a-z]+")
SHELL = ("privacy", "menu", "settings", "question", "sitting", "feedback", "reminders", "plan", "recap")


def messages_in(template: Path) -> set[str]:
    found = Environment(extensions=["jinja2.ext.i18n"]).extract_translations(template.read_text())
    return {
        "\0".join(filter(None, words)) if function == "ngettext" else words[0] if isinstance(words, tuple) else words
        for _, function, words in found
        if words and (not isinstance(words, tuple) or words[0])
    }


def catalogue(path: Path) -> dict[str, str]:
    return read_po(path.read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize("view", SHELL)
def test_every_string_of_the_shell_is_there_in_welsh(view: str) -> None:
    assert messages_in(TEMPLATES / f"{view}.html.j2") - catalogue(CATALOGUES[0]).keys() == set()


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_a_translation_keeps_the_places_and_the_tags_of_its_source(path: Path) -> None:
    for source, text in catalogue(path).items():
        for form in text.split("\0") if source else ():
            assert set(PLACES.findall(form)) == set(PLACES.findall(source)), source


def test_the_welsh_catalogue_says_that_nobody_has_signed_it_off() -> None:
    assert translations("cy").info()["x-review-status"] == "unreviewed"


def test_a_language_without_a_catalogue_and_a_missing_string_fall_back_to_english() -> None:
    assert translations("xx").gettext("Menu") == "Menu"
    assert translations("../../etc").gettext("Menu") == "Menu"
    assert translations("cy").gettext("no such string") == "no such string"


def test_the_persons_language_decides_and_published_text_stays_as_it_is() -> None:
    row = OutboxMessage(
        chat_id=1,
        view="question",
        data="""{"language": "cy", "buttons": [[["Stop", "rev:stop"], ["Yes, I meant: %s", "said:1:0", "Menu %s"]]],
        "values": {"is_round": false, "position": 1, "total": 9, "unit": "Unit <1>", "criterion": "1.1",
        "stem": "Settings", "options": []}}""",
        created_at=NOW,
    )
    call = views.render(row, None)
    assert call.parameters["text"].startswith("Cwestiwn 1 o 9 · Unit &lt;1&gt;")
    assert "<b>Settings</b>" in call.parameters["text"]
    labels = [button["text"] for row in call.parameters["reply_markup"]["inline_keyboard"] for button in row]
    assert labels == ["Stopio", "Ie, roeddwn i'n meddwl: Menu %s"]


def test_hostile_names_are_escaped_in_translated_sentences_too() -> None:
    assert "Helo &lt;b&gt;%s{{7*7}}." in views.text_of("menu", {"name": "<b>%s{{7*7}}"}, language="cy")


def test_an_unfinished_or_fuzzy_translation_is_not_used() -> None:
    lines = ['msgid "a"', 'msgstr ""', "", "#, fuzzy", 'msgid "b"', 'msgstr "x"', "", 'msgid "c"', 'msgstr "y"', '"z"']
    assert read_po(lines) == {"c": "yz"}
    assert compiled({"c": "yz"}).startswith(b"\xde\x12\x04\x95")


def test_a_file_that_is_no_catalogue_is_refused_with_its_line() -> None:
    with pytest.raises(ValueError, match="Line 2"):
        read_po(['msgid "a"', "msgstr x"])
    with pytest.raises(ValueError, match="Line 1"):
        read_po(["hello"])
