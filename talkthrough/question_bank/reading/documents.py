"""Files -> specifications: which kinds are read, how large they may be, and why one is refused."""

import json
import re
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path, PurePath
from typing import Any, Literal

from talkthrough.question_bank.reading.child import OUT_OF_MEMORY, REFUSED
from talkthrough.question_bank.reading.html_lines import html_lines
from talkthrough.question_bank.reading.lines import Line
from talkthrough.question_bank.reading.own_records import own_record
from talkthrough.question_bank.reading.reader import read_lines, read_text
from talkthrough.question_bank.specification import Specification

MAX_BYTES = 20 * 2**20
MAX_CHARACTERS = 2_000_000  # 300 dense pages have about one million
MAX_LINES = 100_000  # and table cells
MAX_INFLATED = 60 * 2**20
MAX_MEMBERS = 3000
MAX_RATIO = 150
SECONDS = 90.0
MARKDOWN_HEADING = re.compile(r"#{1,6} +\S")  # the template, filled in with a word processor
FEWEST_HEADINGS = 3
ROOT = Path(__file__).resolve().parents[3]

Kind = Literal["text", "html", "docx", "pdf"]
KINDS: dict[str, Kind] = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".markdown": "text",
    ".csv": "text",
    ".html": "html",
    ".htm": "html",
    ".docx": "docx",
    ".pdf": "pdf",
}
MAIN_PARTS = {"word/document.xml": ("a Word document", ".docx"), "xl/workbook.xml": ("a workbook", ".csv")}
NAMES = {"text": "a text file", "html": "a web page", "docx": "a Word file", "pdf": "a PDF"}


class UnreadableDocument(Exception):  # noqa: N818 - named for what the user sees
    """The file is refused. The message is a sentence that says what to do next."""


def read_bytes(content: bytes, file_name: str) -> Specification:
    """Read a file that somebody sent; `file_name` tells its kind.

    Text and HTML are read here, DOCX and PDF in a child process with limits on memory and time.
    Raises UnreadableDocument with a sentence for the user.
    """
    _refuse_own(content.decode("utf-8", "replace"))
    kind = kind_of(content, file_name)
    if kind == "text":
        text = decoded(content)
        _check_size(len(text), sum(map(text.count, "\n\t|")))
        return read_text(text, file_name)
    lines = _lines(content, kind)
    _check_size(sum(len(line.text) for line in lines), len(lines))
    _refuse_own("\n".join(line.text for line in lines))
    if sum(1 for line in lines if MARKDOWN_HEADING.match(line.text)) >= FEWEST_HEADINGS:
        return read_text("\n".join(f"- {line.text}" if line.is_bullet else line.text for line in lines))
    return read_lines(lines)


def _refuse_own(text: str) -> None:
    if kind := own_record(text):
        raise UnreadableDocument(f"This is {kind}. I cannot add it to the bank.")


def _lines(content: bytes, kind: Kind) -> list[Line]:
    if kind == "html":
        return html_lines(decoded(content))
    if kind == "docx":
        check_archive(content)
    return _lines_from_child(content, kind)


def _check_size(characters: int, lines: int) -> None:
    if characters > MAX_CHARACTERS or lines > MAX_LINES:
        raise UnreadableDocument("This file has far more text than 300 pages. Send only the pages of the unit.")


def kind_of(content: bytes, file_name: str) -> Kind:
    """The kind of file, checked against what it really holds."""
    if not content.strip():
        raise UnreadableDocument("This file is empty. Choose the file again and send it.")
    if len(content) > MAX_BYTES:
        raise UnreadableDocument("This file is larger than 20 MB. Send only the pages of the unit.")
    suffix = PurePath(file_name).suffix.lower()
    named = KINDS.get(suffix)
    if named is None:
        raise UnreadableDocument(_unknown_kind(suffix))
    found = _found_kind(content)
    if found and found != named and not (named == "text" and found == "html"):
        raise UnreadableDocument(f"This file is named {suffix}, but it is {NAMES[found]}. Rename it and send it again.")
    if named in {"docx", "pdf"} and found != named:
        raise UnreadableDocument(
            f"This file is named {suffix}, but it is not {NAMES[named]}. Save it again and send that."
        )
    return "html" if found == "html" else named


def _unknown_kind(suffix: str) -> str:
    if suffix in {".doc", ".odt", ".rtf", ".pages"}:
        return f"Files ending in {suffix} cannot be read. Save the document as .docx or PDF and send that."
    if suffix in {".jpg", ".jpeg", ".png", ".heic", ".tif", ".tiff"}:
        return "A picture cannot be read. Send the document as PDF, Word or text."
    return "Send the specification as .pdf, .docx, .html, .md or .txt."


def _found_kind(content: bytes) -> Kind | None:
    start = content[:1024].lstrip()
    if b"%PDF-" in start:
        return "pdf"
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "docx"
    if re.match(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|head|body|table|div)\b", start, re.IGNORECASE):
        return "html"
    return None


def decoded(content: bytes) -> str:
    """The text in UTF-8 or UTF-16, else as Windows wrote it."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    if b"\0" in content[:4096]:
        raise UnreadableDocument("This is not a text file. Send the specification as .pdf, .docx, .html, .md or .txt.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def check_archive(content: bytes, main_part: str = "word/document.xml") -> None:
    """Refuse a DOCX (or another Office file, by its main part) that would do harm before anything inflates it."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _check_members(archive, main_part)
            _check_types(archive)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, RuntimeError, zipfile.LargeZipFile) as error:
        raise UnreadableDocument("This file is damaged. Open it, save it again and send that.") from error


def _check_members(archive: zipfile.ZipFile, main_part: str) -> None:
    members = archive.infolist()
    if any(member.flag_bits & 1 for member in members):
        raise UnreadableDocument("This file is locked with a password. Save a copy without one and send that.")
    inflated = sum(member.file_size for member in members)
    is_bomb = any(m.file_size > 2**20 and m.file_size / max(1, m.compress_size) > MAX_RATIO for m in members)
    if len(members) > MAX_MEMBERS or inflated > MAX_INFLATED or is_bomb:
        raise UnreadableDocument("This file unpacks to far too much. Save only the unit's pages and send that.")
    names = {member.filename for member in members}
    if main_part not in names:
        what, ending = MAIN_PARTS[main_part]
        raise UnreadableDocument(f"This is an archive, not {what}. Save it as {ending} and send that.")


def _check_types(archive: zipfile.ZipFile) -> None:
    for member in archive.infolist():
        if member.filename.endswith((".xml", ".rels")):
            with archive.open(member) as part:
                if b"<!DOCTYPE" in part.read(8192).upper():
                    raise UnreadableDocument(
                        "This file is not safe to open. Open it, save it as a new file and send that."
                    )


def _lines_from_child(content: bytes, kind: Kind) -> list[Line]:
    command = [sys.executable, "-m", "talkthrough.question_bank.reading.child", kind]
    try:
        done = subprocess.run(  # noqa: S603 - our own module, nothing of the file in the command
            command,
            input=content,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            cwd=ROOT,
            env={"PYTHONPATH": str(ROOT)},
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableDocument(_too_much(kind)) from error
    if done.returncode == REFUSED:
        raise UnreadableDocument(done.stdout.decode())
    if done.returncode == OUT_OF_MEMORY or done.returncode < 0:
        raise UnreadableDocument(_too_much(kind))
    if done.returncode:
        raise UnreadableDocument(f"This file could not be opened as {NAMES[kind]}. Save it again and send that.")
    return [Line(*_fields(values)) for values in json.loads(done.stdout)]


def _fields(values: list[Any]) -> list[Any]:
    return [tuple(value) if isinstance(value, list) else value for value in values]


def _too_much(kind: Kind) -> str:
    return f"Reading {NAMES[kind]} as large as this takes too long. Send only the pages of the unit."
