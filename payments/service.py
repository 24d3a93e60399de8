"""What happens to money. Functions take a session and never commit."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from kernel.ids import ExpertId, PaymentId, PersonId, SessionId, new_id
from kernel.money import Money
from payments import ledger, repository
from payments.errors import AlreadyPaid, PaymentMismatch, RefundTooLarge, UnknownPayment
from payments.ledger import REFUNDS, REVENUE, Entry
from payments.model import HELD_MONEY, Payment, PaymentState, Rail, Refund, StoredEvent
from payments.repository import (
    by_reference,
    event_done,
    events_due,
    history,
    open_since,
    paid_for,
    payment,
    payment_of,
    refunds_due,
)

__all__ = [
    "by_reference", "close_page", "earnings", "event_done", "events_due", "history",
    "mark_paid", "open_payment", "open_since", "opened", "paid_for", "payment", "payment_of",
    "precheck", "refund_done", "refunds_due", "release", "request_refund", "store_event",
]  # fmt: skip

_UNPAID = (PaymentState.NEW, PaymentState.OPEN, PaymentState.EXPIRED)


async def open_payment(
    db: AsyncSession, *, session_id: SessionId, payer: PersonId, amount: Money, rail: Rail,
    now: datetime,
) -> Payment:  # fmt: skip
    """The payment of a session; the same one when it was opened before."""
    new = Payment(
        id=PaymentId(new_id()), session_id=session_id, payer=payer, amount=amount, rail=rail,
        state=PaymentState.NEW, reference=None, url=None, charge=None,
        refunded=Money(0, amount.currency), released=Money(0, amount.currency), created_at=now,
        paid_at=None,
    )  # fmt: skip
    if await repository.add(db, new):
        return new
    known = await repository.payment_of(db, session_id)
    if known is None:
        raise UnknownPayment
    return known


async def opened(db: AsyncSession, payment_id: PaymentId, *, reference: str, url: str) -> Payment:
    """The processor has a page for it. A payment that was paid meanwhile stays paid."""
    await repository.move(
        db, payment_id, frm=[PaymentState.NEW], state=PaymentState.OPEN, reference=reference,
        url=url,
    )  # fmt: skip
    return await repository.payment(db, payment_id)


async def close_page(db: AsyncSession, payment_id: PaymentId) -> bool:
    """Its page takes no money any more."""
    return await repository.move(
        db, payment_id, frm=[PaymentState.OPEN], state=PaymentState.EXPIRED
    )


def precheck(of: Payment, *, payer: PersonId | None, minor: int, currency: str) -> None:
    """Raises PaymentMismatch or AlreadyPaid when it must not be paid like this."""
    if of.state in HELD_MONEY:
        raise AlreadyPaid
    if of.payer != payer or of.amount != Money(minor, currency):
        raise PaymentMismatch


async def mark_paid(
    db: AsyncSession, payment_id: PaymentId, *, charge: str, amount: Money, now: datetime
) -> Payment | None:
    """The money came: booked as held for the session. None when that was known.

    Raises PaymentMismatch for another amount than agreed, UnknownPayment.
    """
    agreed = await repository.payment(db, payment_id)
    if agreed.amount != amount:
        raise PaymentMismatch
    moved = await repository.move(
        db, payment_id, frm=_UNPAID, state=PaymentState.PAID, charge=charge, paid_at=now
    )
    if not moved:
        return None
    entries = [
        Entry(f"processor:{agreed.rail}", amount),
        Entry(f"held:{agreed.session_id}", -amount),
    ]
    await ledger.post(
        db, key=f"paid:{payment_id}", reason="payment received", entries=entries, now=now
    )
    return replace(agreed, state=PaymentState.PAID, charge=charge, paid_at=now)


async def request_refund(
    db: AsyncSession, payment_id: PaymentId, amount: Money, *, reason: str, now: datetime
) -> Refund:
    """Money held for a session shall go back; sent later by the rail it came by.

    Raises RefundTooLarge when it is more than what is still held, UnknownPayment.
    """
    of = await repository.payment(db, payment_id)
    if of.state not in HELD_MONEY or amount.minor <= 0:
        raise RefundTooLarge
    if not await repository.take_from_held(db, payment_id, refund=amount.minor):
        raise RefundTooLarge
    asked = Refund(
        id=new_id(), payment_id=payment_id, amount=amount, reason=reason, requested_at=now,
        sent_at=None,
    )  # fmt: skip
    await repository.add_refund(db, asked)
    await repository.move(db, payment_id, frm=HELD_MONEY, state=PaymentState.REFUNDING)
    entries = [Entry(f"held:{of.session_id}", amount), Entry(REFUNDS, -amount)]
    await ledger.post(
        db, key=f"refund:{asked.id}", reason=f"refund: {reason}", entries=entries, now=now
    )
    return asked


async def refund_done(db: AsyncSession, refund_id: str, *, reference: str, now: datetime) -> None:
    """The processor took a refund; telling it twice changes nothing."""
    if not await repository.mark_sent(db, refund_id, reference=reference, now=now):
        return
    sent = await repository.refund(db, refund_id)
    if sent is None:
        return
    of = await repository.payment(db, sent.payment_id)
    whole = of.refunded == of.amount
    after = PaymentState.REFUNDED if whole else PaymentState.PARTLY_REFUNDED
    await repository.move(db, of.id, frm=[PaymentState.REFUNDING], state=after)
    entries = [Entry(REFUNDS, sent.amount), Entry(f"processor:{of.rail}", -sent.amount)]
    await ledger.post(
        db, key=f"refunded:{refund_id}", reason="refund sent", entries=entries, now=now
    )


async def release(
    db: AsyncSession, session_id: SessionId, *, expert_id: ExpertId, commission_percent: int,
    now: datetime,
) -> Money | None:  # fmt: skip
    """What is still held for a session goes to its expert and the platform.

    The split leaves no minor unit over. Returns the expert's part, None when nothing was held.
    """
    of = await repository.paid_for(db, session_id)
    if of is None or of.still_held.minor <= 0:
        return None
    held = of.still_held
    if not await repository.take_from_held(db, of.id, release=held.minor):
        return None
    earned, commission = held.split([100 - commission_percent, commission_percent])
    entries = [
        Entry(f"held:{session_id}", held),
        Entry(f"expert:{expert_id}", -earned),
        Entry(REVENUE, -commission),
    ]
    await ledger.post(
        db, key=f"released:{session_id}", reason="session settled", entries=entries, now=now
    )
    return earned


async def store_event(
    db: AsyncSession, event: StoredEvent, *, source: str, body: str, now: datetime
) -> bool:
    """Keep a processor's event; False when its id is known."""
    return await repository.store_event(db, event, source=source, body=body, now=now)


async def earnings(db: AsyncSession, expert_id: ExpertId) -> list[Money]:
    """What an expert earned and was not paid out, an amount a currency."""
    found = await ledger.balances(db, prefix=f"expert:{expert_id}")
    return [
        Money(-total, currency)
        for (account, currency), total in found.items()
        if account == f"expert:{expert_id}"
    ]
