"""Transactions of PostgreSQL that meet in an order of the test's choosing."""

import asyncio
from typing import Any

from sqlalchemy import text

from storage.engine import Database

_WAITING = text(
    "SELECT count(*) FROM pg_stat_activity "
    "WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


async def over_or_waiting(database: Database, *work: asyncio.Task[Any]) -> None:
    """Until each of these is over, or waits for what somebody else has locked."""
    while left := sum(not one.done() for one in work):
        async with database.read() as db:
            if await db.scalar(_WAITING) >= left:
                return
        await asyncio.sleep(0.01)
