"""DOCX that Word and LibreOffice open well and an assessor can comment on. Learner text goes in as text runs only."""

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from talkthrough.storage.records.layout import sheet_of
from talkthrough.storage.records.model import Record
from talkthrough.storage.records.sheet import NOT_IN_FILE, TOOL_LABEL, markup_safe, values_of

FONT = "Arial"
NAVY = RGBColor(0x16, 0x32, 0x4F)
WIDTH = 17.0
LEARNER, TOOL, SMALL = "Learner words", "Tool words", "Small print"
MAX_TITLE = 255


def as_docx(record: Record) -> bytes:
    """The record as an Office Open XML document."""
    sheet = values_of(sheet_of(record), markup_safe)
    document = Document()
    _set_up(document, sheet)
    document.add_heading(sheet["title"], level=1)
    turns = {block["turn"] for block in sheet["blocks"] if block["kind"] == "spoken"}
    was_boxed = False
    for block in sheet["blocks"]:
        if was_boxed and _is_boxed(block):
            _gap(document)
        WRITERS[block["kind"]](document, block, turns)
        was_boxed = _is_boxed(block)
    _shrink(document.paragraphs[-1], Pt(1))  # a table needs a paragraph after it, which must not take a page of its own
    output = BytesIO()
    document.save(output)
    return output.getvalue()


def _is_boxed(block: dict[str, Any]) -> bool:
    return block["kind"] == "notice" or (block["kind"] == "spoken" and not block["is_learner"])


def _gap(document: Any) -> None:
    """Between two boxes, which a word processor would draw as one."""
    _shrink(document.add_paragraph(), Pt(4))


def _shrink(paragraph: Any, height: Any) -> None:
    if not paragraph.text:
        paragraph.paragraph_format.space_after, paragraph.paragraph_format.line_spacing = Pt(0), height


# --- page and styles ------------------------------------------------------------------------------------------------


def _set_up(document: Any, sheet: dict[str, Any]) -> None:
    properties, section = document.core_properties, document.sections[0]
    properties.title, properties.author = sheet["title"][:MAX_TITLE], sheet["author"][:MAX_TITLE]
    properties.subject, properties.language, properties.comments = sheet["banner"], "en-GB", ""
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(2.2)
    _set_styles(document)
    _two_sided(section.header.paragraphs[0], sheet["banner"], sheet["running"])
    footer = section.footer.paragraphs[0]
    _two_sided(footer, sheet["footer"], "Page ")
    _add_field(footer, "PAGE")
    _small(footer, " of ")
    _add_field(footer, "NUMPAGES")


def _set_styles(document: Any) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(11)
    normal.paragraph_format.space_after = Pt(5)
    normal.element.get_or_add_rPr().append(_element("w:lang", val="en-GB"))
    for level in range(1, 5):
        heading = document.styles[f"Heading {level}"]
        heading.font.name, heading.font.size = FONT, Pt((0, 18, 14, 12, 11)[level])
        heading.font.italic, heading.font.color.rgb = False, NAVY
        fonts = heading.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
    _bordered_style(document, LEARNER, {"left": ("single", "24", "1D6B43")}, None)
    _bordered_style(
        document, TOOL, dict.fromkeys(("top", "left", "bottom", "right"), ("dashed", "6", "5A5A5A")), "F0F0F0"
    )
    small = document.styles.add_style(SMALL, WD_STYLE_TYPE.PARAGRAPH)
    small.base_style, small.font.size = normal, Pt(9.5)


def _bordered_style(document: Any, name: str, sides: dict[str, tuple[str, str, str]], fill: str | None) -> None:
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    properties = style.element.get_or_add_pPr()
    borders = _element("w:pBdr")
    for side, (line, size, color) in sides.items():
        borders.append(_element(f"w:{side}", val=line, sz=size, space="6", color=color))
    properties.append(borders)
    if fill:
        properties.append(_element("w:shd", val="clear", color="auto", fill=fill))


def _element(tag: str, **attributes: str) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element


def _two_sided(paragraph: Any, left: str, right: str) -> None:
    stops = paragraph.paragraph_format.tab_stops
    stops.add_tab_stop(Cm(WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    paragraph.style.paragraph_format.tab_stops.clear_all()
    _small(paragraph, left).bold = True
    _small(paragraph, "\t" + right)


def _small(paragraph: Any, text: str = "") -> Any:
    run = paragraph.add_run(text)
    run.font.size = Pt(9)
    return run


def _add_field(paragraph: Any, name: str) -> None:
    """A field that the word processor fills in; python-docx has no call for it."""
    for kind in ("begin", name, "separate", "1", "end"):
        run = _small(paragraph, kind if kind == "1" else "")
        if kind == name:
            instruction = _element("w:instrText")
            instruction.text = name
            run._r.append(instruction)  # noqa: SLF001
        elif kind != "1":
            run._r.append(_element("w:fldChar", fldCharType=kind))  # noqa: SLF001


# --- blocks ---------------------------------------------------------------------------------------------------------


def _heading(document: Any, block: dict[str, Any], _turns: set[int]) -> None:
    document.add_heading(block["text"], level=block["level"])


def _paragraph(document: Any, block: dict[str, Any], _turns: set[int]) -> None:
    document.add_paragraph(block["text"]).paragraph_format.keep_with_next = True


def _styled(document: Any, style: str) -> Any:
    """A paragraph whose style is set by id: looking it up by name takes half of the time of a long log."""
    paragraph = document.add_paragraph()
    paragraph._p.style = style.replace(" ", "")  # noqa: SLF001
    return paragraph


def _notice(document: Any, block: dict[str, Any], _turns: set[int]) -> None:
    paragraph = _styled(document, TOOL)
    paragraph.add_run(f"{TOOL_LABEL} ").bold = True
    paragraph.add_run(block["text"])


def _bullets(document: Any, block: dict[str, Any], _turns: set[int]) -> None:
    for item in block["items"]:
        _styled(document, "List Bullet").add_run(item)


def _facts(document: Any, block: dict[str, Any], _turns: set[int]) -> None:
    table = _new_table(document, len(block["rows"]), (5.5, 11.5))
    for row, (label, value) in zip(table.rows, block["rows"], strict=True):
        name, content = row.cells
        name.paragraphs[0].add_run(label).bold = True
        content.text = value
    document.add_paragraph()


def _form(document: Any, block: dict[str, Any], _turns: set[int]) -> None:
    table = _new_table(document, len(block["fields"]), (6.0, 11.0))
    for row, label in zip(table.rows, block["fields"], strict=True):
        row.height = Cm(0.95)
        row.cells[0].text = label
        row.cells[0].paragraphs[0].paragraph_format.keep_with_next = label != block["fields"][-1]
    document.add_paragraph()


def _table(document: Any, block: dict[str, Any], turns: set[int]) -> None:
    caption = document.add_paragraph()
    caption.paragraph_format.keep_with_next = True
    caption.add_run(block["caption"]).bold = True
    total = sum(width for _, width in block["columns"])
    table = _new_table(document, 1 + len(block["rows"]), [WIDTH * width / total for _, width in block["columns"]])
    first, *others = table.rows
    first._tr.get_or_add_trPr().append(_element("w:tblHeader"))  # noqa: SLF001 - a header row that repeats
    for cell, (name, _) in zip(first.cells, block["columns"], strict=True):
        cell.paragraphs[0].add_run(name).bold = True
        cell._tc.get_or_add_tcPr().append(_element("w:shd", val="clear", color="auto", fill="E4EBF3"))  # noqa: SLF001
    for row, values in zip(others, block["rows"], strict=True):
        for cell, value in zip(row.cells, values, strict=True):
            _write_cell(cell.paragraphs[0], value, turns)
    document.add_paragraph()


def _write_cell(paragraph: Any, cell: dict[str, Any], turns: set[int]) -> None:
    if not cell["links"]:
        paragraph.add_run(cell["text"])
    for place, (turn, label) in enumerate(cell["links"]):
        paragraph.add_run("; " if place else "")
        if turn in turns:
            _add_link(paragraph, label, f"turn_{turn}")
        else:
            paragraph.add_run(label)


def _add_link(paragraph: Any, label: str, bookmark: str) -> None:
    link = _element("w:hyperlink", anchor=bookmark)
    run = paragraph.add_run(label)
    run.underline = True
    link.append(run._r)  # noqa: SLF001 - a link inside the document
    paragraph._p.append(link)  # noqa: SLF001


def _new_table(document: Any, rows: int, widths: Sequence[float]) -> Any:
    table = document.add_table(rows=rows, cols=len(widths))
    table._tbl.tblStyle_val, table.autofit = "TableGrid", False  # noqa: SLF001 - by id, as in _styled
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(_element("w:cantSplit"))  # noqa: SLF001
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Cm(width)
    return table


def _spoken(document: Any, block: dict[str, Any], _turns: set[int]) -> None:
    style = LEARNER if block["is_learner"] else TOOL
    head = _styled(document, style)
    head.paragraph_format.keep_with_next = True
    head.paragraph_format.space_after = Pt(0)
    _bookmark(head, block["turn"])
    head.add_run(f"{block['turn']}. {block['speaker']}").bold = True
    margin = f"   Criteria: {block['margin']}" if block["margin"] else ""
    head.add_run(f"   {block['when']}{margin}").font.size = Pt(9.5)
    words = _styled(document, style)
    words.add_run(NOT_IN_FILE if block["text"] is None else block["text"])
    for note in block["notes"]:
        _styled(document, SMALL).add_run(f"{TOOL_LABEL} Note: {note}")


def _bookmark(paragraph: Any, turn: int) -> None:
    paragraph._p.append(_element("w:bookmarkStart", id=str(turn), name=f"turn_{turn}"))  # noqa: SLF001
    paragraph._p.append(_element("w:bookmarkEnd", id=str(turn)))  # noqa: SLF001


WRITERS: dict[str, Callable[[Any, dict[str, Any], set[int]], None]] = {
    "heading": _heading,
    "paragraph": _paragraph,
    "notice": _notice,
    "bullets": _bullets,
    "facts": _facts,
    "form": _form,
    "table": _table,
    "spoken": _spoken,
}
