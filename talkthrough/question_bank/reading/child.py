"""The child process that opens DOCX and PDF files: reads the file from standard input, prints its lines as JSON.

Run by `documents.py` as `python -m talkthrough.question_bank.reading.child KIND`, never by people.
"""

import gc
import json
import resource
import sys
from dataclasses import astuple
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from talkthrough.question_bank.reading.lines import Line

MEMORY = 512 * 2**20  # bytes of data; the file itself is at most 20 MB
ADDRESS_SPACE = 1024 * 2**20
SECONDS = 60
REFUSED, OUT_OF_MEMORY = 3, 4  # exit codes


def main() -> int:
    """Exit 0 with the lines, 3 with a sentence for the user, 4 when memory ran out."""
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    gc.set_threshold(200_000, 20, 20)  # a page makes many small objects that die together
    content = sys.stdin.buffer.read()
    from talkthrough.question_bank.reading.pdf_lines import PdfError

    try:
        lines = _lines(sys.argv[1], content)
    except PdfError as error:
        sys.stdout.write(str(error))
        return REFUSED
    except MemoryError:
        return OUT_OF_MEMORY
    json.dump([astuple(line) for line in lines], sys.stdout)
    return 0


def _lines(kind: str, content: bytes) -> list["Line"]:
    if kind == "pdf":
        from talkthrough.question_bank.reading.pdf_lines import pdf_lines

        return pdf_lines(content)
    from talkthrough.question_bank.reading.docx_lines import docx_lines

    return docx_lines(content)


if __name__ == "__main__":
    sys.exit(main())
