"""What the outbox and delivery do at size, on SQLite: planning, the due query, sending.

Telegram is a session that answers at once, so that only our own work is measured.
`python -m bench.delivery` prints the table; `--recipients N` sends to another number than
100,000, `--planned N` plans for another than 1,000,000.
"""

import argparse
import asyncio
import resource
import tempfile
from collections.abc import AsyncGenerator, AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import quantiles
from time import perf_counter, process_time
from typing import Any

from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.methods import TelegramMethod
from aiogram.types import Message as TelegramMessage
from cryptography.fernet import Fernet
from sqlalchemy import insert
from sqlalchemy.ext.asyncio import create_async_engine

from hourwise.running import settle_memory
from hourwise.tables import ALL_TABLES
from kernel.clock import real_now
from kernel.ids import PersonId
from people.tables import PersonRow
from scheduler.delivery import Delivery
from scheduler.model import Addressee
from scheduler.pacer import Pace, Pacer
from storage import outbox
from storage.engine import Database, open_database
from storage.outbox import Message, Notice
from storage.secrets import use_keys
from workflows.broadcast import Draft, SendBroadcast
from workflows.run_broadcasts import PlanBroadcasts

PER_SECOND = 1000
REMINDERS = 10_000
_BEAT = 0.01
WORDS = Message({"en": "News of the week, with a link to it."})


class InstantTelegram(BaseSession):
    """Answers every message at once; notes when each text came."""

    def __init__(self) -> None:
        super().__init__()
        self.came: list[tuple[float, str]] = []

    async def make_request(
        self, bot: Bot, method: TelegramMethod[Any], timeout: int | None = None
    ) -> Any:
        await asyncio.sleep(0.01)
        self.came.append((perf_counter(), getattr(method, "text", "")[:8]))
        chat = {"id": 1, "type": "private"}
        return TelegramMessage.model_validate({"message_id": 1, "date": 0, "chat": chat})

    async def stream_content(self, *_: Any, **__: Any) -> AsyncGenerator[bytes, None]:
        yield b""

    async def close(self) -> None:
        """Nothing is open."""


@asynccontextmanager
async def database() -> AsyncIterator[Database]:
    """An empty database in a file."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'bench.db'}"
        engine = create_async_engine(url)
        async with engine.begin() as connection:
            await connection.run_sync(ALL_TABLES.create_all)
        await engine.dispose()
        opened = open_database(url)
        yield opened
        await opened.close()


async def join(opened: Database, count: int) -> None:
    """So many people who want news."""
    now = datetime(2026, 3, 2, tzinfo=UTC)
    for start in range(0, count, 10_000):
        rows = [
            {"id": f"p{n:08}", "telegram_id": n + 1, "first_name": "", "language": "en",
             "time_zone": "Europe/Berlin", "roles": [], "joined_at": now,
             "marketing": True, "profiling": True}
            for n in range(start, min(start + 10_000, count))
        ]  # fmt: skip
        async with opened.write.begin() as db:
            await db.execute(insert(PersonRow), rows)


def megabytes() -> float:
    """What this process holds in memory now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


async def _addressees(ids: Collection[PersonId]) -> Mapping[PersonId, Addressee]:
    return {one: Addressee(int(one[1:]) + 1, "en", "UTC", marketing=True) for one in ids}


async def _nothing(*_: object) -> None:
    return


def delivery(opened: Database) -> tuple[Delivery, InstantTelegram]:
    """A delivery at 1,000 messages a second."""
    telegram, pacer = InstantTelegram(), Pacer(Pace(per_second=PER_SECOND))
    telegram.middleware(pacer)
    bot = Bot("1:x", telegram)
    return Delivery(opened, bot, pacer, real_now, _addressees, _nothing, _nothing), telegram


class Lag:
    """The worst delay of the event loop while it watches, and the worst for which this process
    was computing: the rest is other processes' turn."""

    def __init__(self) -> None:
        self.worst = self.own = 0.0

    @asynccontextmanager
    async def watching(self) -> AsyncIterator[None]:
        watch = asyncio.create_task(self._watch())
        yield
        watch.cancel()

    async def _watch(self) -> None:
        while True:
            before, cpu = perf_counter(), process_time()
            await asyncio.sleep(_BEAT)
            late = perf_counter() - before - _BEAT
            self.worst = max(self.worst, late)
            self.own = max(self.own, min(late, process_time() - cpu))

    def __str__(self) -> str:
        return (
            f"event loop at most {self.worst * 1000:.0f} ms late, "
            f"{self.own * 1000:.0f} ms by what this process computed"
        )


async def plan(recipients: int) -> None:
    """Plan a broadcast and ask what is due."""
    async with database() as opened:
        await join(opened, recipients)
        send = SendBroadcast(opened, real_now)
        settle_memory()
        before, began, lag = megabytes(), perf_counter(), Lag()
        async with lag.watching():
            sent = await send(Draft("all", WORDS), author="bench", command="1")
            await PlanBroadcasts(opened)()
        took, grown = perf_counter() - began, megabytes() - before
        print(f"planned {recipients:,}: {took:.1f} s, memory +{grown:.0f} MB, {lag}")
        times = []
        for _ in range(200):
            now, began = real_now(), perf_counter()
            async with opened.read() as db:
                await outbox.anything_due(db, now=now, real_now=now)
                await outbox.due_in_batch(db, sent.about, now=now, real_now=now)
            times.append((perf_counter() - began) * 1000)
        print(f"due query with {recipients:,} rows: p95 {quantiles(times, n=20)[-1]:.2f} ms")


async def deliver(recipients: int) -> None:
    """Send a broadcast while a session's message is planned each second."""
    async with database() as opened:
        await join(opened, recipients)
        send = SendBroadcast(opened, real_now)
        sent = await send(Draft("all", WORDS), author="bench", command="1")
        await PlanBroadcasts(opened)()
        deliver_due, telegram = delivery(opened)
        lag, planned_at, off = Lag(), dict[str, float](), 0
        settle_memory()
        before, began, cpu = megabytes(), perf_counter(), process_time()
        async with lag.watching():
            working = asyncio.create_task(deliver_due())
            while not working.done():
                await asyncio.sleep(1)
                text = f"s{len(planned_at)}"
                planned_at[text] = perf_counter()
                async with opened.write.begin() as db:
                    one = Notice(
                        text, PersonId("p00000001"), real_now(), literal={"en": text}, about="s"
                    )
                    await outbox.add(db, one)
                progress = await send.progress(sent.id)
                counts = progress.counts
                settled = sum(counts[one] for one in ("sent", "blocked", "failed", "unknown"))
                off += settled + progress.void + progress.waiting != recipients
            await deliver_due()
        took, used = perf_counter() - began, process_time() - cpu
        came = {text: at for at, text in telegram.came if text in planned_at}
        late = max(came[text] - planned_at[text] for text in came)
        print(
            f"sent {recipients:,} at a pace of {PER_SECOND:,}/s: {recipients / took:.0f}/s, "
            f"{used / recipients * 1000:.2f} ms CPU each, memory +{megabytes() - before:.0f} MB, "
            f"{lag}"
        )
        print(f"  moments at which the states did not add up to the recipients: {off}")
        print(f"  a session's message waited {late:.2f} s at most ({len(came)} of them)")


async def remind() -> None:
    """Ten thousand reminders that are due within one minute."""
    async with database() as opened:
        begins = real_now() + timedelta(seconds=1)
        notices = [
            Notice(
                f"r{n}", PersonId(f"p{n:08}"), begins + timedelta(seconds=60 * n / REMINDERS),
                literal={"en": f"r{n}"}, about=f"s{n}",
            )
            for n in range(REMINDERS)
        ]  # fmt: skip
        for start in range(0, REMINDERS, 500):
            async with opened.write.begin() as db:
                await outbox.add(db, *notices[start : start + 500])
        deliver_due, telegram = delivery(opened)
        offset = perf_counter() - real_now().timestamp()
        while len(telegram.came) < REMINDERS:
            await deliver_due()
            await asyncio.sleep(0.5)
        due = {f"r{n}": one.due_at.timestamp() + offset for n, one in enumerate(notices)}
        late = [at - due[text] for at, text in telegram.came]
        print(
            f"{REMINDERS:,} reminders due in one minute: p95 {quantiles(late, n=20)[-1]:.2f} s "
            f"late, {len(telegram.came) - len({text for _, text in telegram.came})} doubled"
        )


def main() -> None:
    """Print every figure."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--recipients", type=int, default=100_000)
    asked.add_argument("--planned", type=int, default=1_000_000)
    given = asked.parse_args()
    use_keys([Fernet.generate_key().decode()])
    asyncio.run(plan(given.planned))
    asyncio.run(deliver(given.recipients))
    asyncio.run(remind())


if __name__ == "__main__":
    main()
