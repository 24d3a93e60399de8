"""Broadcasts that go out again and again: a new one each so many days, until they are stopped."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base
from storage.outbox import Message
from storage.types import JsonValue, UtcDateTime


@dataclass(frozen=True)
class Repeat:
    """What is said to an audience every so many days; `next_at` is when the next round begins,
    None when there is none any more. `poll` is the survey that each round asks."""

    id: str
    audience: str
    message: Message
    author: str
    created_at: datetime
    next_at: datetime | None
    every_days: int | None = None
    campaign: str | None = None
    poll: str | None = None
    rounds: int = 0


class RepeatRow(Base):
    __tablename__ = "repeats"

    id: Mapped[str] = mapped_column(primary_key=True)
    audience: Mapped[str]
    message: Mapped[Any] = mapped_column(JsonValue)
    author: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    next_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    every_days: Mapped[int | None]
    campaign: Mapped[str | None]
    poll: Mapped[str | None] = mapped_column(index=True)
    rounds: Mapped[int]


async def add(db: AsyncSession, one: Repeat) -> None:
    """Store it; its first round begins at `next_at`."""
    db.add(
        RepeatRow(
            id=one.id, audience=one.audience, message=one.message.to_json(), author=one.author,
            created_at=one.created_at, next_at=one.next_at, every_days=one.every_days,
            campaign=one.campaign, poll=one.poll, rounds=one.rounds,
        )
    )  # fmt: skip
    await db.flush()


async def lock_due(db: AsyncSession, *, now: datetime) -> Repeat | None:
    """One whose next round is due; another process skips it."""
    row = await db.scalar(
        select(RepeatRow)
        .where(RepeatRow.next_at <= now)
        .order_by(RepeatRow.next_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    return None if row is None else _value(row)


async def begun(db: AsyncSession, one: Repeat, *, now: datetime) -> None:
    """A round has begun: the next one is the first that lies ahead, so that rounds missed while
    all was down are not made up for."""
    await db.execute(
        update(RepeatRow)
        .where(RepeatRow.id == one.id)
        .values(rounds=RepeatRow.rounds + 1, next_at=_next(one, now))
    )


def _next(one: Repeat, now: datetime) -> datetime | None:
    if one.every_days is None or one.next_at is None:
        return None
    every = timedelta(days=one.every_days)
    return one.next_at + every * ((now - one.next_at) // every + 1)


async def stop(db: AsyncSession, repeat_id: str) -> None:
    """No further round begins."""
    await db.execute(update(RepeatRow).where(RepeatRow.id == repeat_id).values(next_at=None))


async def going(db: AsyncSession) -> Sequence[Repeat]:
    """Those with a round ahead that are no surveys, the newest first."""
    rows = await db.scalars(
        select(RepeatRow)
        .where(RepeatRow.next_at.is_not(None), RepeatRow.poll.is_(None))
        .order_by(RepeatRow.id.desc())
    )
    return [_value(row) for row in rows]


async def of_poll(db: AsyncSession, poll: str) -> Repeat | None:
    """How a survey goes out."""
    row = await db.scalar(select(RepeatRow).where(RepeatRow.poll == poll))
    return None if row is None else _value(row)


async def next_due(db: AsyncSession) -> datetime | None:
    """When the next round begins."""
    return await db.scalar(select(func.min(RepeatRow.next_at)))


def _value(row: RepeatRow) -> Repeat:
    return Repeat(
        id=row.id, audience=row.audience, message=Message.from_json(row.message),
        author=row.author, created_at=row.created_at, next_at=row.next_at,
        every_days=row.every_days, campaign=row.campaign, poll=row.poll, rounds=row.rounds,
    )  # fmt: skip
