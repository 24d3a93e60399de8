"""Booking: many bookers of one time, free times of a full calendar, next free times of many.

Prints a table for SQLite and, where a server answers, PostgreSQL (HOURWISE_TEST_POSTGRES).
"""

import asyncio
import os
import random
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from statistics import median, quantiles

from cryptography.fernet import Fernet
from sqlalchemy import event, insert, text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine

from bench._database import copy_row, empty
from booking import service as booking
from booking.slots import Interval
from booking.tables import NextTimeMarkRow, OfferRow, ScheduleRow
from kernel.ids import ExpertId, OfferId, PersonId, new_id
from storage.engine import Database, open_database
from storage.secrets import use_keys
from tests.booking.builders import NOW, OFFER, WORKDAYS, an_offer, at, open_for_business
from tests.booking.racers import open_for_racers, overlaps, race, winners

PROCESSES, BOOKERS, ROUNDS = 4, 200, 50
DAYS = timedelta(days=60)
BUSY = 5_000
EXPERTS, ALL_EXPERTS = 1_000, 100_000
SEARCH = 30
"""Experts that a search asks about at a time."""
REPEATS = 40
_POSTGRES = "postgresql+asyncpg://postgres@127.0.0.1:5432/test"


async def main() -> int:
    """Every figure of docs/booking.md."""
    use_keys([Fernet.generate_key().decode()])
    with tempfile.TemporaryDirectory() as folder:
        await measure("SQLite", f"sqlite+aiosqlite:///{Path(folder) / 'bench.db'}")
    server = make_url(os.environ.get("HOURWISE_TEST_POSTGRES", _POSTGRES))
    name = f"hourwise_bench_{new_id()}"
    admin = create_async_engine(server, isolation_level="AUTOCOMMIT")
    try:
        async with admin.connect() as connection:
            await connection.execute(text(f"CREATE DATABASE {name}"))
    except OSError as error:
        print(f"PostgreSQL skipped: {error}")
        return 0
    try:
        url = server.set(database=name).render_as_string(hide_password=False)
        await measure("PostgreSQL", url)
    finally:
        async with admin.connect() as connection:
            await connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        await admin.dispose()
    return 0


async def measure(kind: str, url: str) -> None:
    """All figures of one database."""
    await empty(url)
    database = open_database(url)
    await open_for_racers(database, ROUNDS)
    begun = time.monotonic()
    tries = await asyncio.to_thread(race, url, processes=PROCESSES, bookers=BOOKERS, rounds=ROUNDS)
    seconds = time.monotonic() - begun
    won = winners(tries)
    longest = max(each.seconds for each in tries)
    print(f"{kind}: {BOOKERS} bookers x {ROUNDS} rounds from {PROCESSES} processes: "
          f"{won.count(1)} of {ROUNDS} rounds have one winner, {overlaps(tries)} overlaps, "
          f"longest wait {longest:.2f} s, {len(tries) / seconds:.0f} tries/s")  # fmt: skip
    await a_freed_hold(kind, database)
    await database.close()
    for busy in (BUSY, 10 * BUSY):
        await empty(url)
        database = open_database(url)
        await full_calendar(kind, database, busy)
        await database.close()
    await empty(url)
    database = open_database(url)
    await many_experts(kind, database)
    await database.close()
    await empty(url)
    database = open_database(url)
    await all_experts(kind, database)
    await database.close()


async def a_freed_hold(kind: str, database: Database) -> None:
    """Held until an instant, bookable from that instant on."""
    async with database.write.begin() as db:
        await open_for_business(db, id=OfferId("freed"), expert_id=ExpertId("freed"))
        held = await booking.hold(
            db, offer_id=OfferId("freed"), client=PersonId("a"), start=at(10), now=NOW
        )
        assert held.held_until is not None
        again = await booking.hold(
            db, offer_id=OfferId("freed"), client=PersonId("b"), start=at(10), now=held.held_until
        )
    late = again.created_at - held.held_until
    print(f"{kind}: a hold that ran out is bookable {late.total_seconds():.0f} s after it did")


async def full_calendar(kind: str, database: Database, busy: int) -> None:
    """The free times of one expert over 60 days, with an imported calendar."""
    step = DAYS / busy
    times = [Interval(NOW + place * step, NOW + place * step + step / 2) for place in range(busy)]
    async with database.write.begin() as db:
        await open_for_business(db, minutes=5, step_minutes=15, window_days=60)
        await booking.connect(db, an_offer().expert_id, "https://example.com/a", times, now=NOW)
    queries: list[str] = []
    engine = database.engines[-1].sync_engine
    event.listen(engine, "before_cursor_execute", lambda *a: queries.append(a[2]))

    async def look() -> int:
        queries.clear()
        async with database.read() as db:
            await booking.free_times(db, OFFER, frm=NOW, until=NOW + DAYS, now=NOW)
        return len([each for each in queries if each.lstrip().startswith("SELECT")])

    taken, asked = await timed(look)
    print(f"{kind}: free times, 60 days, {busy} busy events: {taken}, {asked} queries")


async def many_experts(kind: str, database: Database) -> None:
    """The next free time of each of many experts, some of whom have sessions."""
    offers = [OfferId(f"e{number}-60") for number in range(EXPERTS)]
    async with database.write.begin() as db:
        for number, offer in enumerate(offers):
            expert = ExpertId(f"e{number}")
            await booking.save_offer(db, an_offer(id=offer, expert_id=expert))
            await booking.set_weekly(db, expert, "Europe/Berlin", WORKDAYS)
            if number % 4 == 0:
                held = await booking.hold(
                    db, offer_id=offer, client=PersonId(f"c{number}"), start=at(10), now=NOW
                )
                await booking.paid(db, held.id, NOW)

    async def look() -> int:
        async with database.read() as db:
            return len(await booking.next_free(db, offers, now=NOW))

    taken, found = await timed(look)
    print(f"{kind}: next free time of {found} experts, computed: {taken}")
    await keep_all(database)
    taken, found = await timed(look)
    print(f"{kind}: next free time of {found} experts, kept ready: {taken}")


async def all_experts(kind: str, database: Database) -> None:
    """A search among very many experts, whose times are kept ready; then when half of those who
    are asked about have just changed."""
    names = [f"copy-{number}" for number in range(ALL_EXPERTS)]
    async with database.write.begin() as db:
        await booking.save_offer(db, an_offer())
        await booking.set_weekly(db, an_offer().expert_id, "Europe/Berlin", WORKDAYS)
        await copy_row(db, OfferRow, [{"id": name, "expert_id": name} for name in names])
        await copy_row(db, ScheduleRow, [{"expert_id": name} for name in names])
        await copy_row(db, NextTimeMarkRow, [{"id": name, "expert_id": name} for name in names])
    begun = time.monotonic()
    await keep_all(database)
    print(f"{kind}: {ALL_EXPERTS} next free times made: {time.monotonic() - begun:.0f} s")
    draw = random.Random(1)

    async def look() -> int:
        async with database.read() as db:
            asked = [OfferId(name) for name in draw.sample(names, SEARCH)]
            return len(await booking.next_free(db, asked, now=NOW))

    taken, found = await timed(look)
    print(f"{kind}: next free time of {found} among {ALL_EXPERTS} experts: {taken}")
    async with database.write.begin() as db:
        marks = [{"id": name, "expert_id": name} for name in names[::2]]
        await db.execute(insert(NextTimeMarkRow), marks)
    taken, found = await timed(look)
    print(f"{kind}: the same when half of them have just changed: {taken}")


async def keep_all(database: Database) -> None:
    """What the job does, until there is nothing left to do."""
    more = True
    while more:
        async with database.write.begin() as db:
            more = await booking.refresh_next_times(db, NOW, experts=200)


async def timed(look: Callable[[], Awaitable[int]]) -> tuple[str, int]:
    """Median and 95th percentile, and what the last look answered."""
    answer = await look()
    taken = []
    for _ in range(REPEATS):
        begun = time.perf_counter()
        answer = await look()
        taken.append(1000 * (time.perf_counter() - begun))
    return f"p50 {median(taken):.1f} ms, p95 {quantiles(taken, n=20)[-1]:.1f} ms", answer


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
