"""A scheduler's delivery as a process of its own, to be killed."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from scheduler.jobs import Job
from scheduler.pacer import Pace
from scheduler.ticker import Ticker
from storage.engine import open_database
from storage.outbox import sending
from storage.secrets import use_keys
from tests.scheduler.kit import delivering
from workflows.run_broadcasts import FinishBroadcasts, PlanBroadcasts

ROOT = Path(__file__).parents[2]


async def work(url: str, telegram: str, key: str, per_second: int, lease_s: float) -> None:
    """Plan, deliver and finish until SIGTERM."""
    use_keys([key])
    # a test need not wait 30 s for what a dead process was sending
    sending.LEASE = timedelta(seconds=lease_s)
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    database = open_database(url)
    async with delivering(database, telegram, pace=Pace(per_second=per_second)) as deliver:
        jobs = [
            Job("planning", timedelta(seconds=0.2), PlanBroadcasts(database)),
            Job("delivery", timedelta(seconds=0.2), deliver, stop=deliver.stop),
            Job("broadcasts", timedelta(seconds=0.2), FinishBroadcasts(database, deliver.clock)),
        ]
        ticker = Ticker(jobs, database.write)
        ticker.start()
        await stop.wait()
        await ticker.stop()
    await database.close()


def start(
    url: str, telegram: str, key: str, *, per_second: int = 1000, lease_s: float = 2.0
) -> "subprocess.Popen[bytes]":
    """Start one."""
    arguments: Sequence[str] = [url, telegram, key, str(per_second), str(lease_s)]
    return subprocess.Popen(
        [sys.executable, "-m", "tests.scheduler.worker", *arguments],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip


if __name__ == "__main__":
    asyncio.run(work(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]), float(sys.argv[5])))
