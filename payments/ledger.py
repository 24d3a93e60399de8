"""The ledger: double entry, append-only, balanced in every currency.

The accounts are in `payments.accounts`. A guarded account has a balance row, which is locked in
the order of the accounts' names, so that two transactions never wait for each other.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import Table, func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from kernel.ids import new_id
from kernel.money import Money
from payments.accounts import is_guarded, is_known
from payments.errors import Overdrawn
from payments.tables import LedgerBalanceRow, LedgerEntryRow, LedgerTransactionRow
from storage.upsert import insert_into

_REVERSAL = "reversal:"

# tables with their rows as parameters are compiled once: a third less work for each posting
_transactions = cast(Table, LedgerTransactionRow.__table__)
_entries = cast(Table, LedgerEntryRow.__table__)
_balances = cast(Table, LedgerBalanceRow.__table__)


class Unbalanced(ValueError):
    """The entries of a transaction do not sum to zero in each currency: a bug."""


class UnknownAccount(ValueError):
    """No such account in the chart: a bug."""


@dataclass(frozen=True)
class Entry:
    """One line: a debit (positive) or credit (negative) of an account."""

    account: str
    amount: Money


async def post(
    db: AsyncSession, *, key: str, reason: str, entries: Sequence[Entry], now: datetime,
    may_owe: bool = False,
) -> bool:  # fmt: skip
    """Book a transaction once; False when its key was booked already.

    With `may_owe` an expert or partner may end below zero: they owe us. Raises Unbalanced,
    UnknownAccount, Overdrawn.
    """
    lines = [one for one in entries if one.amount]
    _check(lines)
    transaction_id = await db.scalar(
        insert_into(db, _transactions)
        .values(id=new_id(), key=key, reason=reason, at=now)
        .on_conflict_do_nothing()
        .returning(LedgerTransactionRow.id)
    )
    if transaction_id is None:
        return False
    rows = [
        {"id": new_id(), "transaction_id": transaction_id, "account": one.account,
         "minor": one.amount.minor, "currency": one.amount.currency}
        for one in lines
    ]  # fmt: skip
    await db.execute(insert(_entries), rows)
    # last, so that a busy account's row is locked for as short a time as can be
    await _move_balances(db, lines, may_owe=may_owe)
    return True


async def reverse(db: AsyncSession, key: str, *, reason: str, now: datetime) -> bool:
    """Undo the transaction of this key by its opposite, once; the ledger's only correction.

    Raises LookupError for an unknown key, Overdrawn when the money has moved on.
    """
    found = await db.execute(
        select(LedgerEntryRow.account, LedgerEntryRow.minor, LedgerEntryRow.currency)
        .join(LedgerTransactionRow, LedgerTransactionRow.id == LedgerEntryRow.transaction_id)
        .where(LedgerTransactionRow.key == key)
        .order_by(LedgerEntryRow.id)
    )
    opposite = [Entry(account, Money(-minor, currency)) for account, minor, currency in found]
    if not opposite:
        raise LookupError(f"no ledger transaction has the key {key}")
    return await post(db, key=f"{_REVERSAL}{key}", reason=reason, entries=opposite, now=now)


def _check(lines: Sequence[Entry]) -> None:
    sums: defaultdict[str, int] = defaultdict(int)
    for one in lines:
        sums[one.amount.currency] += one.amount.minor
        if not is_known(one.account):
            raise UnknownAccount(one.account)
    if not lines or any(sums.values()):
        raise Unbalanced(dict(sums))


async def _move_balances(db: AsyncSession, lines: Sequence[Entry], *, may_owe: bool) -> None:
    owed: defaultdict[tuple[str, str], int] = defaultdict(int)
    for one in lines:
        if is_guarded(one.account):
            owed[one.account, one.amount.currency] -= one.amount.minor
    if not owed:
        return
    rows = [
        {"account": account, "currency": currency, "minor": minor}
        for (account, currency), minor in sorted(owed.items())
    ]
    adding = insert_into(db, _balances)
    moved = await db.execute(
        adding.on_conflict_do_update(
            index_elements=["account", "currency"],
            set_={"minor": LedgerBalanceRow.minor + adding.excluded.minor},
        ).returning(LedgerBalanceRow.account, LedgerBalanceRow.currency, LedgerBalanceRow.minor),
        rows,
    )
    for account, currency, minor in moved:
        overdrawn = minor < 0 and owed[account, currency] < 0
        if overdrawn and not (may_owe and account.startswith(("expert:", "partner:"))):
            raise Overdrawn(account=account, short=Money(-minor, currency))


async def balance(db: AsyncSession, account: str, currency: str) -> Money:
    """What a guarded account holds, from its balance row."""
    minor = await db.scalar(
        select(LedgerBalanceRow.minor).where(
            LedgerBalanceRow.account == account, LedgerBalanceRow.currency == currency
        )
    )
    return Money(minor or 0, currency)


async def holdings(db: AsyncSession, account: str) -> list[Money]:
    """What a guarded account holds in each currency, without those at zero."""
    rows = await db.execute(
        select(LedgerBalanceRow.minor, LedgerBalanceRow.currency)
        .where(LedgerBalanceRow.account == account, LedgerBalanceRow.minor != 0)
        .order_by(LedgerBalanceRow.currency)
    )
    return [Money(minor, currency) for minor, currency in rows]


async def balances(db: AsyncSession, prefix: str = "") -> dict[tuple[str, str], int]:
    """The sum of each account's entries, by (account, currency)."""
    rows = await db.execute(
        select(LedgerEntryRow.account, LedgerEntryRow.currency, func.sum(LedgerEntryRow.minor))
        .where(LedgerEntryRow.account.startswith(prefix, autoescape=True))
        .group_by(LedgerEntryRow.account, LedgerEntryRow.currency)
    )
    return {(account, currency): int(total) for account, currency, total in rows}


async def entries_of(db: AsyncSession, key_prefix: str) -> list[tuple[str, str, Entry]]:
    """(key, reason, entry) of every transaction whose key begins so, oldest first."""
    rows = await db.execute(
        select(
            LedgerTransactionRow.key, LedgerTransactionRow.reason, LedgerEntryRow.account,
            LedgerEntryRow.minor, LedgerEntryRow.currency,
        )
        .join(LedgerEntryRow, LedgerEntryRow.transaction_id == LedgerTransactionRow.id)
        .where(LedgerTransactionRow.key.startswith(key_prefix, autoescape=True))
        .order_by(LedgerTransactionRow.at, LedgerTransactionRow.id, LedgerEntryRow.id)
    )  # fmt: skip
    return [
        (key, reason, Entry(account, Money(minor, currency)))
        for key, reason, account, minor, currency in rows
    ]
