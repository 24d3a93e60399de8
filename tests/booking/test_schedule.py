"""Travel, limits and changes of an expert's schedule."""

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from booking import service as booking
from booking.errors import BadHours, BadLimit, NotOffered
from booking.schedule import Schedule
from booking.slots import Stay
from booking.slots_json import weekly_from_json
from booking.words.hours import read_hours
from kernel.ids import PersonId
from storage.engine import Database
from tests.booking.builders import CLIENT, EXPERT, NOW, OFFER, WORKDAYS, at, open_for_business

UTC = ZoneInfo("UTC")
DAY = timedelta(days=1)
PLAIN = Schedule(UTC, WORKDAYS)


async def starts(database: Database, *, day: int, hours: int = 24) -> list[str]:
    async with database.read() as db:
        found = await booking.free_times(
            db, OFFER, frm=at(0, day=day), until=at(0, day=day) + timedelta(hours=hours), now=NOW
        )
    return [f"{one.start:%d %H:%M}" for one in found]


async def test_hours_follow_the_expert_who_travels(database: Database) -> None:
    tokyo = Stay(date(2026, 3, 4), date(2026, 3, 4), ZoneInfo("Asia/Tokyo"))
    async with database.write.begin() as db:
        await open_for_business(db)
        await booking.save_schedule(db, EXPERT, replace(PLAIN, travel=(tokyo,)))
    assert (await starts(database, day=3))[0] == "03 09:00"
    travelling = await starts(database, day=4)
    assert (travelling[0], travelling[-1]) == ("04 00:00", "04 07:00")
    assert (await starts(database, day=5))[0] == "05 09:00"


async def test_the_later_of_two_stays_counts() -> None:
    stays = [
        Stay(date(2026, 3, 1), date(2026, 3, 9), ZoneInfo("Asia/Tokyo")),
        Stay(date(2026, 3, 4), date(2026, 3, 4), ZoneInfo("America/New_York")),
    ]
    schedule = replace(PLAIN, travel=stays)
    assert schedule.date_of(at(2, day=4)) == date(2026, 3, 4)
    assert schedule.is_open(at(14, day=4), at(15, day=4))
    assert not schedule.is_open(at(1, day=4), at(2, day=4))


@pytest.mark.parametrize("per_week", [None, 2])
async def test_a_full_day_or_week_takes_nobody(database: Database, per_week: int | None) -> None:
    limited = replace(PLAIN, per_day=2, per_week=per_week)
    async with database.write.begin() as db:
        await open_for_business(db)
        await booking.save_schedule(db, EXPERT, limited)
        for number, hour in enumerate((9, 11)):
            held = await booking.hold(
                db, offer_id=OFFER, client=PersonId(f"c{number}"), start=at(hour), now=NOW
            )
            await booking.paid(db, held.id, NOW)
        with pytest.raises(NotOffered):
            await booking.hold(db, offer_id=OFFER, client=CLIENT, start=at(14), now=NOW)
        moved = await booking.reschedule(db, held.id, client=PersonId("c1"), start=at(14), now=NOW)
    assert moved.starts_at == at(14)
    assert await starts(database, day=3) == []
    assert bool(await starts(database, day=4)) is (per_week is None)
    assert await starts(database, day=9)


async def test_what_is_over_counts_for_its_day_and_week(database: Database) -> None:
    async with database.write.begin() as db:
        await open_for_business(db)
        await booking.save_schedule(db, EXPERT, replace(PLAIN, per_day=1, per_week=2))
        for day in (3, 4):
            held = await booking.hold(
                db, offer_id=OFFER, client=CLIENT, start=at(9, day=day), now=NOW
            )
            await booking.paid(db, held.id, NOW)
            if day == 3:
                await booking.begin_due(db, at(9))
                await booking.end_due(db, at(10))
        with pytest.raises(NotOffered):
            await booking.hold(db, offer_id=OFFER, client=CLIENT, start=at(14), now=at(10))
        await booking.begin_due(db, at(9, day=4))
        await booking.end_due(db, at(10, day=4))
        with pytest.raises(NotOffered):
            await booking.hold(
                db, offer_id=OFFER, client=CLIENT, start=at(9, day=5), now=at(12, day=4)
            )
        await booking.hold(db, offer_id=OFFER, client=CLIENT, start=at(9, day=9), now=at(12, day=4))


def test_a_change_replaces_what_it_names_and_drops_what_is_past() -> None:
    today = date(2026, 3, 2)
    old = replace(PLAIN, overrides={date(2026, 2, 1): (), date(2026, 3, 9): ()})
    change = read_hours("Mon 10-12; off 4 Mar; 9 Mar as usual; at most 3 a day", today=today)
    new = old.changed(change, stays=(), today=today)
    assert [(str(one.start), str(one.end)) for one in new.weekly[0]] == [("10:00:00", "12:00:00")]
    assert new.weekly[1] == WORKDAYS[1]
    assert list(new.overrides) == [date(2026, 3, 4)]
    assert new.per_day == 3
    assert (
        new.changed(read_hours("no daily limit", today=today), stays=(), today=today).per_day
        is None
    )


def test_what_cannot_work_is_refused() -> None:
    with pytest.raises(BadHours):
        Schedule(UTC, weekly_from_json([{"weekday": 0, "start": "09:02", "end": "10:00"}]))
    with pytest.raises(BadLimit):
        replace(PLAIN, per_day=0)


async def test_reading_the_operators_file_again_leaves_the_experts_changes(
    database: Database,
) -> None:
    later = weekly_from_json([{"weekday": 0, "start": "12:00", "end": "13:00"}])
    async with database.write.begin() as db:
        await booking.import_weekly(db, EXPERT, "UTC", WORKDAYS)
        mine = replace(PLAIN, weekly=later, per_week=5)
        await booking.save_schedule(db, EXPERT, mine)
        await booking.import_weekly(db, EXPERT, "UTC", WORKDAYS)
        assert await booking.weekly(db, EXPERT) == mine
        await booking.import_weekly(db, EXPERT, "Asia/Tokyo", WORKDAYS)
        changed = await booking.weekly(db, EXPERT)
    assert changed is not None
    assert (changed.zone.key, changed.weekly) == ("Asia/Tokyo", WORKDAYS)
