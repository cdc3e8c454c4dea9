"""The child process that opens DOCX and PDF files: reads the file from standard input, prints its lines as JSON.

Run by `documents.py` as `python -m talkthrough.question_bank.reading.child KIND`, never by people.
"""

import json
import resource
import sys
from dataclasses import astuple

MEMORY = 512 * 2**20  # bytes of data; the file itself is at most 20 MB
ADDRESS_SPACE = 1024 * 2**20
SECONDS = 60


def main() -> int:
    """Exit 0 with the lines, 3 with a sentence for the user, 4 when memory ran out."""
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    content = sys.stdin.buffer.read()
    from talkthrough.question_bank.reading.pdf_lines import PdfError

    try:
        lines = _lines(sys.argv[1], content)
    except PdfError as error:
        sys.stdout.write(str(error))
        return 3
    except MemoryError:
        return 4
    json.dump([astuple(line) for line in lines], sys.stdout)
    return 0


def _lines(kind: str, content: bytes) -> list[object]:
    if kind == "pdf":
        from talkthrough.question_bank.reading.pdf_lines import pdf_lines

        return list(pdf_lines(content))
    from talkthrough.question_bank.reading.docx_lines import docx_lines

    return list(docx_lines(content))


if __name__ == "__main__":
    sys.exit(main())
