"""Read a file in a process of its own: whatever it holds, it cannot hold up the program that asked."""

import resource
import subprocess
import sys
from pathlib import Path

from pydantic import TypeAdapter

from talkthrough.question_bank.reading.documents import UnreadableDocument, read_bytes
from talkthrough.question_bank.specification import Specification

ROOT = Path(__file__).resolve().parents[3]
SPECIFICATION = TypeAdapter(Specification)
SECONDS = 100
MEMORY = 1024 * 2**20  # bytes; the child of this child that opens DOCX and PDF has less
REFUSED = 3
TOO_MUCH = "This file takes too long to read. Send only the pages of the unit, as text or DOCX."


def read_apart(content: bytes, file_name: str) -> Specification:
    """What `read_bytes` reads, in a child process with limits on time and memory. UnreadableDocument as there."""
    command = [sys.executable, "-m", "talkthrough.question_bank.reading.apart", file_name]
    try:
        done = subprocess.run(  # noqa: S603 - our own module; the name is one argument, not a command
            command, input=content, capture_output=True, timeout=SECONDS, check=False, env={"PYTHONPATH": str(ROOT)}
        )
    except (subprocess.TimeoutExpired, ValueError, OSError) as error:
        raise UnreadableDocument(TOO_MUCH) from error
    if done.returncode == REFUSED:
        raise UnreadableDocument(done.stdout.decode())
    if done.returncode:
        raise UnreadableDocument(TOO_MUCH)
    return SPECIFICATION.validate_json(done.stdout)


def main() -> int:
    """Exit 0 with the specification as JSON, 3 with a sentence for the user."""
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        specification = read_bytes(sys.stdin.buffer.read(), sys.argv[1])
    except UnreadableDocument as problem:
        sys.stdout.write(str(problem))
        return REFUSED
    sys.stdout.buffer.write(SPECIFICATION.dump_json(specification))
    return 0


if __name__ == "__main__":
    sys.exit(main())
