"""File -> Specification: read every published specification exactly, and say what was not understood."""

from talkthrough.question_bank.reading.as_json import specification_as_json
from talkthrough.question_bank.reading.documents import UnreadableDocument, read_bytes
from talkthrough.question_bank.reading.reader import read_text

__all__ = ["UnreadableDocument", "read_bytes", "read_text", "specification_as_json"]
