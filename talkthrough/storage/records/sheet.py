"""A record laid out as blocks, once, for every format that is read page by page (HTML, PDF, DOCX).

Learner words appear only in `Spoken.text`; renderers mark everything else as the tool's or as the published document's.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True)
class Heading:
    """A section heading; `level` counts from 2, because the title is level 1."""

    text: str
    level: int = 2
    kind: ClassVar[str] = "heading"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Plain sentences of the record."""

    text: str
    kind: ClassVar[str] = "paragraph"


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence in the tool's voice, boxed and labelled [Tool]."""

    text: str
    kind: ClassVar[str] = "notice"


@dataclass(frozen=True, slots=True)
class Bullets:
    """Short lines."""

    items: tuple[str, ...]
    kind: ClassVar[str] = "bullets"


@dataclass(frozen=True, slots=True)
class Facts:
    """Label and value, one pair a row."""

    rows: tuple[tuple[str, str], ...]
    kind: ClassVar[str] = "facts"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell. `links`: turn number and label, for formats that can jump to a turn; `text` says the same."""

    text: str
    links: tuple[tuple[int, str], ...] = ()


def linked(links: Iterable[tuple[int, str]], missing: str = "none") -> Cell:
    """A cell that names turns; where there are none, it says so."""
    known = tuple(links)
    return Cell("; ".join(label for _, label in known) or missing, known)


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose columns have a heading and a relative width; `criteria` is the criterion number of each row."""

    caption: str
    columns: tuple[tuple[str, float], ...]
    rows: tuple[tuple[Cell, ...], ...]
    criteria: tuple[str, ...] = ()
    kind: ClassVar[str] = "table"


@dataclass(frozen=True, slots=True)
class Spoken:
    """One message word for word. `text` None: erased or kept out. `margin` names criteria and who put them there."""

    turn: int
    speaker: str
    when: str
    text: str | None
    margin: str
    notes: tuple[str, ...]
    criteria: tuple[str, ...]
    is_learner: bool
    kind: ClassVar[str] = "spoken"


@dataclass(frozen=True, slots=True)
class Form:
    """Lines to be filled in by a person; nothing is filled in by the tool."""

    fields: tuple[str, ...]
    kind: ClassVar[str] = "form"


Block = Heading | Paragraph | Notice | Bullets | Facts | Table | Spoken | Form


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole record. `banner` and `running` are printed on every page, `footer` names the file."""

    title: str
    author: str
    banner: str
    running: str
    footer: str
    blocks: tuple[Block, ...]
    criteria: tuple[str, ...] = ()


NOT_IN_FILE = "This message is not part of this file."
TOOL_LABEL = "[Tool]"

NOT_MARKUP = re.compile("[^\t\n -~\u00a0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def values_of(sheet: Sheet, clean: Callable[[str], str]) -> dict[str, Any]:
    """The sheet as plain values for a template, every text passed through `clean`."""
    values: dict[str, Any] = _plain(sheet, clean)
    return values


def _plain(value: Any, clean: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, tuple):
        return [_plain(item, clean) for item in value]
    if is_dataclass(value):
        named = {field.name: _plain(getattr(value, field.name), clean) for field in fields(value)}
        return {"kind": value.kind, **named} if hasattr(value, "kind") else named
    return value


def markup_safe(text: str) -> str:
    """The text with line ends as line feeds, and characters that no XML or HTML file can hold as "[U+0001]"."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return NOT_MARKUP.sub(lambda found: f"[U+{ord(found.group()):04X}]", lines)
