"""Files people have: Word, PDF, HTML, Markdown, text; and the ones that are refused with a reason."""

import io
import time
import zipfile
from typing import Any

import docx
import pytest
import typst

from talkthrough.question_bank.reading import UnreadableDocument, read_bytes
from tests.question_bank.reading.finders import read_as, warnings

UNIT = [
    (
        "1",
        "Understand how a bakery is run",
        [
            ("1.1", "Explain why the ovens are lit before the first shift of the day begins in the bakery"),
            ("1.2", "Describe how HACCP records are kept"),
        ],
    ),
    (
        "2",
        "Be able to bake bread to the standard that the customer expects",
        [
            ("2.1", "Prepare a dough"),
            ("2.2", "Bake a loaf and check its colour, volume and crust against the standard"),
        ],
    ),
]


def _word(document: Any) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _word_table(*, merged: bool) -> bytes:
    document = docx.Document()
    document.add_heading("Unit 21: Baking bread", 1)
    document.add_paragraph("Level:\t2")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Learning outcomes", "Assessment criteria"
    for number, outcome, criteria in UNIT:
        first = len(table.rows)
        if merged:
            for code, text in criteria:
                table.add_row().cells[1].text = f"{code} {text}"
            cell = table.cell(first, 0).merge(table.cell(len(table.rows) - 1, 0))
        else:
            row = table.add_row()
            row.cells[1].text = "\n".join(f"{code} {text}" for code, text in criteria)
            cell = row.cells[0]
        cell.text = f"{number}. {outcome}"
    document.add_heading("Delivery guidance", 2)
    document.add_paragraph("2.2 Explain the use of steam", style="List Bullet")
    return _word(document)


@pytest.mark.parametrize("merged", [True, False], ids=["merged cells", "one row an outcome"])
def test_word_tables(merged: bool) -> None:
    specification = read_bytes(_word_table(merged=merged), "unit.docx")
    assert read_as(specification) == UNIT
    assert (specification.units[0].title, specification.units[0].level) == ("Baking bread", "2")
    assert warnings(specification) == [(specification.findings[0].line, "not-read")]


def test_numbers_that_only_word_prints_are_read() -> None:
    """Automatic list numbers are not in the text of a Word file; they are counted as Word counts them."""
    document = docx.Document()
    document.add_heading("Unit 21: Baking bread", 1)
    _number_levels(document)
    for _, outcome, criteria in UNIT:
        _numbered(document, outcome, 0)
        for _, text in criteria:
            _numbered(document, text, 1)
    assert read_as(read_bytes(_word(document), "unit.docx")) == UNIT


def _number_levels(document: Any) -> None:
    from docx.oxml import parse_xml

    namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    levels = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="{text}"/></w:lvl>'
        for depth, text in enumerate(("%1.", "%1.%2"))
    )
    root = document.part.numbering_part.element
    root.insert(0, parse_xml(f'<w:abstractNum {namespace} w:abstractNumId="77">{levels}</w:abstractNum>'))
    root.append(parse_xml(f'<w:num {namespace} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))


def _numbered(document: Any, text: str, depth: int) -> None:
    properties = document.add_paragraph(text)._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = depth
    properties.get_or_add_numId().val = 77


def test_deleted_text_of_a_word_file_is_left_out() -> None:
    from docx.oxml import parse_xml

    document = docx.Document()
    document.add_paragraph("Unit 21: Baking bread")
    paragraph = document.add_paragraph("1. Understand dough")._p
    document.add_paragraph("1.1 Explain yeast")
    namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    paragraph.append(parse_xml(f"<w:del {namespace}><w:r><w:delText> and cake</w:delText></w:r></w:del>"))
    paragraph.append(parse_xml(f"<w:ins {namespace}><w:r><w:t> and bread</w:t></w:r></w:ins>"))
    assert read_as(read_bytes(_word(document), "unit.docx")) == [
        ("1", "Understand dough and bread", [("1.1", "Explain yeast")])
    ]


def _pdf(body: str, height: int = 297) -> bytes:
    page = (
        f"#set page(width: 210mm, height: {height}mm, margin: 20mm, header: [Bakery handbook], "
        f"footer: context [Page #counter(page).display()])"
    )
    return bytes(typst.compile(f"{page}\n{body}".encode()))


def _pdf_table(stroke: str) -> str:
    rows = "\n".join(
        f"[{number}. {outcome}], [{' '.join(f'#par[{code} {text}]' for code, text in criteria)}],"
        for number, outcome, criteria in UNIT
    )
    return (
        "= Unit 21: Baking bread\nLevel: 2\n\n"
        f"#table(columns: (1fr, 2fr), stroke: {stroke},\n "
        f"table.header([*Learning outcomes* \\ The learner will:], [*Assessment "
        f"criteria* \\ The learner can:]),\n{rows})\n"
        "== Assessment methods\nThe centre sets a practical task."
    )


@pytest.mark.parametrize("stroke", ["0.5pt", "none"], ids=["ruled", "borderless"])
@pytest.mark.parametrize("height", [297, 95], ids=["one page", "rows split over pages"])
def test_pdf_tables(stroke: str, height: int) -> None:
    specification = read_bytes(_pdf(_pdf_table(stroke), height), "unit.pdf")
    assert read_as(specification) == UNIT
    assert specification.units[0].title == "Baking bread"
    assert warnings(specification) == [], specification.findings


def test_pdf_without_a_table_and_with_heads_and_feet_inside_criteria() -> None:
    lines = "\n\n".join(
        f"{number}. {outcome}\n\n" + "\n\n".join(f"{code} {text}" for code, text in criteria)
        for number, outcome, criteria in UNIT
    )
    body = f"= Unit 21: Baking bread\n\n#set text(size: 16pt)\nLearning outcomes and assessment criteria\n\n{lines}"
    specification = read_bytes(_pdf(body.replace("1. ", "1\\. ").replace("2. ", "2\\. "), 80), "unit.pdf")
    assert read_as(specification) == UNIT


def test_html_with_spans_lists_and_entities() -> None:
    page = """<!doctype html><html><head><title>x</title><style>p{}</style></head><body>
<h1>Unit 21: Baking bread</h1><table><thead><tr><th>Learning outcomes<th>Assessment criteria</thead>
<tr><td rowspan=2>1. Understand how a bakery is run</td><td>1.1 Explain why the ovens are lit before
the first shift of the day begins in the bakery</td></tr><tr><td><b>1.2</b> Describe how HACCP records
are&nbsp;kept</td></tr>
<tr><td>2. Be able to bake bread to the standard that the customer expects<td><ul><li>2.1 Prepare a dough<li>2.2 Bake
a loaf and
check its colour, volume and crust against the standard</ul></table><script>2.3 Explain
scripts</script></body></html>"""
    specification = read_bytes(page.encode(), "unit.html")
    assert read_as(specification) == UNIT
    assert specification.units[0].criteria[0].span.first == 3


def test_text_of_windows_and_of_other_encodings() -> None:
    text = "Unit 21: Baking bread\r\n1. Understand “dough” – its parts\r\n1.1 Explain yeast\r\n"
    read = [
        read_as(read_bytes(text.encode(encoding), "unit.txt"))
        for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252")
    ]
    assert read == [[("1", "Understand “dough” – its parts", [("1.1", "Explain yeast")])]] * 4


def _archive(members: dict[str, bytes], *, flag: int = 0) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    raw = bytearray(buffer.getvalue())
    if flag:
        for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            start = raw.find(mark)
            while start >= 0:
                raw[start + offset] |= flag
                start = raw.find(mark, start + 1)
    return bytes(raw)


BAD = {
    "empty": (b"", "unit.pdf", "empty"),
    "too large": (b"%PDF-1.4" + b"0" * (20 * 2**20), "unit.pdf", "20 MB"),
    "picture": (b"\xff\xd8\xff\xe0", "unit.jpg", "picture"),
    "old Word": (b"\xd0\xcf\x11\xe0", "unit.doc", ".docx or PDF"),
    "no kind": (b"hello", "unit", ".pdf, .docx"),
    "PDF named docx": (b"%PDF-1.7 ...", "unit.docx", "it is a PDF"),
    "Word named pdf": (_archive({"word/document.xml": b"<x/>"}), "unit.pdf", "it is a Word file"),
    "text named pdf": (b"just some text", "unit.pdf", "not a PDF"),
    "binary named txt": (b"\0\1\2\3" * 10, "unit.txt", "not a text file"),
    "damaged Word": (b"PK\x03\x04 nothing", "unit.docx", "damaged"),
    "damaged PDF": (b"%PDF-1.7 nothing at all", "unit.pdf", "damaged"),
    "archive, not Word": (_archive({"a.txt": b"a"}), "unit.docx", "not a Word document"),
    "bomb": (_archive({"word/document.xml": b"0" * (50 * 2**20)}), "unit.docx", "unpacks to far too much"),
    "too many members": (_archive({f"m{n}": b"" for n in range(3100)}), "unit.docx", "unpacks to far too much"),
    "DTD": (
        _archive({"word/document.xml": b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x/>'}),
        "unit.docx",
        "not safe",
    ),
    "encrypted member": (_archive({"word/document.xml": b"<x/>"}, flag=1), "unit.docx", "password"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_files_are_refused_with_a_reason_in_under_a_second(case: str) -> None:
    content, name, reason = BAD[case]
    start = time.perf_counter()
    with pytest.raises(UnreadableDocument, match=reason.replace(".", r"\.")) as caught:
        read_bytes(content, name)
    assert str(caught.value).endswith(".")
    if case != "damaged PDF":  # that one is told by the child process
        assert time.perf_counter() - start < 1.0


def test_a_scanned_pdf_gets_a_clear_sentence() -> None:
    with pytest.raises(UnreadableDocument, match="scan"):
        read_bytes(_pdf("#rect(width: 100%, height: 80%, fill: gray)").replace(b"Bakery", b"      "), "scan.pdf")


def test_a_locked_pdf_gets_a_clear_sentence() -> None:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(_pdf("Unit 1: Locked"))))
    writer.encrypt("secret", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    with pytest.raises(UnreadableDocument, match="password"):
        read_bytes(buffer.getvalue(), "locked.pdf")


def test_a_pdf_of_more_than_300_pages_is_refused() -> None:
    with pytest.raises(UnreadableDocument, match="301 pages"):
        read_bytes(bytes(typst.compile(b"x" + b"#pagebreak()x" * 300)), "long.pdf")


def test_a_file_without_a_unit_is_an_error_finding() -> None:
    specification = read_bytes(b"Dear Sam, see you on Monday.", "letter.txt")
    assert specification.units == ()
    assert [(each.code, each.severity) for each in specification.findings] == [("nothing-read", "error")]


def test_text_far_longer_than_300_pages_is_refused() -> None:
    with pytest.raises(UnreadableDocument, match="300 pages"):
        read_bytes(b"1.1 Explain a thing that is long\n" * 100_001, "long.txt")
