"""Who comes to a session is known, and whoever does not come is told that they are waited for."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from booking.errors import UnknownSession
from booking.model import CancelPolicy, Delivery
from kernel.ids import PersonId, SessionId
from people.model import Person
from storage.engine import Database
from storage.outbox import OutboxRow
from tests.booking.builders import at
from tests.workflows.builders import World
from workflows.cancel_session import CancelSession, MoveSession
from workflows.join_session import JoinSession
from workflows.run_session import BeginSessions, RelayMessage

START = at(9, day=9)
MINUTE = timedelta(minutes=1)
ANA = 77


@pytest.fixture
async def world(database: Database) -> World:
    return World(database)


async def _booked(world: World, **offer: object) -> tuple[Person, PersonId, SessionId]:
    """Mia, Ana, and their session."""
    await world.open(**offer)
    mia, ana = await world.join(1, "Mia"), await world.join(ANA, "Ana")
    session, payment = await world.hold(mia, START)
    await world.pay(payment)
    return mia, ana.id, SessionId(session)


def _join(world: World) -> JoinSession:
    return JoinSession(world.database.write, world.clock, "https://hourwise.example")


async def _waiting(world: World) -> dict[str, tuple[str, datetime]]:
    """Who is to be told that they are waited for: the key → its state and due time."""
    async with world.database.read() as db:
        rows = await db.scalars(
            select(OutboxRow).where(OutboxRow.unique_key.startswith("waiting:"))
        )
        return {row.recipient: (row.state, row.due_at) for row in rows}


@pytest.mark.parametrize("early", [0, 10])
async def test_the_other_side_is_told_two_minutes_after_the_start(world: World, early: int):
    mia, ana, session = await _booked(world)
    world.now = START - early * MINUTE
    link = await _join(world)(session, mia.id)
    await _join(world)(session, mia.id)
    assert link.startswith("https://meet.example/")
    assert await _waiting(world) == {ana: ("planned", START + 2 * MINUTE)}


async def test_who_comes_in_time_is_not_told(world: World):
    mia, ana, session = await _booked(world)
    world.now = START
    await _join(world)(session, mia.id)
    world.now = START + MINUTE
    await _join(world)(session, ana)
    assert await _waiting(world) == {ana: ("void", START + 2 * MINUTE)}


@pytest.mark.parametrize("moment", [START - 16 * MINUTE, START + timedelta(hours=1)])
async def test_a_link_taken_at_another_time_is_not_coming(world: World, moment: datetime):
    mia, _, session = await _booked(world)
    world.now = moment
    await _join(world)(session, mia.id)
    assert await _waiting(world) == {}


@pytest.mark.parametrize("change", ["cancel", "move"])
async def test_nobody_is_waited_for_in_a_session_that_is_not(world: World, change: str):
    mia, ana, session = await _booked(world, policy=CancelPolicy(((0, 100),), move_hours=0))
    world.now = START - 10 * MINUTE
    await _join(world)(session, mia.id)
    write, clock = world.database.write, world.clock
    if change == "cancel":
        await CancelSession(write, clock)(session, by="client", person=mia.id, command="c")
    else:
        await MoveSession(write, clock)(
            session, client=mia.id, start=START + timedelta(hours=3), command="c"
        )
    assert await _waiting(world) == {ana: ("void", START + 2 * MINUTE)}


async def test_a_session_that_was_called_off_has_no_way_in(world: World):
    mia, ana, session = await _booked(world)
    await CancelSession(world.database.write, world.clock)(
        session, by="client", person=mia.id, command="c"
    )
    for one in (mia.id, ana):
        with pytest.raises(UnknownSession):
            await _join(world)(session, one)


async def test_in_the_chat_the_first_message_is_coming(world: World):
    mia, ana, _ = await _booked(world, delivery=Delivery.RELAY)
    world.now = START
    await BeginSessions(world.database.write, world.clock)()
    relay = RelayMessage(world.database.write, world.clock)
    await relay(ana, "Good morning", command="r1")
    assert await _waiting(world) == {mia.id: ("planned", START + 2 * MINUTE)}
    await relay(mia.id, "Hello", command="r2")
    assert await _waiting(world) == {mia.id: ("void", START + 2 * MINUTE)}


async def test_a_stranger_is_not_let_in(world: World):
    _, _, session = await _booked(world)
    ben = await world.join(2, "Ben")
    with pytest.raises(UnknownSession):
        await _join(world)(session, ben.id)
    with pytest.raises(UnknownSession):
        await _join(world)(SessionId("none"), ben.id)
