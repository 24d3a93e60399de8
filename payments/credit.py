"""A client's prepaid balance: given, set aside for a payment, and given back."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from kernel.ids import PersonId
from kernel.money import Money
from payments import accounts, ledger
from payments.errors import AlreadyPaid
from payments.ledger import Entry
from payments.model import Payment, Rail
from payments.rails.limits import least
from payments.repository import payments as rows


async def credit_of(db: AsyncSession, person: PersonId) -> list[Money]:
    """What a person has left, an amount a currency."""
    return await ledger.holdings(db, accounts.credit(person))


async def grant(
    db: AsyncSession, person: PersonId, amount: Money, *, key: str, reason: str, now: datetime
) -> bool:
    """Give credit at the operator's cost, once for each `key`."""
    return await ledger.post(
        db, key=f"grant:{key}", reason=reason, now=now,
        entries=[Entry(accounts.GOODWILL, amount), Entry(accounts.credit(person), -amount)],
    )  # fmt: skip


async def take_credit(
    db: AsyncSession, person: PersonId, amount: Money, *, key: str, reason: str, now: datetime
) -> bool:
    """Take given credit back, once for each `key`. Raises Overdrawn when it was spent."""
    return await ledger.post(
        db, key=f"take:{key}", reason=reason, now=now,
        entries=[Entry(accounts.credit(person), amount), Entry(accounts.GOODWILL, -amount)],
    )  # fmt: skip


async def give_up_credit(db: AsyncSession, person: PersonId, *, now: datetime) -> None:
    """Somebody who leaves for good gives up what they have left."""
    for left in await credit_of(db, person):
        await ledger.post(
            db, key=f"given-up:{person}:{left.currency}", reason="credit given up", now=now,
            entries=[Entry(accounts.credit(person), left), Entry(accounts.GOODWILL, -left)],
        )  # fmt: skip


async def agree(
    db: AsyncSession, of: Payment, *, discount: Money, use_credit: bool, code: str | None,
    rail: Rail, now: datetime,
) -> Payment:  # fmt: skip
    """Pay a price with another discount, and with as much credit as there is, or none.

    What is left is nothing, or as much as the rail takes: else there is less credit in it, and
    less of a discount. The credit is set aside at once, so that it cannot pay twice. What was
    opened at the processor is of an earlier version from now on. Raises AlreadyPaid.
    """
    currency = of.price.currency
    own = accounts.credit(of.payer)
    have = await ledger.balance(db, own, currency) + of.credit
    part = min(have.minor, of.price.minor - discount.minor) if use_credit else 0
    rest = of.price.minor - discount.minor - part
    short = max(0, min(least(rail, currency), of.price.minor) - rest) if rest else 0
    credit = Money(part - min(part, short), currency)
    discount -= Money(short - min(part, short), currency)
    left = of.price - discount - credit
    after = replace(
        of, discount=discount, credit=credit, amount=left, code=code,
        rail=rail if left else Rail.FREE,
    )  # fmt: skip
    if not await rows.agree(db, of, after):
        raise AlreadyPaid
    more = credit - of.credit
    if more:
        await ledger.post(
            db, key=f"credit:{of.id}:{of.version + 1}", reason="credit set aside", now=now,
            entries=[Entry(own, more), Entry(accounts.held(of.subject), -more)],
        )  # fmt: skip
    return await rows.payment(db, of.id)
