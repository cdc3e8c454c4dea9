"""Documents are downloaded and read before the transaction: both take long. Only from people who may send them."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from sqlmodel import Session
from telegram import Bot, Update

from talkthrough.question_bank.reading import UnreadableDocument, read_bytes
from talkthrough.question_bank.specification import Specification
from talkthrough.storage import people
from talkthrough.storage.database import Database
from talkthrough.storage.tables import Role

DOWNLOAD_LIMIT = 20_000_000  # Bot API, getFile


@dataclass(frozen=True, slots=True)
class FetchedFile:
    """A document as it came, and what was read in it; `problem` says why nothing was."""

    content: bytes = b""
    specification: Specification | None = None
    problem: str = ""


def fetcher_for(bot: Bot, database: Database) -> Callable[[Update], Awaitable[FetchedFile | None]]:
    """The function that fetches what an update brings."""

    async def fetch(update: Update) -> FetchedFile | None:
        document = update.effective_message.document if update.effective_message else None
        user = update.effective_user
        if document is None or user is None or not await database.run(may_send_files, user.id):
            return None
        if (document.file_size or 0) > DOWNLOAD_LIMIT:
            return FetchedFile(problem="That file is larger than 20 MB. Please send a smaller one.")
        file = await bot.get_file(document.file_id)
        content = bytes(await file.download_as_bytearray())
        return await asyncio.to_thread(_read, content, document.file_name or "file")

    return fetch


def may_send_files(session: Session, telegram_id: int) -> bool:
    """Tutors and the owner load specifications."""
    person = people.known(session, telegram_id)
    if person is None or person.id is None:
        return False
    return person.is_owner or Role.TUTOR in people.roles_of(session, person.id)


def _read(content: bytes, file_name: str) -> FetchedFile:
    try:
        return FetchedFile(content, read_bytes(content, file_name))
    except UnreadableDocument as problem:
        return FetchedFile(content, problem=str(problem))
