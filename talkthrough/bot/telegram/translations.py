"""The interface in other languages: gettext catalogues as .po files, English where a string is missing.

Published text (questions, options, criteria) never goes through here. A catalogue is compiled when it is first used,
so that translators only ever touch the .po file (GNU gettext manual, "The Format of PO Files" and "of GNU MO Files").
"""

import ast
import struct
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

SOURCE = "en"
FOLDER = Path(__file__).parent / "locale"
MAGIC, HEADER = 0x950412DE, 7 * 4


@lru_cache(maxsize=8)
def translations(language: str) -> NullTranslations:
    """The catalogue of a language ("cy"); one that leaves everything in English where there is none."""
    found = {path.name: path for path in FOLDER.iterdir() if path.is_dir()}
    if language not in found:
        return NullTranslations()
    path = found[language] / "LC_MESSAGES" / "talkthrough.po"
    return GNUTranslations(BytesIO(compiled(read_po(path.read_text(encoding="utf-8").splitlines()))))


def read_po(lines: Iterable[str]) -> dict[str, str]:
    """The messages of a .po file: source -> translation, plural forms joined by NUL as in a .mo file.

    Messages without a translation and those marked fuzzy are left out. ValueError, with the line's number, for what is
    no .po file.
    """
    messages: dict[str, str] = {}
    for entry, is_fuzzy in _entries(lines):
        source = "\0".join(filter(None, (entry.get("msgid"), entry.get("msgid_plural"))))
        forms = [text for keyword, text in entry.items() if keyword.startswith("msgstr")]
        if forms and all(forms) and not is_fuzzy:
            messages[source] = "\0".join(forms)
    return messages


def _entries(lines: Iterable[str]) -> Iterator[tuple[dict[str, str], bool]]:
    entry: dict[str, str] = {}
    keyword, is_fuzzy, was_fuzzy = "", False, False
    for number, line in enumerate(lines, start=1):
        text = line.strip()
        if text.startswith("#,"):
            is_fuzzy = is_fuzzy or "fuzzy" in text
        if not text or text.startswith("#"):
            continue
        if not text.startswith('"'):
            keyword, _, text = text.partition(" ")
            if keyword == "msgid":
                if entry:
                    yield entry, was_fuzzy
                entry, was_fuzzy, is_fuzzy = {}, is_fuzzy, False
        if not keyword.startswith("msg"):
            raise ValueError(f"Line {number} is not part of a .po file: {line!r}")
        entry[keyword] = entry.get(keyword, "") + _unquoted(text, number)
    if entry:
        yield entry, was_fuzzy


def _unquoted(text: str, number: int) -> str:
    try:
        value = ast.literal_eval(text)
    except (SyntaxError, ValueError) as error:
        raise ValueError(f"Line {number} of the .po file has no closed string: {text!r}") from error
    return str(value)


def compiled(messages: Mapping[str, str]) -> bytes:
    """The messages as a .mo file: a header, two tables of (length, offset), then the strings, sorted by source."""
    pairs = sorted((source.encode(), text.encode()) for source, text in messages.items())
    offset = HEADER + 16 * len(pairs)
    tables, strings = [b"", b""], b""
    for place in (0, 1):
        for pair in pairs:
            tables[place] += struct.pack("<II", len(pair[place]), offset + len(strings))
            strings += pair[place] + b"\0"
    header = struct.pack("<7I", MAGIC, 0, len(pairs), HEADER, HEADER + 8 * len(pairs), 0, 0)
    return header + tables[0] + tables[1] + strings
