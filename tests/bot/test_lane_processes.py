"""Several processes handle one inbox: each person's updates in order, by one at a time."""

import asyncio
import subprocess
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import func, select

from bot.received import received
from kernel.clock import real_now
from storage import inbox
from storage.engine import Database
from storage.inbox import InboxRow
from storage.secrets import use_keys
from tests.bot import lane_worker
from tests.journeys.test_lanes import written

KEY = Fernet.generate_key().decode()
PEOPLE, EACH = 12, 12

Workers = list["subprocess.Popen[bytes]"]


@pytest.fixture
def workers(database_url: str, database: Database, tmp_path: Path) -> Iterator[Workers]:
    """Two processes on one database."""
    use_keys([KEY])
    started = [lane_worker.start(database_url, tmp_path / "notes", KEY) for _ in range(2)]
    yield started
    for one in started:
        one.kill()
        one.wait()


async def _store(database: Database, *, round_: int, people: Iterable[int]) -> None:
    updates = [received(written(round_ * PEOPLE + who, 100 + who, "hello")) for who in people]
    async with database.write.begin() as db:
        await inbox.store(db, updates, now=real_now())


async def _until_handled(database: Database, count: int) -> None:
    async with asyncio.timeout(60):
        while True:
            async with database.read() as db:
                query = select(func.count()).select_from(InboxRow)
                if await db.scalar(query.where(InboxRow.state == inbox.DONE)) == count:
                    return
            await asyncio.sleep(0.1)


def _busiest(workers: Workers, notes: Path) -> "subprocess.Popen[bytes]":
    """Who has handled most; by chance it may be all."""
    done = Counter(line.split()[0] for line in notes.read_text().splitlines())
    return max(workers, key=lambda one: done[str(one.pid)])


async def test_two_processes_keep_everybodys_order_and_one_takes_over_when_the_other_dies(
    database: Database, workers: Workers, tmp_path: Path
):
    notes = tmp_path / "notes"
    async with asyncio.timeout(60):
        while not notes.exists() or notes.read_text().count("ready") < 2:  # noqa: ASYNC110
            await asyncio.sleep(0.1)  # other processes start
    for who in range(PEOPLE):
        # whoever looks first takes a lane that nobody has
        await _store(database, round_=0, people=[who])
        await asyncio.sleep(0.25)
    for round_ in range(1, EACH):
        await _store(database, round_=round_, people=range(PEOPLE))
        await asyncio.sleep(0.15)
        if round_ == EACH // 2:
            await _until_handled(database, (round_ + 1) * PEOPLE)
            victim = _busiest(workers, notes)
            victim.kill()
    await _until_handled(database, EACH * PEOPLE)
    done: dict[str, list[int]] = defaultdict(list)
    at_work: dict[str, tuple[str, str]] = {}
    pids = set()
    for line in notes.read_text().splitlines():
        pid, lane, update, what = line.split()
        if what == "ready":
            continue
        pids.add(pid)
        if what == "begins":
            # nobody else is at work in this lane, unless they were killed in the act
            assert at_work.get(lane, (pid, ""))[0] in {pid, str(victim.pid)}
            at_work[lane] = (pid, update)
        else:
            assert (what, at_work.pop(lane)) == ("ends", (pid, update))
            done[lane].append(int(update))
    assert len(pids) == 2
    assert len(done) == PEOPLE
    for updates in done.values():
        assert updates == sorted(updates)
        # what was in the act when a process was killed is handled again
        assert EACH <= len(updates) <= EACH + 1
