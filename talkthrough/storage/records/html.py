"""One self-contained HTML file: for a screen reader, a phone, a keyboard and a printer, without any request."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from talkthrough.storage.records.layout import sheet_of
from talkthrough.storage.records.model import Record
from talkthrough.storage.records.sheet import NOT_IN_FILE, TOOL_LABEL, markup_safe, values_of
from talkthrough.storage.records.values import values_of_record

TEMPLATES = Path(__file__).parent / "templates"


def as_html(record: Record) -> bytes:
    """The record as a page that carries its own JSON for `talkthrough verify`."""
    sheet = values_of(sheet_of(record), markup_safe)
    page = (
        environment()
        .get_template("record.html")
        .render(
            sheet=sheet, embedded=embedded(values_of_record(record)), not_in_file=NOT_IN_FILE, tool_label=TOOL_LABEL
        )
    )
    return page.encode()


@cache
def environment() -> Environment:
    """Templates of the records: everything is escaped, and a missing value is an error."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def embedded(values: dict[str, Any]) -> Markup:
    """JSON that can stand inside a script element: no "<" can end the element early."""
    return Markup(json.dumps(values, ensure_ascii=False).replace("<", "\\u003c"))  # noqa: S704 - "<" is escaped above
