"""All SQL about refunds."""

from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from kernel.ids import PaymentId
from kernel.money import Money
from payments.model import Payment, Refund, RefundTo
from payments.repository.payments import payment_of_row
from payments.tables import PaymentRow, RefundRow


async def add(db: AsyncSession, refund: Refund) -> None:
    """Store a refund that was asked for."""
    await db.execute(
        insert(RefundRow).values(
            id=refund.id, payment_id=refund.payment_id, minor=refund.amount.minor,
            currency=refund.amount.currency, to=refund.to, reason=refund.reason,
            requested_at=refund.requested_at, sent_at=refund.sent_at,
        )
    )  # fmt: skip


async def refund(db: AsyncSession, refund_id: str) -> Refund | None:
    """The refund, or None."""
    row = await db.scalar(select(RefundRow).where(RefundRow.id == refund_id))
    return None if row is None else _refund(row)


async def by_reference(db: AsyncSession, reference: str) -> Refund | None:
    """The refund that the processor knows by this id."""
    row = await db.scalar(select(RefundRow).where(RefundRow.reference == reference))
    return None if row is None else _refund(row)


async def refunds_of(db: AsyncSession, payment_id: PaymentId) -> list[Refund]:
    """What was given back of a payment, oldest first."""
    rows = await db.scalars(
        select(RefundRow)
        .where(RefundRow.payment_id == payment_id)
        .order_by(RefundRow.requested_at, RefundRow.id)
    )
    return [_refund(row) for row in rows]


async def refunds_due(db: AsyncSession) -> list[tuple[Refund, Payment]]:
    """Refunds that were not sent yet with their payments, oldest first."""
    rows = await db.execute(
        select(RefundRow, PaymentRow)
        .join(PaymentRow, PaymentRow.id == RefundRow.payment_id)
        .where(RefundRow.sent_at.is_(None))
        .order_by(RefundRow.requested_at)
    )
    return [(_refund(one), payment_of_row(of)) for one, of in rows]


async def mark_sent(db: AsyncSession, refund_id: str, *, reference: str, now: datetime) -> bool:
    """Record that the processor took a refund; False when that was known."""
    moved = await db.scalar(
        update(RefundRow)
        .where(RefundRow.id == refund_id, RefundRow.sent_at.is_(None))
        .values(sent_at=now, reference=reference)
        .returning(RefundRow.id)
        .execution_options(synchronize_session=False)
    )
    return moved is not None


async def note_try(db: AsyncSession, refund_id: str, *, tries: int, try_at: datetime) -> None:
    """Record that a refund was asked for in vain, and when it is asked for again."""
    await db.execute(
        update(RefundRow)
        .where(RefundRow.id == refund_id)
        .values(tries=tries, try_at=try_at)
        .execution_options(synchronize_session=False)
    )


async def redirect(db: AsyncSession, before: Refund, to: RefundTo, *, now: datetime) -> bool:
    """The way back is closed: the refund goes elsewhere; False when it did already, or was sent
    meanwhile."""
    unsent = RefundRow.sent_at.is_(None)
    moved = await db.scalar(
        update(RefundRow)
        .where(
            RefundRow.id == before.id,
            unsent if before.sent_at is None else RefundRow.to == RefundTo.RAIL,
        )
        .values(to=to, sent_at=now)
        .returning(RefundRow.id)
        .execution_options(synchronize_session=False)
    )
    return moved is not None


def _refund(row: RefundRow) -> Refund:
    return Refund(
        id=row.id,
        payment_id=PaymentId(row.payment_id),
        amount=Money(row.minor, row.currency),
        to=RefundTo(row.to),
        reason=row.reason,
        requested_at=row.requested_at,
        sent_at=row.sent_at,
        tries=row.tries,
        try_at=row.try_at,
    )
