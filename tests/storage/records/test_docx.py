"""The DOCX, read back by python-docx, as a ZIP, and by LibreOffice."""

import shutil
import subprocess
import zipfile
from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn
from lxml import etree
from pypdf import PdfReader

from talkthrough.storage.records.docx_file import LEARNER, TOOL, as_docx
from talkthrough.storage.records.draft import reflective_draft
from talkthrough.storage.records.sheet import markup_safe
from tests.storage.records.examples import HOSTILE, hostile_log, log

OFFICE = shutil.which("soffice")


def read(record):
    return Document(BytesIO(as_docx(record)))


def learner_words(document):
    """Each message follows a heading line "12. Learner ..." in the same style."""
    paragraphs = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == LEARNER]
    return paragraphs[1::2]


def test_every_learner_text_survives():
    assert learner_words(read(hostile_log())) == [markup_safe(text) for text in HOSTILE]


def test_tool_words_are_boxed_and_labelled():
    document = read(log())
    tool = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == TOOL]
    assert tool[0].startswith("[Tool] ")
    assert any(text.startswith("1. [Tool]") for text in tool)
    assert document.styles[TOOL].element.find(f".//{qn('w:pBdr')}") is not None


def test_boxes_that_follow_each_other_are_drawn_apart():
    body = read(log()).element.body
    styles = [part.pPr.style if part.tag == qn("w:p") and part.pPr is not None else None for part in body]
    notice = next(
        place for place, part in enumerate(body) if "The tool's messages are boxed" in "".join(part.itertext())
    )
    assert styles[notice] == styles[notice + 2] == "Toolwords"
    assert styles[notice + 1] is None


def test_forms_stay_together_with_what_they_are_about():
    document = read(log())
    form = next(table for table in document.tables if table.cell(0, 0).text == "Help from another tool or person")
    kept = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in form.rows]
    assert kept == [True] * (len(form.rows) - 1) + [False]
    declaration = next(
        paragraph for paragraph in document.paragraphs if paragraph.text.startswith("Learner: The words")
    )
    assert declaration.paragraph_format.keep_with_next


def test_the_footer_counts_the_pages():
    footer = read(log()).sections[0].footer.paragraphs[0]
    fields = [element.text for element in footer._p.iter(qn("w:instrText"))]
    assert fields == ["PAGE", "NUMPAGES"]


def test_header_footer_title_and_language_are_set():
    document = read(log())
    section = document.sections[0]
    assert "PRACTICE - NOT ASSESSED" in section.header.paragraphs[0].text
    assert "export 1" in section.footer.paragraphs[0].text
    assert document.core_properties.title.startswith("Mock professional discussion")
    assert document.core_properties.language == "en-GB"


def test_tables_have_widths_and_a_header_row_that_repeats():
    table = read(log()).tables[1]
    assert next(cell.text for cell in table.rows[0].cells) == "Criterion, as published"
    assert table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None
    assert table.autofit is False
    assert all(cell.width for cell in table.rows[1].cells)


def test_links_of_the_matrix_lead_to_bookmarks():
    body = read(log()).element.body
    anchors = {link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))}
    names = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
    assert {"turn_4", "turn_6", "turn_8"} <= anchors <= names


def test_the_parts_are_well_formed_and_hold_nothing_that_runs():
    with zipfile.ZipFile(BytesIO(as_docx(hostile_log()))) as parts:
        assert parts.testzip() is None
        names = parts.namelist()
        for name in names:
            if name.endswith((".xml", ".rels")):
                etree.fromstring(parts.read(name))
        assert not [name for name in names if "vba" in name.lower() or "external" in name.lower()]
        fields = etree.fromstring(parts.read("word/document.xml")).iter(qn("w:instrText"))
        assert list(fields) == []


def test_a_draft_holds_exactly_its_messages():
    draft = reflective_draft(log())
    assert learner_words(read(draft)) == [message.text for message in draft.messages]


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it_and_prints_every_page_with_the_banner(tmp_path):
    (tmp_path / "log.docx").write_bytes(as_docx(log()))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [
        OFFICE,
        "--headless",
        profile,
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "log.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    pages = [page.extract_text() for page in PdfReader(tmp_path / "log.pdf").pages]
    assert len(pages) < 10
    assert all("PRACTICE - NOT ASSESSED" in page for page in pages)
    assert any("we had a lot of complaints about the returns desk, so i listend to calls" in page for page in pages)
