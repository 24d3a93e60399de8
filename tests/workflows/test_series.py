"""The same time each week, paid together."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from booking import service as booking
from booking.errors import NotOffered
from booking.model import SessionState
from kernel.ids import SessionId
from payments import ledger_check
from payments import service as payments
from payments.errors import AlreadyPaid
from people.model import Person
from storage.engine import Database
from tests.booking.builders import NOW, at
from tests.workflows.builders import LINK, World
from tests.workflows.test_packages import THREE, packages
from workflows.series import BookSeries, Series
from workflows.settle_payment import SettlePayment

WEEK = timedelta(days=7)
MONDAY_NINE = at(9, day=9)
"""The booking window of 30 days reaches three weeks further."""


@pytest.fixture
async def world(database: Database) -> World:
    found = World(database)
    await found.open(rail="invoice")
    return found


async def first_session(world: World, client: Person) -> SessionId:
    session, payment = await world.hold(client, MONDAY_NINE)
    await world.pay(payment)
    return SessionId(session)


async def order(world: World, client: Person, first: SessionId, sessions: int) -> str:
    """Order and pay so many more weeks; returns the command."""
    series, command = Series(packages(world)), world.command()
    checkout = await series.order(client, first, sessions, command=command)
    payment = checkout.payment
    settle = SettlePayment(world.database.write, world.clock, LINK)
    await settle(payment.id, charge=f"tg-{payment.id}", amount=payment.amount)
    return command


async def book(world: World) -> None:
    await BookSeries(packages(world))()


async def starts(world: World, client: Person) -> list[datetime]:
    async with world.database.read() as db:
        return [
            one.starts_at
            for one in await booking.upcoming(db, client.id, after=world.now)
            if one.state is SessionState.CONFIRMED
        ]


async def left(world: World, client: Person) -> list[int]:
    return [one.left for one in await packages(world).owned(client.id)]


async def test_weeks_are_paid_together_and_booked_once(world: World):
    mia = await world.join(1, "Mia")
    first = await first_session(world, mia)
    choices = await Series(packages(world)).choices(mia, first)
    assert [(one.sold.package.sessions, one.until) for one in choices] == [
        (1, MONDAY_NINE + WEEK), (2, MONDAY_NINE + 2 * WEEK), (3, MONDAY_NINE + 3 * WEEK),
    ]  # fmt: skip
    await order(world, mia, first, 2)
    for _ in range(2):
        await book(world)
    assert await starts(world, mia) == [MONDAY_NINE + week * WEEK for week in range(3)]
    assert await left(world, mia) == []
    told = await world.planned()
    assert told.count("notice-series-booked") == 1
    assert "notice-package-ready" not in told
    async with world.database.read() as db:
        assert (await ledger_check.check(db))["balanced"]


async def test_weeks_that_are_ordered_again_when_too_few_are_left_are_paid_already(world: World):
    mia = await world.join(1, "Mia")
    first = await first_session(world, mia)
    command = await order(world, mia, first, 2)
    await book(world)
    series = Series(packages(world))
    with pytest.raises(AlreadyPaid):
        await series.order(mia, first, 2, command=command)
    with pytest.raises(NotOffered):
        await series.order(mia, first, 2, command=world.command())


async def test_a_week_that_is_gone_is_left_out_and_the_series_goes_on(world: World):
    mia, ben = await world.join(1, "Mia"), await world.join(2, "Ben")
    first = await first_session(world, mia)
    await order(world, mia, first, 3)
    _, payment = await world.hold(ben, MONDAY_NINE + WEEK)
    await world.pay(payment)
    await book(world)
    assert await starts(world, mia) == [MONDAY_NINE + week * WEEK for week in (0, 2, 3)]
    assert await left(world, mia) == [1]
    async with world.database.read() as db:
        assert await payments.packages_in_series(db) == []


async def test_two_processes_book_a_series_once(world: World):
    mia = await world.join(1, "Mia")
    first = await first_session(world, mia)
    await order(world, mia, first, 3)
    await asyncio.gather(*(book(world) for _ in range(4)))
    assert await starts(world, mia) == [MONDAY_NINE + week * WEEK for week in range(4)]
    assert (await world.planned()).count("notice-series-booked") == 1


async def test_who_holds_another_time_is_not_disturbed(world: World):
    mia = await world.join(1, "Mia")
    first = await first_session(world, mia)
    await order(world, mia, first, 1)
    await world.hold(mia, at(14, day=10))
    await book(world)
    assert len(await starts(world, mia)) == 1
    world.later(minutes=15)
    await book(world)
    assert len(await starts(world, mia)) == 2


async def test_only_what_is_booked_and_free_can_be_repeated(world: World):
    mia = await world.join(1, "Mia")
    held, _ = await world.hold(mia, MONDAY_NINE)
    series = Series(packages(world))
    assert await series.choices(mia, SessionId(held)) == []
    first = await first_session(world, mia)
    with pytest.raises(NotOffered):
        await series.order(mia, first, 4, command=world.command())
    async with world.database.write.begin() as db:
        await booking.set_weekly(db, (await booking.session(db, first)).expert_id, "UTC", {})
    assert await series.choices(mia, first) == []
    assert world.now == NOW


async def test_a_series_leaves_another_package_alone(world: World):
    mia = await world.join(1, "Mia")
    ends_first = replace(THREE, valid_days=8)
    async with world.database.write.begin() as db:
        await payments.save_package(db, ends_first)
    _, payment = await world.order(mia, ends_first)
    await world.pay_package(payment, ends_first)
    first = await first_session(world, mia)
    await order(world, mia, first, 1)
    await book(world)
    assert await starts(world, mia) == [MONDAY_NINE, MONDAY_NINE + WEEK]
    assert await left(world, mia) == [3]
