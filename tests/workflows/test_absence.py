"""Who did not come, what happens to the money, and who is told."""

import pytest

from booking.errors import StateMoved, TooEarlyToReport, UnknownSession
from booking.model import Side
from kernel.ids import PersonId, SessionId
from kernel.money import Money
from payments import service as payments
from storage.engine import Database
from tests.booking.builders import EXPERT, at
from tests.workflows.builders import PRICE, World
from workflows.report_absence import ReportAbsence
from workflows.run_session import BeginSessions, EndSessions
from workflows.tell_admins import TellAdmins

NINE = at(9, day=9)


@pytest.fixture
async def world(database: Database) -> World:
    found = World(database)
    await found.open()
    return found


async def under_way(world: World) -> tuple[str, ReportAbsence]:
    """A paid session that began ten minutes ago."""
    mia = await world.join(1, "Mia")
    session, payment = await world.hold(mia, NINE)
    await world.pay(payment)
    world.now = at(9, 10, day=9)
    await BeginSessions(world.database.write, world.clock)()
    return session, ReportAbsence(
        world.database.write, world.clock, TellAdmins(world.clock, frozenset({77}))
    )


async def test_an_absent_expert_gives_everything_back(world: World):
    session, report = await under_way(world)
    mia = await world.join(1, "Mia")
    command = world.command()
    refund = await report(SessionId(session), absent="expert", by=mia.id, command=command)
    again = await report(SessionId(session), absent="expert", by=mia.id, command=command)
    assert refund == again == PRICE
    async with world.database.read() as db:
        assert [one.amount for one, _ in await payments.refunds_due(db)] == [PRICE]
    planned = await world.planned()
    assert {
        "notice-expert-absent",
        "notice-expert-absent-expert",
        "notice-expert-absent-admin",
    } <= {*planned}
    await EndSessions(world.database.write, world.clock)()
    assert "notice-survey" not in await world.planned()


async def test_an_absent_client_keeps_nothing(world: World):
    session, report = await under_way(world)
    ana = await world.join(77, "Ana")
    refund = await report(
        SessionId(session), absent="client", by=ana.id, expert=EXPERT, command=world.command()
    )
    assert refund == Money(0, "USD")
    async with world.database.read() as db:
        assert await payments.refunds_due(db) == []
        assert await payments.earned_so_far(db, EXPERT) == [Money(76_50, "USD")]
    mia = await world.join(1, "Mia")
    with pytest.raises(StateMoved):
        await report(SessionId(session), absent="expert", by=mia.id, command=world.command())


async def test_only_the_other_side_can_say_so_and_not_at_once(world: World):
    session, report = await under_way(world)
    mia, ben = await world.join(1, "Mia"), await world.join(2, "Ben")
    sides: list[tuple[Side, PersonId]] = [("expert", ben.id), ("client", mia.id)]
    for absent, by in sides:
        with pytest.raises(UnknownSession):
            await report(SessionId(session), absent=absent, by=by, command=world.command())
    world.now = at(9, 9, day=9)
    with pytest.raises(TooEarlyToReport):
        await report(SessionId(session), absent="expert", by=mia.id, command=world.command())
