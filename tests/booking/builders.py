"""Offers and schedules for tests, with only what matters spelt out."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from booking import service as booking
from booking.model import Offer
from booking.slots_json import weekly_from_json
from kernel.ids import ExpertId, OfferId, PersonId
from kernel.money import Money

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
"""A Monday."""
EXPERT = ExpertId("ana")
CLIENT = PersonId("client-1")
OFFER = OfferId("ana-60")

WORKDAYS = weekly_from_json(
    [{"weekday": day, "start": "09:00", "end": "17:00"} for day in range(5)]
)


def at(hour: int, minute: int = 0, *, day: int = 3) -> datetime:
    """An instant of March 2026; the third is a Tuesday."""
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


def an_offer(**changes: Any) -> Offer:
    values: dict[str, Any] = {
        "id": OFFER,
        "expert_id": EXPERT,
        "title": {"en": "Career talk", "zh": "职业咨询"},
        "minutes": 60,
        "price": Money(90_00, "USD"),
    }
    return Offer(**(values | changes))


async def open_for_business(db: AsyncSession, **changes: Any) -> Offer:
    """Store an offer of an expert who works from nine to five UTC."""
    offer = an_offer(**changes)
    await booking.save_offer(db, offer)
    await booking.set_weekly(db, offer.expert_id, "UTC", WORKDAYS)
    return offer
