"""Verification of an exported file, offline: JSON by its chain and signatures, HTML also by what its page shows."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from lxml import html as lxml_html
from pydantic import ValidationError

from talkthrough.storage.audit import MAX_RECORD_BYTES, AuditError, Verification, verify, verify_sealed
from talkthrough.storage.records.html import as_html
from talkthrough.storage.records.model import DRAFT_SCHEMA, DiscussionLog
from talkthrough.storage.records.review import REVIEW_SCHEMA
from talkthrough.storage.records.sheet import markup_safe
from talkthrough.storage.records.values import ADAPTERS

SEAL = re.compile(r'"seal"\s*:')
DAMAGED = "This file has a seal, and it was changed so that it cannot be read any more. Ask for a new copy."
BY_HASH = {b"%PDF": "PDF", b"PK\x03\x04": "DOCX"}


def verify_file(content: bytes, public_key: Ed25519PublicKey | None = None) -> Verification:
    """What checking an exported log in JSON or HTML, or a signed review, showed. AuditError for any other file."""
    _refuse_other_formats(content)
    page = _page(content) if content.lstrip()[:1] == b"<" else None
    text = (
        content.decode("utf-8-sig", "replace") if page is None else "".join(page.xpath("//script[@id='record']/text()"))
    )
    values = _values_of(text)
    schema = values.get("schema") or values.get("schema_")
    if schema == DRAFT_SCHEMA:
        raise AuditError("A draft has no signature of its own. Check the discussion log that it was made from.")
    if schema == REVIEW_SCHEMA:
        return verify_sealed(text, public_key)
    try:
        result = verify(text, public_key)
    except AuditError:
        if "seal" not in values:
            raise
        return verify_sealed(text, public_key)  # altered so much that it has no longer the form of a log
    return (
        result if page is None else replace(result, findings=(*result.findings, *_page_findings(content, page, text)))
    )


def _refuse_other_formats(content: bytes) -> None:
    if len(content) > MAX_RECORD_BYTES:
        raise AuditError("This file is too large to be a discussion log.")
    for start, name in BY_HASH.items():
        if content.startswith(start):
            raise AuditError(
                f"A {name} file is checked by its registered hash. Ask your centre to look up its SHA-256."
            )


def _values_of(text: str) -> dict[str, Any]:
    """The outermost values of the JSON, which say what it is; never what a learner wrote somewhere inside it."""
    try:
        values = json.loads(text)
    except (ValueError, RecursionError) as error:
        if SEAL.search(text):
            raise AuditError(DAMAGED) from error
        return {}
    return values if isinstance(values, dict) else {}


def _page(content: bytes) -> lxml_html.HtmlElement:
    try:
        return lxml_html.document_fromstring(content, parser=lxml_html.HTMLParser(encoding="utf-8", huge_tree=True))
    except (ValueError, lxml_html.etree.ParserError) as error:
        raise AuditError("This page cannot be read. Give the HTML file as it was exported.") from error


def _page_findings(content: bytes, page: lxml_html.HtmlElement, embedded: str) -> Iterator[str]:
    """The words that a reader sees must be the words of the record that the page carries."""
    try:
        log: DiscussionLog = ADAPTERS[DiscussionLog].validate_json(embedded)
    except ValidationError as error:
        raise AuditError("The record inside this page cannot be read. Ask for a new export.") from error
    if as_html(log) == content:
        return
    shown = {node.get("data-turn"): node.text_content() for node in page.xpath("//*[@data-turn]")}
    wrong = [
        turn for turn in log.turns if turn.text is not None and shown.get(str(turn.number)) != markup_safe(turn.text)
    ]
    for turn in wrong:
        yield f"The page shows other words at turn {turn.number} than the record inside it."
    if not wrong:
        yield (
            "The page around the turns is not what this release prints for the record inside it. "
            "Ask for a new export, or check the JSON file."
        )
