"""aiosqlite with one thread hop a statement.

SQLAlchemy asks a driver for a cursor, an execution, the rows and the cursor's end one after
another, and aiosqlite hops to its thread for each of them. Here one hop does all four, and BEGIN
goes along with the first statement of its transaction.
"""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Self

import aiosqlite

_CHUNK = 64


@dataclass(frozen=True)
class Outcome:
    """What one statement left behind."""

    description: Any = None
    rows: Sequence[Any] = ()
    rowcount: int = -1
    lastrowid: int | None = None


class HoppingOnce(aiosqlite.Connection):
    """A connection whose cursors do a whole statement in one hop."""

    _begin: str | None = None

    def begin_with_next(self, statement: str) -> None:
        """Begin a transaction together with its first statement."""
        self._begin = statement

    def cursor(self) -> Any:
        """A cursor; the thread is not asked for it."""
        return WholeStatements(self)

    async def run(self, work: Callable[[sqlite3.Cursor], object]) -> Outcome:
        """Do `work` on a fresh cursor in the connection's thread. Raises what sqlite3 raises."""
        return await self._execute(self._run, work)  # type: ignore[no-untyped-call, no-any-return] # untyped there

    def _run(self, work: Callable[[sqlite3.Cursor], object]) -> Outcome:
        cursor = self._conn.cursor()
        try:
            if self._begin is not None:
                cursor.execute(self._begin)
                self._begin = None
            work(cursor)
            rows = cursor.fetchall() if cursor.description else ()
            return Outcome(cursor.description, rows, cursor.rowcount, cursor.lastrowid)
        finally:
            cursor.close()

    async def commit(self) -> None:
        """Commit; a transaction without a statement never began."""
        if self._begin is None:
            await super().commit()
        self._begin = None

    async def rollback(self) -> None:
        """Roll back; a transaction without a statement never began."""
        if self._begin is None:
            await super().rollback()
        self._begin = None


class WholeStatements:
    """What SQLAlchemy needs of a cursor. A statement's rows are here when it is done."""

    arraysize = 1

    def __init__(self, connection: HoppingOnce) -> None:
        self._connection = connection
        self._outcome = Outcome()
        self._given = 0

    async def __aenter__(self) -> Self:
        return self

    @property
    def description(self) -> Any:
        """The columns, or None."""
        return self._outcome.description

    @property
    def rowcount(self) -> int:
        """How many rows were changed, -1 where that makes no sense."""
        return self._outcome.rowcount

    @property
    def lastrowid(self) -> int | None:
        """The row id of the newest inserted row."""
        return self._outcome.lastrowid

    async def execute(self, sql: str, parameters: Iterable[Any] = ()) -> Self:
        """Run one statement and fetch its rows."""
        return await self._run(lambda cursor: cursor.execute(sql, parameters))  # type: ignore[arg-type] # wider there

    async def executemany(self, sql: str, parameters: Iterable[Iterable[Any]]) -> Self:
        """Run one statement for each of the parameters."""
        return await self._run(lambda cursor: cursor.executemany(sql, parameters))  # type: ignore[arg-type] # wider there

    async def _run(self, work: Callable[[sqlite3.Cursor], object]) -> Self:
        self._outcome = await self._connection.run(work)
        self._given = 0
        return self

    async def fetchall(self) -> Sequence[Any]:
        """The rows not given yet."""
        return self._give(len(self._outcome.rows))

    async def fetchmany(self, size: int | None = None) -> Sequence[Any]:
        """Some of the rows not given yet."""
        return self._give(size or self.arraysize)

    async def fetchone(self) -> Any:
        """The next row, or None."""
        return next(iter(self._give(1)), None)

    def _give(self, many: int) -> Sequence[Any]:
        rows = self._outcome.rows[self._given : self._given + many]
        self._given += many
        return rows

    async def close(self) -> None:
        """The statement's own cursor is closed already."""


def connect(file: str) -> HoppingOnce:
    """A connection to await."""
    # SQLAlchemy reads a few plain values from other threads than the connection's
    connector = partial(sqlite3.connect, file, check_same_thread=False)
    connection = HoppingOnce(connector, iter_chunk_size=_CHUNK)
    connection._thread.daemon = True  # a forgotten connection must not keep the process alive
    return connection
