"""All SQL about next free times that are kept ready.

A change inserts a mark and waits for nobody: two bookers who mark the same expert never meet.
A kept row without a mark of its expert is right, since whoever computes it deletes only those
marks that it saw before it looked at anything else.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, exists, func, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from booking.slots import Slot
from booking.tables import NextTimeMarkRow, NextTimeRow
from kernel.ids import ExpertId, OfferId, new_id

_LOCK = 5_080_001
"""A number of our own among PostgreSQL's advisory locks."""


@dataclass(frozen=True)
class NextTime:
    """An offer's next free time, None when there is none in its window, and until when, not
    included, that stays so if nothing changes."""

    offer_id: OfferId
    expert_id: ExpertId
    slot: Slot | None
    good_until: datetime


async def mark(db: AsyncSession, expert_ids: Collection[ExpertId]) -> None:
    """In the transaction of the change: what is kept of these experts counts no more."""
    rows = [{"id": new_id(), "expert_id": expert_id} for expert_id in expert_ids]
    await db.execute(insert(NextTimeMarkRow), rows)


_KEPT = select(NextTimeRow.offer_id, NextTimeRow.starts_at, NextTimeRow.ends_at).where(
    NextTimeRow.offer_id.in_(bindparam("offers", expanding=True)),
    NextTimeRow.good_until > bindparam("now"),
    ~exists().where(NextTimeMarkRow.expert_id == NextTimeRow.expert_id),
)


async def kept(
    db: AsyncSession, offer_ids: Collection[OfferId], *, now: datetime
) -> dict[OfferId, Slot | None]:
    """What is known to be right, by offer. One statement, so that it sees one moment."""
    rows = await db.execute(_KEPT, {"offers": [*offer_ids], "now": now})
    return {
        OfferId(offer_id): Slot(start, end) if start and end else None
        for offer_id, start, end in rows
    }


async def alone(db: AsyncSession) -> bool:
    """Whether nobody else computes next times before this transaction ends."""
    if db.get_bind().dialect.name != "postgresql":
        return True  # SQLite has one writer at a time
    return bool(await db.scalar(select(func.pg_try_advisory_xact_lock(_LOCK))))


async def anything_outdated(db: AsyncSession, *, now: datetime) -> bool:
    """Whether anything is to be computed."""
    marked, passed = exists(NextTimeMarkRow.id), exists().where(NextTimeRow.good_until <= now)
    return bool(await db.scalar(select(or_(marked, passed))))


async def outdated(
    db: AsyncSession, *, now: datetime, limit: int
) -> tuple[Sequence[ExpertId], Sequence[str]]:
    """Experts whose next times are to be computed, at most `limit`, and the marks that say so."""
    marks = (
        await db.execute(
            select(NextTimeMarkRow.id, NextTimeMarkRow.expert_id)
            .order_by(NextTimeMarkRow.id)
            .limit(limit)
        )
    ).all()
    experts = dict.fromkeys(ExpertId(expert_id) for _, expert_id in marks)
    if len(experts) < limit:
        passed = await db.scalars(
            select(NextTimeRow.expert_id)
            .where(NextTimeRow.good_until <= now)
            .order_by(NextTimeRow.good_until)
            .limit(limit - len(experts))
        )
        experts |= dict.fromkeys(map(ExpertId, passed))
    return [*experts], [mark_id for mark_id, _ in marks]


async def keep(
    db: AsyncSession,
    expert_ids: Collection[ExpertId],
    times: Sequence[NextTime],
    *,
    marks: Collection[str],
) -> None:
    """Replace all that is kept of these experts, which the marks are about."""
    offer_ids = [each.offer_id for each in times]
    await db.execute(
        delete(NextTimeRow)
        .where(or_(NextTimeRow.expert_id.in_(expert_ids), NextTimeRow.offer_id.in_(offer_ids)))
        .execution_options(synchronize_session=False)
    )
    if times:
        await db.execute(
            insert(NextTimeRow),
            [
                {
                    "offer_id": each.offer_id,
                    "expert_id": each.expert_id,
                    "starts_at": each.slot.start if each.slot else None,
                    "ends_at": each.slot.end if each.slot else None,
                    "good_until": each.good_until,
                }
                for each in times
            ],
        )
    await db.execute(
        delete(NextTimeMarkRow)
        .where(NextTimeMarkRow.id.in_(marks))
        .execution_options(synchronize_session=False)
    )
