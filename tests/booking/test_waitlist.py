"""Who waits for a time: in order, one at a time, with a deadline."""

import asyncio
from datetime import datetime, timedelta

import pytest

from booking import service as booking
from booking.errors import TimeTaken, UnknownEntry
from booking.model import Session, SessionState
from booking.slots_json import weekly_from_json
from kernel.ids import ExpertId, OfferId, PersonId
from storage.engine import Database, open_database
from tests.booking.builders import EXPERT, NOW, OFFER, at, open_for_business

MINUTE = timedelta(minutes=1)
ONE_HOUR_A_WEEK = weekly_from_json([{"weekday": 1, "start": "10:00", "end": "11:00"}])
ANA, BEN, EVA = PersonId("first"), PersonId("second"), PersonId("third")


async def full(database: Database, *waiting: PersonId) -> Session:
    """Tuesday ten to eleven is booked, and some wait for it."""
    async with database.write.begin() as db:
        await open_for_business(db, window_days=6)
        await booking.set_weekly(db, EXPERT, "UTC", ONE_HOUR_A_WEEK)
        held = await booking.hold(db, offer_id=OFFER, client=PersonId("mia"), start=at(10), now=NOW)
        booked = await booking.paid(db, held.id, NOW)
        for number, client in enumerate(waiting):
            await booking.join_waitlist(
                db, offer_id=OFFER, client=client, now=NOW + number * MINUTE
            )
    return booked


async def offered(database: Database, now: datetime) -> list[tuple[str, datetime]]:
    async with database.write.begin() as db:
        return [(one.client_id, one.starts_at) for one in await booking.offer_freed(db, now)]


async def cancel(database: Database, session: Session) -> None:
    async with database.write.begin() as db:
        await booking.cancel(db, session.id, by="admin", now=NOW)


async def test_a_freed_time_is_offered_in_order_and_once(database: Database) -> None:
    booked = await full(database, ANA, BEN)
    assert await offered(database, NOW) == []
    await cancel(database, booked)
    assert await offered(database, NOW) == [(ANA, at(10))]
    assert await offered(database, NOW + 29 * MINUTE) == []
    async with database.write.begin() as db:
        with pytest.raises(TimeTaken):
            await booking.hold(db, offer_id=OFFER, client=EVA, start=at(10), now=NOW)
        await booking.expire_holds(db, NOW + 30 * MINUTE)
    assert await offered(database, NOW + 30 * MINUTE) == [(BEN, at(10))]


async def test_who_passes_makes_way_for_the_next(database: Database) -> None:
    booked = await full(database, ANA, BEN)
    await cancel(database, booked)
    await offered(database, NOW)
    async with database.write.begin() as db:
        held = await booking.held(db, ANA, now=NOW)
        assert held is not None
        await booking.release(db, held.id, client=ANA, now=NOW)
    assert await offered(database, NOW) == [(BEN, at(10))]
    async with database.write.begin() as db:
        mine = await booking.held(db, BEN, now=NOW)
        assert mine is not None
        paid = await booking.paid(db, mine.id, NOW)
    assert paid.state is SessionState.CONFIRMED
    assert await offered(database, NOW) == []
    async with database.read() as db:
        assert await booking.waitlist_place(db, OFFER, ANA) is None
        assert await booking.waitlist_place(db, OFFER, BEN) is None


async def test_who_is_paying_for_another_time_is_not_disturbed(database: Database) -> None:
    booked = await full(database, ANA)
    other = at(10, day=10)
    async with database.write.begin() as db:
        await open_for_business(db)
        await booking.hold(db, offer_id=OFFER, client=ANA, start=other, now=NOW)
    await cancel(database, booked)
    assert await offered(database, NOW) == []
    async with database.write.begin() as db:
        await booking.expire_holds(db, NOW + 15 * MINUTE)
    assert await offered(database, NOW + 15 * MINUTE)


async def test_only_the_wanted_day_is_offered(database: Database) -> None:
    booked = await full(database)
    async with database.write.begin() as db:
        await booking.join_waitlist(
            db, offer_id=OFFER, client=ANA, now=NOW, frm=at(0, day=4), until=at(0, day=5)
        )
    await cancel(database, booked)
    assert await offered(database, NOW) == []
    async with database.write.begin() as db:
        place = await booking.join_waitlist(
            db, offer_id=OFFER, client=ANA, now=NOW, frm=at(0), until=at(0, day=4)
        )
    assert place.number == 1
    assert await offered(database, NOW) == [(ANA, at(10))]


async def test_waiting_ends_by_leaving_or_when_it_is_past(database: Database) -> None:
    booked = await full(database, ANA, BEN)
    async with database.write.begin() as db:
        place = await booking.waitlist_place(db, OFFER, BEN)
        assert place is not None
        assert place.number == 2
        with pytest.raises(UnknownEntry):
            await booking.leave_waitlist(db, place.entry.id, ANA)
        await booking.leave_waitlist(db, place.entry.id, BEN)
        with pytest.raises(UnknownEntry):
            await booking.leave_waitlist(db, place.entry.id, BEN)
    await cancel(database, booked)
    later = NOW + timedelta(days=6)
    assert await offered(database, later) == []
    async with database.read() as db:
        assert await booking.waitlist_place(db, OFFER, ANA) is None


async def test_several_schedulers_offer_a_time_once(database: Database, database_url: str) -> None:
    booked = await full(database, ANA, BEN, EVA)
    await cancel(database, booked)
    workers = [open_database(database_url) for _ in range(4)]
    found = await asyncio.gather(*(offered(worker, NOW) for worker in workers))
    for worker in workers:
        await worker.close()
    assert [one for each in found for one in each] == [(ANA, at(10))]


async def test_one_wish_for_several_is_fulfilled_once(database: Database) -> None:
    booked = await full(database)
    other = OfferId("ben-60")
    async with database.write.begin() as db:
        await open_for_business(db, id=other, expert_id=ExpertId("ben"), window_days=6)
        await booking.set_weekly(db, ExpertId("ben"), "UTC", {})
        for offer in (OFFER, other):
            await booking.join_waitlist(db, offer_id=offer, client=ANA, now=NOW, any_of="wish")
        assert len(await booking.waiting_among(db, [OFFER, other], ANA)) == 2
    await cancel(database, booked)
    assert await offered(database, NOW) == [(ANA, at(10))]
    async with database.write.begin() as db:
        held = await booking.held(db, ANA, now=NOW)
        assert held is not None
        await booking.paid(db, held.id, NOW)
        await booking.set_weekly(db, ExpertId("ben"), "UTC", ONE_HOUR_A_WEEK)
    assert await offered(database, NOW) == []
    async with database.read() as db:
        assert await booking.waiting_among(db, [OFFER, other], ANA) == []


async def test_who_has_had_what_is_had_once_stops_nobody(database: Database) -> None:
    booked = await full(database, ANA, BEN)
    async with database.write.begin() as db:
        await open_for_business(db, once=True)
        mine = await booking.hold(db, offer_id=OFFER, client=ANA, start=at(14, day=4), now=NOW)
        await booking.paid(db, mine.id, NOW)
    await cancel(database, booked)
    async with database.write.begin() as db:
        await booking.set_weekly(db, EXPERT, "UTC", ONE_HOUR_A_WEEK)
    assert await offered(database, NOW) == [(BEN, at(10))]
    async with database.read() as db:
        assert await booking.waitlist_place(db, OFFER, ANA) is None


async def test_who_books_such_a_time_themselves_waits_no_more(database: Database) -> None:
    booked = await full(database, ANA, BEN)
    other, friday = OfferId("bo-60"), at(10, day=6)
    async with database.write.begin() as db:
        await open_for_business(db, id=other, expert_id=ExpertId("bo"))
        for offer in (OFFER, other):
            await booking.join_waitlist(db, offer_id=offer, client=EVA, now=NOW, any_of="wish")
        await open_for_business(db, window_days=6)
        for client, start in ((ANA, friday), (EVA, at(11, day=6))):
            held = await booking.hold(db, offer_id=OFFER, client=client, start=start, now=NOW)
            await booking.paid(db, held.id, NOW)
        await booking.set_weekly(db, EXPERT, "UTC", ONE_HOUR_A_WEEK)
    await cancel(database, booked)
    assert await offered(database, NOW) == [(BEN, at(10))]
    async with database.read() as db:
        assert await booking.waitlist_place(db, OFFER, ANA) is None
        assert await booking.waiting_among(db, [OFFER, other], EVA) == []


async def test_who_moves_a_session_into_such_a_time_waits_no_more(database: Database) -> None:
    booked = await full(database)
    later, friday = at(10, day=10), at(10, day=6)
    async with database.write.begin() as db:
        await open_for_business(db, window_days=9)
        held = await booking.hold(db, offer_id=OFFER, client=ANA, start=later, now=NOW)
        mine = await booking.paid(db, held.id, NOW)
        for client in (ANA, BEN):
            await booking.join_waitlist(
                db, offer_id=OFFER, client=client, now=NOW + MINUTE, until=at(0, day=7)
            )
        await booking.reschedule(db, mine.id, client=ANA, start=friday, now=NOW + MINUTE)
        await booking.set_weekly(db, EXPERT, "UTC", ONE_HOUR_A_WEEK)
    await cancel(database, booked)
    assert await offered(database, NOW + MINUTE) == [(BEN, at(10))]
    async with database.read() as db:
        assert await booking.waitlist_place(db, OFFER, ANA) is None


async def test_what_was_booked_before_or_at_other_times_leaves_a_place(database: Database) -> None:
    booked = await full(database)
    async with database.write.begin() as db:
        await open_for_business(db)
        for client, day in ((ANA, 4), (BEN, 9)):
            held = await booking.hold(
                db, offer_id=OFFER, client=client, start=at(10, day=day), now=NOW
            )
            await booking.paid(db, held.id, NOW)
        for client in (ANA, BEN):
            await booking.join_waitlist(
                db, offer_id=OFFER, client=client, now=NOW + MINUTE * (client == ANA),
                until=at(0, day=5),
            )  # fmt: skip
        await booking.set_weekly(db, EXPERT, "UTC", ONE_HOUR_A_WEEK)
    await cancel(database, booked)
    assert await offered(database, NOW + MINUTE) == [(BEN, at(10))]
    async with database.read() as db:
        assert await booking.waitlist_place(db, OFFER, ANA) is not None


async def test_a_time_that_a_client_cannot_take_stays_free(database: Database) -> None:
    booked = await full(database, ANA)
    other, third = OfferId("bo-60"), OfferId("cy-60")
    async with database.write.begin() as db:
        for offer, expert in ((other, "bo"), (third, "cy")):
            await open_for_business(db, id=offer, expert_id=ExpertId(expert))
        first = await booking.hold(db, offer_id=other, client=ANA, start=at(10), now=NOW)
        await booking.paid(db, first.id, NOW)
        # insisted on beside the first, it has none of the client's cells
        second = await booking.hold(
            db, offer_id=third, client=ANA, start=at(10), now=NOW, insist=True
        )
        await booking.paid(db, second.id, NOW)
        await booking.cancel(db, first.id, by="admin", now=NOW)
    await cancel(database, booked)
    assert await offered(database, NOW) == []
    async with database.write.begin() as db:
        assert await booking.hold(db, offer_id=OFFER, client=EVA, start=at(10), now=NOW)
