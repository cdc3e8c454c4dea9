"""The fill-in sheet (CSV): one row a criterion, read by column names."""

import csv
import io
import re
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
LINES_ABOVE = 4  # among which the column names stand
LONGEST_CELL = 20_000

Row = Mapping[str, str]


def is_sheet(text: str) -> bool:
    """Whether one of the first lines names the columns of the fill-in sheet."""
    return _header(text) is not None


def _header(text: str) -> tuple[int, str] | None:
    """(lines above the row of column names, what parts the cells): spreadsheets of some countries write semicolons."""
    for above, line in enumerate(text.lstrip("\ufeff").split("\n", LINES_ABOVE)[:LINES_ABOVE]):
        for mark in ",;\t":
            names = next(csv.reader([line.strip()], delimiter=mark), []) if len(line) < LONGEST_CELL else []
            if set(NEEDED) <= {name.strip().lower() for name in names}:
                return above, mark
    return None


def read_sheet(text: str) -> Specification:
    """Read the fill-in sheet; a cell left empty repeats the unit or outcome of the row above."""
    csv.field_size_limit(LONGEST_CELL)
    above, mark = _header(text) or (0, ",")
    sheet = io.StringIO(clean(text.lstrip("\ufeff")), newline="")
    for _ in range(above):
        sheet.readline()
    reader = csv.reader(sheet, delimiter=mark)
    try:
        marked = list(_marked(reader, above))
    except csv.Error as error:
        found = findings.broken_sheet(above + reader.line_num, str(error))
        return Specification((), findings=(found,))
    return assemble(marked)


def _marked(reader: "csv._reader", above: int) -> Iterator[Marked]:  # type: ignore[name-defined]
    header = [name.strip().lower() for name in next(reader, [])]
    unit: tuple[str, str] | None = None
    outcome: tuple[str, str] | None = None
    first = above + reader.line_num + 1
    number = ""
    for cells in reader:
        row = {name: cell.strip() for name, cell in zip(header, cells, strict=False)}
        row["criterion_number"] = number = _as_typed(row.get("criterion_number", ""), number)
        line = Line(first, above + reader.line_num, " ".join(filter(None, row.values())))
        first = above + reader.line_num + 1
        here = (row.get("unit_number", ""), row.get("unit_title", ""))
        if any(here) and here != unit:
            unit, outcome = here, None
            yield from _unit(line, row)
        there = (row.get("outcome_number", ""), row.get("outcome", ""))
        if any(there) and there != outcome:
            outcome = there
            yield Marked(Role.OUTCOME, line, there[1], there[0] or None)
        yield from _criterion(line, row)


def _as_typed(number: str, before: str) -> str:
    """1.10, which a spreadsheet takes for an amount and saves as 1.1 below 1.9."""
    last = re.fullmatch(r"(\d+\.)(\d+)", before)
    following = f"{last.group(1)}{int(last.group(2)) + 1}" if last else ""
    return following if following.endswith("0") and following[:-1] == number else number


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
