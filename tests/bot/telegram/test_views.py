"""Messages: everything from outside is escaped, limits are kept, and no word passes judgement."""

import json
import re
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talkthrough.bot.local_chat.formatting import parse_html
from talkthrough.bot.telegram import views
from talkthrough.storage.tables import Attachment, OutboxMessage

TEMPLATES = sorted((Path(views.__file__).parent / "templates").glob("*.j2"))
JUDGEMENTS = {"pass", "passed", "competent", "achieved", "sufficient", "failed", "met"}


def message(view: str, **values: object) -> OutboxMessage:
    return OutboxMessage(chat_id=1, view=view, data=json.dumps({"values": values}), created_at=datetime.now(UTC))


@given(st.text())
def test_any_text_from_outside_is_shown_as_it_is_and_parses_as_telegrams_html(text: str) -> None:
    rendered = views.text_of("move", {"text": "a" + text + "b"})
    shown, _ = parse_html(rendered)
    assert shown.split() == ("a" + text + "b").split()


@given(st.text(alphabet="<&>b/\"' x😀", min_size=3000, max_size=9000))
def test_long_messages_are_cut_to_telegrams_limit_and_still_parse(text: str) -> None:
    rendered = views.text_of("choose_outcome", {"unit": text, "title": "t"})
    shown, _ = parse_html(rendered)
    assert len(shown.encode("utf-16-le")) // 2 <= views.TEXT_LIMIT


def test_a_picture_becomes_a_photo_and_any_other_file_a_document() -> None:
    row = message("file", caption="")
    photo = views.render(row, Attachment(file_name="p.png", media_type="image/png", content=b"x"))
    document = views.render(row, Attachment(file_name="d.pdf", media_type="application/pdf", content=b"x"))
    assert (photo.method, document.method) == ("sendPhoto", "sendDocument")
    assert document.files["document"].file_name == "d.pdf"


@given(st.text(min_size=1, max_size=2000))
def test_text_to_paste_is_one_code_block_character_for_character(text: str) -> None:
    call = views.render(message("paste", text=text), None)
    assert call.parameters["text"] == text
    (block,) = call.parameters["entities"]
    assert (block["type"], block["offset"], block["length"]) == ("pre", 0, len(text.encode("utf-16-le")) // 2)
    assert "parse_mode" not in call.parameters


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_passes_judgement(path: Path) -> None:
    class Words(HTMLParser):
        said = ""

        def handle_data(self, data: str) -> None:
            self.said += data

    reader = Words()
    reader.feed(re.sub(r"\{%.*?%\}|\{\{.*?\}\}", " ", path.read_text()))
    assert not JUDGEMENTS & set(re.findall(r"[a-z]+", reader.said.lower()))


def test_the_privacy_card_is_short_and_says_how_long_and_whom_to_complain_to() -> None:
    card = views.text_of("privacy", {"contact": "Sam Lee, 020 7946 0000"})
    assert len(re.sub(r"<[^>]+>", "", card).split()) <= 120  # as assessment practice asks for
    assert "a year after your assessment" in card
    assert "ico.org.uk/make-a-complaint" in card
    assert "ico.org.uk/make-a-complaint" in views.text_of("privacy", {"contact": ""}, language="cy")


def test_what_was_answered_instead_stands_on_lines_of_its_own() -> None:
    tally = {"name": "G", "opened": "Now", "is_closed": True, "people_started": 1, "people": 2, "answered": 1}
    question = {"criterion": "1.1", "stem": "Why?", "percent": 0, "flags": 0, "wrong": ["rash", "hay"]}
    values = {"tally": {**tally, "asked": 6}, "unit_label": "Unit 1", "waiting": 0, "hardest": [question]}
    assert "0% mentioned\n– instead: rash\n– instead: hay" in views.text_of("round_results", values)
