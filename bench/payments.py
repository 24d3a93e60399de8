"""The ledger's speed and soundness, and the latency of pre-checkout, as a table.

    python -m bench.payments [--operations N] [--transactions N]
                             [--only postings|growth|pre-checkout|life]...

PostgreSQL at HOURWISE_TEST_POSTGRES (postgres@127.0.0.1:5432 without it); a database of its own
is made and dropped. `--operations` is how many random operations are done on SQLite, by a process
a core, each with a ledger and a seed of its own; `--transactions` how large the ledger is in which
posting is compared with one of ten thousand.
"""

import argparse
import asyncio
import multiprocessing
import os
import random
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine

from bench._pre_checkout import pre_checkout
from bench._table import row
from hourwise.tables import ALL_TABLES
from kernel.clock import real_now
from kernel.ids import new_id
from kernel.money import Money
from payments import ledger, ledger_check
from payments.ledger import Entry
from storage.engine import Database, open_database
from storage.secrets import use_keys
from tests.payments.bought_operations import FullLife
from tests.payments.operations import Balanced

PROCESSES = 4
SECONDS = 8
SMALL = 10_000
ENOUGH = 10_000
"""Random operations of a process below which its first ones, with little to do, weigh too much."""
POSTS = 2000
_PARTS = ("postings", "growth", "pre-checkout", "life")
_SERVER = os.environ.get(
    "HOURWISE_TEST_POSTGRES", "postgresql+asyncpg://postgres@127.0.0.1:5432/test"
)


async def _execute(url: str, statement: str) -> None:
    engine = create_async_engine(url, isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.exec_driver_sql(statement)
    await engine.dispose()


async def _make_tables(url: str) -> None:
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        await connection.run_sync(ALL_TABLES.create_all)
    await engine.dispose()


@asynccontextmanager
async def postgres() -> AsyncIterator[str]:
    """The address of an empty database with all tables."""
    name = f"bench_{new_id()}"
    await _execute(_SERVER, f"CREATE DATABASE {name}")
    url = make_url(_SERVER).set(database=name).render_as_string(hide_password=False)
    try:
        await _make_tables(url)
        yield url
    finally:
        await _execute(_SERVER, f"DROP DATABASE {name} WITH (FORCE)")


async def post(database: Database, number: int | str, account: str) -> None:
    """A payment of one dollar for `account`."""
    dollar = Money(100, "USD")
    entries = [Entry("processor:card", dollar), Entry(account, -dollar)]
    async with database.write.begin() as db:
        await ledger.post(
            db, key=f"bench:{number}", reason="bench", entries=entries, now=real_now()
        )


def _posting(url: str, worker: int, account: str, seconds: float, done: Any) -> None:
    async def work() -> int:
        database, count = open_database(url), 0
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            name = account.format(id=f"{worker}-{count}")
            await post(database, f"{account}:{worker}:{count}", name)
            count += 1
        await database.close()
        return count

    done.put(asyncio.run(work()))


def hottest(url: str, account: str) -> float:
    """Postings a second by several processes on one account; a deadlock would be an error."""
    context = multiprocessing.get_context("spawn")
    done = context.Queue()
    workers = [
        context.Process(target=_posting, args=(url, worker, account, SECONDS, done))
        for worker in range(PROCESSES)
    ]
    for one in workers:
        one.start()
    counts = [done.get(timeout=120) for _ in workers]
    for one in workers:
        one.join()
    total: int = sum(counts)
    return total / SECONDS


async def fill(url: str, upto: int) -> None:
    """Booked transactions in bulk, as `post` would have written them."""
    async with create_async_engine(url).connect() as connection:
        have = (await connection.execute(text("SELECT count(*) FROM ledger_transactions"))).scalar()
        for statement in (
            "INSERT INTO ledger_transactions SELECT 'f' || n, 'fill:' || n, 'fill', now() "
            "FROM generate_series(CAST(:a AS int), CAST(:b AS int)) n",
            "INSERT INTO ledger_entries SELECT 'd' || n, 'f' || n, 'processor:card', 100, 'USD' "
            "FROM generate_series(CAST(:a AS int), CAST(:b AS int)) n",
            "INSERT INTO ledger_entries SELECT 'c' || n, 'f' || n, 'credit:p' || n % 5000, -100, "
            "'USD' FROM generate_series(CAST(:a AS int), CAST(:b AS int)) n",
        ):
            await connection.execute(text(statement), {"a": have, "b": upto})
        await connection.commit()
        await connection.exec_driver_sql("ANALYZE")
        await connection.commit()


async def seconds_a_post(database: Database, name: str) -> float:
    """Seconds one posting takes, one after another."""
    began = time.perf_counter()
    for number in range(POSTS):
        await post(database, f"{name}:{number}", f"credit:p{number}")
    return (time.perf_counter() - began) / POSTS


async def growth(size: int) -> bool:
    """Posting at ten thousand and at `size` transactions, and the check of those."""
    async with postgres() as url:
        database = open_database(url)
        await seconds_a_post(database, "warm")
        await fill(url, SMALL)
        small = await seconds_a_post(database, "small")
        await fill(url, size)
        large = await seconds_a_post(database, "large")
        async with database.write.begin() as db:
            await ledger_check.rebuild(db)
        began = time.perf_counter()
        async with database.read() as db:
            checked = await ledger_check.check(db)
        took = time.perf_counter() - began
        await database.close()
    ratio = large / small
    flat = row(
        f"posting cost, {size:,} transactions against {SMALL:,}",
        f"{ratio:.2f} times ({large * 1000:.2f} ms)", "within 1.5 times", good=ratio <= 1.5,
    )  # fmt: skip
    quick = row(
        f"ledger check on {checked['transactions']:,} transactions",
        f"{took:.1f} s, {'balanced' if checked['balanced'] else 'NOT balanced'}", "30 s",
        good=took <= 30 and checked["balanced"],
    )  # fmt: skip
    return flat and quick


async def _live(operations: int, seed: int) -> tuple[int, int, float, int, float]:
    """How many operations left a currency unbalanced, how many problems the check of all found,
    its seconds, the ledger's transactions, and how much slower the last tenth was than the second.
    """
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'life.db'}"
        await _make_tables(url)
        database = open_database(url)
        life, balanced, unbalanced = FullLife(database.write, random.Random(seed)), Balanced(), 0
        await life.begin()
        tenths = []
        for _ in range(10):
            began = time.process_time()
            for _ in range(max(1, operations // 10)):
                await life.step()
                async with database.read() as db:
                    unbalanced += bool(await balanced.look(db))
            tenths.append(time.process_time() - began)
        began = time.perf_counter()
        async with database.read() as db:
            checked = await ledger_check.check(db)
        took = time.perf_counter() - began
        await database.close()
    slower = tenths[-1] / tenths[1]  # there was little to do in the first
    return unbalanced, len(checked["problems"]), took, checked["transactions"], slower


def _life(operations: int, seed: int, keys: list[str], done: Any) -> None:
    use_keys(keys)
    done.put(asyncio.run(_live(operations, seed)))


def random_life(operations: int, keys: list[str]) -> bool:
    """Random operations, balanced after each, and the whole of each ledger in the end."""
    context, processes = multiprocessing.get_context("spawn"), os.cpu_count() or 1
    done, began = context.Queue(), time.perf_counter()
    workers = [
        context.Process(target=_life, args=(operations // processes, seed, keys, done))
        for seed in range(processes)
    ]
    for one in workers:
        one.start()
    ends = [done.get() for _ in workers]
    took = time.perf_counter() - began
    unbalanced, problems = sum(one[0] for one in ends), sum(one[1] for one in ends)
    good = row(
        f"{operations:,} random operations (SQLite, {operations / took:.0f} a second)",
        f"{unbalanced} unbalanced, {problems} problems", "0", good=not unbalanced and not problems,
    )  # fmt: skip
    if operations // processes >= ENOUGH:
        slower = max(one[4] for one in ends)
        flat = row(
            "an operation's cost, the last tenth against the second", f"{slower:.2f} times",
            "within 1.5 times", good=slower <= 1.5,
        )  # fmt: skip
        good = good and flat
    longest, transactions = max((one[2], one[3]) for one in ends)
    return row(
        f"ledger check on what {transactions:,} random transactions left", f"{longest:.1f} s",
        "30 s", good=longest <= 30,
    ) and good  # fmt: skip


async def postings() -> bool:
    """Postings a second on the hottest account, without and with a balance row."""
    async with postgres() as url:
        free = await asyncio.to_thread(hottest, url, "held:{id}")
        guarded = await asyncio.to_thread(hottest, url, "expert:hot")
        database = open_database(url)
        async with database.read() as db:
            checked = await ledger_check.check(db)
        await database.close()
    # money of sessions that no payment row stands for is what the check complains of here
    wrong = [one for one in checked["problems"] if "held for" not in one]
    good = row(
        f"postings/s, PostgreSQL, {PROCESSES} processes, one platform account",
        f"{free:.0f}", "600", good=free >= 600 and not wrong,
    )  # fmt: skip
    return row(
        "postings/s, the same on one account with a balance row",
        f"{guarded:.0f}", "600", good=guarded >= 600,
    ) and good  # fmt: skip


async def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--operations", type=int, default=20_000)
    parser.add_argument("--transactions", type=int, default=1_000_000)
    parser.add_argument("--only", action="append", choices=_PARTS)
    asked = parser.parse_args()
    keys = [Fernet.generate_key().decode()]
    use_keys(keys)
    print(f"{'measure':58} {'reached':>22}   {'to reach':22}")
    parts: dict[str, Callable[[], Awaitable[bool]]] = {
        "postings": postings, "growth": lambda: growth(asked.transactions),
        "pre-checkout": pre_checkout,
        "life": lambda: asyncio.to_thread(random_life, asked.operations, keys),
    }  # fmt: skip
    results = [await parts[one]() for one in asked.only or _PARTS]
    return 0 if all(results) else 1


if __name__ == "__main__":
    raise SystemExit(asyncio.run(main()))
