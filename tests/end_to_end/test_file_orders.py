"""Files are made beside the conversation: nobody waits for another's, and no crash or change loses or doubles them."""

import asyncio
import threading
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlmodel import Session, select

from talkthrough.bot.conversations.performers import bundling, handing_out
from talkthrough.storage import discussions
from talkthrough.storage.records import heat_map
from talkthrough.storage.records.model import RenderedFile
from talkthrough.storage.tables import Discussion, Export, FileOrder
from tests.bot.telegram.conftest import until
from tests.end_to_end.conftest import House, Phone
from tests.end_to_end.test_records_review import released

FAILED = "I could not make your files. Nothing is lost."


class Gate:
    """Stands before a function that makes files: it can be seen to have begun, and goes on when it is let through."""

    def __init__(self, work: Any) -> None:
        self.work, self.begun, self.open = work, threading.Event(), threading.Event()

    def __call__(self, *args: Any, **named: Any) -> Any:
        self.begun.set()
        assert self.open.wait(20)
        return self.work(*args, **named)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Gate:
    """Before the rendering of every record."""
    gate = Gate(handing_out.render)
    monkeypatch.setattr(handing_out, "render", gate)
    return gate


def texts(phone: Phone) -> list[str]:
    return [message.get("text", "") for message in phone.messages if message["from"]["is_bot"]]


def documents(phone: Phone) -> list[str]:
    return [message["document"]["file_name"] for message in phone.messages if "document" in message]


def begin(phone: Phone, label: str) -> None:
    """Tap a button without waiting for what follows."""
    phone.house.local.world.tap(phone.person, *phone.button(label))


def rows(house: House, table: Any) -> list[Any]:
    with house.application.pipeline.database.transaction() as session:
        return list(session.exec(select(table)))


async def test_another_learner_is_answered_while_a_bundle_is_being_made(house: House, gate: Gate) -> None:
    await house.enter(house.learner, house.other_learner, house.assessor)
    await released(house.learner)
    await house.assessor.say("/logs")
    await house.assessor.tap("Take all")
    begin(house.assessor, "Practice group")
    await asyncio.to_thread(gate.begun.wait, 20)
    house.local.world.say(house.other_learner.person, "/help")
    await until(lambda: any("/revise" in text for text in texts(house.other_learner)), 15)
    assert texts(house.assessor)[-1] == "I am making your files. They come in a moment."
    assert documents(house.assessor) == []
    assert not await house.application.pipeline.idle()
    gate.open.set()
    await house.assessor.hear()
    assert documents(house.assessor)[0].endswith("_part1.zip")
    assert texts(house.assessor)[-1].startswith("Here you are: 1 released log of Practice group.")


async def test_another_learner_is_answered_while_a_heat_map_is_being_made(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate(heat_map.as_picture)
    monkeypatch.setattr(heat_map, "as_picture", gate)
    await house.enter(house.tutor, house.other_learner)
    await house.tutor.say("/groups")
    for label in ("Practice group", "Report"):
        await house.tutor.tap(label)
    begin(house.tutor, "Heat map and gaps: Unit 323")
    await asyncio.to_thread(gate.begun.wait, 20)
    house.local.world.say(house.other_learner.person, "/help")
    await until(lambda: any("/revise" in text for text in texts(house.other_learner)), 15)
    assert [name for name in documents(house.tutor) if "unit-323" in name] == []
    gate.open.set()
    said = await house.tutor.hear()
    assert "Never discussed in this group" in said[-1]
    assert len([name for name in documents(house.tutor) if "unit-323" in name]) == 3  # the picture is a photo
    assert rows(house, FileOrder) == rows(house, Export) == []


async def test_two_taps_order_the_files_once(house: House, gate: Gate) -> None:
    await house.enter(house.learner)
    await released(house.learner)
    await house.learner.say("/discuss")
    await house.learner.tap("My discussions")
    await house.learner.tap("Unit 401")
    begin(house.learner, "Save the log")
    begin(house.learner, "Save the log")
    await until(lambda: texts(house.learner)[-2:] == ["I am making your files. They come in a moment."] * 2, 15)
    gate.open.set()
    await house.learner.hear()
    assert len(documents(house.learner)) == 5
    assert {export.number for export in rows(house, Export)} == {1}
    assert rows(house, FileOrder) == []


async def test_files_that_cannot_be_made_are_tried_three_times_and_end_in_a_sentence(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = []

    def broken(*_: object) -> RenderedFile:
        tries.append(1)
        raise MemoryError

    await house.enter(house.learner)
    await released(house.learner)
    monkeypatch.setattr(handing_out, "render", broken)
    said = await saved(house.learner)
    assert len(tries) == 3
    assert said[-1].startswith(FAILED)
    assert rows(house, FileOrder) == rows(house, Export) == []
    monkeypatch.undo()
    assert len(await saved(house.learner)) == 7


async def saved(learner: Phone) -> list[str]:
    await learner.say("/discuss")
    await learner.tap("My discussions")
    await learner.tap("Unit 401")
    return await learner.tap("Save the log")


async def test_a_person_who_leaves_while_their_files_are_made_gets_none_and_nothing_is_registered(
    house: House, gate: Gate
) -> None:
    await house.enter(house.learner)
    await released(house.learner)
    await house.learner.say("/discuss")
    await house.learner.tap("My discussions")
    await house.learner.tap("Unit 401")
    begin(house.learner, "Save the log")
    await asyncio.to_thread(gate.begun.wait, 20)
    house.local.world.say(house.learner.person, "/forget")
    await until(lambda: "Yes, erase everything" in house.learner.buttons(), 15)
    begin(house.learner, "Yes, erase everything")
    await until(lambda: not rows(house, FileOrder), 15)
    gate.open.set()
    await house.learner.hear()
    assert documents(house.learner) == []
    assert rows(house, FileOrder) == rows(house, Export) == []


async def test_a_release_taken_back_while_the_files_are_made_is_heeded(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    await house.enter(house.learner, house.assessor)
    await released(house.learner)
    gate = Gate(handing_out.render)
    monkeypatch.setattr(handing_out, "render", gate)
    await house.assessor.say("/logs")
    await house.assessor.tap("Learner 1")
    begin(house.assessor, "Open the log")
    await asyncio.to_thread(gate.begun.wait, 20)
    with house.application.pipeline.database.transaction() as session:
        discussions.withdraw(session, session.exec(select(Discussion)).one())
    gate.open.set()
    said = await house.assessor.hear()
    assert documents(house.assessor) == []
    assert said[-1].startswith("The learner has taken this log back.")
    assert rows(house, Export) == []


async def test_a_number_that_was_taken_meanwhile_is_not_given_twice(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    await house.enter(house.learner, house.assessor)
    await released(house.learner)
    real, elsewhere = bundling.bundle, []

    def beaten(files: Sequence[RenderedFile], stem: str) -> Any:
        if not elsewhere:
            elsewhere.append(stem)
            with Session(house.application.pipeline.database.engine) as session:
                taken = {"number": 1, "sha256": "0" * 64, "taken_by": 1}
                session.add(Export(discussion_id=1, kind="log", format="pdf", created_at=datetime.now(UTC), **taken))
                session.commit()
        return real(files, stem)

    monkeypatch.setattr(bundling, "bundle", beaten)
    await house.assessor.say("/logs")
    await house.assessor.tap("Take all")
    await house.assessor.tap("Practice group")
    assert len(documents(house.assessor)) == 1
    assert sorted(export.number for export in rows(house, Export)) == [1, 2, 2, 2]
