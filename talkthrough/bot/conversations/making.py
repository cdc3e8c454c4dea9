"""Ordered files: read in one transaction, handed over in another, and the dialogue told what came of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter
from sqlmodel import Session

from talkthrough.bot.conversations import aim_effects as a
from talkthrough.bot.conversations import cohort_effects as c
from talkthrough.bot.conversations import effects as f
from talkthrough.bot.conversations import record_effects as e
from talkthrough.bot.conversations import round_effects as rf
from talkthrough.bot.conversations.handling import advance
from talkthrough.bot.conversations.performers import (
    bundling,
    cohort_reports,
    drafting,
    handing_out,
    planning,
    progressing,
    reviewing,
    rounds,
)
from talkthrough.bot.conversations.performers.desk import Desk
from talkthrough.bot.conversations.performers.ordering import Maker, Production, register
from talkthrough.bot.conversations.results import Event
from talkthrough.bot.settings import Settings
from talkthrough.storage import arrivals, file_orders, outbox
from talkthrough.storage.audit import SigningKey
from talkthrough.storage.records.model import RenderedFile
from talkthrough.storage.tables import FileOrder, Person

MAKERS: dict[type, Maker] = {
    f.MakeLog: handing_out.make_log,
    e.PrintPlan: planning.print_plan,
    e.ReviewDraft: drafting.review,
    e.ConfirmDraft: drafting.confirmed_files,
    e.SendReleased: reviewing.send_released,
    e.MakeBundle: bundling.make_bundle,
    a.SendDeck: progressing.make_deck,
    rf.SendHeatMap: rounds.make_heat_map,
    c.ShowWeeks: cohort_reports.make_weeks,
    c.SendUnitReport: cohort_reports.make_unit_report,
}
ORDERED = {effect.__name__: effect for effect in MAKERS}


@dataclass(frozen=True, slots=True)
class FileOrders:
    """The orders of an installation. Each method is a transaction of its own; `now` is when it runs."""

    settings: Settings
    signing_key: SigningKey

    def take(self, session: Session, now: datetime) -> int | None:
        """The oldest order that is worth an attempt; who waits for a hopeless one is told."""
        while (order := file_orders.take(session)) is not None and file_orders.is_hopeless(order):
            desk = self.desk(session, order, now)
            outbox.add(session, chat_id=desk.chat_id, view="files_failed", data={}, now=now)
            session.delete(order)
        return order.id if order else None

    def read(self, session: Session, now: datetime, order_id: int) -> "Batch | None":
        """What the order needs; where there is nothing to make (any more), say so and settle it."""
        order = session.get(FileOrder, order_id)
        if order is None:
            return None
        desk, effect = self.desk(session, order, now), ORDERED[order.what]
        found = MAKERS[effect](desk, TypeAdapter(effect).validate_json(order.body))
        if isinstance(found, Production):
            return Batch(self, order_id, found)
        settle(desk, order, found)
        return None

    def desk(self, session: Session, order: FileOrder, now: datetime) -> Desk:
        """The desk of the person who waits."""
        person = session.get_one(Person, order.person_id)
        return Desk(session, person, person.telegram_id, now, self.settings, self.signing_key)


@dataclass(frozen=True, slots=True)
class Batch:
    """What was read for an order (see `telegram/file_maker.py`)."""

    orders: FileOrders
    order_id: int
    production: Production

    @property
    def steps(self) -> Sequence[Callable[[], RenderedFile]]:
        """One call for each file."""
        return [piece.make for piece in self.production.pieces]

    def pack(self, files: Sequence[RenderedFile]) -> Sequence[RenderedFile]:
        """The files as they are sent."""
        return self.production.pack(files)

    def hand_over(
        self, session: Session, now: datetime, files: Sequence[RenderedFile], sent: Sequence[RenderedFile]
    ) -> None:
        """Register and send the files. Where what was read is out of date, the order stays and is made again."""
        order = session.get(FileOrder, self.order_id)
        if order is None:  # whoever waited was erased meanwhile
            return
        desk = self.orders.desk(session, order, now)
        if register(desk, self.production, files):
            for file in sent:
                desk.send_file(file.name, file.media_type, file.content, file.caption)
            settle(desk, order, self.production.said)


def settle(desk: Desk, order: FileOrder, event: Event | None) -> None:
    """The order is done: the dialogue goes on with what came of it, if anything, wherever the person is by now."""
    desk.session.delete(order)
    if event is None:
        return
    here = arrivals.arrival(desk.session, desk.chat_id, desk.person.display_name, desk.now)
    advance(desk, here, event)
