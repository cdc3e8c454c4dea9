"""Files made to do harm or to confuse: refused with a sentence, or read without inventing a criterion."""

import io
import zipfile
from pathlib import Path

import pytest

from talkthrough.question_bank.reading import UnreadableDocument, read_bytes

WORD = (Path(__file__).parent / "documents" / "tabbed.docx").read_bytes()
NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NUMBERED = (
    "<w:p><w:pPr><w:numPr><w:ilvl w:val='%s'/><w:numId w:val='1'/></w:numPr></w:pPr><w:r><w:t>x</w:t></w:r></w:p>"
)


def word_file(body: str, before: str = "") -> bytes:
    """The Word file with another text in it."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WORD)) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            is_text = name == "word/document.xml"
            target.writestr(
                name, f"{before}<w:document {NAMESPACE}>{body}</w:document>" if is_text else source.read(name)
            )
    return made.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        word_file(f"<w:body>{'<w:tbl><w:tr><w:tc>' * 3000}{'</w:tc></w:tr></w:tbl>' * 3000}</w:body>"),
        word_file(f"<w:body>{NUMBERED % 'zz'}</w:body>"),
        word_file(""),
        word_file("<w:body/>", before="<!DOCTYPE a [<!ENTITY b 'x'>]>"),
        WORD[: len(WORD) // 2],
    ],
    ids=["tables in tables", "level that is no number", "no body", "entities", "half a file"],
)
def test_harmful_word_file_is_refused_with_what_to_do_next(content: bytes) -> None:
    with pytest.raises(UnreadableDocument, match=r"send that\.$"):
        read_bytes(content, "unit.docx")


@pytest.mark.parametrize(
    "text",
    [
        "Level: 2 Credit: 3 " * 2000,
        "<table><tr>" + "<td colspan=99999 rowspan=99999>x</td>" * 500,
        "K1 K2 K3, K4 and K5\n" * 50,
        "P1 " + "1.1 and " * 300,
        "\u202e1.1 \u200b\n" * 20,
        "Can I...\n" * 50,
    ],
    ids=["fields without end", "spans", "codes only", "numbers only", "invisible letters", "stems only"],
)
def test_text_without_criteria_gives_none(text: str) -> None:
    specification = read_bytes(text.encode(), "unit.txt")

    assert [criterion for unit in specification.units for criterion in unit.criteria] == []
