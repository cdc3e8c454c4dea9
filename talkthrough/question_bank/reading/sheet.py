"""The fill-in sheet (CSV): one row a criterion, read by column names."""

import csv
import io
from collections.abc import Iterator, Mapping

from talkthrough.question_bank.reading import findings
from talkthrough.question_bank.reading.assemble import assemble
from talkthrough.question_bank.reading.lines import Line, clean
from talkthrough.question_bank.reading.roles import Marked, Role
from talkthrough.question_bank.specification import Specification

UNIT_FIELDS = ("unit_reference", "level", "credit_value", "glh", "aim", "awarding_body")
COLUMNS = (
    "unit_number",
    "unit_title",
    *UNIT_FIELDS,
    "outcome_number",
    "outcome",
    "criterion_number",
    "criterion",
    "sub_points",
    "guidance_heading",
    "guidance_text",
    "guidance_items",
    "evidence_methods",
)
NEEDED = ("unit_title", "outcome", "criterion")
MANY_BY = ";"  # several values in one cell are parted by semicolons
LONGEST_CELL = 20_000

Row = Mapping[str, str]


def is_sheet(text: str) -> bool:
    """Whether the first line names the columns of the fill-in sheet."""
    header = next(csv.reader([text.lstrip("\ufeff").split("\n", 1)[0].strip()]), [])
    return set(NEEDED) <= {name.strip().lower() for name in header}


def read_sheet(text: str) -> Specification:
    """Read the fill-in sheet; a cell left empty repeats the unit or outcome of the row above."""
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(clean(text.lstrip("\ufeff")), newline=""))
    try:
        marked = list(_marked(reader))
    except csv.Error as error:
        found = findings.broken_sheet(reader.line_num, str(error))
        return Specification((), findings=(found,))
    return assemble(marked)


def _marked(reader: "csv._reader") -> Iterator[Marked]:  # type: ignore[name-defined]
    header = [name.strip().lower() for name in next(reader, [])]
    unit: tuple[str, str] | None = None
    outcome: tuple[str, str] | None = None
    first = reader.line_num + 1
    for cells in reader:
        row = {name: cell.strip() for name, cell in zip(header, cells, strict=False)}
        line = Line(first, reader.line_num, " ".join(filter(None, row.values())))
        first = reader.line_num + 1
        here = (row.get("unit_number", ""), row.get("unit_title", ""))
        if any(here) and here != unit:
            unit, outcome = here, None
            yield from _unit(line, row)
        there = (row.get("outcome_number", ""), row.get("outcome", ""))
        if any(there) and there != outcome:
            outcome = there
            yield Marked(Role.OUTCOME, line, there[1], there[0] or None)
        yield from _criterion(line, row)


def _unit(line: Line, row: Row) -> Iterator[Marked]:
    yield Marked(Role.UNIT, line, row.get("unit_title", ""), row.get("unit_number") or None)
    for name in UNIT_FIELDS:
        if row.get(name):
            yield Marked(Role.FIELD, line, row[name], name=name.removeprefix("unit_"))


def _criterion(line: Line, row: Row) -> Iterator[Marked]:
    if row.get("criterion"):
        yield Marked(Role.CRITERION, line, row["criterion"], row.get("criterion_number") or None)
    for text in _many(row.get("sub_points")):
        yield Marked(Role.SUB_POINT, line, text)
    if row.get("guidance_heading"):
        yield Marked(Role.GUIDANCE_HEADING, line, row["guidance_heading"])
    if row.get("guidance_text"):
        yield Marked(Role.GUIDANCE_TEXT, line, row["guidance_text"], name="" if row.get("guidance_heading") else "new")
    for text in _many(row.get("guidance_items")):
        yield Marked(Role.GUIDANCE_ITEM, line, text)
    for text in _many(row.get("evidence_methods")):
        yield Marked(Role.EVIDENCE, line, text)


def _many(cell: str | None) -> list[str]:
    return [part.strip() for part in (cell or "").split(MANY_BY) if part.strip()]
