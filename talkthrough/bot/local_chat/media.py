"""Files as Bot API objects: Document, PhotoSize, Voice, Audio, Video."""

import struct
from typing import Any

UPLOAD_LIMIT = 50 * 1024 * 1024
DOWNLOAD_LIMIT = 20 * 1024 * 1024
PHOTO_LIMIT = 10 * 1024 * 1024
DEFAULT_TYPES = {
    "document": "application/octet-stream",
    "photo": "image/jpeg",
    "voice": "audio/ogg",
    "audio": "audio/mpeg",
    "video": "video/mp4",
    "animation": "video/mp4",
}
UNKNOWN_SIZE = (90, 90)
FRAME_HEADERS = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}

Row = dict[str, Any]


def describe(kind: str, file: Row, content: bytes, given: Row) -> Any:
    """The object a message carries for a stored file: a list of PhotoSize for a photo, else one object.

    `given` are the sender's own figures (duration in seconds, width, height, performer, title).
    """
    base: Row = {"file_id": file["id"], "file_unique_id": file["unique_id"], "file_size": file["size"]}
    if kind == "photo":
        width, height = image_size(content) or UNKNOWN_SIZE
        return [{**base, "width": width, "height": height}]
    described = base | {"mime_type": file["mime_type"]}
    if kind != "voice":
        described["file_name"] = file["name"]
    if kind != "document":
        described["duration"] = int(given.get("duration") or 0)
    if kind in {"video", "animation"}:
        described |= {"width": int(given.get("width") or 0), "height": int(given.get("height") or 0)}
    if kind == "audio":
        described |= {name: given[name] for name in ("performer", "title") if given.get(name)}
    return described


def image_size(content: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG, GIF or JPEG in pixels; None for anything else."""
    if content[:8] == b"\x89PNG\r\n\x1a\n" and len(content) >= 24:  # noqa: PLR2004
        width, height = struct.unpack(">II", content[16:24])
        return width, height
    if content[:4] == b"GIF8" and len(content) >= 10:  # noqa: PLR2004
        width, height = struct.unpack("<HH", content[6:10])
        return width, height
    return _jpeg_size(content) if content[:2] == b"\xff\xd8" else None


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    position = 2
    while position + 9 < len(content) and content[position] == 0xFF:  # noqa: PLR2004
        marker, length = content[position + 1], int.from_bytes(content[position + 2 : position + 4])
        if marker in FRAME_HEADERS:
            height, width = struct.unpack(">HH", content[position + 5 : position + 9])
            return width, height
        position += 2 + length
    return None
