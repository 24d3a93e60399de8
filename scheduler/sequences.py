"""Drip sequences: what is said so many days after something, each step once a person."""

from collections.abc import Sequence as Listed
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base
from storage.outbox import Message
from storage.types import JsonValue, UtcDateTime

# what fell due while all was down is said late, up to this long
_LATE = timedelta(days=7)


@dataclass(frozen=True)
class Step:
    """What is said `days` after the trigger."""

    days: int
    message: Message

    def window(self, started_at: datetime, *, now: datetime) -> tuple[datetime, datetime]:
        """A trigger after the first and not after the second of these instants is due now; what
        happened before the sequence was started counts for nothing."""
        until = now - timedelta(days=self.days)
        return max(started_at, until - _LATE), until


@dataclass(frozen=True)
class Sequence:
    """Steps after a `trigger`, for whom it happens from `started_at` on."""

    id: str
    trigger: str
    steps: Listed[Step]
    started_at: datetime
    stopped_at: datetime | None = None

    def about(self, step: int) -> str:
        """What the outbox rows of a step are about."""
        return f"sequence:{self.id}:{step}"


class SequenceRow(Base):
    __tablename__ = "sequences"

    id: Mapped[str] = mapped_column(primary_key=True)
    trigger: Mapped[str]
    steps: Mapped[Any] = mapped_column(JsonValue)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    stopped_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)


async def add(db: AsyncSession, one: Sequence) -> None:
    """Start it."""
    steps = [{"days": step.days, "message": step.message.to_json()} for step in one.steps]
    db.add(SequenceRow(id=one.id, trigger=one.trigger, steps=steps, started_at=one.started_at))
    await db.flush()


async def going(db: AsyncSession) -> list[Sequence]:
    """Those that were not stopped, the newest first."""
    rows = await db.scalars(
        select(SequenceRow).where(SequenceRow.stopped_at.is_(None)).order_by(SequenceRow.id.desc())
    )
    return [_value(row) for row in rows]


async def lock_going(db: AsyncSession) -> set[str]:
    """The ids of those that were not stopped, and are not before this transaction ends."""
    query = select(SequenceRow.id).where(SequenceRow.stopped_at.is_(None))
    return set(await db.scalars(query.order_by(SequenceRow.id).with_for_update(read=True)))


async def stop(db: AsyncSession, sequence_id: str, *, now: datetime) -> None:
    """Nobody gets a further step."""
    await db.execute(
        update(SequenceRow).where(SequenceRow.id == sequence_id).values(stopped_at=now)
    )


def _value(row: SequenceRow) -> Sequence:
    steps = tuple(Step(one["days"], Message.from_json(one["message"])) for one in row.steps)
    return Sequence(row.id, row.trigger, steps, row.started_at, row.stopped_at)
