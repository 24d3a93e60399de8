"""Whether the books are right, from the entries alone; and the balance rows made anew."""

from typing import Any

from sqlalchemy import case, delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from payments.accounts import REFUNDS, is_guarded, is_known
from payments.tables import (
    LedgerBalanceRow,
    LedgerEntryRow,
    LedgerTransactionRow,
    PaymentRow,
    RefundRow,
)

_MAY_OWE = ("expert:", "partner:")


async def check(db: AsyncSession) -> dict[str, Any]:
    """The whole ledger's figures, in the form of the `ledger check` contract.

    A problem is a sentence: a transaction that does not balance or has no entries, an account
    that nobody knows, a balance row that is not the sum of its entries or is below zero, a
    payment whose held money or refunds are not what the ledger says.
    """
    sums = await _account_sums(db)
    problems = [
        *await _transactions(db), *_accounts(sums), *await _balance_rows(db, sums),
        *await _payments(db, sums),
    ]  # fmt: skip
    debit = func.sum(case((LedgerEntryRow.minor > 0, LedgerEntryRow.minor), else_=0))
    credit = func.sum(case((LedgerEntryRow.minor < 0, -LedgerEntryRow.minor), else_=0))
    totals = await db.execute(
        select(LedgerEntryRow.currency, debit, credit).group_by(LedgerEntryRow.currency)
    )
    count = await db.scalar(select(func.count()).select_from(LedgerTransactionRow))
    return {
        "balanced": not problems,
        "transactions": count or 0,
        "currencies": {
            currency: {"debit": int(debits), "credit": int(credits_)}
            for currency, debits, credits_ in totals
        },
        "problems": problems,
    }


async def rebuild(db: AsyncSession) -> int:
    """Write the balance rows anew from the entries; returns how many there are."""
    sums = await _account_sums(db)
    rows = [
        {"account": account, "currency": currency, "minor": -total}
        for (account, currency), total in sums.items()
        if is_guarded(account)
    ]
    await db.execute(delete(LedgerBalanceRow))
    if rows:
        await db.execute(insert(LedgerBalanceRow), rows)
    return len(rows)


async def _account_sums(db: AsyncSession) -> dict[tuple[str, str], int]:
    rows = await db.execute(
        select(
            LedgerEntryRow.account, LedgerEntryRow.currency, func.sum(LedgerEntryRow.minor)
        ).group_by(LedgerEntryRow.account, LedgerEntryRow.currency)
    )
    return {(account, currency): int(total) for account, currency, total in rows}


async def _transactions(db: AsyncSession) -> list[str]:
    unbalanced = await db.scalars(
        select(LedgerEntryRow.transaction_id)
        .group_by(LedgerEntryRow.transaction_id, LedgerEntryRow.currency)
        .having(func.sum(LedgerEntryRow.minor) != 0)
    )
    empty = await db.scalars(
        select(LedgerTransactionRow.id)
        .outerjoin(LedgerEntryRow, LedgerEntryRow.transaction_id == LedgerTransactionRow.id)
        .where(LedgerEntryRow.id.is_(None))
    )
    problems = [f"transaction {one} is not balanced" for one in unbalanced]
    return problems + [f"transaction {one} has no entries" for one in empty]


def _accounts(sums: dict[tuple[str, str], int]) -> list[str]:
    problems = [f"account {account} is not in the chart" for account, _ in sums
                if not is_known(account)]  # fmt: skip
    return problems + [
        f"account {account} is below zero: {-total} {currency}"
        for (account, currency), total in sums.items()
        if total > 0 and is_guarded(account) and not account.startswith(_MAY_OWE)
    ]


async def _balance_rows(db: AsyncSession, sums: dict[tuple[str, str], int]) -> list[str]:
    rows = await db.execute(
        select(LedgerBalanceRow.account, LedgerBalanceRow.currency, LedgerBalanceRow.minor)
    )
    stored = {(account, currency): minor for account, currency, minor in rows}
    wanted = {place: -total for place, total in sums.items() if is_guarded(place[0])}
    return [
        f"the balance row of {account} says {stored.get((account, currency))} {currency}, "
        f"its entries say {wanted.get((account, currency), 0)}"
        for account, currency in sorted(stored.keys() | wanted.keys())
        if stored.get((account, currency)) != wanted.get((account, currency), 0)
    ]


async def _payments(db: AsyncSession, sums: dict[tuple[str, str], int]) -> list[str]:
    came = case((PaymentRow.paid_at.is_not(None), PaymentRow.minor), else_=0)
    left = (
        came + PaymentRow.credit_minor - PaymentRow.refunded_minor + PaymentRow.returned_minor
        - PaymentRow.released_minor
    )  # fmt: skip
    payments = await db.execute(
        select(PaymentRow.subject, PaymentRow.currency, func.sum(left)).group_by(
            PaymentRow.subject, PaymentRow.currency
        )
    )
    problems = [
        f"held for {subject}: payments say {int(left)} {currency}, the ledger says {held}"
        for subject, currency, left in payments
        if (held := -sums.get((f"held:{subject}", currency), 0)) != int(left)
    ]
    waiting = await db.execute(
        select(RefundRow.currency, func.sum(RefundRow.minor))
        .where(RefundRow.sent_at.is_(None))
        .group_by(RefundRow.currency)
    )
    asked = {currency: int(total) for currency, total in waiting}
    currencies = asked.keys() | {currency for account, currency in sums if account == REFUNDS}
    return problems + [
        f"refunds not sent: rows say {asked.get(one, 0)} {one}, the ledger says {booked}"
        for one in sorted(currencies)
        if (booked := -sums.get((REFUNDS, one), 0)) != asked.get(one, 0)
    ]
