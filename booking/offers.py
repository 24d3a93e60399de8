"""What experts offer."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncSession

from booking.errors import UnknownOffer
from booking.model import Offer
from booking.repository import offers as rows
from kernel.ids import ExpertId, OfferId


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


async def change_rules(
    db: AsyncSession, expert_id: ExpertId, rules: Mapping[str, int]
) -> list[Offer]:
    """Change fields such as `buffer_after` of all that an expert offers. Raises BadOffer."""
    changed = [replace(one, **rules) for one in await offers(db, expert_id)]  # type: ignore[arg-type]
    for one in changed:
        await rows.put(db, one, new=False)
    return changed
