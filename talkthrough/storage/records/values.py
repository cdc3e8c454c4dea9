"""Records as JSON values, and the published schema of that JSON."""

import json
from typing import Any

from pydantic import TypeAdapter

from talkthrough.storage.records.model import DiscussionLog, Record, ReflectiveDraft

ADAPTERS: dict[type, TypeAdapter[Any]] = {
    DiscussionLog: TypeAdapter(DiscussionLog),
    ReflectiveDraft: TypeAdapter(ReflectiveDraft),
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
