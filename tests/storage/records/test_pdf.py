"""The PDF, read back by pypdf, and its text for glyphs that the fonts lack."""

import re
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from talkthrough.storage.records.draft import reflective_draft
from talkthrough.storage.records.glyphs import FONTS, is_covered, is_named, printable
from talkthrough.storage.records.pdf import TEMPLATE, as_pdf, compiled
from tests.storage.records.examples import LONG_WORD, hostile_log, log


def read(record):
    return PdfReader(BytesIO(as_pdf(record)))


def words_of(reader):
    return " ".join(page.extract_text() for page in reader.pages).replace("\u200b", "").replace("\n", " ")


def test_it_is_tagged_accessible_and_titled():
    reader = read(log())
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 - pypdf has its own booleans
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "en-GB"
    assert "pdfuaid:part" in root["/Metadata"].get_data().decode()
    assert "Unit 401" in reader.metadata.title
    assert reader.metadata.author == "Sam Ali"


def test_every_page_says_practice_and_its_number():
    reader = read(log())
    for number, page in enumerate(reader.pages, start=1):
        text = page.extract_text()
        assert "PRACTICE - NOT ASSESSED" in text
        assert f"Page {number} of {len(reader.pages)}" in text


def test_learner_words_are_printed_and_never_run():
    text = words_of(read(hostile_log()))
    for expected in (
        "<script>alert(1)</script> & <b>bold</b> </script> a < b",
        "{{7*7}} {% raw %} ${7*7}",
        '#read("/etc/passwd") #import "x" *bold* _it_ $x^2$ @ref <label> \\',
        "=cmd|'/C calc'!A0",
        "[grinning face]",
        "[4 letters: CJK] [4 letters: HEBREW]",
        "ŵ ŷ Ŵ; café naïve",
        "bell [U+0007] escape",
    ):
        assert expected in text
    between_pages = re.compile(r"Discussion1,export1,hash\w{16}Page\dof\dPRACTICE-NOTASSESSED.*?2026-11-22")
    text = between_pages.sub("", text.replace(" ", ""))
    assert LONG_WORD.replace(" ", "") in text


def test_a_file_that_names_a_sign_says_so_and_others_do_not():
    assert "This file cannot print every sign" in words_of(read(hostile_log()))
    assert "cannot print every sign" not in words_of(read(log()))


@pytest.mark.parametrize(
    ("text", "named"), [("ok", False), ("\ta\r\nb\u200b مرحبا", False), ("👍", True), ("a\x07", True)]
)
def test_what_is_printed_by_its_name(text, named):
    assert is_named(text) is named


def test_a_word_of_4096_letters_stays_inside_the_page():
    for page in read(hostile_log()).pages:
        rights = []
        page.extract_text(visitor_text=lambda _t, _c, matrix, _f, _s, rights=rights: rights.append(matrix[4]))
        assert max(rights) < float(page.mediabox.width) - 40


def test_the_matrix_links_to_turns():
    annotations = [note.get_object() for page in read(log()).pages for note in page.get("/Annots", [])]
    assert sum(note["/Subtype"] == "/Link" for note in annotations) >= 4


def test_a_draft_is_printed_too():
    assert "Reflective account - draft" in words_of(read(reflective_draft(log())))


def test_every_character_that_counts_as_covered_can_be_drawn():
    covered = [chr(code) for code in range(0x20, 0x30000) if is_covered(code)]
    assert len(covered) > 3000
    facts = {"kind": "paragraph", "text": " ".join(covered)}
    sheet = {"title": "t", "author": "a", "banner": "b", "running": "r", "footer": "f", "blocks": [facts]}
    data = {"sheet": sheet, "not_in_file": "", "tool_label": ""}
    assert compiled(TEMPLATE, data, format="pdf", pdf_standards=["ua-1"]).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("👍🏽 ok", "[thumbs up sign] ok"),
        ("我", "[cjk unified ideograph-6211]"),
        ("हिन्दी!", "[6 letters: DEVANAGARI]!"),
        ("a\tb", "a    b"),
        ("مرحبا", "مرحبا"),
        ("\U000e0001", "[language tag]"),
        ("\ue123", "[U+E123]"),
    ],
)
def test_what_no_font_has_becomes_a_label(text, expected):
    assert printable(text) == expected


@settings(max_examples=100, deadline=None)
@given(st.text())
def test_after_cleaning_every_character_has_a_glyph(text):
    assert all(character == "\u200b" or is_covered(ord(character)) for character in printable(text))


def test_the_fonts_come_with_their_licence_and_stay_small():
    assert "SIL OPEN FONT LICENSE" in (FONTS / "OFL.txt").read_text()
    assert sum(file.stat().st_size for file in FONTS.iterdir()) <= 2.5 * 2**20
