"""The ledger: double entry, append-only, balanced in every currency.

Debits are positive, credits negative. Accounts are names:

processor:<rail>     money that a processor holds for us
held:<session>       paid by a client, not yet earned
expert:<expert>      owed to an expert
revenue              the platform's share
refunds              asked back, not yet sent
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from kernel.ids import new_id
from kernel.money import Money
from payments.tables import LedgerEntryRow, LedgerTransactionRow
from storage.upsert import insert_into

REVENUE = "revenue"
REFUNDS = "refunds"


class Unbalanced(ValueError):
    """The entries of a transaction do not sum to zero in each currency: a bug."""


@dataclass(frozen=True)
class Entry:
    """One line: a debit (positive) or credit (negative) of an account."""

    account: str
    amount: Money


async def post(
    db: AsyncSession, *, key: str, reason: str, entries: Sequence[Entry], now: datetime
) -> bool:
    """Book a transaction once; False when its key was booked already.

    Raises Unbalanced.
    """
    _check_balanced(entries)
    transaction_id = await db.scalar(
        insert_into(db, LedgerTransactionRow)
        .values(id=new_id(), key=key, reason=reason, at=now)
        .on_conflict_do_nothing()
        .returning(LedgerTransactionRow.id)
    )
    if transaction_id is None:
        return False
    rows = [
        {"id": new_id(), "transaction_id": transaction_id, "account": one.account,
         "minor": one.amount.minor, "currency": one.amount.currency}
        for one in entries
    ]  # fmt: skip
    await db.execute(insert(LedgerEntryRow).values(rows))
    return True


def _check_balanced(entries: Sequence[Entry]) -> None:
    sums: defaultdict[str, int] = defaultdict(int)
    for one in entries:
        sums[one.amount.currency] += one.amount.minor
    if not entries or any(sums.values()):
        raise Unbalanced(dict(sums))


async def balances(db: AsyncSession, prefix: str = "") -> dict[tuple[str, str], int]:
    """The sum of each account's entries, by (account, currency)."""
    rows = await db.execute(
        select(LedgerEntryRow.account, LedgerEntryRow.currency, func.sum(LedgerEntryRow.minor))
        .where(LedgerEntryRow.account.startswith(prefix, autoescape=True))
        .group_by(LedgerEntryRow.account, LedgerEntryRow.currency)
    )
    return {(account, currency): int(total) for account, currency, total in rows}


async def check(db: AsyncSession) -> dict[str, Any]:
    """The whole ledger's figures, in the form of the `ledger check` contract."""
    unbalanced = await db.scalars(
        select(LedgerEntryRow.transaction_id)
        .group_by(LedgerEntryRow.transaction_id, LedgerEntryRow.currency)
        .having(func.sum(LedgerEntryRow.minor) != 0)
    )
    empty = await db.scalars(
        select(LedgerTransactionRow.id).where(
            ~select(LedgerEntryRow.id)
            .where(LedgerEntryRow.transaction_id == LedgerTransactionRow.id)
            .exists()
        )
    )
    problems = [f"transaction {one} is not balanced" for one in unbalanced]
    problems += [f"transaction {one} has no entries" for one in empty]
    debit = func.sum(LedgerEntryRow.minor).filter(LedgerEntryRow.minor > 0)
    credit = func.sum(-LedgerEntryRow.minor).filter(LedgerEntryRow.minor < 0)
    sums = await db.execute(
        select(LedgerEntryRow.currency, debit, credit).group_by(LedgerEntryRow.currency)
    )
    count = await db.scalar(select(func.count()).select_from(LedgerTransactionRow))
    return {
        "balanced": not problems,
        "transactions": count or 0,
        "currencies": {
            currency: {"debit": int(debits or 0), "credit": int(credits_ or 0)}
            for currency, debits, credits_ in sums
        },
        "problems": problems,
    }
