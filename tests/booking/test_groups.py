"""Several clients share a session, a seat each; the expert is taken once."""

import asyncio

import pytest

from booking import service as booking
from booking.errors import BadOffer, ClientBusy, NotOffered, TimeTaken
from booking.model import Delivery, Session
from kernel.ids import OfferId, PersonId
from storage.engine import Database, open_database
from tests.booking.builders import NOW, OFFER, an_offer, at, open_for_business

SINGLE = OfferId("single")


@pytest.fixture(autouse=True)
async def two_offers(database: Database) -> None:
    async with database.write.begin() as db:
        await open_for_business(db, seats=3)
        await open_for_business(db, id=SINGLE)


async def take(
    database: Database, client: str, *, hour: int = 10, minute: int = 0, offer: OfferId = OFFER
) -> Session:
    async with database.write.begin() as db:
        held = await booking.hold(
            db, offer_id=offer, client=PersonId(client), start=at(hour, minute), now=NOW
        )
        return await booking.paid(db, held.id, NOW)


async def free(database: Database, offer: OfferId = OFFER) -> list[str]:
    async with database.read() as db:
        found = await booking.free_times(db, offer, frm=at(9), until=at(12), now=NOW)
    return [f"{one.start:%H:%M}" for one in found]


async def test_seats_are_taken_until_none_is_left(database: Database) -> None:
    for client in ("a", "b"):
        await take(database, client)
        assert await free(database) == ["09:00", "10:00", "11:00", "11:30"]
    await take(database, "c")
    assert await free(database) == ["09:00", "11:00", "11:30"]
    with pytest.raises(TimeTaken):
        await take(database, "d")


async def test_a_group_takes_the_expert_for_everything_else(database: Database) -> None:
    await take(database, "a")
    assert "10:00" not in await free(database, SINGLE)
    for offer, minute in ((SINGLE, 0), (SINGLE, 30), (OFFER, 30)):
        with pytest.raises(TimeTaken):
            await take(database, "b", minute=minute, offer=offer)
    await take(database, "b", hour=14, offer=SINGLE)
    with pytest.raises(TimeTaken):
        await take(database, "c", hour=14)


async def test_the_last_who_leaves_frees_the_time(database: Database) -> None:
    sessions = [await take(database, client) for client in ("a", "b")]
    for number, session in enumerate(sessions):
        async with database.write.begin() as db:
            await booking.cancel(db, session.id, by="admin", now=NOW)
        assert ("10:00" in await free(database, SINGLE)) is (number == 1)


async def test_a_seat_can_be_moved_to_another_group(database: Database) -> None:
    first, _ = await take(database, "a"), await take(database, "b", hour=14)
    async with database.write.begin() as db:
        with pytest.raises(NotOffered):
            await booking.reschedule(db, first.id, client=PersonId("a"), start=at(10), now=NOW)
        moved = await booking.reschedule(db, first.id, client=PersonId("a"), start=at(14), now=NOW)
    assert moved.starts_at == at(14)
    assert "10:00" in await free(database, SINGLE)
    await take(database, "c", hour=14)
    with pytest.raises(TimeTaken):
        await take(database, "d", hour=14)


async def test_a_refused_move_keeps_the_seat(database: Database) -> None:
    first = await take(database, "a")
    for client in ("b", "c", "d"):
        await take(database, client, hour=14)
    async with database.write.begin() as db:
        with pytest.raises(TimeTaken):
            await booking.reschedule(db, first.id, client=PersonId("a"), start=at(14), now=NOW)
    for client in ("e", "f"):
        await take(database, client)
    with pytest.raises(TimeTaken):
        await take(database, "g")


async def test_nobody_sits_twice(database: Database) -> None:
    await take(database, "a")
    with pytest.raises(ClientBusy):
        await take(database, "a")
    await take(database, "b")
    await take(database, "c")


async def test_many_want_the_last_seats(database: Database, database_url: str) -> None:
    workers = [open_database(database_url) for _ in range(4)]

    async def wants(number: int) -> bool:
        try:
            await take(workers[number % 4], f"c{number}")
        except TimeTaken:
            return False
        return True

    won = await asyncio.gather(*map(wants, range(16)))
    for worker in workers:
        await worker.close()
    assert sum(won) == 3


def test_seats_that_cannot_work_are_refused() -> None:
    for wrong in ({"seats": 0}, {"seats": 101}, {"seats": 2, "delivery": Delivery.RELAY}):
        with pytest.raises(BadOffer):
            an_offer(**wrong)
