"""Broadcasts: one message to many people, each its own outbox row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from kernel.ids import PersonId
from storage import outbox
from storage.base import Base
from storage.outbox import MARKETING_PRIORITY, Notice, NoticeButton
from storage.types import JsonValue, UtcDateTime

_CHUNK = 500


class BroadcastState(StrEnum):
    SENDING = "sending"
    DONE = "done"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Broadcast:
    """A message in each language to an audience, as counted when it was planned."""

    id: str
    audience: str
    text: Mapping[str, str]
    state: BroadcastState
    recipients: int
    author: str
    created_at: datetime


class BroadcastRow(Base):
    __tablename__ = "broadcasts"

    id: Mapped[str] = mapped_column(primary_key=True)
    audience: Mapped[str]
    text: Mapped[dict[str, str]] = mapped_column(JsonValue)
    state: Mapped[str]
    recipients: Mapped[int]
    author: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


async def plan(
    db: AsyncSession, broadcast: Broadcast, people: Sequence[PersonId], *,
    due_at: datetime, buttons: Sequence[NoticeButton] = (),
) -> None:  # fmt: skip
    """Store the broadcast with one notice a person, all in this transaction."""
    db.add(
        BroadcastRow(
            id=broadcast.id, audience=broadcast.audience, text=dict(broadcast.text),
            state=broadcast.state, recipients=len(people), author=broadcast.author,
            created_at=broadcast.created_at,
        )
    )  # fmt: skip
    about = about_id(broadcast.id)
    for start in range(0, len(people), _CHUNK):
        await outbox.add(
            db,
            *(
                Notice(
                    unique_key=f"{about}:{person}", recipient=person, due_at=due_at,
                    literal=broadcast.text, buttons=[[one] for one in buttons], about=about,
                    priority=MARKETING_PRIORITY,
                )
                for person in people[start : start + _CHUNK]
            ),
        )  # fmt: skip


async def cancel(db: AsyncSession, broadcast_id: str) -> None:
    """What was not sent yet is not sent any more."""
    await db.execute(
        update(BroadcastRow)
        .where(BroadcastRow.id == broadcast_id)
        .values(state=BroadcastState.CANCELLED)
    )
    await outbox.void(db, about=about_id(broadcast_id))


async def unfinished(db: AsyncSession) -> list[Broadcast]:
    """Broadcasts that are being sent."""
    rows = await db.scalars(
        select(BroadcastRow).where(BroadcastRow.state == BroadcastState.SENDING)
    )
    return [_value(row) for row in rows]


async def finish(db: AsyncSession, broadcast_id: str) -> bool:
    """Nothing is left to send; False when that was known."""
    moved = await db.scalar(
        update(BroadcastRow)
        .where(BroadcastRow.id == broadcast_id, BroadcastRow.state == BroadcastState.SENDING)
        .values(state=BroadcastState.DONE)
        .returning(BroadcastRow.id)
    )
    return moved is not None


async def get(db: AsyncSession, broadcast_id: str) -> Broadcast | None:
    """The broadcast, or None."""
    row = await db.get(BroadcastRow, broadcast_id)
    return None if row is None else _value(row)


async def latest(db: AsyncSession, *, limit: int) -> list[Broadcast]:
    """The newest broadcasts first."""
    rows = await db.scalars(
        select(BroadcastRow).order_by(BroadcastRow.created_at.desc()).limit(limit)
    )
    return [_value(row) for row in rows]


def about_id(broadcast_id: str) -> str:
    """What the outbox rows of a broadcast are about."""
    return f"broadcast:{broadcast_id}"


def _value(row: BroadcastRow) -> Broadcast:
    return Broadcast(
        id=row.id, audience=row.audience, text=row.text, state=BroadcastState(row.state),
        recipients=row.recipients, author=row.author, created_at=row.created_at,
    )  # fmt: skip
