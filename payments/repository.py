"""All SQL about payments: rows in, values out."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from kernel.ids import PaymentId, PersonId, SessionId
from kernel.money import Money
from payments.errors import UnknownPayment
from payments.model import HELD_MONEY, Payment, PaymentState, Rail, Refund, StoredEvent
from payments.tables import PaymentEventRow, PaymentRow, RefundRow
from storage.upsert import insert_into


async def payment(db: AsyncSession, payment_id: PaymentId) -> Payment:
    """Raises UnknownPayment."""
    row = await db.scalar(_fresh().where(PaymentRow.id == payment_id))
    if row is None:
        raise UnknownPayment
    return _payment(row)


async def payment_of(db: AsyncSession, session_id: SessionId) -> Payment | None:
    """The payment of a session, whatever its state."""
    row = await db.scalar(_fresh().where(PaymentRow.session_id == session_id))
    return None if row is None else _payment(row)


async def paid_for(db: AsyncSession, session_id: SessionId) -> Payment | None:
    """The payment of a session whose money came."""
    found = await payment_of(db, session_id)
    return found if found is not None and found.state in HELD_MONEY else None


async def by_reference(db: AsyncSession, reference: str) -> Payment | None:
    """The payment that a processor knows by this id."""
    row = await db.scalar(_fresh().where(PaymentRow.reference == reference))
    return None if row is None else _payment(row)


async def history(db: AsyncSession, payer: PersonId) -> list[Payment]:
    """What a person paid, newest first."""
    rows = await db.scalars(
        _fresh()
        .where(PaymentRow.payer == payer, PaymentRow.state.in_(HELD_MONEY))
        .order_by(PaymentRow.created_at.desc())
    )
    return [_payment(row) for row in rows]


async def open_since(db: AsyncSession, *, rail: Rail, before: datetime) -> list[Payment]:
    """Payments of a rail that were opened before an instant and are not settled."""
    rows = await db.scalars(
        _fresh().where(
            PaymentRow.rail == rail,
            PaymentRow.state == PaymentState.OPEN,
            PaymentRow.created_at <= before,
        )
    )
    return [_payment(row) for row in rows]


async def add(db: AsyncSession, new: Payment) -> bool:
    """Store a new payment; False when the session has one already."""
    found = await db.scalar(
        insert_into(db, PaymentRow)
        .values(
            id=new.id, session_id=new.session_id, payer=new.payer, minor=new.amount.minor,
            currency=new.amount.currency, rail=new.rail, state=new.state,
            refunded_minor=0, released_minor=0, created_at=new.created_at,
        )
        .on_conflict_do_nothing()
        .returning(PaymentRow.id)
    )  # fmt: skip
    return found is not None


async def move(
    db: AsyncSession, payment_id: PaymentId, *, frm: Sequence[PaymentState], **values: object
) -> bool:
    """Compare and set: change a payment if it is in one of the states `frm`."""
    moved = await db.scalar(
        update(PaymentRow)
        .where(PaymentRow.id == payment_id, PaymentRow.state.in_(frm))
        .values(**values)
        .returning(PaymentRow.id)
    )
    return moved is not None


async def take_from_held(
    db: AsyncSession, payment_id: PaymentId, *, refund: int = 0, release: int = 0
) -> bool:
    """Count an amount as refunded or released, unless more is taken than is still held."""
    taken = PaymentRow.refunded_minor + PaymentRow.released_minor + refund + release
    moved = await db.scalar(
        update(PaymentRow)
        .where(PaymentRow.id == payment_id, taken <= PaymentRow.minor)
        .values(
            refunded_minor=PaymentRow.refunded_minor + refund,
            released_minor=PaymentRow.released_minor + release,
        )
        .returning(PaymentRow.id)
    )
    return moved is not None


async def add_refund(db: AsyncSession, refund: Refund) -> None:
    """Store a refund that was asked for."""
    await db.execute(
        insert(RefundRow).values(
            id=refund.id, payment_id=refund.payment_id, minor=refund.amount.minor,
            currency=refund.amount.currency, reason=refund.reason,
            requested_at=refund.requested_at,
        )
    )  # fmt: skip


async def refund(db: AsyncSession, refund_id: str) -> Refund | None:
    """The refund, or None."""
    row = await db.scalar(select(RefundRow).where(RefundRow.id == refund_id))
    return None if row is None else _refund(row)


async def refunds_due(db: AsyncSession) -> list[tuple[Refund, Payment]]:
    """Refunds that were not sent yet with their payments, oldest first."""
    rows = await db.execute(
        select(RefundRow, PaymentRow)
        .join(PaymentRow, PaymentRow.id == RefundRow.payment_id)
        .where(RefundRow.sent_at.is_(None))
        .order_by(RefundRow.requested_at)
    )
    return [(_refund(one), _payment(of)) for one, of in rows]


async def mark_sent(db: AsyncSession, refund_id: str, *, reference: str, now: datetime) -> bool:
    """Record that the processor took a refund; False when that was known."""
    moved = await db.scalar(
        update(RefundRow)
        .where(RefundRow.id == refund_id, RefundRow.sent_at.is_(None))
        .values(sent_at=now, reference=reference)
        .returning(RefundRow.id)
    )
    return moved is not None


async def store_event(
    db: AsyncSession, event: StoredEvent, *, source: str, body: str, now: datetime
) -> bool:
    """Keep an event; False when its id is known."""
    found = await db.scalar(
        insert_into(db, PaymentEventRow)
        .values(
            id=event.id, source=source, kind=event.kind, reference=event.reference, body=body,
            received_at=now,
        )
        .on_conflict_do_nothing()
        .returning(PaymentEventRow.id)
    )  # fmt: skip
    return found is not None


async def events_due(db: AsyncSession) -> list[StoredEvent]:
    """Events that had no effect yet, oldest first."""
    rows = await db.scalars(
        select(PaymentEventRow)
        .where(PaymentEventRow.done_at.is_(None))
        .order_by(PaymentEventRow.received_at)
    )
    return [StoredEvent(row.id, row.kind, row.reference) for row in rows]


async def event_done(db: AsyncSession, event_id: str, *, now: datetime) -> None:
    """An event had its effect; the first time counts."""
    await db.execute(
        update(PaymentEventRow)
        .where(PaymentEventRow.id == event_id, PaymentEventRow.done_at.is_(None))
        .values(done_at=now)
    )


def _fresh() -> Select[PaymentRow]:
    # rows are changed by UPDATE statements, so what the session remembers may be old
    return select(PaymentRow).execution_options(populate_existing=True)


def _payment(row: PaymentRow) -> Payment:
    return Payment(
        id=PaymentId(row.id),
        session_id=SessionId(row.session_id),
        payer=PersonId(row.payer),
        amount=Money(row.minor, row.currency),
        rail=Rail(row.rail),
        state=PaymentState(row.state),
        reference=row.reference,
        url=row.url,
        charge=row.charge,
        refunded=Money(row.refunded_minor, row.currency),
        released=Money(row.released_minor, row.currency),
        created_at=row.created_at,
        paid_at=row.paid_at,
    )


def _refund(row: RefundRow) -> Refund:
    return Refund(
        id=row.id,
        payment_id=PaymentId(row.payment_id),
        amount=Money(row.minor, row.currency),
        reason=row.reason,
        requested_at=row.requested_at,
        sent_at=row.sent_at,
    )
