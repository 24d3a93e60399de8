"""Everything that is said later: rows written in the transaction of what they announce.

planned → sending → sent | blocked | failed | unknown; planned → void.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from kernel.ids import PersonId, new_id
from storage.base import Base
from storage.types import EncryptedText, UtcDateTime
from storage.upsert import insert_into

PLANNED = "planned"
SENDING = "sending"
SENT = "sent"
VOID = "void"
BLOCKED = "blocked"
FAILED = "failed"
UNKNOWN = "unknown"

SESSION_PRIORITY = 0
NOTICE_PRIORITY = 5
MARKETING_PRIORITY = 9

LEASE = timedelta(seconds=30)


class OutboxRow(Base):
    __tablename__ = "outbox"

    id: Mapped[str] = mapped_column(primary_key=True)
    unique_key: Mapped[str] = mapped_column(unique=True)
    recipient: Mapped[str] = mapped_column(index=True)
    content: Mapped[str | None] = mapped_column(EncryptedText)
    about: Mapped[str | None] = mapped_column(index=True)
    priority: Mapped[int]
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    state: Mapped[str] = mapped_column(default=PLANNED, index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    error: Mapped[str | None]
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    def __str__(self) -> str:
        return f"{self.unique_key} ({self.state})"


@dataclass(frozen=True)
class NoticeButton:
    """A button under a notice: its label's text key (or literal text a language) and either
    plain callback data or a link."""

    text: str | Mapping[str, str]
    data: str | None = None
    url: str | None = None


@dataclass(frozen=True)
class Notice:
    """Something to say to a person at `due_at`, once for each `unique_key`.

    `key` and `values` (JSON values as `texts.values` writes them) are rendered in the reader's
    language when it is sent; `literal` is text a language instead. `about` is what makes it
    void. After `expires_at` it is no longer worth saying. `document` is (file name, text).
    """

    unique_key: str
    recipient: PersonId
    due_at: datetime
    key: str | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    literal: Mapping[str, str] | None = None
    buttons: Sequence[Sequence[NoticeButton]] = ()
    document: tuple[str, str] | None = None
    about: str | None = None
    priority: int = SESSION_PRIORITY
    expires_at: datetime | None = None


@dataclass(frozen=True)
class Planned:
    """A claimed notice: its row's id and how often it was tried before."""

    id: str
    notice: Notice
    attempts: int


async def add(db: AsyncSession, *notices: Notice) -> int:
    """Plan `notices`; those whose key is known already are left alone. Returns the new ones."""
    rows = [
        {"id": new_id(), "unique_key": one.unique_key, "recipient": one.recipient,
         "content": _content(one), "about": one.about, "priority": one.priority,
         "due_at": one.due_at, "expires_at": one.expires_at, "state": PLANNED, "attempts": 0}
        for one in notices
    ]  # fmt: skip
    if not rows:
        return 0
    statement = (
        insert_into(db, OutboxRow).values(rows).on_conflict_do_nothing().returning(OutboxRow.id)
    )
    return len((await db.scalars(statement)).all())


async def void(db: AsyncSession, *, about: str) -> None:
    """Nothing that is still planned about this thing is said."""
    await db.execute(
        update(OutboxRow)
        .where(OutboxRow.about == about, OutboxRow.state == PLANNED)
        .values(state=VOID)
    )


async def void_for(db: AsyncSession, person: PersonId) -> None:
    """Nothing that is still planned for this person is said."""
    await db.execute(
        update(OutboxRow)
        .where(OutboxRow.recipient == person, OutboxRow.state == PLANNED)
        .values(state=VOID, content=None)
    )


async def claim(
    db: AsyncSession, *, now: datetime, real_now: datetime, limit: int
) -> list[Planned]:
    """Take the most urgent due notices for sending, under a lease of real time."""
    due = (
        select(OutboxRow.id)
        .where(OutboxRow.state == PLANNED, OutboxRow.due_at <= now)
        .where((OutboxRow.leased_until.is_(None)) | (OutboxRow.leased_until <= real_now))
        .order_by(OutboxRow.priority, OutboxRow.due_at, OutboxRow.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    ids = (await db.scalars(due)).all()
    if not ids:
        return []
    rows = await db.scalars(
        update(OutboxRow)
        .where(OutboxRow.id.in_(ids), OutboxRow.state == PLANNED)
        .values(state=SENDING, attempts=OutboxRow.attempts + 1, leased_until=real_now + LEASE)
        .returning(OutboxRow)
    )
    found = sorted(rows, key=lambda row: (row.priority, row.due_at, row.id))
    return [Planned(row.id, _notice(row), row.attempts - 1) for row in found]


async def settle(
    db: AsyncSession, row_id: str, *, state: str, now: datetime,
    message_id: int | None = None, error: str | None = None,
) -> None:  # fmt: skip
    """Record how the sending of a claimed notice ended."""
    await db.execute(
        update(OutboxRow)
        .where(OutboxRow.id == row_id)
        .values(state=state, message_id=message_id, error=error, settled_at=now)
    )


async def put_back(db: AsyncSession, row_id: str, *, retry_at: datetime, error: str) -> None:
    """Nothing was sent: plan it again, not before an instant of real time."""
    await db.execute(
        update(OutboxRow)
        .where(OutboxRow.id == row_id)
        .values(state=PLANNED, leased_until=retry_at, error=error)
    )


async def recover(db: AsyncSession, *, real_now: datetime) -> None:
    """Settle what a dead process left in the act.

    A message about a session goes again, since missing it is worse than reading it twice;
    anything else becomes `unknown` and is never sent again by itself.
    """
    abandoned = (OutboxRow.state == SENDING) & (OutboxRow.leased_until < real_now)
    await db.execute(
        update(OutboxRow)
        .where(abandoned, OutboxRow.priority == SESSION_PRIORITY)
        .values(state=PLANNED, error="the process died while sending; sent again")
    )
    await db.execute(
        update(OutboxRow)
        .where(abandoned, OutboxRow.priority != SESSION_PRIORITY)
        .values(state=UNKNOWN, error="the process died while sending")
    )


async def counts(db: AsyncSession, *, about: str | None = None) -> dict[str, int]:
    """How many notices are in each state, of all or about one thing."""
    query = select(OutboxRow.state, func.count()).group_by(OutboxRow.state)
    if about is not None:
        query = query.where(OutboxRow.about == about)
    found = {state: count for state, count in (await db.execute(query))}
    states = (PLANNED, SENDING, SENT, VOID, BLOCKED, FAILED, UNKNOWN)
    return {state: found.get(state, 0) for state in states}


async def sending_seconds(db: AsyncSession, *, about: str) -> float:
    """Seconds from the first to the last sending about one thing; 0 with fewer than two."""
    first, last = (
        await db.execute(
            select(func.min(OutboxRow.settled_at), func.max(OutboxRow.settled_at)).where(
                OutboxRow.about == about, OutboxRow.state == SENT
            )
        )
    ).one()
    return 0.0 if first is None or last is None else float((last - first).total_seconds())


async def next_due(db: AsyncSession) -> datetime | None:
    """When the earliest planned notice is due."""
    return await db.scalar(
        select(OutboxRow.due_at)
        .where(OutboxRow.state == PLANNED)
        .order_by(OutboxRow.due_at)
        .limit(1)
    )


async def due_count(db: AsyncSession, *, now: datetime) -> int:
    """How many notices should have been sent by now."""
    count = await db.scalar(
        select(func.count())
        .select_from(OutboxRow)
        .where(OutboxRow.state == PLANNED, OutboxRow.due_at <= now)
    )
    return count or 0


def _content(notice: Notice) -> str:
    return json.dumps(
        {
            "key": notice.key,
            "values": dict(notice.values),
            "literal": None if notice.literal is None else dict(notice.literal),
            "buttons": [
                [{"text": one.text, "data": one.data, "url": one.url} for one in row]
                for row in notice.buttons
            ],
            "document": notice.document,
        },
        ensure_ascii=False,
    )


def _notice(row: OutboxRow) -> Notice:
    content = json.loads(row.content or "{}")
    return Notice(
        unique_key=row.unique_key,
        recipient=PersonId(row.recipient),
        due_at=row.due_at,
        key=content["key"],
        values=content["values"],
        literal=content["literal"],
        buttons=[[NoticeButton(**one) for one in line] for line in content["buttons"]],
        document=None if content["document"] is None else tuple(content["document"]),
        about=row.about,
        priority=row.priority,
        expires_at=row.expires_at,
    )
