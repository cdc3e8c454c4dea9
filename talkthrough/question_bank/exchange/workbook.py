"""A spreadsheet program's own file (.xlsx) as the text of a table."""

import csv
from io import BytesIO, StringIO
from itertools import islice
from zipfile import BadZipFile

from talkthrough.question_bank.reading.documents import UnreadableDocument, check_archive

START = b"PK\x03\x04"
MAIN_PART = "xl/workbook.xml"
MOST_ROWS, MOST_COLUMNS = 5_001, 60


def is_workbook(content: bytes, file_name: str) -> bool:
    """Whether the file is named and begins as an Excel workbook."""
    return file_name.lower().endswith(".xlsx") and content.startswith(START)


def workbook_as_csv(content: bytes) -> bytes:
    """The first sheet as CSV, formulas as they are written and never run.

    Raises UnreadableDocument with a sentence for the user.
    """
    import openpyxl

    check_archive(content, MAIN_PART)
    file = StringIO(newline="")
    try:
        book = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=False)
        rows = islice(book.worksheets[0].iter_rows(max_col=MOST_COLUMNS, values_only=True), MOST_ROWS)
        csv.writer(file).writerows(["" if cell is None else str(cell) for cell in row] for row in rows)
    except (BadZipFile, KeyError, ValueError, TypeError, IndexError, EOFError, SyntaxError) as error:
        raise UnreadableDocument("This workbook cannot be opened. Save it as CSV and send that.") from error
    return file.getvalue().encode()
