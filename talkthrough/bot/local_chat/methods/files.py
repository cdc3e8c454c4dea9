"""Downloading (Bot API, "getFile")."""

from typing import Any

from talkthrough.bot.local_chat.errors import bad_request
from talkthrough.bot.local_chat.media import DOWNLOAD_LIMIT
from talkthrough.bot.local_chat.methods.calls import Call, bot_method


@bot_method("getFile")
def get_file(call: Call) -> dict[str, Any]:
    file_id = call.get("file_id")
    if not file_id:
        raise bad_request("file_id not specified")
    file = call.world.files.get(file_id)
    if file is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if file["size"] > DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    return {
        "file_id": file["id"],
        "file_unique_id": file["unique_id"],
        "file_size": file["size"],
        "file_path": f"files/{file['id']}",
    }
