"""Documents are downloaded and read before the transaction: both take long. Only from people who may send them."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

import structlog
from sqlmodel import Session
from telegram import Bot, Document, Update, Voice

from talkthrough.bot.transcription import Transcriber
from talkthrough.question_bank.exchange.table import is_table
from talkthrough.question_bank.exchange.workbook import is_workbook, workbook_as_csv
from talkthrough.question_bank.reading import UnreadableDocument
from talkthrough.question_bank.reading.apart import read_apart
from talkthrough.question_bank.specification import Specification
from talkthrough.storage import discussions, people
from talkthrough.storage.database import Database
from talkthrough.storage.records.review import REVIEW_SCHEMA
from talkthrough.storage.tables import Role

SENDERS = frozenset({Role.TUTOR, Role.ASSESSOR, Role.QUALITY_ASSURER})
LONGEST_TRANSCRIPTION = 120  # seconds
LONGEST_TRANSCRIPT = 3000  # characters: it is shown in one message
DOWNLOAD_LIMIT = 20_000_000  # Bot API, getFile


@dataclass(frozen=True, slots=True)
class FetchedFile:
    """A document as it came, and what was read in it; `problem` says why nothing was.

    `transcript`: what a tool wrote down from a voice message.
    """

    content: bytes = b""
    specification: Specification | None = None
    problem: str = ""
    transcript: str = ""


def fetcher_for(
    bot: Bot, database: Database, transcribe: Transcriber | None = None
) -> Callable[[Update], Awaitable[FetchedFile | None]]:
    """The function that fetches what an update brings, and has voice messages written down where that is wanted."""

    async def fetch(update: Update) -> FetchedFile | None:
        message, user = update.message, update.effective_user
        if message is None or user is None:
            return None
        if message.voice is not None:
            sound = await _download(bot, message.voice)
            language = await database.run(language_of_talk, user.id) if transcribe else None
            if transcribe is None or language is None or sound.problem:
                return sound
            return replace(sound, transcript=await _written(transcribe, sound.content, message.voice, language))
        if message.document is None or not await database.run(may_send_files, user.id):
            return None
        fetched = await _download(bot, message.document)
        return fetched if fetched.problem else await asyncio.to_thread(_read, fetched, message.document.file_name or "")

    return fetch


async def _download(bot: Bot, wanted: Document | Voice) -> FetchedFile:
    if (wanted.file_size or 0) > DOWNLOAD_LIMIT:
        return FetchedFile(problem="That file is larger than 20 MB. Please send a smaller one.")
    file = await bot.get_file(wanted.file_id)
    return FetchedFile(bytes(await file.download_as_bytearray()))


async def _written(transcribe: Transcriber, sound: bytes, voice: Voice, language: str) -> str:
    """What the transcriber wrote; nothing where it fails or takes too long: then the sound is kept all the same."""
    work = asyncio.to_thread(transcribe, sound, voice.mime_type or "audio/ogg", language)
    try:
        return (await asyncio.wait_for(work, LONGEST_TRANSCRIPTION)).strip()[:LONGEST_TRANSCRIPT]
    except Exception as error:  # noqa: BLE001 - somebody else's program must not lose a voice message
        structlog.get_logger("fetching").warning("voice message not written down", error=type(error).__name__)
        return ""


def language_of_talk(session: Session, telegram_id: int) -> str | None:
    """The language of a person who is in a discussion; None for everybody else: their sound goes nowhere."""
    person = people.known(session, telegram_id)
    if person is None or person.id is None or discussions.open_of(session, person.id) is None:
        return None
    return person.language


def may_send_files(session: Session, telegram_id: int) -> bool:
    """Tutors and the owner load specifications; assessors send reviews; who reads logs may have files checked."""
    person = people.known(session, telegram_id)
    if person is None or person.id is None:
        return False
    return person.is_owner or bool(SENDERS & people.roles_of(session, person.id))


def _read(fetched: FetchedFile, file_name: str) -> FetchedFile:
    try:
        if is_workbook(fetched.content, file_name):
            fetched, file_name = replace(fetched, content=workbook_as_csv(fetched.content)), "sheet.csv"
        if is_table(fetched.content):
            return fetched  # questions that a tutor edited, and no specification
        if REVIEW_SCHEMA.encode() in fetched.content:
            return fetched
        return replace(fetched, specification=read_apart(fetched.content, file_name))
    except UnreadableDocument as problem:
        return replace(fetched, problem=str(problem))
