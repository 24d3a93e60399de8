"""All SQL about subscriptions: rows in, values out."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from kernel.ids import ExpertId, PersonId
from kernel.money import Money
from payments.model import Purpose
from payments.offers_of_money import Plan, Subscription
from payments.repository import payments
from payments.subscription_tables import PlanRow, StarStopRow, SubscriptionRow
from storage.upsert import insert_into

_STARS = "XTR"


async def plan_of(db: AsyncSession, expert_id: ExpertId) -> Plan | None:
    """What a subscription to an expert is, also when it is sold no longer."""
    row = await db.scalar(
        select(PlanRow)
        .where(PlanRow.expert_id == expert_id)
        .execution_options(populate_existing=True)
    )
    if row is None:
        return None
    each = Money(row.each_minor, _STARS)
    return Plan(ExpertId(row.expert_id), row.questions, each, active=row.active)


async def save_plan(db: AsyncSession, plan: Plan) -> None:
    """Store what is sold, or change it; who subscribed keeps what they have."""
    values = {
        "questions": plan.questions, "each_minor": plan.each.minor, "active": plan.active,
    }  # fmt: skip
    new = insert_into(db, PlanRow).values(expert_id=plan.expert_id, **values)
    await db.execute(new.on_conflict_do_update(index_elements=["expert_id"], set_=values))


async def add(db: AsyncSession, new: Subscription) -> None:
    """Store a subscription that is not paid yet."""
    db.add(
        SubscriptionRow(
            id=new.id, client=new.client, expert_id=new.expert_id, questions=new.questions,
            each_minor=new.each.minor, period=new.period,
        )
    )  # fmt: skip
    await db.flush()


async def subscription(
    db: AsyncSession, subscription_id: str, *, lock: bool = False
) -> Subscription | None:
    """A subscription; with `lock` nobody else changes it before this transaction ends."""
    found = await _find(db, SubscriptionRow.id == subscription_id, lock=lock)
    return found[0] if found else None


async def running(
    db: AsyncSession, *, client: PersonId | None = None, expert: ExpertId | None = None
) -> list[Subscription]:
    """Subscriptions of a client or to an expert that are paid and not over."""
    whose = [] if client is None else [SubscriptionRow.client == client]
    to = [] if expert is None else [SubscriptionRow.expert_id == expert]
    return await _find(
        db, *whose, *to, SubscriptionRow.period > 0, SubscriptionRow.ended_at.is_(None)
    )


async def ending(
    db: AsyncSession, *, over_since: datetime, remind_until: datetime
) -> list[Subscription]:
    """Those whose time was over at an instant, and those not told of yet that end up to another."""
    return await _find(
        db, SubscriptionRow.ended_at.is_(None),
        or_(
            SubscriptionRow.until <= over_since,
            and_(SubscriptionRow.until <= remind_until, SubscriptionRow.reminded_at.is_(None)),
        ),
    )  # fmt: skip


async def change(
    db: AsyncSession, subscription_id: str, *where: ColumnElement[bool], **values: Any
) -> bool:
    """Compare and set; False when something of `where` was not so."""
    changed = await db.scalar(
        update(SubscriptionRow)
        .where(SubscriptionRow.id == subscription_id, *where)
        .values(**values)
        .returning(SubscriptionRow.id)
        .execution_options(synchronize_session=False)
    )
    return changed is not None


async def put_back(db: AsyncSession, subject: str, amount: Money) -> bool:
    """An answer's money is held for a period again; False when the period is over."""
    subscription_id, _, period = subject.rpartition("-")
    # locked, so that the period does not end between this look and the change
    found = await subscription(db, subscription_id, lock=True)
    if found is None or found.over or found.period != int(period):
        return False
    await payments.put_back(db, Purpose.SUBSCRIPTION, subject, amount.minor)
    return True


async def ask_stop(db: AsyncSession, charge: str, payer: PersonId, *, now: datetime) -> None:
    """Telegram shall not renew what this charge began."""
    new = insert_into(db, StarStopRow).values(charge=charge, payer=payer, asked_at=now)
    await db.execute(new.on_conflict_do_nothing())


async def stops_due(db: AsyncSession) -> list[tuple[str, PersonId]]:
    """(charge, payer) of what Telegram was not told yet to stop, the oldest first."""
    rows = await db.execute(
        select(StarStopRow.charge, StarStopRow.payer)
        .where(StarStopRow.sent_at.is_(None))
        .order_by(StarStopRow.asked_at)
    )
    return [(charge, PersonId(payer)) for charge, payer in rows]


async def stop_sent(db: AsyncSession, charge: str, *, now: datetime) -> None:
    """Telegram has stopped it."""
    await db.execute(
        update(StarStopRow)
        .where(StarStopRow.charge == charge)
        .values(sent_at=now)
        .execution_options(synchronize_session=False)
    )


async def _find(
    db: AsyncSession, *where: ColumnElement[bool], lock: bool = False
) -> list[Subscription]:
    query = (
        select(SubscriptionRow).where(*where).order_by(SubscriptionRow.until, SubscriptionRow.id)
    )
    if lock:
        query = query.with_for_update()
    rows: Sequence[SubscriptionRow] = (
        await db.scalars(query.execution_options(populate_existing=True))
    ).all()
    return [
        Subscription(
            id=row.id, client=PersonId(row.client), expert_id=ExpertId(row.expert_id),
            questions=row.questions, each=Money(row.each_minor, _STARS), period=row.period,
            charge=row.charge, until=row.until, stopped=row.stopped_at is not None,
            over=row.ended_at is not None,
        )
        for row in rows
    ]  # fmt: skip
