"""Text for PDF: a character that the bundled fonts lack becomes a labelled placeholder, a very long word can break.

A single missing glyph would stop an accessible PDF from being made at all. HTML, DOCX and JSON stay exact.
"""

import re
import struct
import unicodedata
from functools import cache
from itertools import groupby
from pathlib import Path

from talkthrough.storage.records.sheet import markup_safe

FONTS = Path(__file__).parent / "fonts"
FONT_FILES = ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf", "NotoSansArabic-Regular.ttf")
LONGEST_WORD = 36
BREAK = "\u200b"

INVISIBLE = {0x200B, 0x200C, 0x200D, 0x2060, 0xFE0E, 0xFE0F, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)}
SKIN_TONES = range(0x1F3FB, 0x1F400)


def printable(text: str) -> str:
    """The text with placeholders for what cannot be drawn, and break opportunities inside very long words.

    "👍 ok" becomes "[thumbs up sign] ok"; letters of a script that the fonts lack become "[2 letters: CJK]".
    """
    groups = groupby(text.replace("\t", "    "), key=_drawn_as)
    drawn = "".join(_placed(way, "".join(characters)) for way, characters in groups)
    return re.sub(rf"\S{{{LONGEST_WORD},}}", lambda long: BREAK.join(re.findall(".{1,6}", long.group())), drawn)


def is_named(text: str) -> bool:
    """Whether `printable` prints a name in square brackets in place of something in the text."""
    plain = markup_safe(text)
    return plain != text.replace("\r\n", "\n").replace("\r", "\n") or any(map(placeholder, filter(_is_lacking, plain)))


def _is_lacking(character: str) -> bool:
    return _drawn_as(character) != "itself" and character != "\t"


def drawable(text: str) -> str:
    """The text as a picture shows it: printable, without places to break a word."""
    return printable(markup_safe(text)).replace(BREAK, "")


def _drawn_as(character: str) -> str:
    if is_covered(ord(character)):
        return "itself"
    return "letters" if unicodedata.category(character)[0] in "LM" else "sign"


def _placed(way: str, run: str) -> str:
    if way == "letters" and len(run) > 1:
        return f"[{len(run)} letters: {unicodedata.name(run[0], 'unknown').split()[0]}]"
    return run if way == "itself" else "".join(map(placeholder, run))


def placeholder(character: str) -> str:
    """A label for one character; nothing for characters that only steer how others look."""
    code = ord(character)
    if code in INVISIBLE or code in SKIN_TONES or unicodedata.category(character) in ("Mn", "Me"):
        return ""
    return f"[{unicodedata.name(character, '').lower() or f'U+{code:04X}'}]"


def is_covered(code: int) -> bool:
    """True where the regular and the bold font, or the Arabic one, have a glyph."""
    if code in INVISIBLE:
        return False
    return code == 0xA or code in _covered()  # noqa: PLR2004 - a line feed is drawn as a new line


@cache
def _covered() -> frozenset[int]:
    regular, bold, arabic = (_character_map(FONTS / name) for name in FONT_FILES)
    return (regular & bold) | {code for code in arabic if "ARABIC" in unicodedata.name(chr(code), "")}


def _character_map(path: Path) -> frozenset[int]:
    """The code points of a TrueType font, from its format 4 "cmap" subtable (OpenType specification, "cmap")."""
    font = path.read_bytes()
    tables = struct.unpack_from(">H", font, 4)[0]
    records = (struct.unpack_from(">4sIII", font, 12 + 16 * place) for place in range(tables))
    start = next(offset for tag, _, offset, _ in records if tag == b"cmap")
    subtables = struct.unpack_from(">H", font, start + 2)[0]
    offsets = (start + struct.unpack_from(">HHI", font, start + 4 + 8 * place)[2] for place in range(subtables))
    return _segments(font, next(offset for offset in offsets if struct.unpack_from(">H", font, offset)[0] == 4))  # noqa: PLR2004 - format 4


def _segments(font: bytes, start: int) -> frozenset[int]:
    count = struct.unpack_from(">H", font, start + 6)[0] // 2
    ends, starts, deltas, ranges = (
        struct.unpack_from(f">{count}H", font, start + 14 + 2 * count * part + (2 if part else 0)) for part in range(4)
    )
    covered: set[int] = set()
    for place, (first, last) in enumerate(zip(starts, ends, strict=True)):
        at = start + 16 + 6 * count + 2 * place + ranges[place]
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = (
                struct.unpack_from(">H", font, at + 2 * (code - first))[0] if ranges[place] else code + deltas[place]
            )
            if glyph & 0xFFFF:
                covered.add(code)
    return frozenset(covered)
