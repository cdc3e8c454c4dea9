"""Table rows whose number stands in a cell of its own."""

from collections import Counter
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
    if labels.field_of(line.text) or labels.section_of(line.text):
        return False
    return is_code and before.column < line.column and not labels.CODE_ALONE.fullmatch(line.text)


def is_head_cell(line: Line) -> bool:
    """Whether the cell says what stands in its column."""
    is_label = labels.section_of(line.text) is not None or labels.without_stem(line.text) == ""
    return is_label or labels.TABLE_HEAD.fullmatch(labels.key(line.text)) is not None


def rows_of_labels(lines: Sequence[Line]) -> set[int | None]:
    """Table rows with several field labels; their values stand in the row below."""
    found = Counter(
        line.row for line in lines if line.row is not None and (labels.field_of(line.text) or ("", "x"))[1] == ""
    )
    return {row for row, count in found.items() if count > 1}


def rows_of_heads(lines: Sequence[Line]) -> set[int | None]:
    """Table rows with several cells that say what stands in their columns."""
    found = Counter(line.row for line in lines if line.row is not None and is_head_cell(line))
    return {row for row, count in found.items() if count > 1}
