"""One call of the Bot API, as data, and a bot that makes such calls without parsing the answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from telegram import InputFile
from telegram.ext import ExtBot

from talkthrough.storage.tables import Attachment

UPLOAD_SECONDS = 120.0


class Upload(NamedTuple):
    """A file to send."""

    file_name: str
    content: bytes
    media_type: str

    @classmethod
    def of(cls, attachment: Attachment) -> "Upload":
        """The upload of a stored attachment."""
        return cls(attachment.file_name, attachment.content, attachment.media_type)


@dataclass(frozen=True)
class BotCall:
    """A call to be made.

    method: as the Bot API writes it, for example "sendMessage"; parameters: by name, JSON values (nested ones too,
    such as reply_markup); files: the uploads by the name of their parameter, for example "document".
    """

    method: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    files: Mapping[str, Upload] = field(default_factory=dict)


class TelegramBot(ExtBot[None]):
    """python-telegram-bot's bot, with a raw call: updates are stored as they came, and sending costs a third."""

    __slots__ = ()

    async def call(self, call: BotCall, seconds: float | None = None) -> Any:
        """Make a call and return its `result` as plain JSON.

        seconds: how long to wait for the answer. Raises the errors of telegram.error.
        """
        data = {**call.parameters, **{name: _input_file(upload) for name, upload in call.files.items()}}
        if call.files:
            seconds = seconds or UPLOAD_SECONDS
        return await (self._post(call.method, data, read_timeout=seconds) if seconds else self._post(call.method, data))


def _input_file(upload: Upload) -> InputFile:
    file = InputFile(upload.content, filename=upload.file_name)
    file.mimetype = upload.media_type
    return file
