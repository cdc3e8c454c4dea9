"""A spreadsheet program's own file (.xlsx) as the text of a table."""

import csv
import sys
from io import BytesIO, StringIO
from itertools import islice

from talkthrough.question_bank.reading.apart import limited, run_apart
from talkthrough.question_bank.reading.documents import UnreadableDocument, check_archive

START = b"PK\x03\x04"
MAIN_PART = "xl/workbook.xml"
MOST_ROWS, MOST_COLUMNS = 5_002, 60  # more rows than a table may have, so that one with too many is refused as such


def is_workbook(content: bytes, file_name: str) -> bool:
    """Whether the file is named and begins as an Excel workbook."""
    return file_name.lower().endswith(".xlsx") and content.startswith(START)


def workbook_as_csv(content: bytes) -> bytes:
    """The first sheet as CSV, read in a process of its own; formulas come as they are written and are never run.

    Raises UnreadableDocument with a sentence for the user.
    """
    return run_apart("talkthrough.question_bank.exchange.workbook", content)


def as_csv(content: bytes) -> bytes:
    """The first sheet as CSV, read right here."""
    import openpyxl

    check_archive(content, MAIN_PART)
    file = StringIO(newline="")
    try:
        book = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=False)
        rows = islice(book.worksheets[0].iter_rows(max_col=MOST_COLUMNS, values_only=True), MOST_ROWS)
        csv.writer(file).writerows(["" if cell is None else str(cell) for cell in row] for row in rows)
    except Exception as error:
        # openpyxl has no error of its own for a file that somebody made up: any of Python's may come
        raise UnreadableDocument("This workbook cannot be opened. Save it as CSV and send that.") from error
    return file.getvalue().encode()


if __name__ == "__main__":
    sys.exit(limited(as_csv))
