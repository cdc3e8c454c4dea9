"""Records render finished data that they are given: `render(record, file_format)` makes a file to hand out.

Read model.py (what a record holds), log.py and draft.py (how it is made), layout.py (what stands where), then a format.
"""

import re
from collections.abc import Callable
from typing import Literal, get_args

from talkthrough.storage.records.model import Cover, DiscussionLog, Record, ReflectiveDraft, RenderedFile

FileFormat = Literal["html", "pdf", "docx", "csv", "json", "txt"]
FORMATS: tuple[FileFormat, ...] = get_args(FileFormat)
MEDIA_TYPES: dict[FileFormat, str] = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "txt": "text/plain; charset=utf-8",
}
KINDS: dict[type, str] = {DiscussionLog: "mockPD", ReflectiveDraft: "draft"}


def render(record: Record, file_format: FileFormat) -> RenderedFile:
    """The record as a file, named so that it can be filed: "401_LO3_mockPD_L-0042_2026-11-22_v1.pdf"."""
    content = _renderer(file_format)(record)
    return RenderedFile(f"{file_stem(record)}.{file_format}", MEDIA_TYPES[file_format], content)


def file_stem(record: Record) -> str:
    """What the files of a record are called, without the ending."""
    return stem_of(record.cover, KINDS[type(record)], record.export.number)


def stem_of(cover: Cover, kind: str, number: int) -> str:
    """Unit, outcome, kind, learner, local date and export number; letters that every file system takes."""
    unit = cover.unit_label.removeprefix("Unit ")
    who = cover.learner_reference or cover.learner_name
    parts = (unit, f"LO{cover.outcome_number}", kind, who, cover.local_date, f"v{number}")
    return "_".join(_file_safe(part) for part in parts)


def _file_safe(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9-]+", "-", text).strip("-")[:40] or "learner"


def _renderer(file_format: FileFormat) -> Callable[[Record], bytes]:
    """Renderers load their libraries only when they are needed."""
    if file_format == "html":
        from talkthrough.storage.records.html import as_html as renderer
    elif file_format == "pdf":
        from talkthrough.storage.records.pdf import as_pdf as renderer
    elif file_format == "docx":
        from talkthrough.storage.records.docx_file import as_docx as renderer
    elif file_format == "csv":
        from talkthrough.storage.records.tables import as_csv as renderer
    elif file_format == "json":
        from talkthrough.storage.records.values import as_json as renderer
    else:
        from talkthrough.storage.records.paste import as_paste_block

        return lambda record: as_paste_block(record).encode()
    return renderer
