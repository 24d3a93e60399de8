"""Filling a database quickly."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

from hourwise.tables import ALL_TABLES


async def copy_row(db: AsyncSession, table: Any, changes: Sequence[dict[str, Any]]) -> None:
    """Copies of a table's first row."""
    row = (await db.execute(select(table.__table__).limit(1))).mappings().first()
    await db.execute(insert(table), [{**(row or {}), **change} for change in changes])


async def empty(url: str) -> None:
    """All tables, without rows."""
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        await connection.run_sync(ALL_TABLES.drop_all)
        await connection.run_sync(ALL_TABLES.create_all)
    await engine.dispose()
