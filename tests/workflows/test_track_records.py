"""What an expert answered and kept counts in matching, from the rows of what happened."""

from datetime import timedelta

import pytest

from booking import service as booking
from booking.model import TrackRecord
from kernel.ids import SessionId
from matching import repository
from matching.model import Share
from storage.engine import Database
from tests.booking.builders import EXPERT, at
from tests.workflows.builders import World
from workflows.expert_facts import RefreshRecords


@pytest.fixture
async def world(database: Database) -> World:
    world = World(database)
    await world.open(needs_confirmation=True)
    return world


async def requested(world: World, number: int) -> SessionId:
    client = await world.join(number, f"Client {number}")
    session, payment = await world.hold(client, at(8 + number, day=3))
    await world.pay(payment)
    return SessionId(session)


async def test_what_was_answered_and_kept_is_counted_and_what_ran_out_or_was_cancelled(
    world: World,
):
    kept, cancelled, _, declined = [await requested(world, one) for one in (1, 2, 3, 4)]
    async with world.database.write.begin() as db:
        for one in (kept, cancelled):
            await booking.approve(db, one, expert_id=EXPERT, now=world.now)
        await booking.decline(db, declined, expert_id=EXPERT, now=world.now)
        await booking.cancel(db, cancelled, by="expert", expert_id=EXPERT, now=world.now)
    world.now = at(20, day=3)
    async with world.database.write.begin() as db:
        await booking.begin_due(db, world.now)
        await booking.end_due(db, world.now)
        await booking.expire_requests(db, world.now)
        records = await booking.records(db, [EXPERT])
        assert records[EXPERT] == TrackRecord(answered=3, asked=4, kept=1, agreed=2)
    await RefreshRecords(world.database, world.clock)()
    async with world.database.read() as db:
        (facts,) = await repository.facts_of(db, [EXPERT])
    assert (facts.replies, facts.sessions) == (Share(3, 4), Share(1, 2))


async def test_not_coming_is_not_kept(world: World):
    session = await requested(world, 1)
    async with world.database.write.begin() as db:
        held = await booking.approve(db, session, expert_id=EXPERT, now=world.now)
        world.now = held.starts_at + timedelta(minutes=20)
        await booking.begin_due(db, world.now)
        await booking.no_show(db, session, side="expert", by=held.client_id, now=world.now)
        assert (await booking.records(db, [EXPERT]))[EXPERT] == TrackRecord(1, 1, 0, 1)


async def test_what_a_client_cancels_is_nobodys_fault(world: World):
    session = await requested(world, 1)
    async with world.database.write.begin() as db:
        await booking.approve(db, session, expert_id=EXPERT, now=world.now)
        held = await booking.session(db, session)
        await booking.cancel(db, session, by="client", person=held.client_id, now=world.now)
        assert (await booking.records(db, [EXPERT]))[EXPERT] == TrackRecord(1, 1, 0, 0)
