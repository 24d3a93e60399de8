"""Next free times that are kept ready are never wrong."""

import asyncio
import tempfile
from collections.abc import Coroutine
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncSession

from booking import service as booking
from booking.repository.sessions import find
from booking.schedule import Schedule
from booking.slots import Interval, Slot, Stay
from booking.slots_json import weekly_from_json
from booking.tables import OfferRow
from kernel.errors import DomainError
from kernel.ids import ExpertId, OfferId, PersonId
from storage.engine import Database, open_database
from tests.booking.builders import (
    CLIENT,
    EXPERT,
    NOW,
    OFFER,
    WORKDAYS,
    an_offer,
    at,
    open_for_business,
)
from tests.empty_database import empty_sqlite

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
BEN = ExpertId("ben")

on_postgres = pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
"""SQLite has one writer at a time."""


async def keep_all(database: Database, now: datetime) -> None:
    more = True
    while more:
        async with database.write.begin() as db:
            more = await booking.refresh_next_times(db, now, experts=3)


async def next_of(database: Database, offer: OfferId, now: datetime) -> tuple[Slot | None, int]:
    """The next free time, and how many queries it took."""
    queries: list[str] = []
    engine = database.engines[-1].sync_engine

    def note(*call: Any) -> None:
        queries.append(call[2])

    event.listen(engine, "before_cursor_execute", note)
    async with database.read() as db:
        found = await booking.next_free(db, [offer], now=now)
    event.remove(engine, "before_cursor_execute", note)
    return found.get(offer), len([one for one in queries if one.startswith("SELECT")])


async def test_what_is_kept_costs_one_query_until_something_changes(database: Database) -> None:
    async with database.write.begin() as db:
        await open_for_business(db)
    await keep_all(database, NOW)
    assert await next_of(database, OFFER, NOW) == (Slot(at(9, day=2), at(10, day=2)), 1)
    async with database.write.begin() as db:
        await booking.hold(db, offer_id=OFFER, client=CLIENT, start=at(9, day=2), now=NOW)
    slot, queries = await next_of(database, OFFER, NOW)
    assert slot == Slot(at(10, day=2), at(11, day=2))
    assert queries > 1
    await keep_all(database, NOW)
    assert await next_of(database, OFFER, NOW) == (slot, 1)


async def test_a_hold_that_runs_out_needs_no_job(database: Database) -> None:
    async with database.write.begin() as db:
        await open_for_business(db)
        await booking.hold(db, offer_id=OFFER, client=CLIENT, start=at(9, day=2), now=NOW)
    await keep_all(database, NOW)
    later = NOW + 15 * MINUTE
    assert (await next_of(database, OFFER, later - MINUTE))[0] == Slot(at(10, day=2), at(11, day=2))
    # the notice of an hour has passed 9:00 by then, so a shorter one is asked for
    async with database.write.begin() as db:
        await booking.change_rules(db, EXPERT, {"notice_minutes": 0})
    await keep_all(database, NOW)
    assert (await next_of(database, OFFER, later))[0] == Slot(at(9, day=2), at(10, day=2))


async def test_a_range_within_what_is_kept_is_computed(database: Database) -> None:
    async with database.write.begin() as db:
        await open_for_business(db)
    await keep_all(database, NOW)
    async with database.read() as db:
        later = await booking.next_free(db, [OFFER], now=NOW, after=at(12))
        none = await booking.next_free(db, [OFFER], now=NOW, before=at(9, day=2))
    assert later[OFFER].start == at(12)
    assert none == {}


@on_postgres
async def test_what_is_booked_while_it_is_computed_is_not_forgotten(
    database: Database,
) -> None:
    async with database.write.begin() as db:
        await open_for_business(db)
    async with database.write() as booker:
        await booking.hold(booker, offer_id=OFFER, client=CLIENT, start=at(9, day=2), now=NOW)
        await keep_all(database, NOW)
        await booker.commit()
    assert (await next_of(database, OFFER, NOW))[0] == Slot(at(10, day=2), at(11, day=2))
    await keep_all(database, NOW)
    assert (await next_of(database, OFFER, NOW))[0] == Slot(at(10, day=2), at(11, day=2))


@on_postgres
async def test_two_who_compute_do_not_overwrite_each_other(
    database: Database,
) -> None:
    async with database.write.begin() as db:
        await open_for_business(db)
    async with database.write() as slow:
        assert await booking.refresh_next_times(slow, NOW, experts=3)
        async with database.write.begin() as db:
            await booking.hold(db, offer_id=OFFER, client=CLIENT, start=at(9, day=2), now=NOW)
        async with database.write.begin() as other:
            assert not await booking.refresh_next_times(other, NOW, experts=3)
        await slow.commit()
    assert (await next_of(database, OFFER, NOW))[0] == Slot(at(10, day=2), at(11, day=2))


async def test_an_offer_that_an_admin_gives_to_somebody_else_is_computed(
    database: Database,
) -> None:
    async with database.write.begin() as db:
        await open_for_business(db)
        await booking.set_weekly(db, BEN, "UTC", {0: WORKDAYS[1]})
    await keep_all(database, at(18, day=2))
    async with database.write.begin() as db:
        row = await db.get_one(OfferRow, OFFER)
        row.expert_id = BEN
    for _ in range(2):
        assert (await next_of(database, OFFER, at(18, day=2)))[0] == Slot(
            at(9, day=9), at(10, day=9)
        )
        await keep_all(database, at(18, day=2))


HOURS = {
    "usual": Schedule(ZoneInfo("UTC"), WORKDAYS),
    "closed": Schedule(ZoneInfo("UTC"), {}),
    "limited": Schedule(ZoneInfo("UTC"), WORKDAYS, per_day=1, per_week=2),
    "off today": Schedule(ZoneInfo("UTC"), WORKDAYS, {NOW.date(): ()}),
    "late": Schedule(ZoneInfo("UTC"), {5: WORKDAYS[1]}),
    "away": Schedule(
        ZoneInfo("UTC"),
        WORKDAYS,
        travel=[Stay(NOW.date(), NOW.date() + 3 * DAY, ZoneInfo("Asia/Kathmandu"))],
    ),
    "night": Schedule(
        ZoneInfo("Europe/Berlin"),
        weekly_from_json([{"weekday": 0, "start": "22:00", "end": "24:00"}]),
    ),
}
OFFERS = {
    "plain": {"minutes": 30},
    "broad": {"minutes": 60, "buffer_before": 15, "buffer_after": 15, "notice_minutes": 0},
    "short-sighted": {"minutes": 60, "window_days": 1, "notice_minutes": 120},
    "group": {"minutes": 60, "seats": 2},
}
BUSY = {
    "free": [],
    "morning": [Interval(at(8, day=2), at(12, day=2))],
    "week": [Interval(at(0, day=2), at(0, day=8))],
}
offers = st.sampled_from([OfferId(name) for name in OFFERS])
numbers = st.integers(min_value=0, max_value=30)


class Changes(RuleBasedStateMachine):
    """Two experts change whatever they can while clients book; the job runs now and then."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.folder = tempfile.TemporaryDirectory()
        self.now = NOW
        self.database = open_database(empty_sqlite(Path(self.folder.name) / "next.db"))

    def do(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self.loop.run_until_complete(work)

    def change(self, how: Any, *args: Any, **named: Any) -> None:
        async def changed() -> None:
            try:
                async with self.database.write.begin() as db:
                    await how(db, *args, **named)
            except DomainError:
                pass

        self.do(changed())

    @initialize()
    def open(self) -> None:
        async def all_offers(db: AsyncSession) -> None:
            for name, rules in OFFERS.items():
                expert = EXPERT if name in {"plain", "group"} else BEN
                await open_for_business(db, id=OfferId(name), expert_id=expert, **rules)

        self.change(all_offers)

    @rule(offer=offers, number=numbers, client=st.sampled_from(["ana", "eva", "tom"]))
    def hold(self, offer: OfferId, number: int, client: str) -> None:
        async def free(db: AsyncSession) -> None:
            found = await booking.free_times(
                db, offer, frm=self.now, until=self.now + 3 * DAY, now=self.now
            )
            if found:
                start = found[number % min(4, len(found))].start
                await booking.hold(
                    db, offer_id=offer, client=PersonId(client), start=start, now=self.now
                )

        self.change(free)

    @rule(number=numbers, what=st.sampled_from(["pay", "release", "cancel", "move"]))
    def move(self, number: int, what: str) -> None:
        async def moved(db: AsyncSession) -> None:
            found = await find(db)
            if not found:
                return
            one = found[number % len(found)]
            if what == "pay":
                await booking.paid(db, one.id, self.now)
            elif what == "release":
                await booking.release(db, one.id, client=one.client_id, now=self.now)
            elif what == "cancel":
                await booking.cancel(db, one.id, by="admin", now=self.now)
            else:
                await booking.reschedule(
                    db, one.id, client=one.client_id, start=one.starts_at + DAY, now=self.now
                )

        self.change(moved)

    @rule(expert=st.sampled_from([EXPERT, BEN]), hours=st.sampled_from(list(HOURS)))
    def change_hours(self, expert: ExpertId, hours: str) -> None:
        self.change(booking.save_schedule, expert, HOURS[hours])

    @rule(expert=st.sampled_from([EXPERT, BEN]), busy=st.sampled_from(list(BUSY)))
    def import_calendar(self, expert: ExpertId, busy: str) -> None:
        self.change(booking.connect, expert, "https://x.test/a.ics", BUSY[busy], now=self.now)

    @rule(expert=st.sampled_from([EXPERT, BEN]))
    def read_calendar_again(self, expert: ExpertId) -> None:
        async def again(db: AsyncSession) -> None:
            for calendar in await booking.calendars_of(db, expert):
                await booking.refreshed(db, calendar, BUSY["morning"], now=self.now)

        self.change(again)

    @rule(expert=st.sampled_from([EXPERT, BEN]))
    def disconnect(self, expert: ExpertId) -> None:
        async def gone(db: AsyncSession) -> None:
            for calendar in await booking.calendars_of(db, expert):
                await booking.disconnect(db, calendar.id, expert)

        self.change(gone)

    @rule(offer=offers, active=st.booleans(), window=st.sampled_from([1, 3, 30]))
    def change_offer(self, offer: OfferId, active: bool, window: int) -> None:
        expert = EXPERT if offer in {"plain", "group"} else BEN
        rules = {**OFFERS[offer], "window_days": window}
        changed = an_offer(id=offer, expert_id=expert, active=active, **rules)
        self.change(booking.save_offer, changed)

    @rule(minutes=st.sampled_from([1, 14, 15, 60, 600, 1440]))
    def later(self, minutes: int) -> None:
        self.now += minutes * MINUTE

    @rule()
    def time_moves_sessions(self) -> None:
        for how in (
            booking.expire_holds,
            booking.expire_requests,
            booking.begin_due,
            booking.end_due,
        ):
            self.change(how, self.now)

    @rule()
    def job_runs(self) -> None:
        self.do(keep_all(self.database, self.now))

    @rule()
    def job_does_a_part(self) -> None:
        self.change(booking.refresh_next_times, self.now, experts=1)

    @invariant()
    def next_is_the_first_free_time(self) -> None:
        async def compare() -> None:
            ids = [OfferId(name) for name in OFFERS]
            async with self.database.read() as db:
                found = await booking.next_free(db, ids, now=self.now)
                for offer in ids:
                    free = await booking.free_times(
                        db, offer, frm=self.now, until=self.now + 60 * DAY, now=self.now
                    )
                    assert found.get(offer) == (free[0] if free else None), offer

        self.do(compare())

    def teardown(self) -> None:
        self.do(self.database.close())
        self.loop.close()
        self.folder.cleanup()


Changes.TestCase.settings = settings(
    max_examples=15, stateful_step_count=30, deadline=None,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
TestChanges = Changes.TestCase
