"""Read a file in a process of its own: whatever it holds, it cannot hold up the program that asked."""

import resource
import subprocess
import sys
from collections.abc import Callable
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
    return SPECIFICATION.validate_json(run_apart("talkthrough.question_bank.reading.apart", content, file_name))


def run_apart(module: str, content: bytes, *arguments: str) -> bytes:
    """What a module of ours makes of the content in a child process (see `limited`). Raises UnreadableDocument with
    the sentence that the module refused it with, or one that says that it took too long.
    """
    command = [sys.executable, "-m", module, *arguments]
    try:
        done = subprocess.run(  # noqa: S603 - our own module; what is sent is an argument or the input, not a command
            command, input=content, capture_output=True, timeout=SECONDS, check=False, env={"PYTHONPATH": str(ROOT)}
        )
    except (subprocess.TimeoutExpired, ValueError, OSError) as error:
        raise UnreadableDocument(TOO_MUCH) from error
    if done.returncode == REFUSED:
        raise UnreadableDocument(done.stdout.decode())
    if done.returncode:
        raise UnreadableDocument(TOO_MUCH)
    return done.stdout


def limited(work: Callable[[bytes], bytes]) -> int:
    """The main function of such a module: exit 0 with what the work makes of the input, 3 with a sentence for the
    user.
    """
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        made = work(sys.stdin.buffer.read())
    except UnreadableDocument as problem:
        sys.stdout.write(str(problem))
        return REFUSED
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(limited(lambda content: SPECIFICATION.dump_json(read_bytes(content, sys.argv[1]))))
