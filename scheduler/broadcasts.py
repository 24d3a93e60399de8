"""Broadcasts: one message to many people, each with an outbox row of their own.

The text is kept once, in the broadcast. Its rows are claimed only while it is being sent, so
pausing and cancelling are one small change that holds at once, however many people wait.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Any

from sqlalchemy import Double, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from kernel.ids import PersonId
from scheduler.local_time import next_local
from storage import outbox
from storage.base import Base
from storage.outbox import BROADCAST_PRIORITY, HALF, Media, Message, Notice, NoticeButton
from storage.types import JsonValue, UtcDateTime


class BroadcastState(StrEnum):
    SENDING = "sending"
    PAUSED = "paused"
    DONE = "done"
    CANCELLED = "cancelled"


VARIANTS = ("a", "b")
OPEN_STATES = (BroadcastState.SENDING, BroadcastState.PAUSED)


@dataclass(frozen=True)
class Broadcast:
    """A message to an audience, as counted when it was decided.

    It is due at `at`, or, with a `local_time` ("10:00"), when it is that time where the person
    lives, not before `at`. `listed` are the people of a list. `planned` says that everybody has
    their row. `active_seconds` is the time that it was being sent before `resumed_at`, in real
    time.
    """

    id: str
    audience: str
    message: Message
    state: BroadcastState
    recipients: int
    author: str
    created_at: datetime
    at: datetime
    local_time: str | None = None
    listed: Sequence[PersonId] | None = None
    campaign: str | None = None
    planned: bool = False
    cursor: str = ""
    active_seconds: float = 0.0
    resumed_at: datetime | None = None

    @property
    def about(self) -> str:
        """What its outbox rows are about."""
        return about_id(self.id)

    def seconds(self, *, real_now: datetime) -> float:
        """For how long it has been sent so far, pauses not counted."""
        if self.resumed_at is None:
            return self.active_seconds
        return self.active_seconds + (real_now - self.resumed_at).total_seconds()


class BroadcastRow(Base):
    __tablename__ = "broadcasts"

    id: Mapped[str] = mapped_column(primary_key=True)
    audience: Mapped[str]
    listed: Mapped[Any] = mapped_column(JsonValue, nullable=True)
    text: Mapped[dict[str, str]] = mapped_column(JsonValue)
    other_text: Mapped[Any] = mapped_column(JsonValue, nullable=True)
    other_percent: Mapped[int] = mapped_column(server_default=str(HALF))
    media: Mapped[Any] = mapped_column(JsonValue, nullable=True)
    buttons: Mapped[Any] = mapped_column(JsonValue, nullable=True)
    campaign: Mapped[str | None]
    state: Mapped[str] = mapped_column(index=True)
    recipients: Mapped[int]
    author: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    local_time: Mapped[str | None]
    planned: Mapped[bool]
    cursor: Mapped[str]
    active_seconds: Mapped[float] = mapped_column(Double)
    resumed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


@dataclass(frozen=True)
class Recipient:
    """Somebody of the audience, and the IANA zone they live in."""

    id: PersonId
    time_zone: str = field(default="UTC")


async def add(db: AsyncSession, one: Broadcast) -> None:
    """Store a broadcast; its rows are planned afterwards, some at a time."""
    message = one.message
    db.add(
        BroadcastRow(
            id=one.id, audience=one.audience,
            listed=None if one.listed is None else sorted(one.listed),
            text=dict(message.text),
            other_text=None if message.other_text is None else dict(message.other_text),
            other_percent=message.other_percent,
            media=None if message.media is None else [message.media.kind, message.media.file],
            buttons=[asdict(each) for each in message.buttons],
            campaign=one.campaign, state=one.state, recipients=one.recipients,
            author=one.author, created_at=one.created_at, at=one.at, local_time=one.local_time,
            planned=one.planned, cursor=one.cursor, active_seconds=one.active_seconds,
            resumed_at=one.resumed_at,
        )
    )  # fmt: skip
    await db.flush()


async def plan_some(
    db: AsyncSession, one: Broadcast, people: Sequence[Recipient], *, last: bool
) -> None:
    """Plan the rows of the next people in the order of their ids; `last` when these are all."""
    await outbox.add_to_batch(db, [_row(one, each) for each in people])
    cursor = people[-1].id if people else one.cursor
    values: dict[str, Any] = {"cursor": cursor, "planned": last}
    await db.execute(update(BroadcastRow).where(BroadcastRow.id == one.id).values(**values))


def _row(one: Broadcast, person: Recipient) -> Notice:
    due = one.at
    if one.local_time is not None:
        due = next_local(one.local_time, person.time_zone, after=one.at)
    return Notice(
        unique_key=f"{one.about}:{person.id}", recipient=person.id, due_at=due,
        about=one.about, variant=_variant(one, person.id), priority=BROADCAST_PRIORITY,
    )  # fmt: skip


def _variant(one: Broadcast, person: PersonId) -> str | None:
    """Who gets the other text does not depend on their order."""
    if one.message.other_text is None:
        return None
    lot = int.from_bytes(sha256(f"{one.id}:{person}".encode()).digest()[:4]) % 100
    first, other = VARIANTS
    return other if lot < one.message.other_percent else first


async def move(
    db: AsyncSession, broadcast_id: str, state: BroadcastState, *,
    before: Sequence[BroadcastState], real_now: datetime,
) -> bool:  # fmt: skip
    """Change the state if it is one of those `before`; False when it was not."""
    row = await db.scalar(
        select(BroadcastRow).where(BroadcastRow.id == broadcast_id).with_for_update()
    )
    if row is None or row.state not in before:
        return False
    row.active_seconds = _value(row).seconds(real_now=real_now)
    row.resumed_at = None
    row.state = state
    await db.flush()
    return True


async def lock_sending(db: AsyncSession, broadcast_id: str) -> bool:
    """Nobody pauses or cancels it before this transaction ends; False when somebody has."""
    query = select(BroadcastRow.id).where(
        BroadcastRow.id == broadcast_id, BroadcastRow.state == BroadcastState.SENDING
    )
    # the weakest lock: others may send of it as well, and note that it has begun
    return await db.scalar(query.with_for_update(read=True, key_share=True)) is not None


async def started(db: AsyncSession, broadcast_id: str, *, real_now: datetime) -> None:
    """It is being sent from now on."""
    await db.execute(
        update(BroadcastRow)
        .where(BroadcastRow.id == broadcast_id, BroadcastRow.resumed_at.is_(None))
        .values(resumed_at=real_now)
    )


async def count_planned(db: AsyncSession, one: Broadcast) -> int:
    """Once all are planned, the recipients are those who have a row."""
    recipients = sum((await outbox.counts(db, about=one.about)).values())
    await db.execute(
        update(BroadcastRow).where(BroadcastRow.id == one.id).values(recipients=recipients)
    )
    return recipients


async def in_states(db: AsyncSession, *states: BroadcastState) -> list[Broadcast]:
    """The broadcasts in these states, the oldest first."""
    rows = await db.scalars(
        select(BroadcastRow).where(BroadcastRow.state.in_(states)).order_by(BroadcastRow.id)
    )
    return [_value(row) for row in rows]


async def lock_unplanned(db: AsyncSession) -> Broadcast | None:
    """The oldest open broadcast with people who have no row yet; another process skips it."""
    row = await db.scalar(
        select(BroadcastRow)
        .where(BroadcastRow.state.in_(OPEN_STATES), BroadcastRow.planned.is_(False))
        .order_by(BroadcastRow.id)
        .limit(1)
        .with_for_update(skip_locked=True, key_share=True)
    )
    return None if row is None else _value(row)


async def next_due(db: AsyncSession, *, now: datetime) -> datetime | None:
    """When a broadcast that is not paused has something to send next."""
    found: list[datetime] = []
    for one in await in_states(db, BroadcastState.SENDING):
        due = await outbox.next_in_batch(db, one.about)
        if due is None and not one.planned:
            due = now
        if due is not None:
            found.append(due)
    return min(found, default=None)


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


def eta(waiting: int, per_second: float) -> timedelta | None:
    """How long it takes to send what waits; None while the speed is not known."""
    return timedelta(seconds=round(waiting / per_second)) if per_second else None


def _value(row: BroadcastRow) -> Broadcast:
    return Broadcast(
        id=row.id, audience=row.audience,
        message=Message(
            text=row.text, other_text=row.other_text, other_percent=row.other_percent,
            media=None if row.media is None else Media(*row.media),
            buttons=tuple(NoticeButton(**each) for each in row.buttons or ()),
        ),
        state=BroadcastState(row.state), recipients=row.recipients, author=row.author,
        created_at=row.created_at, at=row.at or row.created_at, local_time=row.local_time,
        listed=None if row.listed is None else [PersonId(each) for each in row.listed],
        campaign=row.campaign, planned=row.planned, cursor=row.cursor,
        active_seconds=row.active_seconds, resumed_at=row.resumed_at,
    )  # fmt: skip
