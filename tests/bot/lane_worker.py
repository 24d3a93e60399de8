"""A process that handles stored updates, and notes in a file what it does; to be killed."""

import asyncio
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from random import uniform

from aiogram import Bot
from aiogram.types import Update

from bot.lanes import Lanes
from storage import lanes
from storage.engine import open_database
from storage.secrets import use_keys

ROOT = Path(__file__).parents[2]


async def work(url: str, notes: str, key: str, lease_s: float) -> None:
    """Handle updates until killed."""
    use_keys([key])
    # a test need not wait 30 s for a dead process's lanes
    lanes.LEASE = timedelta(seconds=lease_s)
    lanes.STILL = timedelta(seconds=lease_s / 4)
    file = os.open(notes, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def note(update: Update, what: str) -> None:
        who = update.message.chat.id if update.message else 0
        os.write(file, f"{os.getpid()} {who} {update.update_id} {what}\n".encode())

    async def handle(update: Update) -> None:
        note(update, "begins")
        await asyncio.sleep(uniform(0, 0.02))
        note(update, "ends")

    async def apologise(update: Update, _: str) -> None:
        note(update, "failed")

    os.write(file, f"{os.getpid()} 0 0 ready\n".encode())
    database, bot = open_database(url), Bot("1:x")
    await Lanes(database, bot, handle, handle, apologise).run()


def start(url: str, notes: Path, key: str, *, lease_s: float = 2.0) -> "subprocess.Popen[bytes]":
    """Start one."""
    arguments = [url, str(notes), key, str(lease_s)]
    return subprocess.Popen(
        [sys.executable, "-m", "tests.bot.lane_worker", *arguments],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip


if __name__ == "__main__":
    asyncio.run(work(sys.argv[1], sys.argv[2], sys.argv[3], float(sys.argv[4])))
