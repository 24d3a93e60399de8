"""How the outbox stands."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from kernel.ids import PersonId
from storage.outbox.notice import MARKETING_PRIORITY, NOTICE_PRIORITY, SESSION_PRIORITY
from storage.outbox.table import PLANNED, SENT, STATES, VOID, OutboxRow

OVER_CAP = "had enough news lately"
_KEYS_AT_ONCE = 500


async def counts(db: AsyncSession, *, about: str | None = None) -> dict[str, int]:
    """How many notices are in each state, of all or about one thing."""
    query = select(OutboxRow.state, func.count()).group_by(OutboxRow.state)
    if about is not None:
        query = query.where(OutboxRow.about == about)
    found = {state: count for state, count in (await db.execute(query))}
    return {state: found.get(state, 0) for state in STATES}


async def unknown_keys(db: AsyncSession, keys: Sequence[str]) -> set[str]:
    """Those of the keys under which nothing was ever planned."""
    new = set(keys)
    for start in range(0, len(keys), _KEYS_AT_ONCE):
        some = keys[start : start + _KEYS_AT_ONCE]
        new -= set(
            await db.scalars(select(OutboxRow.unique_key).where(OutboxRow.unique_key.in_(some)))
        )
    return new


async def message_of(db: AsyncSession, unique_key: str) -> int | None:
    """Telegram's id of the message that a notice became, None as long as there is none."""
    return await db.scalar(
        select(OutboxRow.message_id).where(
            OutboxRow.unique_key == unique_key, OutboxRow.state == SENT
        )
    )


async def over_cap(db: AsyncSession, *, about: str) -> int:
    """How many were void because their reader had enough news lately."""
    count = await db.scalar(
        select(func.count())
        .select_from(OutboxRow)
        .where(OutboxRow.about == about, OutboxRow.state == VOID, OutboxRow.error == OVER_CAP)
    )
    return count or 0


async def sent_of_variants(db: AsyncSession, *, about: str) -> dict[str, int]:
    """How many of each variant were sent."""
    rows = await db.execute(
        select(OutboxRow.variant, func.count())
        .where(OutboxRow.about == about, OutboxRow.state == SENT, OutboxRow.variant.is_not(None))
        .group_by(OutboxRow.variant)
    )
    return {str(variant): count for variant, count in rows}


async def variants_of(
    db: AsyncSession, people: Collection[PersonId], *, about: str
) -> dict[PersonId, str]:
    """Which variant each of the people was to get."""
    wanted, found = sorted(people), dict[PersonId, str]()
    for start in range(0, len(wanted), _KEYS_AT_ONCE):
        rows = await db.execute(
            select(OutboxRow.recipient, OutboxRow.variant).where(
                OutboxRow.about == about, OutboxRow.variant.is_not(None),
                OutboxRow.recipient.in_(wanted[start : start + _KEYS_AT_ONCE]),
            )
        )  # fmt: skip
        found |= {PersonId(person): str(variant) for person, variant in rows}
    return found


async def sent_to(
    db: AsyncSession, people: list[PersonId], *, since: datetime
) -> dict[PersonId, int]:
    """How many marketing messages each of the people got since an instant."""
    rows = await db.execute(
        select(OutboxRow.recipient, func.count())
        .where(
            OutboxRow.recipient.in_(people), OutboxRow.settled_at > since,
            OutboxRow.state == SENT, OutboxRow.priority >= MARKETING_PRIORITY,
        )
        .group_by(OutboxRow.recipient)
    )  # fmt: skip
    return {PersonId(person): count for person, count in rows}


async def next_due(db: AsyncSession) -> datetime | None:
    """When the earliest planned notice is due that is no broadcast's."""
    instants = [
        await db.scalar(
            select(func.min(OutboxRow.due_at)).where(
                OutboxRow.state == PLANNED, OutboxRow.priority == priority
            )
        )
        for priority in (SESSION_PRIORITY, NOTICE_PRIORITY, MARKETING_PRIORITY)
    ]
    return min((one for one in instants if one is not None), default=None)


async def next_in_batch(db: AsyncSession, about: str) -> datetime | None:
    """When the earliest planned notice of a broadcast is due."""
    return await db.scalar(
        select(func.min(OutboxRow.due_at)).where(
            OutboxRow.about == about, OutboxRow.state == PLANNED
        )
    )


async def due_count(db: AsyncSession, *, now: datetime) -> int:
    """How many notices should have been sent by now."""
    count = await db.scalar(
        select(func.count())
        .select_from(OutboxRow)
        .where(OutboxRow.state == PLANNED, OutboxRow.due_at <= now)
    )
    return count or 0
