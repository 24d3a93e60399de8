"""INSERT with ON CONFLICT, which SQLite and PostgreSQL spell alike and SQLAlchemy does not."""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession


def insert_into(db: AsyncSession, table: Any) -> sqlite.Insert:
    """An INSERT into a table, or the table of a row class, that takes `on_conflict_…`."""
    if db.get_bind().dialect.name == "postgresql":
        # both have the same methods, and no common parent that has them
        return postgresql.insert(table)  # type: ignore[return-value]
    return sqlite.insert(table)
