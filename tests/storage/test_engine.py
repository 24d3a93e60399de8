"""SQLite as it is set up here, with the negative control; migrations on both databases."""

import asyncio
import sqlite3
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from hourwise.tables import ALL_TABLES
from storage.engine import open_database
from storage.migrate import config_for, downgrade, upgrade

INCREMENTS = 20


async def increment_side_by_side(url: str) -> int:
    database = open_database(url)
    async with database.write.begin() as db:
        await db.execute(text("CREATE TABLE counter (n INTEGER)"))
        await db.execute(text("INSERT INTO counter VALUES (0)"))

    async def increment() -> None:
        async with database.write.begin() as db:
            n = (await db.execute(text("SELECT n FROM counter"))).scalar_one()
            await asyncio.sleep(0)
            await db.execute(text("UPDATE counter SET n = :n"), {"n": n + 1})

    await asyncio.gather(*(increment() for _ in range(INCREMENTS)))
    async with database.read() as db:
        found = (await db.execute(text("SELECT n FROM counter"))).scalar_one()
    await database.close()
    return int(found)


async def test_concurrent_increments_are_all_counted(tmp_path: Path):
    found = await increment_side_by_side(f"sqlite+aiosqlite:///{tmp_path / 'counter.db'}")
    assert found == INCREMENTS


async def test_the_drivers_default_loses_increments(tmp_path: Path):
    """The negative control: without our settings the same work loses some."""
    url = f"sqlite+aiosqlite:///{tmp_path / 'counter.db'}"
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        await connection.execute(text("CREATE TABLE counter (n INTEGER)"))
        await connection.execute(text("INSERT INTO counter VALUES (0)"))
    together = asyncio.Barrier(INCREMENTS)

    async def increment() -> None:
        async with engine.connect() as connection:
            n = (await connection.execute(text("SELECT n FROM counter"))).scalar_one()
            await together.wait()
            await connection.execute(text("UPDATE counter SET n = :n"), {"n": n + 1})
            await connection.commit()

    engine.sync_engine.pool._max_overflow = INCREMENTS  # type: ignore[attr-defined]
    await asyncio.gather(*(increment() for _ in range(INCREMENTS)), return_exceptions=True)
    async with engine.connect() as connection:
        found = (await connection.execute(text("SELECT n FROM counter"))).scalar_one()
    await engine.dispose()
    assert found < INCREMENTS


async def test_readers_cannot_write(tmp_path: Path):
    database = open_database(f"sqlite+aiosqlite:///{tmp_path / 'read.db'}")
    async with database.write.begin() as db:
        await db.execute(text("CREATE TABLE things (n INTEGER)"))
    with pytest.raises(Exception, match="readonly"):
        async with database.read() as db:
            await db.execute(text("INSERT INTO things VALUES (1)"))
    await database.close()


async def test_migrations_make_exactly_the_tables_and_go_back(database_url: str):
    await empty(database_url)
    await upgrade(database_url)
    assert await differences(database_url) == []
    await downgrade(database_url, to="base")
    assert await table_names(database_url) <= {"alembic_version"}
    await upgrade(database_url)


async def test_a_migrated_database_has_the_triggers_of_a_created_one(tmp_path: Path):
    migrated, created = tmp_path / "migrated.db", tmp_path / "created.db"
    await upgrade(f"sqlite+aiosqlite:///{migrated}")
    engine = create_async_engine(f"sqlite+aiosqlite:///{created}")
    async with engine.begin() as connection:
        await connection.run_sync(ALL_TABLES.create_all)
    await engine.dispose()
    assert triggers(migrated) == triggers(created) != []


def triggers(file: Path) -> list[tuple[str, str]]:
    with sqlite3.connect(file) as connection:
        found = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        rows = sorted(found.fetchall())
    connection.close()
    return rows


async def empty(url: str) -> None:
    if url.startswith("postgresql"):
        engine = create_async_engine(url)
        async with engine.begin() as connection:
            await connection.execute(text("DROP SCHEMA public CASCADE"))
            await connection.execute(text("CREATE SCHEMA public"))
        await engine.dispose()


async def differences(url: str) -> list[object]:
    engine = create_async_engine(url)
    async with engine.connect() as connection:
        found = await connection.run_sync(
            lambda sync: compare_metadata(MigrationContext.configure(sync), ALL_TABLES)
        )
        await connection.run_sync(lambda sync: command.check(config_for(sync, ALL_TABLES)))
    await engine.dispose()
    return list(found)


async def table_names(url: str) -> set[str]:
    engine = create_async_engine(url)
    async with engine.connect() as connection:
        names = await connection.run_sync(lambda sync: sync.dialect.get_table_names(sync))
    await engine.dispose()
    return set(names)
