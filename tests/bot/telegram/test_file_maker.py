"""The maker of files by itself: one order at a time, a broken one beside the others, a stop that leaves the rest."""

import asyncio
import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest
from sqlmodel import Session

from talkthrough.bot.telegram.file_maker import FileMaker
from talkthrough.storage.database import Database, StorageError
from tests.bot.telegram.conftest import until


@dataclass
class Fake:
    """Orders in memory; `work` makes a file of an order. What is handed over is kept, with the thread that made it."""

    waiting: deque[int]
    work: Callable[[int], Any] = lambda order_id: f"file {order_id}"
    done: list[Any] = field(default_factory=list)
    tries: list[int] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)

    def take(self, _session: Session, _now: datetime) -> int | None:
        if self.trouble:
            raise StorageError(self.trouble.pop())
        if self.waiting and self.tries.count(self.waiting[0]) == 3:
            self.waiting.popleft()
        if self.waiting:
            self.tries.append(self.waiting[0])
        return self.waiting[0] if self.waiting else None

    def read(self, _session: Session, _now: datetime, order_id: int) -> "FakeBatch":
        return FakeBatch(self, order_id)


@dataclass
class FakeBatch:
    orders: Fake
    order_id: int

    @property
    def steps(self) -> Sequence[Callable[[], Any]]:
        return [lambda: self.orders.work(self.order_id)] * 2

    def pack(self, files: Sequence[Any]) -> Sequence[Any]:
        return [*files, threading.current_thread().name]

    def hand_over(self, _session: Session, _now: datetime, files: Sequence[Any], sent: Sequence[Any]) -> None:
        assert files == sent[:-1]
        self.orders.waiting.remove(self.order_id)
        self.orders.done.append(sent)


@pytest.fixture
def start() -> Any:
    database = Database("sqlite://")
    makers: list[FileMaker] = []

    def start_(orders: Fake) -> FileMaker:
        maker = FileMaker(database, orders, lambda _messages: None)
        maker.start()
        makers.append(maker)
        return maker

    yield start_
    database.close()


async def test_what_the_last_run_left_is_made_oldest_first_in_a_thread_of_its_own(start: Any) -> None:
    orders = Fake(deque([1, 2]))
    maker = start(orders)
    assert not maker.idle
    await until(lambda: maker.idle)
    assert [sent[:2] for sent in orders.done] == [["file 1"] * 2, ["file 2"] * 2]
    assert all(sent[2].startswith("files") for sent in orders.done)
    await maker.stop()


async def test_a_broken_order_does_not_hold_up_the_next(start: Any) -> None:
    def work(order_id: int) -> str:
        if order_id == 1:
            raise MemoryError
        return "fine"

    orders = Fake(deque([1, 2]), work)
    maker = start(orders)
    await until(lambda: maker.idle)
    assert orders.tries == [1, 1, 1, 2]
    assert [sent[:2] for sent in orders.done] == [["fine", "fine"]]
    await maker.stop()


async def test_a_stop_finishes_the_file_under_way_and_leaves_the_order(start: Any) -> None:
    begun, go_on, made = threading.Event(), threading.Event(), []

    def work(order_id: int) -> int:
        begun.set()
        assert go_on.wait(20)
        made.append(order_id)
        return order_id

    orders = Fake(deque([1]), work)
    maker = start(orders)
    await asyncio.to_thread(begun.wait, 20)
    stopping = asyncio.create_task(maker.stop())
    await asyncio.sleep(0)  # it has asked the worker to stop
    go_on.set()
    await stopping
    assert list(orders.waiting) == [1]
    assert orders.done == []
    assert made == [1]


async def test_a_wake_after_everything_was_made_looks_again(start: Any) -> None:
    orders = Fake(deque())
    maker = start(orders)
    await until(lambda: maker.idle)
    orders.waiting.append(7)
    maker.wake()
    assert not maker.idle
    await until(lambda: maker.idle)
    assert [sent[0] for sent in orders.done] == ["file 7"]
    await maker.stop()


async def test_a_database_that_takes_nothing_is_waited_for(start: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    pauses = []

    async def no_wait(seconds: float) -> None:
        pauses.append(seconds)

    orders = Fake(deque([1]), trouble=["The disk is full."] * 3)
    monkeypatch.setattr("talkthrough.bot.telegram.file_maker.asyncio.sleep", no_wait)
    maker = start(orders)
    while not maker.idle:
        await asyncio.to_thread(lambda: None)
    assert pauses == [1.0, 2.0, 4.0]
    assert orders.tries == [1]
    assert len(orders.done) == 1
    await maker.stop()
