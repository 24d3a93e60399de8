"""All SQL about disputes."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from kernel.ids import PaymentId
from payments.model import DisputeState, FetchedDispute
from payments.tables import DisputeRow
from storage.upsert import insert_into


async def add(
    db: AsyncSession, dispute: FetchedDispute, payment_id: PaymentId, *, now: datetime
) -> bool:
    """Store an open dispute; False when its id is known."""
    found = await db.scalar(
        insert_into(db, DisputeRow)
        .values(
            id=dispute.id, payment_id=payment_id, minor=dispute.amount.minor,
            currency=dispute.amount.currency, state=DisputeState.OPEN, opened_at=now,
        )
        .on_conflict_do_nothing()
        .returning(DisputeRow.id)
    )  # fmt: skip
    return found is not None


async def close(db: AsyncSession, dispute_id: str, state: DisputeState, *, now: datetime) -> bool:
    """How a dispute ended; False when that was known."""
    moved = await db.scalar(
        update(DisputeRow)
        .where(DisputeRow.id == dispute_id, DisputeRow.state == DisputeState.OPEN)
        .values(state=state, closed_at=now)
        .returning(DisputeRow.id)
        .execution_options(synchronize_session=False)
    )
    return moved is not None


async def is_disputed(db: AsyncSession, payment_id: PaymentId) -> bool:
    """Whether a dispute about a payment is open."""
    found = await db.scalar(
        select(DisputeRow.id).where(
            DisputeRow.payment_id == payment_id, DisputeRow.state == DisputeState.OPEN
        )
    )
    return found is not None


async def open_disputes(db: AsyncSession) -> list[tuple[str, PaymentId]]:
    """(dispute, payment) of all that are not decided, oldest first."""
    rows = await db.execute(
        select(DisputeRow.id, DisputeRow.payment_id)
        .where(DisputeRow.state == DisputeState.OPEN)
        .order_by(DisputeRow.opened_at, DisputeRow.id)
    )
    return [(dispute, PaymentId(payment)) for dispute, payment in rows]
