"""Claiming what is due, and recording what became of it.

A claim is a lease of real time. Whoever claims must be done, or have given up, before it ends.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    Table,
    bindparam,
    case,
    exists,
    null,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from storage.outbox.notice import (
    MARKETING_PRIORITY,
    NOTICE_PRIORITY,
    SESSION_PRIORITY,
    Planned,
    notice_of,
)
from storage.outbox.table import PLANNED, SENDING, SENT, UNKNOWN, VOID, OutboxRow
from storage.types import UtcDateTime

LEASE = timedelta(seconds=30)

_SINGLE = (SESSION_PRIORITY, NOTICE_PRIORITY, MARKETING_PRIORITY)
_table = cast(Table, OutboxRow.__table__)

_now = bindparam("now", type_=UtcDateTime)
_real_now = bindparam("real_now", type_=UtcDateTime)


@dataclass(frozen=True)
class Outcome:
    """How the sending of a claimed notice ended."""

    id: str
    state: str
    message_id: int | None = None
    error: str | None = None


@dataclass(frozen=True)
class Retry:
    """Nothing was sent of a claim; it is to be tried again, not before an instant of real time."""

    claimed: Planned
    at: datetime
    error: str


async def anything_due(db: AsyncSession, *, now: datetime, real_now: datetime) -> bool:
    """Whether `claim` or `recover` would find anything; it writes nothing."""
    return bool(await db.scalar(_ANYTHING_DUE, {"now": now, "real_now": real_now}))


async def any_left(db: AsyncSession, *, about: str) -> bool:
    """Whether anything about this thing is still to be sent."""
    left = select(OutboxRow.id).where(
        OutboxRow.about == about, OutboxRow.state.in_([PLANNED, SENDING])
    )
    return bool(await db.scalar(select(exists(left))))


async def due_in_batch(db: AsyncSession, about: str, *, now: datetime, real_now: datetime) -> bool:
    """Whether `claim_batch` would find anything; it writes nothing."""
    asked = {"about": about, "now": now, "real_now": real_now}
    return bool(await db.scalar(_DUE_IN_BATCH, asked))


async def claim(
    db: AsyncSession, *, now: datetime, real_now: datetime, limit: int, marketing: int | None = None
) -> list[Planned]:
    """Take the most urgent due notices for sending, at most `marketing` of them marketing; those
    of broadcasts are not among them."""
    found: list[Planned] = []
    for priority in _SINGLE:
        room = limit - len(found)
        if priority == MARKETING_PRIORITY and marketing is not None:
            room = min(room, marketing)
        if room > 0:
            query = _due(OutboxRow.priority == priority, now=now, real_now=real_now)
            found += await _take(db, query, real_now=real_now, limit=room)
    return found


async def claim_batch(
    db: AsyncSession, about: str, *, now: datetime, real_now: datetime, limit: int
) -> list[Planned]:
    """Take due notices of a broadcast for sending."""
    query = _due(OutboxRow.about == about, now=now, real_now=real_now)
    return await _take(db, query, real_now=real_now, limit=limit)


def _due(
    which: ColumnElement[bool], *, now: datetime | BindParameter[datetime],
    real_now: datetime | BindParameter[datetime],
) -> Select[str]:  # fmt: skip
    # one priority, or one broadcast, at a time: then the index has them in the order of due_at
    return (
        select(OutboxRow.id)
        .where(which, OutboxRow.state == PLANNED, OutboxRow.due_at <= now)
        .where((OutboxRow.leased_until.is_(None)) | (OutboxRow.leased_until <= real_now))
        .order_by(OutboxRow.due_at)
    )


async def _take(
    db: AsyncSession, query: Select[str], *, real_now: datetime, limit: int
) -> list[Planned]:
    ids = (await db.scalars(query.limit(limit).with_for_update(skip_locked=True))).all()
    if not ids:
        return []
    rows = await db.execute(
        update(_table)
        .where(_table.c.id.in_(ids), _table.c.state == PLANNED)
        .values(state=SENDING, attempts=_table.c.attempts + 1, leased_until=real_now + LEASE)
        .returning(*_table.c)
    )
    found = sorted(rows, key=lambda row: (row.priority, row.due_at, row.id))
    return [Planned(row.id, notice_of(row), row.attempts - 1) for row in found]


async def settle(db: AsyncSession, outcomes: Sequence[Outcome], *, now: datetime) -> None:
    """Record how claimed notices ended; their content is not needed any more.

    What was sent is recorded as sent even where another process took the row for abandoned.
    """
    for sent in (True, False):
        some = [one for one in outcomes if (one.state == SENT) is sent]
        if not some:
            continue
        before = (SENDING, PLANNED, UNKNOWN) if sent else (SENDING,)
        await db.execute(
            update(_table)
            .where(_table.c.id == bindparam("row"), or_(*(_table.c.state == one for one in before)))
            .values(
                state=bindparam("became"), message_id=bindparam("message"),
                error=bindparam("why"), settled_at=now, content=null(),
            ),
            [
                {"row": one.id, "became": one.state, "message": one.message_id, "why": one.error}
                for one in some
            ],
        )  # fmt: skip


async def put_back(db: AsyncSession, retries: Sequence[Retry]) -> None:
    """Plan again what was not sent, unless it was voided, or claimed by somebody else, in the
    meantime."""
    for one in retries:
        mine = _table.c.attempts == one.claimed.attempts + 1
        await db.execute(
            update(_table)
            .where(_table.c.id == one.claimed.id, _table.c.state == SENDING, mine)
            .values(leased_until=one.at, error=one.error, **_again())
        )


async def recover(
    db: AsyncSession, *, now: datetime, real_now: datetime, resend: bool = True
) -> None:
    """Settle what a dead process left in the act.

    A message about a session goes again where `resend` says so, since missing it is worse than
    reading it twice; anything else becomes `unknown` and is never sent again by itself.
    """
    died = "the process died while sending"
    abandoned = _table.c.id.in_(_abandoned(real_now))
    if resend:
        await db.execute(
            update(_table)
            .where(abandoned, _table.c.priority == SESSION_PRIORITY)
            .values(error=f"{died}; sent again", **_again())
        )
    await db.execute(
        update(_table)
        .where(abandoned)
        .values(state=UNKNOWN, error=died, settled_at=now, content=null())
    )


def _abandoned(real_now: datetime | BindParameter[datetime]) -> Select[str]:
    return select(OutboxRow.id).where(OutboxRow.state == SENDING, OutboxRow.leased_until < real_now)


# asked several times a second: built once
_ANYTHING_DUE = select(
    or_(
        *(exists(_due(OutboxRow.priority == one, now=_now, real_now=_real_now)) for one in _SINGLE),
        exists(_abandoned(_real_now)),
    )
)
# no EXISTS: for that PostgreSQL may read the whole table, while the order asks for the index
_DUE_IN_BATCH = _due(OutboxRow.about == bindparam("about"), now=_now, real_now=_real_now).limit(1)


def _again() -> dict[str, ColumnElement[object]]:
    voided = _table.c.voided
    return {
        "state": case((voided, VOID), else_=PLANNED),
        "content": case((voided, null()), else_=_table.c.content),
    }
