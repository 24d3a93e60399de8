"""All SQL about payments: rows in, values out."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from kernel.ids import PaymentId, PersonId, SessionId
from kernel.money import Money
from payments.errors import UnknownPayment
from payments.model import HELD_MONEY, Payment, PaymentState, Purpose, Rail
from payments.split import Terms
from payments.tables import PaymentRow
from storage.upsert import insert_into

UNPAID = (PaymentState.NEW, PaymentState.OPEN, PaymentState.EXPIRED)


async def payment(db: AsyncSession, payment_id: PaymentId) -> Payment:
    """Raises UnknownPayment."""
    row = await db.scalar(_fresh().where(PaymentRow.id == payment_id))
    if row is None:
        raise UnknownPayment
    return payment_of_row(row)


async def locked(db: AsyncSession, payment_id: PaymentId) -> Payment:
    """The payment, which nobody else changes before this transaction ends.

    Raises UnknownPayment.
    """
    row = await db.scalar(_fresh().where(PaymentRow.id == payment_id).with_for_update())
    if row is None:
        raise UnknownPayment
    return payment_of_row(row)


async def payment_for(db: AsyncSession, purpose: Purpose, subject: str) -> Payment | None:
    """The payment of one thing, whatever its state."""
    row = await db.scalar(
        _fresh().where(PaymentRow.purpose == purpose, PaymentRow.subject == subject)
    )
    return None if row is None else payment_of_row(row)


async def payment_of(db: AsyncSession, session_id: SessionId) -> Payment | None:
    """The payment of a session, whatever its state."""
    return await payment_for(db, Purpose.SESSION, session_id)


async def paid_for(db: AsyncSession, session_id: SessionId) -> Payment | None:
    """The payment of a session whose money came."""
    found = await payment_of(db, session_id)
    return found if found is not None and found.state in HELD_MONEY else None


async def by_reference(db: AsyncSession, reference: str) -> Payment | None:
    """The payment that a processor knows by this id."""
    row = await db.scalar(_fresh().where(PaymentRow.reference == reference))
    return None if row is None else payment_of_row(row)


async def by_charge(db: AsyncSession, charge: str) -> Payment | None:
    """The payment that was paid by this charge."""
    row = await db.scalar(_fresh().where(PaymentRow.charge == charge))
    return None if row is None else payment_of_row(row)


async def paid_from(db: AsyncSession, rail: Rail, subject: str) -> list[Payment]:
    """What a bought package (or a subscription's period) paid, the latest first."""
    rows = await db.scalars(
        _fresh()
        .where(PaymentRow.charge == f"{rail}:{subject}")
        .order_by(PaymentRow.paid_at.desc(), PaymentRow.id.desc())
    )
    return [payment_of_row(row) for row in rows]


async def history(db: AsyncSession, payer: PersonId) -> list[Payment]:
    """What a person paid, newest first."""
    rows = await db.scalars(
        _fresh()
        .where(PaymentRow.payer == payer, PaymentRow.state.in_(HELD_MONEY))
        .order_by(PaymentRow.created_at.desc(), PaymentRow.id.desc())
    )
    return [payment_of_row(row) for row in rows]


async def open_since(db: AsyncSession, *, rail: Rail, before: datetime) -> list[Payment]:
    """Payments of a rail that were opened before an instant and are not settled."""
    return await _unpaid(
        db,
        PaymentRow.rail == rail,
        PaymentRow.state == PaymentState.OPEN,
        PaymentRow.created_at <= before,
    )


async def holds_due(db: AsyncSession, *, ending: datetime) -> list[Payment]:
    """Holds on cards of which something is to be given back, nothing is to come any more, or
    that end up to an instant."""
    left = (
        PaymentRow.minor + PaymentRow.credit_minor + PaymentRow.returned_minor
        - PaymentRow.refunded_minor - PaymentRow.released_minor
    )  # fmt: skip
    rows = await db.scalars(
        _fresh()
        .where(
            PaymentRow.hold_until.is_not(None),
            or_(PaymentRow.by_rail_minor > 0, left == 0, PaymentRow.hold_until <= ending),
        )
        .order_by(PaymentRow.hold_until)
    )
    return [payment_of_row(row) for row in rows]


async def unpaid_with_something(db: AsyncSession) -> list[Payment]:
    """Payments not settled for which credit was set aside or a code is used."""
    something = or_(PaymentRow.credit_minor > 0, PaymentRow.code.is_not(None))
    # an open page is closed first
    closed = PaymentRow.state.in_([PaymentState.NEW, PaymentState.EXPIRED])
    return await _unpaid(db, closed, something)


async def payer_gone(db: AsyncSession, payer: PersonId) -> None:
    """Note on all that a person paid that nobody knows them any more."""
    await db.execute(
        update(PaymentRow)
        .where(PaymentRow.payer == payer)
        .values(payer_gone=True)
        .execution_options(synchronize_session=False)
    )


async def close(db: AsyncSession, payment_id: PaymentId) -> None:
    """Nobody is going to pay it."""
    await move(db, payment_id, frm=[PaymentState.NEW], state=PaymentState.EXPIRED)


async def _unpaid(db: AsyncSession, *where: ColumnElement[bool]) -> list[Payment]:
    rows = await db.scalars(_fresh().where(*where).order_by(PaymentRow.created_at))
    return [payment_of_row(row) for row in rows]


async def add(db: AsyncSession, new: Payment) -> bool:
    """Store a new payment; False when its subject has one already."""
    found = await db.scalar(
        insert_into(db, PaymentRow)
        .values(
            id=new.id, purpose=new.purpose, subject=new.subject, payer=new.payer,
            **money_columns(new), currency=new.price.currency, rail=new.rail, state=new.state,
            version=new.version, commission=new.terms.commission, tax=new.terms.tax,
            partner=new.terms.partner, partner_share=new.terms.partner_share, code=new.code,
            charge=new.charge, refunded_minor=0, by_rail_minor=0, returned_minor=0,
            released_minor=0, created_at=new.created_at, paid_at=new.paid_at,
            hold_until=new.hold_until,
        )
        .on_conflict_do_nothing()
        .returning(PaymentRow.id)
    )  # fmt: skip
    return found is not None


def money_columns(of: Payment) -> dict[str, int]:
    """What is agreed, as columns."""
    return {
        "price_minor": of.price.minor, "discount_minor": of.discount.minor,
        "credit_minor": of.credit.minor, "minor": of.amount.minor,
    }  # fmt: skip


async def move(
    db: AsyncSession, payment_id: PaymentId, *, frm: Sequence[PaymentState], **values: Any
) -> bool:
    """Compare and set: change a payment if it is in one of the states `frm`."""
    return await _change(db, payment_id, PaymentRow.state.in_(frm), **values)


async def close_page(db: AsyncSession, before: Payment) -> bool:
    """Compare and set: expired, if it still is open by the same page."""
    return await _change(
        db, before.id, PaymentRow.state == PaymentState.OPEN,
        PaymentRow.reference == before.reference, state=PaymentState.EXPIRED,
    )  # fmt: skip


async def agree(db: AsyncSession, before: Payment, after: Payment) -> bool:
    """Compare and set: other terms for a payment that is not paid, and a new version."""
    return await _change(
        db, before.id, PaymentRow.state.in_(UNPAID), PaymentRow.version == before.version,
        **money_columns(after), code=after.code, rail=after.rail, version=before.version + 1,
        state=PaymentState.NEW, reference=None, url=None,
    )  # fmt: skip


async def take_from_held(
    db: AsyncSession, payment_id: PaymentId, *, refund: int = 0, by_rail: int = 0, release: int = 0
) -> bool:
    """Count an amount as refunded or released, unless more is taken than is still held."""
    taken = (
        PaymentRow.refunded_minor - PaymentRow.returned_minor + PaymentRow.released_minor
        + refund + release
    )  # fmt: skip
    return await _change(
        db, payment_id, taken <= PaymentRow.minor + PaymentRow.credit_minor,
        refunded_minor=PaymentRow.refunded_minor + refund,
        by_rail_minor=PaymentRow.by_rail_minor + by_rail,
        released_minor=PaymentRow.released_minor + release,
    )  # fmt: skip


async def put_back(db: AsyncSession, purpose: Purpose, subject: str, minor: int) -> None:
    """What was taken out of something bought is held for it again."""
    await db.execute(
        update(PaymentRow)
        .where(PaymentRow.purpose == purpose, PaymentRow.subject == subject)
        .values(released_minor=PaymentRow.released_minor - minor)
        .execution_options(synchronize_session=False)
    )


async def take_back(db: AsyncSession, payment_id: PaymentId, *, refund: int, by_rail: int) -> bool:
    """Count an amount as refunded out of what was released, unless that is less."""
    return await _change(
        db, payment_id, PaymentRow.returned_minor + refund <= PaymentRow.released_minor,
        refunded_minor=PaymentRow.refunded_minor + refund,
        by_rail_minor=PaymentRow.by_rail_minor + by_rail,
        returned_minor=PaymentRow.returned_minor + refund,
    )  # fmt: skip


async def _change(
    db: AsyncSession, payment_id: PaymentId, *where: ColumnElement[bool], **values: Any
) -> bool:
    moved = await db.scalar(
        update(PaymentRow)
        .where(PaymentRow.id == payment_id, *where)
        .values(**values)
        .returning(PaymentRow.id)
        .execution_options(synchronize_session=False)
    )
    return moved is not None


def _fresh() -> Select[PaymentRow]:
    # rows are changed by UPDATE statements, so what the session remembers may be old
    return select(PaymentRow).execution_options(populate_existing=True)


def payment_of_row(row: PaymentRow) -> Payment:
    def money(minor: int) -> Money:
        return Money(minor, row.currency)

    return Payment(
        id=PaymentId(row.id),
        purpose=Purpose(row.purpose),
        subject=row.subject,
        payer=PersonId(row.payer),
        price=money(row.price_minor),
        discount=money(row.discount_minor),
        credit=money(row.credit_minor),
        amount=money(row.minor),
        rail=Rail(row.rail),
        state=PaymentState(row.state),
        version=row.version,
        terms=Terms(row.commission, row.tax, row.partner, row.partner_share),
        code=row.code,
        reference=row.reference,
        url=row.url,
        charge=row.charge,
        refunded=money(row.refunded_minor),
        by_rail=money(row.by_rail_minor),
        returned=money(row.returned_minor),
        released=money(row.released_minor),
        created_at=row.created_at,
        paid_at=row.paid_at,
        hold_until=row.hold_until,
        payer_gone=row.payer_gone,
    )
