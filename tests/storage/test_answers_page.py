"""A learner's answers as a page: every word as typed, whatever it is, and nothing of anybody else's."""

import re

from sqlmodel import Session

from talkthrough.scheduler import answering
from talkthrough.storage import revision
from talkthrough.storage.answers_page import answers_page
from talkthrough.storage.tables import Person
from tests.scheduler.conftest import NOW, fill, opened


def lines_of(page: bytes) -> list[str]:
    return re.findall(r"<p>(?:<strong>)?([^\n]*?)(?:</strong>)?</p>", page.decode().partition("typed them.")[2])


def answer(session: Session, person: Person, key: str, text: str | None = None, option: int | None = None) -> int:
    row = revision.deliver(session, 1, key, NOW)
    answering.answer(session, person, row.id or 0, text=text, option=option, now=NOW)
    return row.id or 0


def test_answers_stand_newest_first_word_for_word_with_what_was_added() -> None:
    session = opened()
    person = fill(session)
    answer(session, person, "tap1", option=2)
    answer(session, person, "tap2")
    listed = answer(session, person, "list", text="fire <b>drills</b> & me")
    answering.add_more(session, person, listed, "warning signs", NOW)
    assert lines_of(answers_page(session, person)) == [
        "Name two safety measures.",
        "fire &lt;b&gt;drills&lt;/b&gt; &amp; me",
        "warning signs",
        "Which one is 2?",
        "I don&#39;t know yet",
        "Which one is 1?",
        "neither",
    ]


def test_nobody_elses_answers_are_on_the_page() -> None:
    session = opened()
    answer(session, fill(session), "list", text="somebody else's words")
    other = Person(id=2, telegram_id=1002, display_name="Kim", created_at=NOW)
    session.add(other)
    page = answers_page(session, other).decode()
    assert "You have not answered a question yet." in page
    assert "somebody" not in page
