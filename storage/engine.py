"""Engines and sessions for SQLite and PostgreSQL.

SQLite: Python's driver is told not to open transactions by itself, and each transaction begins
with BEGIN IMMEDIATE, so that two writers queue instead of failing when they meet.
"""

from dataclasses import dataclass
from functools import partial
from typing import Any, cast

from sqlalchemy import event
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)
from sqlalchemy.pool import AsyncAdaptedQueuePool

from storage.sqlite_driver import HoppingOnce, connect

SessionMaker = async_sessionmaker[AsyncSession]

_SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=NORMAL",
    "PRAGMA busy_timeout=5000",
    "PRAGMA foreign_keys=ON",
    "PRAGMA recursive_triggers=ON",
)


@dataclass(frozen=True)
class Database:
    """`write` opens transactions that may change rows, `read` sessions that must not.

    On SQLite all writers of a process share one connection, one after another, and each
    statement of a reading session sees what was committed when it runs.
    """

    write: SessionMaker
    read: SessionMaker
    engines: tuple[AsyncEngine, ...]

    async def close(self) -> None:
        """Close every connection."""
        for engine in self.engines:
            await engine.dispose()


def open_database(url: str) -> Database:
    """Sessions for a SQLAlchemy URL: `sqlite+aiosqlite:///file` or `postgresql+asyncpg://…`."""
    if make_url(url).get_backend_name() == "sqlite":
        return _open_sqlite(url)
    engine = create_async_engine(url, pool_size=10, max_overflow=10, pool_pre_ping=True)
    sessions = _sessions(engine)
    return Database(write=sessions, read=sessions, engines=(engine,))


def _open_sqlite(url: str) -> Database:
    connecting = partial(connect, make_url(url).database or "")
    writer = create_async_engine(
        url, async_creator=connecting, poolclass=AsyncAdaptedQueuePool, pool_size=1, max_overflow=0, pool_timeout=60,
        pool_reset_on_return=None,
    )  # fmt: skip
    # a read costs a thread hop a statement; BEGIN and ROLLBACK would triple that
    reader = create_async_engine(
        url, async_creator=connecting, poolclass=AsyncAdaptedQueuePool, pool_size=4, max_overflow=4,
        isolation_level="AUTOCOMMIT", skip_autocommit_rollback=True, pool_reset_on_return=None,
    )  # fmt: skip
    _configure_sqlite(writer, begin="BEGIN IMMEDIATE", read_only=False)
    _configure_sqlite(reader, begin=None, read_only=True)
    return Database(write=_sessions(writer), read=_sessions(reader), engines=(writer, reader))


def _configure_sqlite(engine: AsyncEngine, *, begin: str | None, read_only: bool) -> None:
    @event.listens_for(engine.sync_engine, "connect")
    def connected(connection: Any, _: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in _SQLITE_PRAGMAS:
            cursor.execute(pragma)
        if read_only:
            cursor.execute("PRAGMA query_only=ON")
        cursor.close()

    if begin is None:
        return

    @event.listens_for(engine.sync_engine, "begin")
    def begun(connection: Connection) -> None:
        driver = cast(HoppingOnce, connection.connection.driver_connection)
        driver.begin_with_next(begin)


def _sessions(engine: AsyncEngine) -> SessionMaker:
    return async_sessionmaker(engine, expire_on_commit=False)
