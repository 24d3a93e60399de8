"""All SQL about transfers that are asked back."""

from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from kernel.ids import ExpertId
from kernel.money import Money
from payments.model import Payout, PayoutMethod, PayoutReversal
from payments.repository.earnings import payouts_of
from payments.tables import LedgerBalanceRow, PayoutReversalRow, PayoutRow

_EXPERT = "expert:"


async def in_debt(db: AsyncSession, *, lock: bool = False) -> list[tuple[ExpertId, Money]]:
    """Experts below zero, and by how much; with `lock` nobody else sees or changes what they owe
    before this transaction ends."""
    query = (
        select(LedgerBalanceRow.account, LedgerBalanceRow.minor, LedgerBalanceRow.currency)
        .where(LedgerBalanceRow.account.startswith(_EXPERT), LedgerBalanceRow.minor < 0)
        .order_by(LedgerBalanceRow.account, LedgerBalanceRow.currency)
    )
    rows = await db.execute(query.with_for_update() if lock else query)
    return [
        (ExpertId(account.removeprefix(_EXPERT)), Money(-minor, currency))
        for account, minor, currency in rows
    ]


async def reversible(db: AsyncSession, expert_id: ExpertId, currency: str) -> list[Payout]:
    """Transfers of which something is left, and of which no part was refused; newest first."""
    refused = set(
        await db.scalars(
            select(PayoutReversalRow.payout_id).where(
                PayoutReversalRow.settled_at.is_not(None), PayoutReversalRow.reference.is_(None)
            )
        )
    )
    return [
        one
        for one in reversed(await payouts_of(db, expert_id))
        if one.method is PayoutMethod.TRANSFER
        and one.sent_at is not None
        and one.amount.currency == currency
        and one.id not in refused
        and one.reversed < one.amount
    ]


async def add(db: AsyncSession, planned: PayoutReversal, *, now: datetime) -> None:
    """Store a reversal that was decided."""
    await db.execute(
        insert(PayoutReversalRow).values(
            id=planned.id, payout_id=planned.payout_id, minor=planned.amount.minor,
            requested_at=now,
        )
    )  # fmt: skip


async def reversals_due(db: AsyncSession) -> list[PayoutReversal]:
    """Reversals that were decided and not done, oldest first."""
    rows = await db.execute(
        select(PayoutReversalRow, PayoutRow.reference, PayoutRow.currency)
        .join(PayoutRow, PayoutRow.id == PayoutReversalRow.payout_id)
        .where(PayoutReversalRow.settled_at.is_(None))
        .order_by(PayoutReversalRow.requested_at, PayoutReversalRow.id)
    )
    return [
        PayoutReversal(row.id, row.payout_id, transfer or "", Money(row.minor, currency))
        for row, transfer, currency in rows
    ]


async def settle(
    db: AsyncSession, reversal_id: str, *, reference: str | None, now: datetime
) -> bool:
    """Done with the processor's id, or refused (None); False when that was known."""
    moved = await db.scalar(
        update(PayoutReversalRow)
        .where(PayoutReversalRow.id == reversal_id, PayoutReversalRow.settled_at.is_(None))
        .values(settled_at=now, reference=reference)
        .returning(PayoutReversalRow.id)
        .execution_options(synchronize_session=False)
    )
    return moved is not None
