"""The interface in Welsh: what is translated, what falls back, and that published text is left alone."""

import json
import re
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from talkthrough.bot.conversations import discussion, planning_dialogue, reminding
from talkthrough.bot.telegram import views
from talkthrough.languages import ENGLISH, FOLDER, language
from talkthrough.storage.tables import OutboxMessage
from tests import msgids
from tests.scheduler.conftest import NOW

CATALOGUES = sorted(FOLDER.glob("*/LC_MESSAGES/talkthrough.po"))
PLACES = re.compile(r"%\(\w+\)s|%s|</?\w+>|/[a-z]+")
SKIPPED = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|<[^>]*>|/[a-z]+|&\w+;", re.DOTALL)
LEARNERS = (
    "aim",
    "discuss",
    "draft",
    "inviting",
    "menu",
    "own",
    "planning",
    "preferences",
    "progressing",
    "remind",
    "revis",
)
AWAITED = frozenset({"files", "files_sent", "recap"})  # not all of their words can be translated yet
CHOICES = (
    *reminding.DAYS,
    *reminding.PAGES.values(),
    *(label for _, label in discussion.WISHES.values()),
    *planning_dialogue.PRESENT.values(),
    *planning_dialogue.ADJUSTMENTS.values(),
)
CAPTIONS = {
    "For the app Anki.",
    "Your answers, to read.",
    "The same for other revision programs (FSRS).",
    "The settings that go with them.",
    "This is everything I hold about you.",
    "The same, to read.",
    "Open this to see it in your calendar.",
}


def catalogue(path: Path = CATALOGUES[0]) -> dict[str, tuple[str, ...]]:
    """Source (plural forms joined by NUL) -> translations, of what is translated and not marked fuzzy."""
    found = {}
    for message in read_po(BytesIO(path.read_bytes()), abort_invalid=True):
        if message.id and message.string and not message.fuzzy:
            several = message.pluralizable
            found["\0".join(message.id) if several else message.id] = message.string if several else (message.string,)
    return found


def said_to_learners() -> set[str]:
    """Everything of ours that a learner is shown, but for what is said in a discussion, which its record shows."""
    texts = msgids.of_learners_templates() | msgids.in_python("say", "plural") | CAPTIONS
    return (
        texts
        | msgids.in_python("Button", files=LEARNERS)
        | msgids.in_python("button", files=("planning",))
        | set(CHOICES)
    )


def test_every_sentence_that_learners_are_shown_is_there_in_welsh() -> None:
    assert {text for text in said_to_learners() - catalogue().keys() if re.search("[A-Za-z]{2}", text)} == set()


@pytest.mark.parametrize("name", sorted(msgids.learners_templates() - AWAITED))
def test_a_learners_template_has_no_words_that_could_not_be_put_into_another_language(name: str) -> None:
    template = (msgids.TEMPLATES / f"{name}.html.j2").read_text()
    assert re.findall(r"[A-Za-z]{2,}", SKIPPED.sub(" ", template)) == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_a_translation_keeps_the_places_and_the_tags_of_its_source(path: Path) -> None:
    for source, forms in catalogue(path).items():
        for form in forms:
            assert set(PLACES.findall(form)) == set(PLACES.findall(source)), source


def test_the_welsh_catalogue_says_that_nobody_has_signed_it_off() -> None:
    assert "X-Review-Status: unreviewed" in CATALOGUES[0].read_text(encoding="utf-8")


def test_a_language_without_a_catalogue_and_a_missing_string_fall_back_to_english() -> None:
    assert language("xx") is ENGLISH
    assert language("../../etc")("Menu") == "Menu"
    assert language("cy")("no such string: 100%") == "no such string: 100%"
    assert language("cy")("") == ""


def test_dates_and_days_are_said_in_the_language() -> None:
    assert language("cy").day(date(2027, 3, 14)) == "14 Mawrth 2027"
    assert ENGLISH.day(date(2027, 3, 14), has_year=False) == "14 March"
    assert (language("cy").weekday(6), ENGLISH.weekday(6)) == ("Dydd Sul", "Sunday")


def test_the_persons_language_decides_and_published_text_stays_as_it_is() -> None:
    row = OutboxMessage(
        chat_id=1,
        view="question",
        data=json.dumps(
            {
                "language": "cy",
                "buttons": [[["Stop", "rev:stop"], ["Yes, I meant: %s", "said:1:0", "Menu %s"], ["%s", "x", "Menu"]]],
                "values": {
                    "is_round": False,
                    "position": 1,
                    "total": 9,
                    "unit": "Unit <1>",
                    "criterion": "1.1",
                    "stem": "Settings",
                    "options": [],
                    "whole": 0,
                },
            }
        ),
        created_at=NOW,
    )
    call = views.render(row, None)
    assert call.parameters["text"].startswith("Cwestiwn 1 o 9 · Unit &lt;1&gt;")
    assert "<b>Settings</b>" in call.parameters["text"]
    labels = [button["text"] for row in call.parameters["reply_markup"]["inline_keyboard"] for button in row]
    assert labels == ["Stopio", "Ie, roeddwn i'n meddwl: Menu %s", "Menu"]


def test_hostile_names_are_escaped_in_translated_sentences_too() -> None:
    assert "Helo &lt;b&gt;%s{{7*7}}." in views.text_of("menu", {"name": "<b>%s{{7*7}}"}, language="cy")


def test_a_caption_with_places_that_nobody_fills_is_shown_as_it_is() -> None:
    assert views.text_of("file", {"caption": "50% of <b> %(x)s"}, language="cy") == "50% of &lt;b&gt; %(x)s"
