"""Packages: several sessions paid together, used one by one, and put back."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from kernel.ids import OfferId, PersonId, SessionId, new_id
from payments.errors import NoPackage
from payments.model import Payment, Purpose, Rail, Refund
from payments.offers_of_money import BoughtPackage, Package
from payments.prepaid import parts_left, pay_from
from payments.refunds import request_refund
from payments.repository import disputes, packages
from payments.repository import payments as rows

RAN_OUT = "the package ran out"
GIVEN_BACK = "given back at the end"


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
    return await parts_left(db, Purpose.PACKAGE, package.id, package.each)


async def use_package(
    db: AsyncSession, of: Payment, package: BoughtPackage, *, now: datetime
) -> Payment:
    """One session's money moves from a package to the session, which is paid by it. A code and
    credit that were set aside for the session are free again.

    Raises NoPackage when nothing is left in it or it is of another currency, AlreadyPaid.
    """
    return await pay_from(
        db, of, Purpose.PACKAGE, package.id, package.each, rail=Rail.PACKAGE, now=now
    )


async def end_package(
    db: AsyncSession, package: BoughtPackage, *, now: datetime, reason: str = RAN_OUT,
    as_credit: bool = True,
) -> list[Refund]:  # fmt: skip
    """A package is over: what is left in it becomes its client's credit, or goes back the way it
    was paid, once no bank asks for it back."""
    payment = await rows.payment_for(db, Purpose.PACKAGE, package.id)
    if payment is not None and await disputes.is_disputed(db, payment.id):
        return []
    if not await packages.end(db, package.id, now=now) or payment is None:
        return []
    left = (await rows.locked(db, payment.id)).still_held
    if not left:
        return []
    return await request_refund(db, payment.id, left, reason=reason, as_credit=as_credit, now=now)


async def _bought(db: AsyncSession, bought_id: str) -> BoughtPackage:
    found = await packages.bought(db, bought_id)
    if found is None:
        raise NoPackage
    return found
