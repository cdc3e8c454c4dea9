"""Two columns of plain text that only spaces keep apart, as programs that keep the layout of a page write them."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from talkthrough.question_bank.reading import labels

GAP = re.compile(r"(?<=\S) {3,}(?=\S)")
LEADING = re.compile(r" {12,}(?=\S)")
LEAST_LINES = 3
SHIFT = 2  # characters by which a column's lines may differ

Cell = tuple[int, int, int, str]  # physical line, block (0: not in columns), column, text


def side_by_side(raw_lines: Sequence[str]) -> list[Cell] | None:
    """The lines with blocks of two columns taken apart, left column before right; None where there are no such
    columns.
    """
    start = _right_start(raw_lines)
    if start is None:
        return None
    cells: list[Cell] = []
    left: list[Cell] = []
    right: list[Cell] = []
    block = 0
    for number, raw in enumerate(raw_lines, start=1):
        own_left, own_right = _parts(raw, start)
        is_apart = not (own_right or "".join(raw_lines[number - 2 : number - 1]).strip() or own_left[:1].islower())
        is_new = bool(own_left) and (own_right is None or _begins(own_left) or is_apart)
        if is_new:
            cells += [*left, *right]
            left, right, block = [], [], block + 1
        if own_right is None:
            cells.append((number, 0, 0, raw))
            continue
        if own_left:
            left.append((number, block, 0, own_left))
        if own_right:
            right.append((number, block, 1, own_right))
    return [*cells, *left, *right]


def _right_start(raw_lines: Sequence[str]) -> int | None:
    """Where the right column begins: where most numbered criteria stand to the right of a gap."""
    starts = Counter(
        match.end()
        for raw in raw_lines
        if "\t" not in raw
        for match in _gaps(raw)
        if labels.CRITERION.match(raw[match.end() :])
    )
    if not starts:
        return None
    start, count = starts.most_common(1)[0]
    both = any(_parts(raw, start)[0] and _parts(raw, start)[1] for raw in raw_lines)
    return start if both and count >= LEAST_LINES - 1 else None


def _gaps(raw: str) -> Iterator[re.Match[str]]:
    leading = LEADING.match(raw)
    if leading:
        yield leading
    yield from GAP.finditer(raw)


def _parts(raw: str, start: int) -> tuple[str, str | None]:
    """(left text, right text); the right text is None where the line runs across the gap or stands outside the
    columns.
    """
    if not raw.strip():
        return "", ""
    if labels.PAGE_NUMBER.fullmatch(raw.strip()):
        return raw.strip(), None
    for match in _gaps(raw):
        if match.start() <= start <= match.end() + SHIFT:
            return raw[: match.start()].strip(), raw[match.end() :].strip()
    is_left = len(raw.rstrip()) < start
    return (raw.strip(), "") if is_left else (raw.strip(), None)


def _begins(text: str) -> bool:
    return bool(labels.OUTCOME.match(text) or labels.is_structural(text))
