"""All SQL about packages of several sessions: rows in, values out."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from kernel.ids import OfferId, PersonId, SessionId
from kernel.money import Money
from payments.model import Purpose
from payments.offers_of_money import BoughtPackage, Package
from payments.package_tables import BoughtPackageRow, PackageRow
from payments.repository import payments
from storage.upsert import insert_into


async def save(db: AsyncSession, package: Package) -> None:
    """Store what is sold, or change it; what was bought stays as it was."""
    values = {
        "offer_id": package.offer_id, "sessions": package.sessions,
        "each_minor": package.each.minor, "currency": package.each.currency,
        "valid_days": package.valid_days, "active": package.active,
    }  # fmt: skip
    new = insert_into(db, PackageRow).values(id=package.id, **values)
    await db.execute(new.on_conflict_do_update(index_elements=["id"], set_=values))


async def packages_of(
    db: AsyncSession, offer_ids: Collection[OfferId], *, withdrawn: bool = False
) -> list[Package]:
    """What is sold of some offers, the smallest first; `withdrawn` ones only when asked for."""
    query = select(PackageRow).where(PackageRow.offer_id.in_(offer_ids))
    if not withdrawn:
        query = query.where(PackageRow.active)
    rows = await db.scalars(query.order_by(PackageRow.sessions, PackageRow.id))
    return [_package(row) for row in rows]


async def package(db: AsyncSession, package_id: str) -> Package | None:
    """What is sold under this id, or None where it is not sold any more."""
    row = await db.scalar(select(PackageRow).where(PackageRow.id == package_id, PackageRow.active))
    return None if row is None else _package(row)


async def add(db: AsyncSession, new: BoughtPackage) -> None:
    """Store a package that is not paid yet."""
    db.add(
        BoughtPackageRow(
            id=new.id, client=new.client, offer_id=new.offer_id, sessions=new.sessions,
            each_minor=new.each.minor, currency=new.each.currency, valid_days=new.valid_days,
            series_of=new.series_of,
        )
    )  # fmt: skip
    await db.flush()


async def bought(db: AsyncSession, bought_id: str) -> BoughtPackage | None:
    """A package that somebody ordered."""
    found = await _bought(db, BoughtPackageRow.id == bought_id)
    return found[0] if found else None


async def bought_by(
    db: AsyncSession, client: PersonId, *, offer: OfferId | None = None
) -> list[BoughtPackage]:
    """A person's packages (of one offer) that are paid and not over, the one that ends first
    first."""
    of_offer = [] if offer is None else [BoughtPackageRow.offer_id == offer]
    return await _bought(
        db, BoughtPackageRow.client == client, BoughtPackageRow.bought_at.is_not(None),
        BoughtPackageRow.ended_at.is_(None), *of_offer,
    )  # fmt: skip


async def running(db: AsyncSession) -> list[BoughtPackage]:
    """Everybody's packages that are paid and not over."""
    return await _bought(
        db, BoughtPackageRow.bought_at.is_not(None), BoughtPackageRow.ended_at.is_(None)
    )


async def series(db: AsyncSession) -> list[BoughtPackage]:
    """Packages that are paid and whose weeks are still to be booked."""
    return await _bought(
        db, BoughtPackageRow.series_of.is_not(None), BoughtPackageRow.bought_at.is_not(None),
        BoughtPackageRow.ended_at.is_(None),
    )  # fmt: skip


async def lock_series(db: AsyncSession, bought_id: str) -> bool:
    """Nobody else books its weeks before this transaction ends; False when somebody has, or is
    just doing so."""
    found = await db.scalar(
        select(BoughtPackageRow.id)
        .where(BoughtPackageRow.id == bought_id, BoughtPackageRow.series_of.is_not(None))
        .with_for_update(skip_locked=True)
    )
    return found is not None


async def series_booked(db: AsyncSession, bought_id: str) -> None:
    """Its weeks are booked as far as they could be."""
    await _set(db, bought_id, series_of=None)


async def ending(db: AsyncSession, *, now: datetime, remind_until: datetime) -> list[BoughtPackage]:
    """Packages whose time is over now, and those not told of yet that end up to an instant."""
    return await _bought(
        db, BoughtPackageRow.ended_at.is_(None),
        or_(
            BoughtPackageRow.expires_at <= now,
            and_(
                BoughtPackageRow.expires_at <= remind_until,
                BoughtPackageRow.reminded_at.is_(None),
            ),
        ),
    )  # fmt: skip


async def begin(db: AsyncSession, bought_id: str, *, now: datetime, expires_at: datetime) -> bool:
    """The package is paid; False when that was known."""
    return await _set(
        db, bought_id, BoughtPackageRow.bought_at.is_(None), bought_at=now, expires_at=expires_at
    )


async def end(db: AsyncSession, bought_id: str, *, now: datetime) -> bool:
    """Nothing is taken out of it or put back any more; False when that was known."""
    return await _set(db, bought_id, BoughtPackageRow.ended_at.is_(None), ended_at=now)


async def note_reminded(db: AsyncSession, bought_id: str, *, now: datetime) -> bool:
    """Its client is told that it ends soon; False when they were told."""
    return await _set(db, bought_id, BoughtPackageRow.reminded_at.is_(None), reminded_at=now)


async def put_back(db: AsyncSession, bought_id: str, amount: Money) -> bool:
    """A unit's money is held for the package again; False when the package is over."""
    # locked, so that the package does not end between this look and the change
    running = await db.scalar(
        select(BoughtPackageRow.id)
        .where(BoughtPackageRow.id == bought_id, BoughtPackageRow.ended_at.is_(None))
        .with_for_update()
    )
    if running is None:
        return False
    await payments.put_back(db, Purpose.PACKAGE, bought_id, amount.minor)
    return True


async def _bought(db: AsyncSession, *where: ColumnElement[bool]) -> list[BoughtPackage]:
    rows: Sequence[BoughtPackageRow] = (
        await db.scalars(
            select(BoughtPackageRow)
            .where(*where)
            .order_by(BoughtPackageRow.expires_at, BoughtPackageRow.id)
            .execution_options(populate_existing=True)
        )
    ).all()
    return [
        BoughtPackage(
            id=row.id, client=PersonId(row.client), offer_id=OfferId(row.offer_id), sessions=row.sessions,
            each=Money(row.each_minor, row.currency), valid_days=row.valid_days,
            expires_at=row.expires_at,
            series_of=None if row.series_of is None else SessionId(row.series_of),
        )
        for row in rows
    ]  # fmt: skip


async def _set(
    db: AsyncSession, bought_id: str, *where: ColumnElement[bool], **values: datetime | None
) -> bool:
    changed = await db.scalar(
        update(BoughtPackageRow)
        .where(BoughtPackageRow.id == bought_id, *where)
        .values(**values)
        .returning(BoughtPackageRow.id)
        .execution_options(synchronize_session=False)
    )
    return changed is not None


def _package(row: PackageRow) -> Package:
    return Package(
        id=row.id, offer_id=OfferId(row.offer_id), sessions=row.sessions,
        each=Money(row.each_minor, row.currency), valid_days=row.valid_days, active=row.active,
    )  # fmt: skip
