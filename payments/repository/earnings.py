"""All SQL about what experts earned and were paid."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from kernel.ids import ExpertId, PaymentId
from kernel.money import Money
from payments.model import Earning, Payout, PayoutAccount, PayoutMethod, Purpose
from payments.split import Split
from payments.tables import EarningRow, PaymentRow, PayoutAccountRow, PayoutRow
from storage.upsert import insert_into


async def add(db: AsyncSession, earned: Earning) -> None:
    """Store what a payment earned its expert."""
    await db.execute(
        insert(EarningRow).values(
            id=earned.id, payment_id=earned.payment_id, expert_id=earned.expert_id,
            currency=earned.split.expert.currency, expert_minor=earned.split.expert.minor,
            commission_minor=earned.split.commission.minor, tax_minor=earned.split.tax.minor,
            partner_minor=earned.split.partner.minor, returned_minor=0,
            released_at=earned.released_at, payable_at=earned.payable_at, frozen=earned.frozen,
        )
    )  # fmt: skip


async def earning_of(db: AsyncSession, payment_id: PaymentId) -> Earning | None:
    """What a payment earned, None before its release."""
    found = await _find(db, EarningRow.payment_id == payment_id)
    return found[0] if found else None


async def earning(db: AsyncSession, earning_id: str) -> Earning | None:
    """One earning, or None."""
    found = await _find(db, EarningRow.id == earning_id)
    return found[0] if found else None


async def earnings_of(
    db: AsyncSession, expert_id: ExpertId, *, since: datetime | None = None,
    until: datetime | None = None,
) -> list[Earning]:  # fmt: skip
    """What an expert earned, newest first, within [since, until) of its release."""
    where = [EarningRow.expert_id == expert_id]
    if since is not None:
        where.append(EarningRow.released_at >= since)
    if until is not None:
        where.append(EarningRow.released_at < until)
    return await _find(db, *where)


async def not_paid_out(
    db: AsyncSession, expert_id: ExpertId, *, lock: bool = False
) -> list[Earning]:
    """What an expert earned that is in no payout, newest first, however much there was before."""
    mine = (EarningRow.expert_id == expert_id, EarningRow.payout_id.is_(None))
    return await _find(db, *mine, lock=lock)


async def count_returned(db: AsyncSession, payment_id: PaymentId, minor: int) -> None:
    """Of what a payment earned, this much of the whole was taken back."""
    await _change(
        db, EarningRow.payment_id == payment_id, returned_minor=EarningRow.returned_minor + minor
    )


async def freeze(db: AsyncSession, payment_id: PaymentId, why: str | None) -> bool:
    """Keep an earning from being paid out, or let it (None); False when it is paid out."""
    return await _change(
        db, EarningRow.payment_id == payment_id, EarningRow.payout_id.is_(None), frozen=why
    )


async def freeze_disputed(db: AsyncSession, payment_id: PaymentId, why: str) -> None:
    """Keep an earning from being paid out that is not kept from it already."""
    await _change(
        db, EarningRow.payment_id == payment_id, EarningRow.payout_id.is_(None),
        EarningRow.frozen.is_(None), frozen=why,
    )  # fmt: skip


async def thaw_disputed(db: AsyncSession, payment_id: PaymentId, why: str) -> None:
    """Let an earning be paid out that only this keeps from it."""
    await _change(db, EarningRow.payment_id == payment_id, EarningRow.frozen == why, frozen=None)


async def take_payable(
    db: AsyncSession, expert_id: ExpertId, currency: str, *, payout_id: str, now: datetime
) -> int:
    """Put every payable earning into a payout; returns how many."""
    taken = await db.scalars(
        update(EarningRow)
        .where(*_payable(now), EarningRow.expert_id == expert_id, EarningRow.currency == currency)
        .values(payout_id=payout_id)
        .returning(EarningRow.id)
        .execution_options(synchronize_session=False)
    )
    return len(taken.all())


async def payable(db: AsyncSession, *, now: datetime) -> list[tuple[ExpertId, str]]:
    """Experts, and currencies, that have something payable."""
    rows = await db.execute(
        select(EarningRow.expert_id, EarningRow.currency)
        .where(*_payable(now))
        .group_by(EarningRow.expert_id, EarningRow.currency)
        .order_by(EarningRow.expert_id, EarningRow.currency)
    )
    return [(ExpertId(expert), currency) for expert, currency in rows]


async def next_payable(db: AsyncSession, *, after: datetime) -> datetime | None:
    """When the next earning becomes payable."""
    return await db.scalar(
        select(func.min(EarningRow.payable_at)).where(EarningRow.payable_at > after)
    )


async def add_payout(db: AsyncSession, payout: Payout) -> None:
    """Store a payout that was decided."""
    await db.execute(
        insert(PayoutRow).values(
            id=payout.id, expert_id=payout.expert_id, minor=payout.amount.minor,
            currency=payout.amount.currency, method=payout.method, reference=payout.reference,
            reversed_minor=0, requested_at=payout.requested_at, sent_at=payout.sent_at,
        )
    )  # fmt: skip


async def payout(db: AsyncSession, payout_id: str) -> Payout | None:
    """One payout, or None."""
    found = await _payouts(db, PayoutRow.id == payout_id)
    return found[0] if found else None


async def payouts_due(db: AsyncSession) -> list[Payout]:
    """Transfers that were decided and are not sent, oldest first."""
    return await _payouts(
        db, PayoutRow.sent_at.is_(None), PayoutRow.method == PayoutMethod.TRANSFER
    )


async def payouts_of(db: AsyncSession, expert_id: ExpertId) -> list[Payout]:
    """What an expert was paid, oldest first."""
    return await _payouts(db, PayoutRow.expert_id == expert_id)


async def change_payout(
    db: AsyncSession, payout_id: str, *where: ColumnElement[bool], **values: Any
) -> bool:
    """Compare and set."""
    moved = await db.scalar(
        update(PayoutRow)
        .where(PayoutRow.id == payout_id, *where)
        .values(**values)
        .returning(PayoutRow.id)
        .execution_options(synchronize_session=False)
    )
    return moved is not None


async def mark_payout_sent(
    db: AsyncSession, payout_id: str, *, reference: str, now: datetime
) -> bool:
    """Record that a payout is on its way; False when that was known."""
    return await change_payout(
        db, payout_id, PayoutRow.sent_at.is_(None), sent_at=now, reference=reference
    )


async def count_reversed(db: AsyncSession, payout_id: str, minor: int) -> bool:
    """This much of a payout was taken back; False when less is left of it."""
    return await change_payout(
        db, payout_id, PayoutRow.reversed_minor + minor <= PayoutRow.minor,
        reversed_minor=PayoutRow.reversed_minor + minor,
    )  # fmt: skip


async def set_account(db: AsyncSession, account: PayoutAccount) -> None:
    """Store an expert's account at the processor."""
    new = insert_into(db, PayoutAccountRow).values(
        expert_id=account.expert_id, account=account.account, ready=account.ready
    )
    await db.execute(
        new.on_conflict_do_update(
            index_elements=["expert_id"],
            set_={"account": new.excluded.account, "ready": new.excluded.ready},
        )
    )


async def set_ready(db: AsyncSession, account: str, *, ready: bool) -> None:
    """Whether an account can receive now."""
    await db.execute(
        update(PayoutAccountRow)
        .where(PayoutAccountRow.account == account)
        .values(ready=ready)
        .execution_options(synchronize_session=False)
    )


async def account_of(db: AsyncSession, expert_id: ExpertId) -> PayoutAccount | None:
    """An expert's account at the processor, if they began to open one."""
    row = await db.scalar(
        select(PayoutAccountRow)
        .where(PayoutAccountRow.expert_id == expert_id)
        .execution_options(populate_existing=True)
    )
    return None if row is None else PayoutAccount(ExpertId(row.expert_id), row.account, row.ready)


def _payable(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        EarningRow.payout_id.is_(None), EarningRow.frozen.is_(None), EarningRow.payable_at <= now,
    )  # fmt: skip


async def _change(db: AsyncSession, *where: ColumnElement[bool], **values: Any) -> bool:
    moved = await db.scalar(
        update(EarningRow)
        .where(*where)
        .values(**values)
        .returning(EarningRow.id)
        .execution_options(synchronize_session=False)
    )
    return moved is not None


async def _find(db: AsyncSession, *where: ColumnElement[bool], lock: bool = False) -> list[Earning]:
    query: Select[EarningRow, str, str] = (
        select(EarningRow, PaymentRow.purpose, PaymentRow.subject)
        .join(PaymentRow, PaymentRow.id == EarningRow.payment_id)
        .where(*where)
        .order_by(EarningRow.released_at.desc(), EarningRow.id.desc())
        .execution_options(populate_existing=True)
    )
    if lock:
        query = query.with_for_update(of=EarningRow)
    return [_earning(row, purpose, subject) for row, purpose, subject in await db.execute(query)]


def _earning(row: EarningRow, purpose: str, subject: str) -> Earning:
    def money(minor: int) -> Money:
        return Money(minor, row.currency)

    return Earning(
        id=row.id,
        payment_id=PaymentId(row.payment_id),
        purpose=Purpose(purpose),
        subject=subject,
        expert_id=ExpertId(row.expert_id),
        split=Split(
            money(row.expert_minor), money(row.commission_minor), money(row.tax_minor),
            money(row.partner_minor),
        ),
        returned=money(row.returned_minor),
        released_at=row.released_at,
        payable_at=row.payable_at,
        frozen=row.frozen,
        payout_id=row.payout_id,
    )  # fmt: skip


async def _payouts(db: AsyncSession, *where: ColumnElement[bool]) -> list[Payout]:
    rows = await db.scalars(
        select(PayoutRow)
        .where(*where)
        .order_by(PayoutRow.requested_at, PayoutRow.id)
        .execution_options(populate_existing=True)
    )
    return [
        Payout(
            id=row.id, expert_id=ExpertId(row.expert_id), amount=Money(row.minor, row.currency),
            method=PayoutMethod(row.method), reference=row.reference,
            reversed=Money(row.reversed_minor, row.currency), requested_at=row.requested_at,
            sent_at=row.sent_at,
        )
        for row in rows
    ]  # fmt: skip
