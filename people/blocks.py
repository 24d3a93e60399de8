"""Who is not to meet: a client hid an expert, or an expert takes no bookings from a client.

What was booked before stays; nothing new comes of it, whoever of the two did not want it.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from kernel.ids import ExpertId, PersonId
from people.errors import ExpertHidden, ExpertNotAvailable
from people.model import Block, BlockedBy
from people.repository import blocks as rows


async def block(
    db: AsyncSession, client: PersonId, expert_id: ExpertId, *, by: BlockedBy, now: datetime
) -> bool:
    """The two are not to meet; False when that side had said so."""
    return await rows.add(db, Block(client, expert_id, by, now))


async def unblock(
    db: AsyncSession, client: PersonId, expert_id: ExpertId, *, by: BlockedBy
) -> None:
    """One side takes it back."""
    await rows.drop(db, client, expert_id, by)


async def between(db: AsyncSession, client: PersonId, expert_id: ExpertId) -> BlockedBy | None:
    """Who of the two does not want to meet the other, the client where both do not."""
    found = [one.by for one in await rows.of_client(db, client) if one.expert_id == expert_id]
    return min(found, default=None)


async def check_may_meet(db: AsyncSession, client: PersonId, expert_id: ExpertId) -> None:
    """Raises ExpertHidden by the client, ExpertNotAvailable when the expert does not want it."""
    match await between(db, client, expert_id):
        case BlockedBy.CLIENT:
            raise ExpertHidden
        case BlockedBy.EXPERT:
            raise ExpertNotAvailable
        case None:
            return


async def apart_from(db: AsyncSession, client: PersonId) -> frozenset[ExpertId]:
    """The experts whom a client is not to meet, whichever side does not want it."""
    return frozenset(one.expert_id for one in await rows.of_client(db, client))


async def hidden_by(db: AsyncSession, client: PersonId) -> list[ExpertId]:
    """The experts whom a client hid, the newest first."""
    found = await rows.of_client(db, client)
    return [one.expert_id for one in found if one.by is BlockedBy.CLIENT]


async def turned_away_by(db: AsyncSession, expert_id: ExpertId) -> Collection[PersonId]:
    """The clients from whom an expert takes no bookings, the newest first."""
    return [one.client for one in await rows.by_expert(db, expert_id)]
