"""Holds on clients' cards: captured when it is known how much of them is kept, or released."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from kernel.ids import PaymentId
from kernel.money import Money
from payments import accounts, ledger
from payments.ledger import Entry
from payments.model import HELD_MONEY, Captured, Payment, Refund, RefundTo
from payments.refunds import settle_state
from payments.repository import payments as rows
from payments.repository import refunds


def to_capture(of: Payment) -> Money:
    """What of a hold is kept: all that was not asked back by the rail."""
    return of.amount - of.by_rail


async def hold_settled(
    db: AsyncSession, payment_id: PaymentId, captured: Captured, *, now: datetime
) -> tuple[list[Refund], Money]:
    """The processor took so much of a hold and let the rest go, which does the refunds that wait.

    Returns those, and what was lost because the hold had ended before. Nothing when that was
    known.
    """
    of = await rows.locked(db, payment_id)
    free = of.amount - captured.amount
    if not await rows.move(db, of.id, frm=HELD_MONEY, hold_until=None) or of.hold_until is None:
        return [], Money(0, of.amount.currency)
    done = []
    for one in await refunds.refunds_of(db, of.id):
        if one.sent_at is None and one.to is RefundTo.RAIL and one.amount <= free:
            await refunds.mark_sent(db, one.id, reference=f"released:{of.charge}", now=now)
            free -= one.amount
            done.append(one)
    given = of.amount - captured.amount - free
    await ledger.post(
        db, key=f"captured:{of.id}", reason="hold on the card settled", now=now,
        entries=[
            Entry(accounts.processor(of.rail), captured.amount), Entry(accounts.REFUNDS, given),
            # the payer was to pay it, and the expert has earned it
            Entry(accounts.REVENUE, free), Entry(accounts.authorised(of.rail), -of.amount),
        ],
    )  # fmt: skip
    if captured.fee:
        await ledger.post(
            db, key=f"fee:{of.id}", reason="processor's fee", now=now,
            entries=[Entry(accounts.fees(of.rail), captured.fee),
                     Entry(accounts.processor(of.rail), -captured.fee)],
        )  # fmt: skip
    await settle_state(db, of)
    return done, free
