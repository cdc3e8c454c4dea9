"""Table rows whose number stands in a cell of its own."""

from collections.abc import Sequence
from dataclasses import replace

from talkthrough.question_bank.reading import labels
from talkthrough.question_bank.reading.lines import Line


def with_numbers_joined(lines: Sequence[Line]) -> list[Line]:
    """A number ("1.1") and its words in neighbouring cells of one row become one line."""
    joined: list[Line] = []
    for line in lines:
        if joined and _is_number_cell(joined[-1], line):
            number = joined.pop()
            line = replace(line, first=number.first, text=f"{number.text} {line.text}", is_fresh=True)  # noqa: PLW2901
        joined.append(line)
    return joined


def _is_number_cell(before: Line, line: Line) -> bool:
    if before.row is None or before.row != line.row or before.column is None or line.column is None:
        return False
    is_code = labels.CODE_ALONE.fullmatch(before.text) is not None
    return is_code and before.column < line.column and not labels.CODE_ALONE.fullmatch(line.text)
