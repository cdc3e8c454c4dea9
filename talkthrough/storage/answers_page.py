"""A learner's own answers to quiz questions, as a page to read."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from talkthrough.storage import bank
from talkthrough.storage.tables import Answer, Person

NOT_KNOWN = "I don't know yet"


@dataclass(frozen=True, slots=True)
class AnswerToRead:
    """One answer, word for word: what was typed or chosen, then what was added when more was asked for."""

    day: str
    question: str
    words: tuple[str, ...]


def answers_page(session: Session, person: Person) -> bytes:
    """Every answer of the person as HTML, newest first, with the question in the words of then."""
    from talkthrough.storage.records.html import environment

    found = select(Answer).where(Answer.person_id == person.id).order_by(col(Answer.id).desc())
    zone = ZoneInfo(person.time_zone)
    answers = [_to_read(session, answer, zone) for answer in session.exec(found)]
    return environment().get_template("my_answers.html").render(answers=answers).encode()


def _to_read(session: Session, answer: Answer, zone: ZoneInfo) -> AnswerToRead:
    question = bank.question_as_put(session, answer.question_key, answer.received_at)
    day = f"{answer.received_at.astimezone(zone):%-d %B %Y, %H:%M}"
    return AnswerToRead(day, question.stem if question else "", tuple(_words_of(answer)))


def _words_of(answer: Answer) -> Iterator[str]:
    options = json.loads(answer.options or "[]")
    if answer.option is not None and answer.option < len(options):
        yield options[answer.option]
    else:
        yield answer.text if answer.text is not None else NOT_KNOWN
    if answer.more is not None:
        yield answer.more
