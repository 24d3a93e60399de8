"""The ledger for the bookkeeper, an entry a line."""

import csv
from collections.abc import AsyncIterator
from datetime import datetime
from io import StringIO

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from kernel.money import decimals
from payments.tables import LedgerEntryRow, LedgerTransactionRow

_COLUMNS = ("at", "transaction", "reason", "account", "debit", "credit", "currency")


async def csv_lines(db: AsyncSession, *, since: datetime, until: datetime) -> AsyncIterator[str]:
    """CSV with a head line: entries booked within [since, until), oldest first, amounts in
    whole units with a point."""
    yield _line(_COLUMNS)
    rows = await db.stream(
        select(
            LedgerTransactionRow.at, LedgerTransactionRow.key, LedgerTransactionRow.reason,
            LedgerEntryRow.account, LedgerEntryRow.minor, LedgerEntryRow.currency,
        )
        .join(LedgerEntryRow, LedgerEntryRow.transaction_id == LedgerTransactionRow.id)
        .where(LedgerTransactionRow.at >= since, LedgerTransactionRow.at < until)
        .order_by(LedgerTransactionRow.at, LedgerTransactionRow.id, LedgerEntryRow.minor.desc())
    )  # fmt: skip
    async for at, key, reason, account, minor, currency in rows:
        amount = _plain(abs(minor), currency)
        debit, credit = (amount, "") if minor > 0 else ("", amount)
        when = f"{at:%Y-%m-%dT%H:%M:%SZ}"
        yield _line((when, key, _harmless(reason), account, debit, credit, currency))


def _plain(minor: int, currency: str) -> str:
    places = decimals(currency)
    if not places:
        return str(minor)
    whole, part = divmod(minor, 10**places)
    return f"{whole}.{part:0{places}}"


def _harmless(text: str) -> str:
    # an admin's words; a spreadsheet would take these beginnings for a formula
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text


def _line(values: tuple[str, ...]) -> str:
    line = StringIO()
    csv.writer(line, lineterminator="\n").writerow(values)
    return line.getvalue()
