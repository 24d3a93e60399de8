"""While nothing is due, the one writer of SQLite is left alone."""

import pytest
from sqlalchemy import event

from booking import service as booking
from kernel.clock import real_now
from scheduler.jobs import Job
from scheduler.ticker import Ticker
from storage.engine import Database
from tests.clock import MINUTE
from tests.scheduler.kit import a_notice, delivering, plan
from tests.scheduler.telegram import Telegram
from workflows.run_broadcasts import FinishBroadcasts, PlanBroadcasts, TidyBroadcasts
from workflows.run_session import BeginSessions


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_idle_jobs_open_no_writing_transaction(database: Database, telegram: Telegram):
    async def sessions_move() -> bool:
        async with database.read() as db:
            return await booking.anything_due(db, now=real_now())

    await plan(database, a_notice(1, at=real_now() + MINUTE))
    async with delivering(database, telegram.url) as deliver:
        ticker = Ticker(
            [
                Job("beginnings", MINUTE, BeginSessions(database.write, real_now), sessions_move),
                Job("planning", MINUTE, PlanBroadcasts(database)),
                Job("delivery", MINUTE, deliver),
                Job("broadcasts", MINUTE, FinishBroadcasts(database, real_now)),
                Job("leftovers", MINUTE, TidyBroadcasts(database)),
            ],
            database.write,
        )
        # the first run of each is recorded
        await ticker.run_all()
        begun: list[object] = []
        event.listen(database.engines[0].sync_engine, "begin", begun.append)
        for _ in range(5):
            await ticker.run_all()
        assert begun == []
        await plan(database, a_notice(2))
        await ticker.run_all()
        assert begun != []
    assert telegram.count("reminder") == {2: 1}
