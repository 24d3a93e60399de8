"""All SQL about offers."""

from collections.abc import Collection

from sqlalchemy import ColumnExpressionArgument, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from booking.model import CancelPolicy, Delivery, Offer
from booking.repository import next_times
from booking.tables import OfferRow
from kernel.ids import ExpertId, OfferId
from kernel.money import Money


async def by_id(db: AsyncSession, ids: Collection[OfferId]) -> list[Offer]:
    """The offers with these ids, withdrawn ones included."""
    return await _offers(db, OfferRow.id.in_(ids))


async def active_of(db: AsyncSession, expert_ids: Collection[ExpertId]) -> list[Offer]:
    """What these experts offer now, the shortest first."""
    return await _offers(db, OfferRow.expert_id.in_(expert_ids), OfferRow.active)


async def lock(db: AsyncSession, offer_id: OfferId) -> None:
    """Nobody else books or gives up a seat of this offer before this transaction ends."""
    await db.execute(select(OfferRow.id).where(OfferRow.id == offer_id).with_for_update())


async def put(db: AsyncSession, offer: Offer, *, new: bool) -> None:
    """Store a new offer, or the new state of one."""
    values = {
        "expert_id": offer.expert_id,
        "title": dict(offer.title),
        "minutes": offer.minutes,
        "price_minor": offer.price.minor,
        "price_currency": offer.price.currency,
        "rail": offer.rail,
        "needs_confirmation": offer.needs_confirmation,
        "buffer_before": offer.buffer_before,
        "buffer_after": offer.buffer_after,
        "notice_minutes": offer.notice_minutes,
        "step_minutes": offer.step_minutes,
        "window_days": offer.window_days,
        "reminders": list(offer.reminders),
        "active": offer.active,
        "delivery": offer.delivery.value,
        "policy": offer.policy.to_json(),
        "once": offer.once,
        "seats": offer.seats,
        "by_minute": offer.by_minute,
    }
    if new:
        await db.execute(insert(OfferRow).values(id=offer.id, **values))
    else:
        await db.execute(
            update(OfferRow)
            .where(OfferRow.id == offer.id)
            .values(**values)
            .execution_options(synchronize_session=False)
        )
    await next_times.mark(db, [offer.expert_id])


async def _offers(db: AsyncSession, *where: ColumnExpressionArgument[bool]) -> list[Offer]:
    rows = await db.scalars(
        select(OfferRow)
        .where(*where)
        .order_by(OfferRow.minutes, OfferRow.id)
        .execution_options(populate_existing=True)
    )
    return [_offer(row) for row in rows]


def _offer(row: OfferRow) -> Offer:
    return Offer(
        id=OfferId(row.id),
        expert_id=ExpertId(row.expert_id),
        title=dict(row.title),
        minutes=row.minutes,
        price=Money(row.price_minor, row.price_currency),
        rail=row.rail,
        needs_confirmation=row.needs_confirmation,
        buffer_before=row.buffer_before,
        buffer_after=row.buffer_after,
        notice_minutes=row.notice_minutes,
        step_minutes=row.step_minutes,
        window_days=row.window_days,
        reminders=tuple(row.reminders),
        active=row.active,
        delivery=Delivery(row.delivery),
        policy=CancelPolicy.from_json(row.policy),
        once=row.once,
        seats=row.seats,
        by_minute=row.by_minute,
    )
