"""Many bookers want overlapping times of one expert in the same moment.

With the cells' key nobody is booked twice; without it, the same test must see double bookings,
or it would prove nothing.
"""

import asyncio
from collections.abc import AsyncIterator
from itertools import pairwise

import pytest
from sqlalchemy import text

from booking import service as booking
from booking.errors import TimeTaken
from booking.model import Session
from kernel.ids import OfferId, PersonId
from storage.engine import Database, open_database
from tests.booking.builders import NOW, OFFER, at, open_for_business

CONNECTIONS = 4
BOOKERS = 24
LENGTHS = {OfferId("ana-30"): 30, OFFER: 60, OfferId("ana-90"): 90}


@pytest.fixture
async def workers(database: Database, database_url: str) -> AsyncIterator[list[Database]]:
    """Several workers' connections to one database."""
    async with database.write.begin() as db:
        for offer, minutes in LENGTHS.items():
            await open_for_business(db, id=offer, minutes=minutes, buffer_after=5)
    opened = [open_database(database_url) for _ in range(CONNECTIONS)]
    yield opened
    for each in opened:
        await each.close()


async def try_to_hold(worker: Database, number: int, hour: int) -> Session | None:
    offer = list(LENGTHS)[number % len(LENGTHS)]
    start = at(hour, 30 * (number // len(LENGTHS) % 2))
    try:
        async with worker.write.begin() as db:
            return await booking.hold(
                db, offer_id=offer, client=PersonId(f"client-{hour}-{number}"), start=start, now=NOW
            )
    except TimeTaken:
        return None


async def all_at_once(workers: list[Database]) -> list[Session]:
    """The winners of a few rounds, each for another hour, by start."""
    winners = []
    for hour in (9, 12, 14):
        tries = (
            try_to_hold(workers[number % CONNECTIONS], number, hour) for number in range(BOOKERS)
        )
        winners += [each for each in await asyncio.gather(*tries) if each]
    return sorted(winners, key=lambda each: each.starts_at)


def overlaps(sessions: list[Session]) -> int:
    return sum(before.busy.end > after.busy.start for before, after in pairwise(sessions))


async def test_nobody_is_booked_twice(workers: list[Database]) -> None:
    winners = await all_at_once(workers)
    assert len(winners) >= 3
    assert overlaps(winners) == 0


async def test_without_the_key_somebody_is_booked_twice(
    database: Database, workers: list[Database]
) -> None:
    async with database.write.begin() as db:
        await db.execute(text("DROP TABLE booked_cells"))
        await db.execute(
            text("CREATE TABLE booked_cells (owner VARCHAR, cell BIGINT, session_id VARCHAR)")
        )
    winners = await all_at_once(workers)
    assert overlaps(winners) > 0


async def test_two_sessions_cannot_move_to_one_time(
    database: Database, workers: list[Database]
) -> None:
    sessions = []
    for number, hour in enumerate((9, 11, 13, 15)):
        async with database.write.begin() as db:
            held = await booking.hold(
                db, offer_id=OFFER, client=PersonId(f"client-{number}"), start=at(hour), now=NOW
            )
            sessions.append(await booking.paid(db, held.id, NOW))

    async def move(worker: Database, session: Session) -> Session | None:
        try:
            async with worker.write.begin() as db:
                return await booking.reschedule(
                    db, session.id, client=session.client_id, start=at(10, day=4), now=NOW
                )
        except TimeTaken:
            return None

    moved = await asyncio.gather(*map(move, workers, sessions))
    assert len([each for each in moved if each]) == 1
    async with database.read() as db:
        agenda = await booking.expert_sessions(db, sessions[0].expert_id, frm=at(0), until=at(23))
    assert len(agenda) == 3


async def test_swapping_times_does_not_deadlock(
    database: Database, workers: list[Database]
) -> None:
    """Each wants the time that the other still has: both are refused, neither waits for ever."""
    sessions = []
    for number, hour in enumerate((9, 11)):
        async with database.write.begin() as db:
            held = await booking.hold(
                db, offer_id=OFFER, client=PersonId(f"client-{number}"), start=at(hour), now=NOW
            )
            sessions.append(await booking.paid(db, held.id, NOW))

    async def move(worker: Database, session: Session, hour: int) -> None:
        with pytest.raises(TimeTaken):
            async with worker.write.begin() as db:
                await booking.reschedule(
                    db, session.id, client=session.client_id, start=at(hour), now=NOW
                )

    for _ in range(5):
        await asyncio.wait_for(
            asyncio.gather(move(workers[0], sessions[0], 11), move(workers[1], sessions[1], 9)),
            timeout=20,
        )


async def test_holds_that_ran_out_are_expired_once(
    database: Database, workers: list[Database]
) -> None:
    async with database.write.begin() as db:
        for number, hour in enumerate((9, 11, 13)):
            await booking.hold(
                db, offer_id=OFFER, client=PersonId(f"client-{number}"), start=at(hour), now=NOW
            )

    async def expire(worker: Database) -> list[Session]:
        async with worker.write.begin() as db:
            return await booking.expire_holds(db, at(0))

    expired = [each for found in await asyncio.gather(*map(expire, workers)) for each in found]
    assert len(expired) == len({each.id for each in expired}) == 3
