"""Records as JSON values, and the published schema of that JSON."""

import json
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from talkthrough.storage.records.model import DiscussionLog, Record, ReflectiveDraft

ADAPTERS: dict[type, TypeAdapter[Any]] = {
    DiscussionLog: TypeAdapter(DiscussionLog),
    ReflectiveDraft: TypeAdapter(ReflectiveDraft),
}

SCHEMA_FILES: dict[type[DiscussionLog] | type[ReflectiveDraft], Path] = {
    DiscussionLog: Path(__file__).parent / "schemas" / "discussion-log-1.json",
    ReflectiveDraft: Path(__file__).parent / "schemas" / "reflective-draft-1.json",
}


def values_of_record(record: Record) -> dict[str, Any]:
    """The record as JSON values, in the order of its fields."""
    values: dict[str, Any] = ADAPTERS[type(record)].dump_python(record, mode="json")
    return values


def as_json(record: Record) -> bytes:
    """The record as readable JSON in UTF-8; exact, whatever the learner wrote."""
    return json.dumps(values_of_record(record), ensure_ascii=False, indent=1).encode()


def schema_of(record_type: type[DiscussionLog] | type[ReflectiveDraft]) -> dict[str, Any]:
    """The JSON Schema of a record."""
    return ADAPTERS[record_type].json_schema(mode="serialization")


def write_schema_files() -> None:
    """Write the schemas that are published with the package."""
    for record_type, path in SCHEMA_FILES.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(schema_of(record_type), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
