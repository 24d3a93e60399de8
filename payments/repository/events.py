"""All SQL about the events of processors."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from payments.model import Rail, StoredEvent
from payments.tables import PaymentEventRow, RailCursorRow
from storage.upsert import insert_into


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
        .order_by(PaymentEventRow.received_at, PaymentEventRow.id)
    )
    return [StoredEvent(row.id, row.kind, row.reference) for row in rows]


async def event_done(
    db: AsyncSession, event_id: str, *, now: datetime, problem: str | None = None
) -> bool:
    """An event has its effect in this transaction; False when it had it before.

    `problem` says why it could have none.
    """
    done = await db.scalar(
        update(PaymentEventRow)
        .where(PaymentEventRow.id == event_id, PaymentEventRow.done_at.is_(None))
        .values(done_at=now, problem=problem)
        .returning(PaymentEventRow.id)
        .execution_options(synchronize_session=False)
    )
    return done is not None


async def cursor(db: AsyncSession, rail: Rail) -> int:
    """How many entries of a processor's list were read."""
    return await db.scalar(select(RailCursorRow.place).where(RailCursorRow.rail == rail)) or 0


async def set_cursor(db: AsyncSession, rail: Rail, place: int) -> None:
    """The entries before this place were read."""
    new = insert_into(db, RailCursorRow).values(rail=rail, place=place)
    await db.execute(
        new.on_conflict_do_update(index_elements=["rail"], set_={"place": new.excluded.place})
    )
