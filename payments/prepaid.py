"""What was paid before pays now: a part of a package, or of a subscription's 30 days.

The money is held for what was bought until a part of it is used. What is left is what is still
held, so that there is no count that could differ from the books.
"""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from kernel.money import Money
from payments import accounts, ledger
from payments.credit import agree
from payments.errors import AlreadyPaid, NoPackage
from payments.ledger import Entry
from payments.model import HELD_MONEY, Payment, PaymentState, Purpose, Rail
from payments.paying import reprice
from payments.repository import codes, disputes
from payments.repository import payments as rows


async def parts_left(db: AsyncSession, purpose: Purpose, subject: str, each: Money) -> int:
    """How many parts at `each` the money that is still held for what was bought pays; none while
    a bank asks for it back."""
    purchase = await _usable(db, purpose, subject)
    return 0 if purchase is None else purchase.still_held.minor // each.minor


async def pay_from(
    db: AsyncSession, of: Payment, purpose: Purpose, subject: str, each: Money, *, rail: Rail,
    now: datetime,
) -> Payment:  # fmt: skip
    """One part's money moves from what was bought to what it pays. A code and credit that were
    set aside are free again.

    Raises NoPackage when nothing is left or it is of another currency, AlreadyPaid.
    """
    if each.currency != of.price.currency:
        raise NoPackage
    await codes.return_unit(db, of.id)
    nothing = Money(0, of.price.currency)
    of = await agree(db, of, discount=nothing, use_credit=False, code=None, rail=rail, now=now)
    of = await reprice(db, of, each)
    purchase = await _usable(db, purpose, subject)
    if purchase is None or not await rows.take_from_held(db, purchase.id, release=each.minor):
        raise NoPackage
    if not await rows.move(
        db, of.id, frm=rows.UNPAID, state=PaymentState.PAID, charge=f"{rail}:{subject}",
        paid_at=now,
    ):  # fmt: skip
        raise AlreadyPaid
    await ledger.post(
        db, key=f"unit:{of.id}", reason=f"{of.purpose} of a {purpose}", now=now,
        entries=[Entry(accounts.held(subject), each), Entry(accounts.held(of.subject), -each)],
    )  # fmt: skip
    return await rows.payment(db, of.id)


async def _usable(db: AsyncSession, purpose: Purpose, subject: str) -> Payment | None:
    purchase = await rows.payment_for(db, purpose, subject)
    if purchase is None or purchase.state not in HELD_MONEY:
        return None
    return None if await disputes.is_disputed(db, purchase.id) else purchase
