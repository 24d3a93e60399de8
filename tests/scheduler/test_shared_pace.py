"""Several processes keep Telegram's pace together, through Redis."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from kernel.ids import new_id
from scheduler.pacer import Pace
from storage.engine import Database
from storage.outbox import MARKETING_PRIORITY
from tests.scheduler.kit import a_notice, delivering, plan, states
from tests.scheduler.telegram import Telegram

pytest.importorskip("redis", reason="the extra redis is not installed")
from scheduler.shared_pace import SharedPace

URL = os.environ.get("HOURWISE_TEST_REDIS", "redis://127.0.0.1:6379/0")

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
async def paces() -> AsyncIterator[list[SharedPace]]:
    """Two processes' views of one bot's pace."""
    token = new_id()
    found = [SharedPace(URL, token) for _ in range(2)]
    try:
        await found[0]._redis.ping()
    except OSError as error:
        pytest.skip(f"no Redis server answers at {URL}: {error}")
    yield found
    for one in found:
        await one.close()


@on_sqlite
async def test_two_together_send_no_more_than_one_may(
    database: Database, telegram: Telegram, paces: list[SharedPace]
):
    # marketing is claimed a little at a time, so that both have some
    await plan(database, *(a_notice(n, priority=MARKETING_PRIORITY) for n in range(60)))
    async with AsyncExitStack() as stack:
        both = []
        for shared in paces:
            deliver = await stack.enter_async_context(
                delivering(database, telegram.url, pace=Pace(per_second=20))
            )
            deliver.pacer.shared = shared
            both.append(deliver())
        sent = await asyncio.gather(*both)
    assert telegram.fullest_second() <= 20
    assert min(sent) > 0
    assert await states(database) == {"sent": 60}


@on_sqlite
async def test_without_redis_each_goes_on_with_its_own_pace(database: Database, telegram: Telegram):
    await plan(database, *(a_notice(number) for number in range(5)))
    nobody = SharedPace("redis://127.0.0.1:9/0", "x")
    async with delivering(database, telegram.url) as deliver:
        deliver.pacer.shared = nobody
        assert await deliver() == 5
    await nobody.close()


async def test_a_turn_that_does_not_come_in_time_is_given_up(paces: list[SharedPace]):
    one, other = paces
    place = await one.take(1, patience=1)
    assert place is not None
    assert await other.take(1, patience=0.2) is None
    await one.answered(place)
    assert await other.take(1, patience=5) is not None
