"""What experts offer, and when they are open."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from booking.errors import BadOffer, UnknownOffer
from booking.model import GRID_MINUTES, Offer, Schedule
from booking.repository import offers as rows
from booking.slots import WallInterval
from kernel.ids import ExpertId, OfferId

_GRID = timedelta(minutes=GRID_MINUTES)


async def offer(db: AsyncSession, offer_id: OfferId) -> Offer:
    """The offer, also a withdrawn one. Raises UnknownOffer."""
    found = await rows.by_id(db, [offer_id])
    if not found:
        raise UnknownOffer
    return found[0]


async def offers(db: AsyncSession, expert_id: ExpertId) -> list[Offer]:
    """What an expert offers now, the shortest first."""
    return await rows.active_of(db, [expert_id])


async def offers_of(
    db: AsyncSession, expert_ids: Collection[ExpertId]
) -> dict[ExpertId, list[Offer]]:
    """The same for many experts; those without offers are absent."""
    found: dict[ExpertId, list[Offer]] = {}
    for each in await rows.active_of(db, expert_ids):
        found.setdefault(each.expert_id, []).append(each)
    return found


async def offers_by_id(db: AsyncSession, ids: Collection[OfferId]) -> dict[OfferId, Offer]:
    """Those of the offers that exist."""
    return {each.id: each for each in await rows.by_id(db, ids)}


async def save_offer(db: AsyncSession, offer: Offer) -> Literal["added", "changed", "unchanged"]:
    """Store an offer under its id."""
    before = await rows.by_id(db, [offer.id])
    if before and before[0] == offer:
        return "unchanged"
    await rows.put(db, offer, new=not before)
    return "changed" if before else "added"


async def set_weekly(
    db: AsyncSession,
    expert_id: ExpertId,
    time_zone: str,
    weekly: Mapping[int, Sequence[WallInterval]],
    overrides: Mapping[date, Sequence[WallInterval]] | None = None,
) -> None:
    """Set an expert's opening hours on the wall clock of an IANA zone.

    `booking.slots_json.weekly_from_json` reads them from JSON. Raises BadOffer for hours that
    are not multiples of five minutes.
    """
    schedule = Schedule(ZoneInfo(time_zone), weekly, overrides or {})
    for hours in (*weekly.values(), *schedule.overrides.values()):
        if any(each.start % _GRID or each.end % _GRID for each in hours):
            raise BadOffer(expert=expert_id)
    await rows.put_schedule(db, expert_id, schedule)


async def weekly(db: AsyncSession, expert_id: ExpertId) -> Schedule | None:
    """An expert's opening hours, None before they are set."""
    return (await rows.schedules(db, [expert_id])).get(expert_id)
