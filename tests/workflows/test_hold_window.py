"""How often a hold's window is written anew: Telegram does not take many edits."""

from sqlalchemy import select

from bot.received import parsed
from kernel.clock import real_now
from payments import service as payments
from storage import inbox
from storage.engine import Database
from storage.inbox import InboxRow
from tests.booking.builders import at
from tests.workflows.builders import PRICE, World
from workflows.hold_window import CountDown
from workflows.run_session import ExpireHolds


async def asked(database: Database) -> list[str]:
    """What the updates of our own in Mia's lane are about, oldest first."""
    async with database.read() as db:
        found = await inbox.waiting(db, limit=10, now=real_now())
        order = await db.scalars(select(InboxRow.update_id).order_by(InboxRow.received_at))
        by_id = {one.update_id: one for one in found}
    taps = [parsed(by_id[one], bot=None).callback_query for one in order]  # type: ignore[arg-type] # nothing is sent
    assert {tap.from_user.id for tap in taps if tap} == {1}
    return [str(tap.data).rpartition(":")[2] for tap in taps if tap]


async def test_a_hold_is_shown_anew_four_times_at_most(database: Database):
    world = World(database)
    await world.open()
    mia = await world.join(1, "Mia")
    await world.hold(mia, at(9))
    count_down = CountDown(database, world.clock)
    for _ in range(15):
        for _ in range(2):
            await count_down()
        world.later(minutes=1)
    for _ in range(2):
        await ExpireHolds(database.write, world.clock)()
    assert await asked(database) == ["10", "5", "1", "over"]


async def test_who_pays_at_once_sees_it_once(database: Database):
    world = World(database)
    await world.open()
    mia = await world.join(1, "Mia")
    _, payment = await world.hold(mia, at(9))
    for _ in range(2):
        await world.pay(payment)
    world.later(minutes=14)
    await CountDown(database, world.clock)()
    assert await asked(database) == ["paid"]


async def test_a_hold_that_another_booking_expired_is_told_like_any_other(database: Database):
    world = World(database)
    await world.open()
    mia, ben = await world.join(1, "Mia"), await world.join(2, "Ben")
    await world.hold(mia, at(9))
    world.later(minutes=20)
    await world.hold(ben, at(9))
    for _ in range(2):
        await ExpireHolds(database.write, world.clock)()
    assert await asked(database) == ["over"]
    assert (await world.planned()).count("notice-hold-expired") == 1


async def test_money_after_another_booking_expired_the_hold_goes_back_once(database: Database):
    world = World(database)
    await world.open()
    mia, ben = await world.join(1, "Mia"), await world.join(2, "Ben")
    _, payment = await world.hold(mia, at(9))
    world.later(minutes=20)
    await world.hold(ben, at(9))
    await world.pay(payment)
    await ExpireHolds(database.write, world.clock)()
    async with database.read() as db:
        assert [one.amount for one, _ in await payments.refunds_due(db)] == [PRICE]
    planned = await world.planned()
    assert planned.count("notice-paid-too-late") == 1
    assert "notice-hold-expired" not in planned
