"""The ticker: APScheduler wakes us, rows say what is due. It holds no jobs that could be lost or fire twice."""

from collections.abc import Awaitable, Callable

from apscheduler.schedulers.asyncio import AsyncIOScheduler

TICK_SECONDS = 1.0


def ticker(tick: Callable[[], Awaitable[object]], seconds: float = TICK_SECONDS) -> AsyncIOScheduler:
    """A scheduler that calls `tick` every so many seconds, never twice at once. `start()` and `shutdown()` are its
    own.
    """
    scheduler = AsyncIOScheduler(timezone="UTC")
    scheduler.add_job(tick, "interval", seconds=seconds, coalesce=True, max_instances=1, misfire_grace_time=None)
    return scheduler
