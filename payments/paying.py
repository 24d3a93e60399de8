"""From a price to money that came: what is agreed, what is taken, what was never owed."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from kernel.ids import PaymentId, PersonId, new_id
from kernel.money import Money
from payments import accounts, ledger
from payments.errors import AlreadyPaid, PaymentMismatch, PriceChanged
from payments.ledger import Entry
from payments.model import HELD_MONEY, Payment, PaymentState, Purpose, Rail
from payments.repository import payments as rows
from payments.split import Terms


async def open_payment(
    db: AsyncSession, *, subject: str, payer: PersonId, amount: Money, rail: Rail, now: datetime,
    purpose: Purpose = Purpose.SESSION, terms: Terms | None = None,
) -> Payment:  # fmt: skip
    """The payment of a thing at its price; the same one when it was opened before."""
    new = _new(purpose, subject, payer, amount, rail, terms or Terms(), now)
    if await rows.add(db, new):
        return new
    found = await rows.payment_for(db, purpose, subject)
    if found is None:
        raise LookupError(f"the payment of {subject} was neither added nor found")
    return found


def _new(
    purpose: Purpose, subject: str, payer: PersonId, price: Money, rail: Rail, terms: Terms,
    now: datetime,
) -> Payment:  # fmt: skip
    nothing = Money(0, price.currency)
    return Payment(
        id=PaymentId(new_id()), purpose=purpose, subject=subject, payer=payer, price=price,
        discount=nothing, credit=nothing, amount=price, rail=rail, state=PaymentState.NEW,
        version=1, terms=terms, code=None, reference=None, url=None, charge=None,
        refunded=nothing, by_rail=nothing, returned=nothing, released=nothing, created_at=now,
        paid_at=None,
    )  # fmt: skip


async def reprice(db: AsyncSession, of: Payment, price: Money) -> Payment:
    """Another price for what is not paid. Raises AlreadyPaid."""
    after = replace(of, price=price, amount=price - of.discount - of.credit)
    if not await rows.agree(db, of, after):
        raise AlreadyPaid
    return await rows.payment(db, of.id)


async def opened(db: AsyncSession, payment: Payment, *, reference: str, url: str) -> Payment:
    """The processor has a page for it. A payment that was paid meanwhile stays paid.

    Raises PriceChanged when something else was agreed meanwhile: the page is to be closed.
    """
    await rows.move(
        db, payment.id, frm=[PaymentState.NEW], state=PaymentState.OPEN, reference=reference,
        url=url,
    )  # fmt: skip
    now = await rows.payment(db, payment.id)
    if now.version != payment.version:
        raise PriceChanged
    return now


async def close_page(db: AsyncSession, of: Payment) -> bool:
    """The page that it had takes no money any more; False when it has another one by now."""
    return await rows.close_page(db, of)


def precheck(
    of: Payment, *, version: int, payer: PersonId | None, minor: int, currency: str,
    again: bool = False,
) -> None:  # fmt: skip
    """Raises AlreadyPaid (unless it may be paid `again`), PriceChanged or PaymentMismatch when it
    must not be paid like this."""
    if of.state in HELD_MONEY and not again:
        raise AlreadyPaid
    if of.payer != payer:
        raise PaymentMismatch
    if of.version != version:
        raise PriceChanged
    if of.amount != Money(minor, currency):
        raise PaymentMismatch


async def mark_paid(
    db: AsyncSession, payment_id: PaymentId, *, charge: str | None, amount: Money,
    now: datetime, fee: Money | None = None, hold_until: datetime | None = None,
) -> Payment | None:  # fmt: skip
    """The money came, or (`hold_until`) is held on the card: booked as held for its subject.

    None when that was known.

    Raises PaymentMismatch for another amount than agreed, AlreadyPaid when another charge paid
    it before (`take_stray` is for both), UnknownPayment.
    """
    agreed = await rows.locked(db, payment_id)
    if agreed.state in HELD_MONEY:
        if agreed.charge == charge:
            return None
        raise AlreadyPaid
    if agreed.amount != amount:
        raise PaymentMismatch
    await rows.move(
        db, payment_id, frm=rows.UNPAID, state=PaymentState.PAID, charge=charge, paid_at=now,
        hold_until=hold_until,
    )  # fmt: skip
    paid = replace(
        agreed, state=PaymentState.PAID, charge=charge, paid_at=now, hold_until=hold_until
    )
    await _book_paid(db, paid, now=now)
    if fee:
        await ledger.post(
            db, key=f"fee:{payment_id}", reason="processor's fee", now=now,
            entries=[Entry(accounts.fees(paid.rail), fee),
                     Entry(accounts.processor(paid.rail), -fee)],
        )  # fmt: skip
    return paid


async def take_stray(
    db: AsyncSession, *, payer: PersonId, rail: Rail, charge: str, amount: Money, now: datetime,
    hold_until: datetime | None = None,
) -> Payment | None:  # fmt: skip
    """Money that nobody owed (paid twice, or another amount), as a payment of its own.

    It is for the caller to give it back. None when that was known.
    """
    stray = replace(
        _new(Purpose.STRAY, charge, payer, amount, rail, Terms(), now),
        state=PaymentState.PAID, charge=charge, paid_at=now, hold_until=hold_until,
    )  # fmt: skip
    if not await rows.add(db, stray):
        return None
    await _book_paid(db, stray, now=now)
    return stray


async def _book_paid(db: AsyncSession, paid: Payment, *, now: datetime) -> None:
    if not paid.amount:
        return
    place = accounts.processor if paid.hold_until is None else accounts.authorised
    entries = [
        Entry(place(paid.rail), paid.amount),
        Entry(accounts.held(paid.subject), -paid.amount),
    ]
    await ledger.post(
        db, key=f"paid:{paid.id}", reason="payment received", entries=entries, now=now
    )
