"""Figures of reading: the five documents on one core, a 100-page PDF, the memory of the child process.

Run: python -m tests.benchmarks.bench_reading
"""

import os
import resource
import time
from pathlib import Path

from talkthrough.question_bank.reading import read_bytes, read_text

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
PAGES = 100


def five_documents() -> float:
    """Seconds for all five, best of three."""
    texts = [(path.read_text(encoding="utf-8"), path.name) for path in sorted(SAMPLES.glob("*.txt"))]
    return min(_timed(texts) for _ in range(3))


def _timed(texts: list[tuple[str, str]]) -> float:
    start = time.perf_counter()
    for text, name in texts:
        read_text(text, name)
    return time.perf_counter() - start


def hundred_pages() -> tuple[float, int, int]:
    """Seconds, criteria and the child's peak memory in MB for a PDF of one ruled outcome table a page."""
    content = handbook(PAGES)
    start = time.perf_counter()
    specification = read_bytes(content, "handbook.pdf")
    seconds = time.perf_counter() - start
    criteria = sum(len(unit.criteria) for unit in specification.units)
    return seconds, criteria, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024


def handbook(pages: int) -> bytes:
    """An invented handbook: one unit a page, with a ruled table, prose, a running head and page numbers."""
    import typst

    return bytes(typst.compile(_source(pages).encode()))


def _source(pages: int) -> str:
    head = (
        "#set page(header: [Invented handbook], footer: context [Page "
        "#counter(page).display()])\n#set text(size: 9pt)\n"
    )
    return head + "\n#pagebreak()\n".join(_unit(number) for number in range(1, pages + 1))


def _unit(number: int) -> str:
    rows = [
        f"[{outcome}. Understand part {outcome} of the work], ["
        + " ".join(
            f"#par[{outcome}.{n} Explain why step {n} of part {outcome} is done before the next one]"
            for n in range(1, 5)
        )
        + "],"
        for outcome in (1, 2, 3)
    ]
    table = (
        "#table(columns: (1fr, 2fr), stroke: 0.5pt, [*Learning outcomes*], [*Assessment criteria*],\n"
        + "\n".join(rows)
        + ")"
    )
    prose = "#lorem(220)"
    return f"= Unit {number}: Part of the work {number}\n\nLevel: 2\n\n{table}\n\n== Delivery guidance\n\n{prose}"


def main() -> None:
    """Print every figure with its limit."""
    cores = os.cpu_count()
    seconds, criteria, memory = hundred_pages()
    print(f"reading, {cores} cores")
    print(f"  five documents          {five_documents():6.3f} s   (limit 0.5)")
    print(f"  {PAGES}-page PDF            {seconds:6.2f} s   (limit 10), {criteria} of {PAGES * 12} criteria")
    print(f"  peak memory of child    {memory:6d} MB  (limit 512)")


if __name__ == "__main__":
    main()
