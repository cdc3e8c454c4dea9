"""Measures of the path of one answer, from the phone to the reply, over real HTTP between two processes.

Run with `python -m tests.benchmarks.bench_pipeline`: this process is Telegram and the learners, a second one is the
bot. Prints a table, with the machine's core count, and exits with 1 where a limit is passed.
"""

import asyncio
import contextlib
import os
import resource
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime
from itertools import count
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from typing import Any

from talkthrough.bot.local_chat.errors import ApiError
from talkthrough.bot.local_chat.server import LocalTelegram

HELP_SECONDS, IDLE_MEGABYTES, BROADCAST_P95 = 0.3, 150.0, 0.100
ONE_P50, ONE_P99, TWENTY_RATE = 0.010, 0.050, 150.0
BROADCAST_TO = range(10_001, 10_601)
TO_A_QUESTION = ("Next", "Start", "Unit 401", "Revise")
ANSWER = "Last week I told the manager about a complaint, wrote it down, and asked the other staff what they had seen."


class Learner:
    """One phone. `seconds` is how long each answer waited for its reply."""

    def __init__(self, local: LocalTelegram, person: int) -> None:
        self.world, self.person = local.world, person
        self.seconds: list[float] = []
        self.acts = 0
        self._heard = asyncio.Event()
        self._newest: tuple[int, str | None] = (0, None)
        self.world.person(person)
        self.world.listeners.add(self._listen)

    def _listen(self, chat_id: int, event: dict[str, Any]) -> None:
        """A new message of the bot, or another text in its newest one; not a mere loss of buttons."""
        if chat_id == self.person and event["kind"] == "message":
            message = self.world.chats[chat_id].messages[event["message_id"]]
            number, text = message["message_id"], message.get("text")
            if message["from"]["is_bot"] and (
                number > self._newest[0] or (number == self._newest[0] and text != self._newest[1])
            ):
                self._heard.set()

    async def act(self, what: Callable[[], object]) -> float:
        """Do something and wait for the bot's first message after it; returns the seconds."""
        newest = self.world.last(self.person) or {}
        self._newest = (newest.get("message_id", 0), newest.get("text"))
        self._heard.clear()
        started = time.perf_counter()
        what()
        async with asyncio.timeout(30):
            await self._heard.wait()
        self.acts += 1
        return time.perf_counter() - started

    async def say(self, text: str) -> float:
        return await self.act(lambda: self.world.say(self.person, text))

    async def tap(self, beginning: str) -> float:
        """Tap the button whose label begins so."""
        message, data = next(where for label, where in self._buttons().items() if label.startswith(beginning))
        return await self.act(lambda: self.world.tap(self.person, message, data))

    async def answer(self) -> None:
        """One answer to whatever is asked; going on to the next question is not timed."""
        while step := next((step for step in TO_A_QUESTION if self._offers(step)), None):
            await self.tap(step)
        option = next((option for option in "ABCD" if self._offers(option)), None)
        self.seconds.append(await (self.tap(option) if option else self.say(ANSWER)))

    def _offers(self, beginning: str) -> bool:
        return any(label.startswith(beginning) for label in self._buttons())

    def _buttons(self) -> dict[str, tuple[int, str]]:
        newest = self.world.last(self.person) or {}
        rows = newest.get("reply_markup", {}).get("inline_keyboard", [])
        return {button["text"]: (newest["message_id"], button["callback_data"]) for row in rows for button in row}


@contextlib.asynccontextmanager
async def running(kind: str, *, rate_limits: bool = False) -> AsyncIterator[tuple[LocalTelegram, int]]:
    """A local Telegram here and a bot in a process of its own; yields the first and the process id of the second."""
    local = LocalTelegram(rate_limits=rate_limits)
    with TemporaryDirectory() as folder:
        async with local.serve() as url:
            command = ["-m", "tests.benchmarks.bench_pipeline", kind, url, *(["--limits"] if rate_limits else [])]
            environment = os.environ | {"TALKTHROUGH_DATA_DIR": folder, "TALKTHROUGH_TOKEN": local.token}
            bot = await asyncio.create_subprocess_exec(sys.executable, *command, env=environment)
            try:
                await Learner(local, 999).say("/start")
                yield local, bot.pid
            finally:
                bot.terminate()
                assert await bot.wait() == 0
    local.close()


def run_bot(kind: str, url: str, *, rate_limits: bool) -> None:
    """What the second process does. kind: "echo", or "real" for the whole tutor with its samples."""
    from talkthrough.bot.application import build_application, run
    from talkthrough.bot.commands.first_start import read_samples_apart
    from talkthrough.bot.commands.run import prepare
    from talkthrough.bot.settings import Settings
    from tests.bot.telegram import echo

    settings = Settings.load(rate_limits=rate_limits)
    if kind == "real":
        read_samples_apart(settings)
        prepare(settings)
        run(build_application(settings, base_url=url), settings)
    else:
        run(build_application(settings, base_url=url, handle=broadcasting, render=echo.render), settings)


def broadcasting(session: Any, update: Any, now: datetime, fetched: object) -> None:
    """The echo, and a broadcast for who asks for it."""
    from talkthrough.storage import outbox
    from tests.bot.telegram import echo

    if update.message and update.message.text == "broadcast":
        for chat_id in BROADCAST_TO:
            data = {"text": "a round"}
            outbox.add(session, chat_id=chat_id, view="echo", data=data, lane=outbox.BROADCAST, now=now)
    echo.handle(session, update, now, fetched)


async def enter(learner: Learner, kind: str) -> Callable[[], Awaitable[None]]:
    """Bring a learner to where answers can be given; returns how one is given."""
    await learner.say("/start")
    if kind == "real":
        await learner.tap("I have read this")
        return learner.answer
    numbers = count()

    async def say() -> None:
        learner.seconds.append(await learner.say(f"{next(numbers)} {ANSWER}"))

    return say


async def one_learner(kind: str, answers: int = 200) -> list[float]:
    """Seconds from each answer to its reply, nobody else being there."""
    async with running(kind) as (local, _):
        learner = Learner(local, 1001)
        give = await enter(learner, kind)
        for _ in range(answers + 20):
            await give()
    return learner.seconds[20:]


async def twenty_learners(kind: str, seconds: float = 6.0) -> tuple[float, float]:
    """Answers a second when twenty learners each answer as soon as they are asked; and all replies a second.

    The real tutor also replies to the taps between answers ("Next", and those that begin a sitting).
    """
    async with running(kind) as (local, _):
        learners = [Learner(local, person) for person in range(1001, 1021)]
        gives = [await enter(learner, kind) for learner in learners]
        before = sum(learner.acts for learner in learners)
        end = time.perf_counter() + seconds

        async def until_the_end(give: Callable[[], Awaitable[None]]) -> None:
            while time.perf_counter() < end:
                await give()

        await asyncio.gather(*map(until_the_end, gives))
    replies = sum(learner.acts for learner in learners) - before
    return sum(len(learner.seconds) for learner in learners) / seconds, replies / seconds


async def during_a_broadcast() -> tuple[list[float], float, int]:
    """Seconds from answer to reply while 600 learners get a message, how long that took, and how many refusals."""
    refused: list[str] = []
    async with running("echo", rate_limits=True) as (local, _):
        local.observers.append(
            lambda name, _raw, outcome: refused.append(name) if isinstance(outcome, ApiError) else None
        )
        learners = [Learner(local, person) for person in range(1001, 1011)]
        for person in BROADCAST_TO:
            local.world.say(person, "open")
        gives = [await enter(learner, "echo") for learner in learners]
        await local.world.wait(lambda: all(local.world.last(person) for person in BROADCAST_TO), 120)
        refused.clear()
        started = time.perf_counter()
        await Learner(local, 998).say("broadcast")
        while not all(len(local.world.transcript(person)) > 2 for person in BROADCAST_TO):
            for give in gives:
                await asyncio.gather(give(), asyncio.sleep(0.2))
        took = time.perf_counter() - started
    return [second for learner in learners for second in learner.seconds], took, refused.count("sendMessage")


async def idle_megabytes(kind: str) -> float:
    """What the bot keeps in memory after its start, with nothing to do."""
    async with running(kind) as (_, pid):
        await asyncio.sleep(1)
        return resident_megabytes(pid)


def resident_megabytes(pid: int) -> float:
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1024**2


def help_seconds() -> float:
    """The best of five."""
    command = [sys.executable, "-c", "from talkthrough.bot.cli import main; main()", "--help"]
    best = float("inf")
    for _ in range(5):
        started = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        best = min(best, time.perf_counter() - started)
    return best


def percentile(values: list[float], percent: int) -> float:
    return quantiles(values, n=100, method="inclusive")[percent - 1]


async def measure(kind: str) -> list[tuple[str, float, str, bool]]:
    """(what, measured, unit and limit, is it kept) of every figure."""
    found = []
    one = await one_learner(kind)
    for percent, limit in ((50, ONE_P50), (99, ONE_P99)):
        value = percentile(one, percent)
        found.append((f"one learner, p{percent}", value * 1000, f"ms (at most {limit * 1000:.0f})", value <= limit))
    rate, replies = await twenty_learners(kind)
    found.append(("twenty learners at once, all replies", replies, "replies/s", True))
    found.append(("twenty learners at once", rate, f"answers/s (at least {TWENTY_RATE:.0f})", rate >= TWENTY_RATE))
    megabytes = await idle_megabytes(kind)
    found.append(("idle memory", megabytes, f"MB (at most {IDLE_MEGABYTES:.0f})", megabytes <= IDLE_MEGABYTES))
    return found


async def measure_sending() -> list[tuple[str, float, str, bool]]:
    """The figures that do not depend on the conversation."""
    replies, took, told_off = await during_a_broadcast()
    p95 = percentile(replies, 95)
    return [
        (
            "a reply in a broadcast to 600, p95",
            p95 * 1000,
            f"ms (at most {BROADCAST_P95 * 1000:.0f})",
            p95 <= BROADCAST_P95,
        ),
        ("the broadcast, with those replies", took, "s", True),
        ("refusals (429) meanwhile", told_off, "", told_off <= 1),
    ]


def main() -> int:
    """Print the table; 1 when a limit is passed."""
    print(f"{os.cpu_count()} cores. The bot is one process, Telegram and the learners are another.")
    found = []
    for kind in ("echo", "real"):
        found += [(f"{kind}: {what}", *rest) for what, *rest in asyncio.run(measure(kind))]
    found += asyncio.run(measure_sending())
    seconds = help_seconds()
    found.append(("talkthrough --help", seconds, f"s (at most {HELP_SECONDS})", seconds <= HELP_SECONDS))
    for what, value, unit, is_kept in found:
        print(f"{'  ' if is_kept else '! '}{what:<40}{value:>9.2f} {unit}")
    return int(not all(is_kept for *_, is_kept in found))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        run_bot(sys.argv[1], sys.argv[2], rate_limits="--limits" in sys.argv)
    else:
        sys.exit(main())
