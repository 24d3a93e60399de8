"""Commands that were carried out, so that a replayed update has its effect once."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base
from storage.types import JsonValue, UtcDateTime


class CommandRow(Base):
    __tablename__ = "commands"

    id: Mapped[str] = mapped_column(primary_key=True)
    result: Mapped[Any] = mapped_column(JsonValue, nullable=True)
    done_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


@dataclass(frozen=True)
class Done:
    """What an earlier run of the command returned."""

    result: Any


async def earlier(db: AsyncSession, command_id: str) -> Done | None:
    """The result of the command's first run, or None when it has not run yet."""
    row = (
        await db.execute(select(CommandRow.result).where(CommandRow.id == command_id))
    ).one_or_none()
    return None if row is None else Done(row.result)


async def record(db: AsyncSession, command_id: str, *, now: datetime, result: Any = None) -> None:
    """Store the command with its effect, in the same transaction.

    Raises IntegrityError when another process has just done it, which undoes this one's effect.
    """
    await db.execute(insert(CommandRow).values(id=command_id, result=result, done_at=now))


async def forget_before(db: AsyncSession, instant: datetime) -> None:
    """Drop commands too old to be replayed."""
    await db.execute(delete(CommandRow).where(CommandRow.done_at < instant))
