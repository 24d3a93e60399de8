"""Packages: several sessions paid together, used one by one, and put back.

A package's money is held for it until a session takes its part. What is left is what is still
held, so that there is no count that could differ from the books.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from kernel.ids import OfferId, PersonId, SessionId, new_id
from kernel.money import Money
from payments import accounts, ledger
from payments.credit import agree
from payments.errors import AlreadyPaid, NoPackage
from payments.ledger import Entry
from payments.model import HELD_MONEY, PACKAGE_CHARGE, Payment, PaymentState, Purpose, Rail, Refund
from payments.offers_of_money import BoughtPackage, Package
from payments.paying import reprice
from payments.refunds import request_refund
from payments.repository import codes, packages
from payments.repository import payments as rows

RAN_OUT = "the package ran out"


async def order_package(
    db: AsyncSession, client: PersonId, package: Package, *, series_of: SessionId | None = None
) -> BoughtPackage:
    """A package that can be used once it is paid, as it is sold now."""
    new = BoughtPackage(
        id=new_id(), client=client, offer_id=package.offer_id, sessions=package.sessions,
        each=package.each, valid_days=package.valid_days, series_of=series_of,
    )  # fmt: skip
    await packages.add(db, new)
    return new


async def begin_package(db: AsyncSession, of: Payment, *, now: datetime) -> BoughtPackage:
    """The package is paid: from now on its sessions can be booked, for `valid_days`.

    Raises NoPackage.
    """
    found = await _bought(db, of.subject)
    expires_at = now + timedelta(days=found.valid_days)
    if await packages.begin(db, found.id, now=now, expires_at=expires_at):
        return replace(found, expires_at=expires_at)
    return found


async def packages_left(
    db: AsyncSession, client: PersonId, *, now: datetime, offer: OfferId | None = None
) -> list[tuple[BoughtPackage, int]]:
    """A person's packages that can be used (of one offer), with how many sessions are left in
    each, the one that ends first first."""
    found = []
    for one in await packages.bought_by(db, client, offer=offer):
        left = await units_left(db, one)
        if left and one.expires_at is not None and one.expires_at > now:
            found.append((one, left))
    return found


async def units_left(db: AsyncSession, package: BoughtPackage) -> int:
    """How many sessions the money that is still held for a package pays."""
    payment = await rows.payment_for(db, Purpose.PACKAGE, package.id)
    if payment is None or payment.state not in HELD_MONEY:
        return 0
    return payment.still_held.minor // package.each.minor


async def use_package(
    db: AsyncSession, of: Payment, package: BoughtPackage, *, now: datetime
) -> Payment:
    """One session's money moves from a package to the session, which is paid by it. A code and
    credit that were set aside for the session are free again.

    Raises NoPackage when nothing is left in it or it is of another currency, AlreadyPaid.
    """
    if package.each.currency != of.price.currency:
        raise NoPackage
    await codes.return_unit(db, of.id)
    nothing = Money(0, of.price.currency)
    of = await agree(
        db, of, discount=nothing, use_credit=False, code=None, rail=Rail.PACKAGE, now=now
    )
    of = await reprice(db, of, package.each)
    purchase = await rows.payment_for(db, Purpose.PACKAGE, package.id)
    if purchase is None or purchase.state not in HELD_MONEY:
        raise NoPackage
    if not await rows.take_from_held(db, purchase.id, release=package.each.minor):
        raise NoPackage
    if not await rows.move(
        db, of.id, frm=rows.UNPAID, state=PaymentState.PAID, charge=f"{PACKAGE_CHARGE}{package.id}",
        paid_at=now,
    ):  # fmt: skip
        raise AlreadyPaid
    await ledger.post(
        db, key=f"unit:{of.id}", reason="session of a package", now=now,
        entries=[Entry(accounts.held(package.id), package.each),
                 Entry(accounts.held(of.subject), -package.each)],
    )  # fmt: skip
    return await rows.payment(db, of.id)


async def end_package(db: AsyncSession, package: BoughtPackage, *, now: datetime) -> list[Refund]:
    """A package's time is over: what is left in it becomes its client's credit."""
    payment = await rows.payment_for(db, Purpose.PACKAGE, package.id)
    if not await packages.end(db, package.id, now=now) or payment is None:
        return []
    left = (await rows.locked(db, payment.id)).still_held
    if not left:
        return []
    return await request_refund(db, payment.id, left, reason=RAN_OUT, as_credit=True, now=now)


async def _bought(db: AsyncSession, bought_id: str) -> BoughtPackage:
    found = await packages.bought(db, bought_id)
    if found is None:
        raise NoPackage
    return found
