"""Overlapping times of mixed length from four processes, and the same without the key."""

import asyncio

from sqlalchemy import text

from storage.engine import Database
from tests.booking.racers import open_for_racers, overlaps, race, winners

PROCESSES, BOOKERS, ROUNDS = 4, 24, 4


async def run(url: str) -> list[int]:
    tries = await asyncio.to_thread(race, url, processes=PROCESSES, bookers=BOOKERS, rounds=ROUNDS)
    return [overlaps(tries), *winners(tries)]


async def test_one_wins_each_round(database: Database, database_url: str) -> None:
    await open_for_racers(database, ROUNDS)
    assert await run(database_url) == [0, *ROUNDS * [1]]


async def test_without_the_key_several_win(database: Database, database_url: str) -> None:
    await open_for_racers(database, ROUNDS)
    async with database.write.begin() as db:
        await db.execute(text("DROP TABLE booked_cells"))
        await db.execute(
            text("CREATE TABLE booked_cells (owner VARCHAR, cell BIGINT, session_id VARCHAR)")
        )
    found = await run(database_url)
    assert found[0] > 0
    assert sum(found[1:]) > ROUNDS
