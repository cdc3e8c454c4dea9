"""The ticker: APScheduler wakes us, rows say what is due. It holds no jobs that could be lost or fire twice."""

from collections.abc import Awaitable, Callable

from apscheduler.schedulers.asyncio import AsyncIOScheduler

Tick = Callable[[], Awaitable[object]]
SECOND, DAY = 1.0, 86_400.0


def ticker(*ticks: tuple[Tick, float]) -> AsyncIOScheduler:
    """A scheduler that calls each tick every so many seconds, never twice at once. Start it and shut it down."""
    scheduler = AsyncIOScheduler(timezone="UTC")
    for tick, seconds in ticks:
        scheduler.add_job(tick, "interval", seconds=seconds, coalesce=True, max_instances=1, misfire_grace_time=None)
    return scheduler
