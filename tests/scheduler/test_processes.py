"""Schedulers that are processes: killed at random instants, two on one database, told to stop."""

import asyncio
import random
import subprocess
from collections.abc import Callable, Iterator
from time import monotonic

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import func, insert, select

from kernel.clock import real_now
from people.tables import PersonRow
from scheduler.broadcasts import BroadcastState
from storage.engine import Database
from storage.outbox import BROADCAST_PRIORITY, SENDING, Message, OutboxRow
from storage.secrets import use_keys
from tests.scheduler import worker
from tests.scheduler.kit import a_notice, person, plan, states
from tests.scheduler.telegram import Telegram
from workflows.broadcast import Draft, SendBroadcast

pytestmark = pytest.mark.alone

KEY = Fernet.generate_key().decode()
READERS, REMINDERS, KILLS = 2000, 200, 20


StartWorker = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def start_worker(database_url: str, telegram: Telegram) -> Iterator[StartWorker]:
    """Starts schedulers; those that still run at the end of the test are killed."""
    use_keys([KEY])
    started: list[subprocess.Popen[bytes]] = []

    def start(*, per_second: int = 1000, lease_s: float = 2.0) -> "subprocess.Popen[bytes]":
        started.append(
            worker.start(database_url, telegram.url, KEY, per_second=per_second, lease_s=lease_s)
        )
        return started[-1]

    yield start
    for one in started:
        one.kill()
        one.wait()


async def _join(database: Database, count: int) -> None:
    async with database.write.begin() as db:
        await db.execute(
            insert(PersonRow),
            [
                {"id": person(n), "telegram_id": n, "first_name": "x", "language": "en",
                 "roles": [], "joined_at": real_now(), "marketing": True, "profiling": True}
                for n in range(1, count + 1)
            ],
        )  # fmt: skip


async def _until_all_settled(database: Database, count: int, *, within_s: float) -> None:
    async with asyncio.timeout(within_s):
        while True:
            found = await states(database)
            open_ones = found.get("planned", 0) + found.get("sending", 0)
            if sum(found.values()) == count and not open_ones:
                return
            await asyncio.sleep(0.2)


@pytest.mark.long
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_twenty_kills_lose_nothing_and_double_no_broadcast(
    database: Database, start_worker: StartWorker, telegram: Telegram
):
    await _kills(database, start_worker, telegram, readers=READERS, kills=KILLS)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_three_kills_lose_nothing_and_double_no_broadcast(
    database: Database, start_worker: StartWorker, telegram: Telegram
):
    await _kills(database, start_worker, telegram, readers=400, kills=3)


async def _kills(
    database: Database, start_worker: StartWorker, telegram: Telegram, *, readers: int, kills: int
) -> None:
    await _join(database, readers)
    send = SendBroadcast(database, real_now)
    sent = await send(Draft("all", Message({"en": "news"})), author="x", command="c")
    await plan(database, *(a_notice(n) for n in range(1, REMINDERS + 1)))
    chance, in_flight = random.Random(7), {"news": 0, "reminder": 0}
    for _ in range(kills):
        running = start_worker(per_second=60)
        before = len(telegram.sent)
        async with asyncio.timeout(60):
            while len(telegram.sent) == before:  # noqa: ASYNC110 - another process begins
                await asyncio.sleep(0.005)
        await asyncio.sleep(chance.uniform(0, 0.3))
        running.kill()
        running.wait()
        for kind, count in (await _being_sent(database)).items():
            in_flight[kind] += count
    last = start_worker()
    await _until_all_settled(database, readers + REMINDERS, within_s=60)
    async with asyncio.timeout(5):
        while (await send.progress(sent.id)).broadcast.state is not BroadcastState.DONE:  # noqa: ASYNC110
            await asyncio.sleep(0.1)
    last.terminate()
    assert last.wait(10) == 0
    found = (await send.progress(sent.id)).counts
    news, reminders = telegram.count("news"), telegram.count("reminder")
    # everyone got it or is flagged, nobody got it twice
    assert set(news.values()) == {1}
    assert found["sent"] + found["unknown"] == readers
    assert found["unknown"] <= in_flight["news"]
    assert found["sent"] <= len(news)
    # no reminder is lost, and only what was in flight is seen twice
    assert len(reminders) == REMINDERS
    assert reminders.total() - REMINDERS <= in_flight["reminder"]


async def _being_sent(database: Database) -> dict[str, int]:
    async with database.read() as db:
        rows = await db.execute(
            select(OutboxRow.priority, func.count())
            .where(OutboxRow.state == SENDING)
            .group_by(OutboxRow.priority)
        )
        found = {priority: count for priority, count in rows}
    return {"news": found.get(BROADCAST_PRIORITY, 0), "reminder": found.get(0, 0)}


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_two_schedulers_share_a_broadcast_and_one_takes_over_when_the_other_dies(
    database: Database, start_worker: StartWorker, telegram: Telegram
):
    readers = 600
    await _join(database, readers)
    await plan(database, *(a_notice(n) for n in range(1, 101)))
    send = SendBroadcast(database, real_now)
    sent = await send(Draft("all", Message({"en": "news"})), author="x", command="c")
    one, other = (start_worker(per_second=100) for _ in range(2))
    async with asyncio.timeout(60):
        while len(telegram.sent) < 250:  # noqa: ASYNC110 - other processes send
            await asyncio.sleep(0.02)
    one.kill()
    one.wait()
    in_flight = await _being_sent(database)
    killed_at = monotonic()
    await _until_all_settled(database, readers + 100, within_s=30)
    other.terminate()
    assert other.wait(10) == 0
    assert monotonic() - killed_at < 30
    found = (await send.progress(sent.id)).counts
    assert set(telegram.count("news").values()) == {1}
    assert found["sent"] + found["unknown"] == readers
    assert found["unknown"] <= in_flight["news"]
    assert len(telegram.count("reminder")) == 100
    assert telegram.count("reminder").total() - 100 <= in_flight["reminder"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("hanging", [False, True])
async def test_sigterm_ends_a_scheduler_with_a_long_outbox_within_ten_seconds(
    database: Database, start_worker: StartWorker, telegram: Telegram, hanging: bool
):
    await plan(database, *(a_notice(n) for n in range(2000)))
    running = start_worker(per_second=30, lease_s=30)
    async with asyncio.timeout(30):
        while len(telegram.sent) < 40:  # noqa: ASYNC110 - another process sends
            await asyncio.sleep(0.02)
    if hanging:
        telegram.refusals.extend(["hang"] * 5)
        await asyncio.sleep(1.2)
    began = monotonic()
    running.terminate()
    assert await asyncio.to_thread(running.wait, 20) == 0
    assert monotonic() - began < 10
    found = await states(database)
    assert found["planned"] > 1500
    if not hanging:
        # what waited for its turn went back, what was on its way was finished
        assert found.get("sending", 0) == 0
        assert found["sent"] == len(telegram.sent)
