from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from talkthrough.bot.telegram.lanes import Lanes
from talkthrough.bot.telegram.limits import TELEGRAM, UNLIMITED, Limits
from talkthrough.storage.outbox import BROADCAST, REPLY
from talkthrough.storage.tables import OutboxMessage

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def message(number: int, chat_id: int, lane: int = REPLY) -> OutboxMessage:
    return OutboxMessage(id=number, chat_id=chat_id, lane=lane, view="v", data="{}", created_at=NOW)


def send_all(limits: Limits, rows: list[OutboxMessage], start: float = 0.0) -> list[tuple[float, OutboxMessage]]:
    """Every message with the time it goes out, when all are queued at once and each takes no time."""
    lanes, now, sent = Lanes(limits, start), start, []
    chats = {lanes.add(row, now) for row in rows}
    while len(sent) < len(rows):
        waits = [wait for chat in chats if (wait := lanes.offer(chat, now)) > 0]
        taken = lanes.take(now)
        if isinstance(taken, tuple):
            chat, row = taken
            chat.busy = False
            sent.append((now, row))
        else:
            now += min([*waits, *([taken] if taken else [])]) + 1e-6
    return sent


chats = st.integers(1, 4)
queued = st.lists(st.tuples(chats, st.sampled_from([REPLY, BROADCAST])), max_size=40)


@given(queued)
def test_each_chat_hears_its_replies_in_order_and_its_broadcasts_in_order(pairs: list[tuple[int, int]]) -> None:
    rows = [message(number, chat, lane) for number, (chat, lane) in enumerate(pairs)]
    sent = [row for _, row in send_all(UNLIMITED, rows)]
    for chat in range(1, 5):
        for lane in (REPLY, BROADCAST):
            heard = [row.id for row in sent if row.chat_id == chat and row.lane == lane]
            assert heard == [row.id for row in rows if row.chat_id == chat and row.lane == lane]


@given(queued)
def test_no_broadcast_goes_before_a_reply_that_may_go(pairs: list[tuple[int, int]]) -> None:
    rows = [message(number, chat, lane) for number, (chat, lane) in enumerate(pairs)]
    lanes = [row.lane for _, row in send_all(UNLIMITED, rows)]
    assert lanes == sorted(lanes)


def test_a_reply_in_a_broadcast_waits_for_none_of_it() -> None:
    rows = [message(number, number, BROADCAST) for number in range(1, 101)]
    sent = send_all(TELEGRAM, [*rows, message(999, 999)])
    assert sent[0][1].id == 999
    seconds = sent[-1][0]
    usual = 99 / TELEGRAM.broadcast.per_second
    assert usual - 0.1 <= seconds <= usual + 0.5


def test_one_person_hears_about_one_message_a_second_after_a_short_burst() -> None:
    times = [at for at, _ in send_all(TELEGRAM, [message(number, 7) for number in range(10)])]
    assert sum(at < 0.3 for at in times) == 4
    assert 5.5 <= times[-1] <= 6.5


def test_a_group_hears_at_most_twenty_messages_a_minute() -> None:
    times = [at for at, _ in send_all(TELEGRAM, [message(number, -7) for number in range(40)])]
    assert max(sum(start <= at < start + 60 for at in times) for start in times) <= 25
    assert sum(at > 60 for at in times) >= 15


def test_a_busy_chat_keeps_nobody_else_waiting() -> None:
    lanes = Lanes(UNLIMITED, 0.0)
    for row in (message(1, 1), message(2, 1), message(3, 2)):
        lanes.offer(lanes.add(row, 0.0), 0.0)
    first, second, third = lanes.take(0.0), lanes.take(0.0), lanes.take(0.0)
    assert isinstance(first, tuple)
    assert isinstance(second, tuple)
    assert (first[1].id, second[1].id, third) == (1, 3, None)


def test_a_message_that_must_be_tried_again_keeps_its_place() -> None:
    lanes = Lanes(UNLIMITED, 0.0)
    for row in (message(1, 1), message(2, 1)):
        lanes.offer(lanes.add(row, 0.0), 0.0)
    taken = lanes.take(0.0)
    assert isinstance(taken, tuple)
    chat, row = taken
    lanes.put_back(chat, row, 5.0, 0.0)
    chat.busy = False
    assert lanes.offer(chat, 0.0) == 5.0
    assert lanes.take(0.0) is None
    lanes.offer(chat, 5.0)
    again = lanes.take(5.0)
    assert isinstance(again, tuple)
    assert again[1].id == 1
