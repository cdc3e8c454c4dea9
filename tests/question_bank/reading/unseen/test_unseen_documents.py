"""Specifications as publishers lay them out, in our own words: every outcome and criterion is read, and no other.

`documents/NAME.expected` says what NAME.txt, .md, .html, .docx and .pdf hold: "# outcome", "number criterion"
("-" where no number is printed), "* sub-point". `make_documents.py` makes the Word and PDF files.
"""

from pathlib import Path

import pytest

from talkthrough.question_bank.reading import read_bytes
from talkthrough.question_bank.specification import Specification

DOCUMENTS = Path(__file__).parent / "documents"
FILES = sorted(path for path in DOCUMENTS.iterdir() if path.suffix != ".expected")


def printed(specification: Specification) -> list[str]:
    lines = []
    for unit in specification.units:
        for outcome in unit.outcomes:
            lines.append(f"# {outcome.text}")
            for criterion in outcome.criteria:
                lines.append(f"{criterion.printed_number or '-'} {criterion.text}")
                lines += [f"* {point}" for point in criterion.sub_points]
    return lines


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_outcome_and_criterion_is_read_and_no_other(path: Path) -> None:
    read = printed(read_bytes(path.read_bytes(), path.name))

    assert read == (DOCUMENTS / f"{path.stem}.expected").read_text(encoding="utf-8").splitlines()
