"""Tagged PDF (PDF/UA-1) by typst, with bundled fonts only. Every text goes over as data, never as markup."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import typst

from talkthrough.storage.records.glyphs import FONTS, is_named, printable
from talkthrough.storage.records.layout import sheet_of
from talkthrough.storage.records.model import Record
from talkthrough.storage.records.sheet import NOT_IN_FILE, TOOL_LABEL, Notice, Sheet, Spoken, markup_safe, values_of

TEMPLATE = Path(__file__).parent / "templates" / "record.typ"
NAMED_SIGNS = (
    "This file cannot print every sign. Some are named in square brackets instead, such as [grinning face]. "
    "The HTML, Word and JSON files show the words exactly as they were sent."
)


def as_pdf(record: Record) -> bytes:
    """The record as an accessible PDF."""
    return sheet_as_pdf(sheet_of(record))


def sheet_as_pdf(sheet: Sheet) -> bytes:
    """Any sheet as an accessible PDF. Where its fonts lack a sign that somebody wrote, it says so at the top."""
    if any(is_named(block.text or "") for block in sheet.blocks if isinstance(block, Spoken)):
        sheet = replace(sheet, blocks=(Notice(NAMED_SIGNS), *sheet.blocks))
    values = values_of(sheet, lambda text: printable(markup_safe(text)))
    data = {"sheet": values, "not_in_file": NOT_IN_FILE, "tool_label": TOOL_LABEL}
    return compiled(TEMPLATE, data, format="pdf", pdf_standards=["ua-1"])


def compiled(template: Path, data: object, **options: Any) -> bytes:
    """A typst template compiled with `data`, which it reads as `json(bytes(sys.inputs.data))`."""
    output: bytes = typst.compile(
        template,
        root=template.parent,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data)},
        **options,
    )
    return output
