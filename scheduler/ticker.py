"""The ticker: APScheduler wakes the jobs, the database says what there is to do."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from time import monotonic

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from kernel.clock import real_now
from scheduler import jobs
from scheduler.jobs import Job, LastRun
from storage.engine import SessionMaker

_log = logging.getLogger(__name__)

_RECORD_EVERY_SECONDS = 60
STOP_SECONDS = 5.0


@dataclass
class Ticker:
    """Runs each job at its own interval, and all of them at once when the clock was moved.

    A job never runs beside itself. A job that fails is logged and runs again at its next turn.
    """

    all_jobs: Sequence[Job]
    sessions: SessionMaker
    _scheduler: AsyncIOScheduler = field(init=False)
    _running: dict[str, asyncio.Lock] = field(init=False)
    _recorded: dict[str, tuple[float, str | None]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._running = {job.name: asyncio.Lock() for job in self.all_jobs}

    def start(self) -> None:
        """Begin to tick; call it in the running event loop."""
        for job in self.all_jobs:
            self._scheduler.add_job(
                self.run, "interval", seconds=job.every.total_seconds(), args=[job],
                id=job.name, next_run_time=real_now(), coalesce=True, max_instances=1,
                misfire_grace_time=None,
            )  # fmt: skip
        self._scheduler.start()

    async def stop(self, *, within_s: float = STOP_SECONDS) -> None:
        """Start no more runs; those under way come to their end, or are broken off in time."""
        # shutting the scheduler down cancels what it runs, so that comes last
        self._scheduler.remove_all_jobs()
        for job in self.all_jobs:
            if job.stop is not None:
                job.stop()
        try:
            async with asyncio.timeout(within_s):
                for lock in self._running.values():
                    async with lock:
                        pass
        except TimeoutError:
            late = [name for name, lock in self._running.items() if lock.locked()]
            _log.warning("broken off after %.0f s: %s", within_s, ", ".join(late))
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
            # what was cancelled closes its transactions
            await asyncio.sleep(0)

    async def run_all(self) -> None:
        """Run every job once, in order: what fell due is done when this returns."""
        for job in self.all_jobs:
            await self.run(job)

    async def run(self, job: Job) -> None:
        """Run one job now, after a run of it that is under way."""
        async with self._running[job.name]:
            began, at = monotonic(), real_now()
            error = None
            try:
                if job.anything is None or await job.anything():
                    await job.use_case()
            except Exception as failure:
                _log.exception("job %s failed", job.name)
                error = f"{type(failure).__name__}: {failure}"
            await self._record(LastRun(job.name, at, monotonic() - began, error, at + job.every))

    async def _record(self, run: LastRun) -> None:
        """Written once a minute and at each change, so that idle ticks cost no transaction."""
        earlier = self._recorded.get(run.name)
        fresh = earlier is not None and monotonic() - earlier[0] < _RECORD_EVERY_SECONDS
        if fresh and earlier is not None and earlier[1] == run.error:
            return
        self._recorded[run.name] = (monotonic(), run.error)
        async with self.sessions.begin() as db:
            await jobs.record(db, run)
