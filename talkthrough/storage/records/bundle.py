"""The files of a cohort as ZIP parts of at most 45 MB, each with a list of what is in it."""

import zipfile
from collections.abc import Iterable, Iterator
from io import BytesIO

from talkthrough.errors import UserError
from talkthrough.storage.audit import digest
from talkthrough.storage.records.model import BANNER, RenderedFile
from talkthrough.storage.records.tables import csv_file

LARGEST_PART = 45_000_000
LIST_NAME = "list-of-files.csv"
ROOM_FOR_LIST = 200
FIXED_TIME = (1980, 1, 1, 0, 0, 0)


class TooLargeError(UserError):
    """A file that fits in no part; the message says which."""


def bundle(files: Iterable[RenderedFile], stem: str, largest: int = LARGEST_PART) -> Iterator[RenderedFile]:
    """ZIP parts "stem_part1.zip", ... in the order of the files. The same files give the same bytes.

    TooLargeError where one file alone is larger than a part.
    """
    for number, part in enumerate(_parts(files, largest), start=1):
        yield RenderedFile(f"{stem}_part{number}.zip", "application/zip", part)


def _parts(files: Iterable[RenderedFile], largest: int) -> Iterator[bytes]:
    part = _Part()
    for file in files:
        room = len(file.content) + len(file.name) * 4 + ROOM_FOR_LIST * 3
        if room > largest:
            raise TooLargeError(f"{file.name} alone is larger than a part. Send it on its own.")
        if part.names and part.size + room > largest:
            yield part.closed()
            part = _Part()
        part.add(file)
    if part.names:
        yield part.closed()


class _Part:
    """One ZIP file being written."""

    def __init__(self) -> None:
        self.output = BytesIO()
        self.archive = zipfile.ZipFile(self.output, "w", zipfile.ZIP_DEFLATED)
        self.names: dict[str, str] = {}

    @property
    def size(self) -> int:
        """Bytes so far, with room for the directory and the list."""
        return self.output.tell() + sum(ROOM_FOR_LIST + 4 * len(name) for name in self.names)

    def add(self, file: RenderedFile) -> None:
        name = self._free_name(file.name)
        self._write(name, file.content)
        self.names[name] = digest(file.content)

    def _free_name(self, name: str) -> str:
        """The name, or "name-2.pdf" where two learners' files would be called the same."""
        stem, dot, ending = name.rpartition(".")
        candidates = (name if number == 1 else f"{stem}-{number}{dot}{ending}" for number in range(1, 10_000))
        return next(candidate for candidate in candidates if candidate not in self.names)

    def _write(self, name: str, content: bytes) -> None:
        entry = zipfile.ZipInfo(name, FIXED_TIME)
        entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
        self.archive.writestr(entry, content)

    def closed(self) -> bytes:
        rows = [(BANNER, name, sha256) for name, sha256 in self.names.items()]
        self._write(LIST_NAME, csv_file(("status", "file", "sha256"), rows))
        self.archive.close()
        return self.output.getvalue()
