"""Drip sequences: each step once, so many days after it happened, to whom it still concerns."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import select

from kernel.ids import PersonId
from people import service as people
from people.model import Trigger
from storage import activity
from storage.engine import Database
from storage.outbox import Message, OutboxRow
from tests.workflows.builders import World
from workflows.broadcast import NothingToSend
from workflows.sequences import PlanSequences, Sequences, next_due

DAY = timedelta(days=1)


@pytest.fixture
async def world(database: Database) -> World:
    return World(database)


async def _start(world: World, trigger: Trigger, *days: int) -> tuple[Sequences, str]:
    sequences = Sequences(world.database, world.clock)
    steps = [(one, Message({"en": f"day {one}"})) for one in days]
    return sequences, await sequences.start(trigger, steps, command=world.command())


async def _told(world: World) -> Sequence[tuple[PersonId, str]]:
    """Who gets which step."""
    await PlanSequences(world.database, world.clock)()
    async with world.database.read() as db:
        rows = await db.execute(
            select(OutboxRow.recipient, OutboxRow.unique_key)
            .where(OutboxRow.about.startswith("sequence:"))
            .order_by(OutboxRow.unique_key)
        )
    return [(PersonId(who), key.split(":")[2]) for who, key in rows]


async def _did(world: World, who: PersonId, verb: str) -> None:
    async with world.database.write.begin() as db:
        await activity.record(db, who, verb, at=world.now)


async def test_each_step_comes_once_after_joining(world: World):
    await world.join(1, "Early")
    world.later(minutes=1)
    await _start(world, Trigger.JOINED, 1, 3)
    world.later(minutes=1)
    mia = (await world.join(2, "Mia")).id
    assert await _told(world) == []
    async with world.database.read() as db:
        assert await next_due(db, now=world.now - timedelta(seconds=1)) == world.now + DAY
    world.now += DAY
    assert await _told(world) == await _told(world) == [(mia, "0")]
    world.now += 2 * DAY
    assert await _told(world) == [(mia, "0"), (mia, "1")]


async def test_what_fell_due_while_all_was_down_is_said_late_but_not_after_a_week(world: World):
    await _start(world, Trigger.JOINED, 1)
    world.later(minutes=1)
    mia = (await world.join(1, "Mia")).id
    world.now += 2 * DAY
    ben = (await world.join(2, "Ben")).id
    world.now += 6 * DAY + timedelta(hours=1)
    assert await _told(world) == [(ben, "0")]
    assert mia != ben


@pytest.mark.parametrize(
    ("trigger", "did", "then", "told"),
    [
        (Trigger.ABANDONED, "viewed", None, True),
        (Trigger.ABANDONED, "viewed", "held", False),
        (Trigger.ABANDONED, "viewed", "paid", False),
        (Trigger.UNPAID, "held", None, True),
        (Trigger.UNPAID, "held", "viewed", True),
        (Trigger.UNPAID, "held", "paid", False),
    ],
)
async def test_who_went_on_is_left_alone(
    world: World, trigger: Trigger, did: str, then: str | None, told: bool
):
    mia = (await world.join(1, "Mia")).id
    await _start(world, trigger, 1)
    world.later(minutes=1)
    await _did(world, mia, did)
    world.later(hours=1)
    if then:
        await _did(world, mia, then)
    world.now += DAY
    assert bool(await _told(world)) is told


async def test_a_second_time_says_nothing_twice(world: World):
    mia = (await world.join(1, "Mia")).id
    await _start(world, Trigger.UNPAID, 1)
    for _ in range(2):
        world.later(minutes=1)
        await _did(world, mia, "held")
        world.now += DAY
        assert len(await _told(world)) == 1


async def test_who_stopped_news_is_left_out_and_a_stopped_sequence_says_nothing(world: World):
    sequences, one = await _start(world, Trigger.JOINED, 1)
    world.later(minutes=1)
    quiet, mia = (await world.join(1, "Quiet")).id, (await world.join(2, "Mia")).id
    async with world.database.write.begin() as db:
        await people.stop_marketing(db, quiet)
    world.now += DAY
    assert await _told(world) == [(mia, "0")]
    (found,) = await sequences.going()
    assert found.counts[0]["planned"] == 1
    await sequences.stop(one)
    await world.join(3, "Late")
    world.now += DAY
    assert len(await _told(world)) == 1
    async with world.database.read() as db:
        assert set(
            await db.scalars(select(OutboxRow.state).where(OutboxRow.about.is_not(None)))
        ) == {"void"}


async def test_a_step_that_says_nothing_is_refused(world: World):
    with pytest.raises(NothingToSend):
        await Sequences(world.database, world.clock).start(
            Trigger.JOINED, [(1, Message({"en": " "}))], command="c"
        )


async def test_who_goes_on_in_the_night_is_not_told_in_the_morning(world: World):
    mia, ben = (await world.join(1, "Mia")).id, (await world.join(2, "Ben")).id
    await _start(world, Trigger.UNPAID, 1)
    world.later(hours=15)
    for one in (mia, ben):
        await _did(world, one, "held")
    world.now += DAY
    morning = world.now + timedelta(hours=9)
    assert await _told(world) == []
    async with world.database.read() as db:
        assert await next_due(db, now=world.now) == morning
    await _did(world, mia, "paid")
    world.now = morning
    assert await _told(world) == [(ben, "0")]
