"""HTML parse mode and detected entities, held against Telegram's own wording and UTF-16 counting."""

import contextlib
import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talkthrough.bot.local_chat.errors import ApiError
from talkthrough.bot.local_chat.formatting import (
    FormattedText,
    detect_entities,
    parse_html,
    trimmed,
    utf16_length,
    utf16_pieces,
)


def part(text: str, entity: dict) -> str:
    units = text.encode("utf-16-le")
    return units[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])].decode("utf-16-le")


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("é<x>", 'Unsupported start tag "x" at byte offset 2'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<a href='x", "Unclosed start tag at byte offset 0"),
        ("<a href=x'y>", "Unexpected end of name token at byte offset 8"),
        ("<a 'x'>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ('<span class="loud">x</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_wrong_markup_is_refused_in_telegrams_words(source, problem):
    with pytest.raises(ApiError) as raised:
        parse_html(source)
    assert raised.value.description == f"Bad Request: can't parse entities: {problem}"


def test_nested_tags_become_entities_counted_in_utf16():
    text, entities = parse_html('😀 <b>bold <i>both</i></b> <a href="https://example.org/?a=1&amp;b=2">link</a>')
    assert text == "😀 bold both link"
    assert [(e["type"], part(text, e)) for e in entities] == [
        ("bold", "bold both"),
        ("italic", "both"),
        ("text_link", "link"),
    ]
    assert entities[0]["offset"] == 3
    assert entities[2]["url"] == "https://example.org/?a=1&b=2"


def test_code_language_spoilers_and_quotes():
    _, entities = parse_html(
        '<pre><code class="language-python">x</code></pre><tg-spoiler>y</tg-spoiler>'
        "<blockquote expandable>z</blockquote>"
    )
    assert [(e["type"], e.get("language")) for e in entities] == [
        ("pre", "python"),
        ("spoiler", None),
        ("expandable_blockquote", None),
    ]


def test_only_telegrams_references_are_decoded():
    assert parse_html("&lt;&amp;&gt;&quot;&#233;&#x1F600;&nbsp;& &#0;").text == '<&>"é😀&nbsp;& &#0;'


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60))
def test_escaped_text_comes_back_as_it_was(text):
    assert parse_html(html.escape(text)) == (text, [])
    assert parse_html(f"<b>{html.escape(text, quote=False)}</b>").text == text


@given(st.text(alphabet="ab<>/&;= '\"😀", max_size=30))
def test_any_text_is_parsed_or_refused_and_never_crashes(source):
    with contextlib.suppress(ApiError):
        text, entities = parse_html(source)
        assert all(e["offset"] + e["length"] <= utf16_length(text) for e in entities)


@given(st.text(max_size=40), st.integers(min_value=2, max_value=9))
def test_pieces_are_within_the_limit_and_lose_nothing(text, limit):
    pieces = utf16_pieces(text, limit)
    assert "".join(pieces) == text
    assert all(len(piece) <= limit for piece in pieces)


def test_trimming_moves_entities_with_the_text():
    bold = {"type": "bold", "offset": 1, "length": 4}
    assert trimmed(FormattedText("  ab  ", [bold])) == ("ab", [{"type": "bold", "offset": 0, "length": 2}])


def test_commands_links_addresses_and_tags_are_detected():
    text = "😀 /start@my_bot see https://example.org/a. mail a.b@example.org #ppe 5/10 <b></b> @tutor"
    assert [(e["type"], part(text, e)) for e in detect_entities(text)] == [
        ("bot_command", "/start@my_bot"),
        ("url", "https://example.org/a"),
        ("email", "a.b@example.org"),
        ("hashtag", "#ppe"),
        ("mention", "@tutor"),
    ]
