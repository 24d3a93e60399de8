"""Whatever happens in whatever order, the books balance after each step."""

import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from payments import ledger_check
from storage.engine import Database, open_database
from tests.empty_database import empty_sqlite
from tests.payments.bought_operations import FullLife
from tests.payments.operations import Balanced, RandomLife


@pytest.fixture
async def sqlite(tmp_path: Path) -> AsyncIterator[Database]:
    opened = open_database(empty_sqlite(tmp_path / "life.db"))
    yield opened
    await opened.close()


async def live(database: Database, *, seed: int, steps: int, whole_check_every: int) -> RandomLife:
    life, balanced = FullLife(database.write, random.Random(seed)), Balanced()
    await life.begin()
    for step in range(1, steps + 1):
        await life.step()
        async with database.read() as db:
            assert await balanced.look(db) == {}, f"after step {step} of seed {seed}"
            if step % whole_check_every == 0:
                problems = (await ledger_check.check(db))["problems"]
                assert problems == [], f"after step {step} of seed {seed}"
    return life


async def test_2000_random_operations_balance_after_each(sqlite: Database):
    life = await live(sqlite, seed=1, steps=2000, whole_check_every=100)
    assert life.refused < life.number / 2


@pytest.mark.long
async def test_100_000_random_operations_balance_after_each(sqlite: Database):
    await live(sqlite, seed=2, steps=100_000, whole_check_every=5000)
