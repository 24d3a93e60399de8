"""Imported calendars fail safe; a person's feed says what became of each session."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from aiohttp import web
from icalendar import Calendar

from booking import fetching
from booking import service as booking
from booking.errors import (
    BadCalendarAddress,
    CalendarUnreadable,
    NotOffered,
    TooManyCalendars,
    UnknownCalendar,
)
from kernel.ids import ExpertId, SessionId
from people import service as people
from people.model import Expert
from storage.engine import Database
from tests.booking.builders import EXPERT, OFFER, at
from tests.workflows.builders import World
from workflows.calendars import Feeds, ImportCalendars, ReadCalendars, RefreshCalendars
from workflows.cancel_session import CancelSession, MoveSession
from workflows.tell_admins import TellAdmins

NINE = at(9, day=9)
LOCAL = frozenset({"localhost"})


def a_calendar(hour: int) -> str:
    return (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\n"
        f"DTSTART:20260309T{hour:02}0000Z\r\nDURATION:PT1H\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )


@dataclass
class Elsewhere:
    """A server with a calendar that can break."""

    text: str = field(default_factory=lambda: a_calendar(9))
    status: int = 200
    asked: int = 0

    async def answer(self, _: web.Request) -> web.Response:
        self.asked += 1
        return web.Response(text=self.text, status=self.status)


@pytest.fixture
async def elsewhere(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[tuple[Elsewhere, str]]:
    monkeypatch.setattr(fetching, "PORTS", range(65536))
    server = Elsewhere()
    app = web.Application()
    app.router.add_get("/{path:.*}", server.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield server, f"http://localhost:{runner.addresses[0][1]}/a.ics"
    await runner.cleanup()


@pytest.fixture
async def world(database: Database) -> World:
    found = World(database)
    await found.open()
    return found


def importer(world: World) -> ImportCalendars:
    return ImportCalendars(world.database.write, world.clock, ReadCalendars(world.clock, LOCAL))


def refresher(world: World) -> RefreshCalendars:
    read = ReadCalendars(world.clock, LOCAL)
    return RefreshCalendars(
        world.database.write, world.clock, read, TellAdmins(world.clock, frozenset({1}))
    )


async def ana(world: World) -> Expert:
    async with world.database.read() as db:
        return await people.expert(db, EXPERT)


async def free_hours(world: World) -> list[int]:
    async with world.database.read() as db:
        found = await booking.free_times(
            db, OFFER, frm=at(0, day=9), until=at(0, day=10), now=world.now
        )
    return sorted({one.start.hour for one in found})


async def test_busy_times_elsewhere_are_not_offered_and_not_taken(
    world: World, elsewhere: tuple[Elsewhere, str]
):
    assert 9 in await free_hours(world)
    await importer(world).connect(await ana(world), elsewhere[1], command=world.command())
    assert 9 not in await free_hours(world)
    mia = await world.join(1, "Mia")
    with pytest.raises(NotOffered):
        await world.hold(mia, NINE)
    await world.hold(mia, at(10, day=9))


async def test_a_calendar_is_read_again_and_what_moved_there_moves_here(
    world: World, elsewhere: tuple[Elsewhere, str]
):
    server, address = elsewhere
    await importer(world).connect(await ana(world), address, command=world.command())
    server.text = a_calendar(14)
    await refresher(world)()
    assert server.asked == 1
    world.later(minutes=15)
    await refresher(world)()
    hours = await free_hours(world)
    assert (9 in hours, 14 in hours) == (True, False)


@pytest.mark.parametrize(("status", "text"), [(500, ""), (200, "<html>Sign in</html>")])
async def test_what_cannot_be_read_keeps_the_last_known_times_and_is_told_once(
    world: World, elsewhere: tuple[Elsewhere, str], status: int, text: str
):
    server, address = elsewhere
    await world.join(1, "Admin")
    await importer(world).connect(await ana(world), address, command=world.command())
    server.status, server.text = status, text
    for _ in range(3):
        world.later(hours=1)
        await refresher(world)()
    assert 9 not in await free_hours(world)
    planned = await world.planned()
    assert planned.count("notice-calendar-failing") == 1
    assert planned.count("notice-calendar-failing-admin") == 1
    server.status, server.text = 200, a_calendar(14)
    world.later(hours=6)
    await refresher(world)()
    assert 9 in await free_hours(world)


async def test_only_what_can_be_read_is_connected(world: World, elsewhere: tuple[Elsewhere, str]):
    server, address = elsewhere
    expert = await ana(world)
    server.text = "no calendar"
    with pytest.raises(CalendarUnreadable):
        await importer(world).connect(expert, address, command=world.command())
    private = address.replace("localhost", "127.0.0.1")
    with pytest.raises(BadCalendarAddress):
        await importer(world).connect(expert, private, command=world.command())
    server.text = a_calendar(9)
    for number in range(5):
        await importer(world).connect(expert, f"{address}?{number}", command=world.command())
    await importer(world).connect(expert, f"{address}?1", command=world.command())
    with pytest.raises(TooManyCalendars):
        await importer(world).connect(expert, f"{address}?6", command=world.command())


async def test_a_calendar_can_be_removed_by_its_expert_only(
    world: World, elsewhere: tuple[Elsewhere, str]
):
    expert = await ana(world)
    await importer(world).connect(expert, elsewhere[1], command=world.command())
    (found,) = await importer(world).all_of(EXPERT)
    with pytest.raises(UnknownCalendar):
        await importer(world).disconnect(ExpertId("somebody"), found.id, command=world.command())
    await importer(world).disconnect(EXPERT, found.id, command=world.command())
    assert 9 in await free_hours(world)


async def test_a_feed_follows_each_session(world: World):
    mia = await world.join(1, "Mia")
    async with world.database.write.begin() as db:
        await people.set_time_zone(db, mia.id, "Europe/Berlin")
    session, payment = await world.hold(mia, NINE)
    feeds = Feeds(world.database.write, world.clock, "https://example.com")
    address = await feeds.address(mia.id)
    token = address.rpartition("/")[2].removesuffix(".ics")
    assert await events(feeds, token) == []
    await world.pay(payment)
    (booked,) = await events(feeds, token)
    assert (str(booked["UID"]), booked["SEQUENCE"], str(booked["STATUS"])) == (
        f"{session}@hourwise", 0, "CONFIRMED",
    )  # fmt: skip
    assert booked["DTSTART"].dt.tzinfo == ZoneInfo("Europe/Berlin")
    assert b"BEGIN:VTIMEZONE" in (await feeds.read(token) or b"")

    move = MoveSession(world.database.write, world.clock)
    await move(SessionId(session), client=mia.id, start=at(11, day=9), command=world.command())
    (moved,) = await events(feeds, token)
    assert (str(moved["UID"]), moved["SEQUENCE"]) == (f"{session}@hourwise", 1)
    assert moved["DTSTART"].dt == at(11, day=9)

    cancel = CancelSession(world.database.write, world.clock)
    await cancel(SessionId(session), by="client", person=mia.id, command=world.command())
    (gone,) = await events(feeds, token)
    assert (gone["SEQUENCE"], str(gone["STATUS"])) == (2, "CANCELLED")


async def events(feeds: Feeds, token: str) -> list[Any]:
    content = await feeds.read(token)
    assert content is not None
    return list(Calendar.from_ical(content).walk("VEVENT"))


async def test_an_expert_sees_their_clients_and_a_new_address_ends_the_old(world: World):
    mia, expert = await world.join(1, "Mia"), await world.join(77, "Ana")
    _, payment = await world.hold(mia, NINE)
    await world.pay(payment)
    feeds = Feeds(world.database.write, world.clock, "https://example.com")
    old = (await feeds.address(expert.id)).rpartition("/")[2].removesuffix(".ics")
    assert (await feeds.address(expert.id)).endswith(f"/{old}.ics")
    (seen,) = await events(feeds, old)
    assert "Mia" in str(seen["SUMMARY"])
    await feeds.address(expert.id, anew=True)
    assert await feeds.read(old) is None
    assert await feeds.read("guessed") is None
