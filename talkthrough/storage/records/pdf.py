"""Tagged PDF (PDF/UA-1) by typst, with bundled fonts only. Every text goes over as data, never as markup."""

import json
from pathlib import Path
from typing import Any

import typst

from talkthrough.storage.records.glyphs import FONTS, printable
from talkthrough.storage.records.layout import sheet_of
from talkthrough.storage.records.model import Record
from talkthrough.storage.records.sheet import NOT_IN_FILE, TOOL_LABEL, Sheet, markup_safe, values_of

TEMPLATE = Path(__file__).parent / "templates" / "record.typ"


def as_pdf(record: Record) -> bytes:
    """The record as an accessible PDF."""
    return sheet_as_pdf(sheet_of(record))


def sheet_as_pdf(sheet: Sheet) -> bytes:
    """Any sheet as an accessible PDF."""
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
