"""Free times from the database, next free times, reading and calendars."""

from datetime import timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import event

from booking import calendar
from booking import service as booking
from booking.errors import BadHours, NotOffered, UnknownOffer, UnknownSession
from booking.model import Delivery, Session, SessionState
from booking.slots_json import overrides_from_json, weekly_from_json
from kernel.ids import ExpertId, OfferId, PersonId, SessionId
from storage.engine import Database
from tests.booking.builders import CLIENT, EXPERT, NOW, OFFER, WORKDAYS, at, open_for_business

DAY = timedelta(days=1)


async def confirmed(database: Database, hour: int, client: PersonId = CLIENT) -> Session:
    async with database.write.begin() as db:
        held = await booking.hold(db, offer_id=OFFER, client=client, start=at(hour), now=NOW)
        return await booking.paid(db, held.id, NOW)


async def test_an_offer_and_its_hours_are_stored_once(database: Database) -> None:
    async with database.write.begin() as db:
        offer = await open_for_business(db)
        assert await booking.save_offer(db, offer) == "unchanged"
        assert await booking.offers(db, EXPERT) == [offer]
        await booking.set_weekly(
            db, EXPERT, "Asia/Shanghai", WORKDAYS,
            overrides_from_json([{"date": "2026-03-03", "intervals": []}]),
        )  # fmt: skip
        assert await booking.free_times(db, OFFER, frm=at(0), until=at(12), now=NOW) == []
        hours = await booking.weekly(db, EXPERT)
        with pytest.raises(UnknownOffer):
            await booking.offer(db, OfferId("made-up"))
    assert hours is not None
    assert (hours.zone.key, hours.weekly) == ("Asia/Shanghai", WORKDAYS)


async def test_hours_off_the_five_minute_grid_are_refused(database: Database) -> None:
    odd = weekly_from_json([{"weekday": 0, "start": "09:02", "end": "12:00"}])
    async with database.write.begin() as db:
        with pytest.raises(BadHours):
            await booking.set_weekly(db, EXPERT, "UTC", odd)


async def test_a_hold_that_ran_out_is_shown_as_free(database: Database) -> None:
    async with database.write.begin() as db:
        await open_for_business(db)
        await booking.hold(db, offer_id=OFFER, client=CLIENT, start=at(10), now=NOW)
        held = await booking.free_times(db, OFFER, frm=at(10), until=at(11), now=NOW)
        later = NOW + timedelta(minutes=15)
        free = await booking.free_times(db, OFFER, frm=at(10), until=at(11), now=later)
    assert [each.start for each in held] == []
    assert [each.start for each in free] == [at(10), at(10, 30)]


async def test_nothing_is_free_beyond_the_window_or_within_the_notice(
    database: Database,
) -> None:
    async with database.write.begin() as db:
        await open_for_business(db, window_days=2, notice_minutes=120)
        free = await booking.free_times(db, OFFER, frm=NOW, until=NOW + 30 * DAY, now=NOW)
    assert free[0].start == at(10, day=2)
    assert free[-1].start == at(16, day=3)


async def test_a_time_just_shown_can_still_be_taken_while_one_reads(database: Database) -> None:
    shown = at(7) - timedelta(seconds=1)
    async with database.write.begin() as db:
        await open_for_business(db, notice_minutes=120)
        free = await booking.free_times(db, OFFER, frm=shown, until=at(12), now=shown)
        assert free[0].start == at(9)
        late = at(7) + timedelta(minutes=5, seconds=1)
        with pytest.raises(NotOffered):
            await booking.hold(db, offer_id=OFFER, client=CLIENT, start=at(9), now=late)
        soon = at(7) + timedelta(minutes=4)
        held = await booking.hold(db, offer_id=OFFER, client=CLIENT, start=at(9), now=soon)
    assert held.starts_at == at(9)


async def test_what_has_begun_cannot_be_taken(database: Database) -> None:
    async with database.write.begin() as db:
        await open_for_business(db, notice_minutes=0)
        with pytest.raises(NotOffered):
            await booking.hold(
                db, offer_id=OFFER, client=CLIENT, start=at(9), now=at(9) + timedelta(seconds=1)
            )


async def test_next_free_times_are_asked_for_together(database: Database) -> None:
    others = [ExpertId(f"expert-{count}") for count in range(20)]
    async with database.write.begin() as db:
        await open_for_business(db)
        for expert in others:
            await open_for_business(db, id=OfferId(f"{expert}-60"), expert_id=expert)
    await confirmed(database, 9)
    offers = [OFFER, *(OfferId(f"{expert}-60") for expert in others), OfferId("made-up")]
    queries: list[str] = []
    engine = database.engines[-1].sync_engine
    event.listen(engine, "before_cursor_execute", lambda *a: queries.append(a[2]))
    async with database.read() as db:
        found = await booking.next_free(db, offers, now=NOW, after=at(9), before=at(12))
    assert len([each for each in queries if each.startswith("SELECT")]) == 5
    assert found[OFFER].start == at(10)
    assert found[OfferId("expert-3-60")].start == at(9)
    assert len(found) == 21


async def test_next_free_time_may_be_weeks_away_or_missing(database: Database) -> None:
    closed = [{"date": f"2026-03-{day:02}", "intervals": []} for day in range(1, 20)]
    async with database.write.begin() as db:
        await open_for_business(db)
        await booking.set_weekly(db, EXPERT, "UTC", WORKDAYS, overrides_from_json(closed))
        far = await booking.next_free(db, [OFFER], now=NOW)
        none = await booking.next_free(db, [OFFER], now=NOW, before=at(9, day=20))
    assert far[OFFER].start == at(9, day=20)
    assert none == {}


async def test_sessions_are_found_by_client_expert_and_day(database: Database) -> None:
    async with database.write.begin() as db:
        await open_for_business(db)
    first, second = await confirmed(database, 9), await confirmed(database, 12)
    other = await confirmed(database, 14, PersonId("client-2"))
    async with database.write.begin() as db:
        cancelled, _ = await booking.cancel(db, second.id, by="client", person=CLIENT, now=NOW)
        held = await booking.hold(db, offer_id=OFFER, client=CLIENT, start=at(16), now=NOW)
    async with database.read() as db:
        assert await booking.upcoming(db, CLIENT, NOW) == [first]
        assert await booking.past(db, CLIENT, before=NOW, limit=5) == [cancelled]
        assert await booking.held(db, CLIENT, now=NOW) == held
        assert await booking.held(db, CLIENT, now=NOW + DAY) is None
        assert await booking.expert_sessions(db, EXPERT, frm=at(0), until=at(23)) == [
            first,
            other,
        ]
        assert await booking.all_between(db, frm=at(10), until=at(23)) == [other]
        exported = await booking.export(db, CLIENT)
        with pytest.raises(UnknownSession):
            await booking.session(db, first.id, client=PersonId("client-2"))
        with pytest.raises(UnknownSession):
            await booking.session(db, SessionId("made-up"))
    assert [each["state"] for each in exported] == ["confirmed", "cancelled", "held"]


async def test_who_is_in_a_session_right_now(database: Database) -> None:
    async with database.write.begin() as db:
        await open_for_business(db, delivery=Delivery.RELAY)
    session = await confirmed(database, 9)
    async with database.write.begin() as db:
        await booking.begin_due(db, at(9))
        mine = await booking.under_way(db, CLIENT, delivery=Delivery.RELAY)
        theirs = await booking.under_way(
            db, PersonId("ana-herself"), delivery=Delivery.RELAY, expert_id=EXPERT
        )
        nobody = await booking.under_way(db, PersonId("x"), delivery=Delivery.RELAY)
        video = await booking.under_way(db, CLIENT, delivery=Delivery.VIDEO)
    assert mine is not None
    assert mine.id == session.id
    assert theirs == mine
    assert (nobody, video) == (None, None)


async def test_a_calendar_file_keeps_its_uid_over_its_versions(database: Database) -> None:
    async with database.write.begin() as db:
        await open_for_business(db)
    session = await confirmed(database, 9)
    async with database.write.begin() as db:
        moved = await booking.reschedule(db, session.id, client=CLIENT, start=at(12), now=NOW)
        gone, _ = await booking.cancel(db, session.id, by="client", person=CLIENT, now=NOW)
    versions = []
    for each in (session, moved, gone):
        text = calendar.ics(
            each, title="Talk 职业咨询", description="a, b; c", url="https://meet.test/x", now=NOW
        )
        parsed = Calendar.from_ical(text)
        (found,) = parsed.events
        versions.append(
            (str(parsed["METHOD"]), str(found["UID"]), int(str(found["SEQUENCE"])), found.start)
        )
        assert str(found["SUMMARY"]) == "Talk 职业咨询"
    uid = f"{session.id}@hourwise"
    assert versions == [
        ("PUBLISH", uid, 0, at(9)),
        ("PUBLISH", uid, 1, at(12)),
        ("CANCEL", uid, 2, at(12)),
    ]
    assert gone.state is SessionState.CANCELLED
