"""Receipts, invoices and credit notes: numbered without gaps, and never changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from kernel.ids import PaymentId, new_id
from payments.tables import PaperRow, PaperSeriesRow
from storage.upsert import insert_into


class PaperKind(StrEnum):
    """What a paper is; each kind has a series of numbers of its own a year."""

    RECEIPT = "receipt"
    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"


_PREFIX = {PaperKind.RECEIPT: "R", PaperKind.INVOICE: "I", PaperKind.CREDIT_NOTE: "C"}


@dataclass(frozen=True)
class Paper:
    """A paper as it was issued; `content` are the values that it shows, as JSON."""

    number: str
    kind: PaperKind
    content: Mapping[str, Any]
    issued_at: datetime


async def issue(
    db: AsyncSession, kind: PaperKind, payment_id: PaymentId, *, content: Mapping[str, Any],
    now: datetime, refund_id: str = "",
) -> Paper:  # fmt: skip
    """The paper about a payment (or one of its refunds); the same one when it was issued before.

    Its number is the next of its series, taken in this transaction: a rollback leaves no gap.
    """
    known = await _find(db, kind, payment_id, refund_id)
    if known is not None:
        return known
    series = f"{_PREFIX[kind]}-{now.year}"
    number = await _next(db, series)
    # behind the series' lock: somebody else may have issued it meanwhile
    known = await _find(db, kind, payment_id, refund_id)
    if known is not None:
        await _give_back(db, series, number)
        return known
    paper = Paper(f"{series}-{number:06}", kind, dict(content), now)
    await db.execute(
        insert(PaperRow).values(
            id=new_id(), number=paper.number, kind=kind, payment_id=payment_id,
            refund_id=refund_id, content=dict(content), issued_at=now,
        )
    )  # fmt: skip
    return paper


async def _next(db: AsyncSession, series: str) -> int:
    first = insert_into(db, PaperSeriesRow).values(series=series, last=1)
    number = await db.scalar(
        first.on_conflict_do_update(
            index_elements=["series"], set_={"last": PaperSeriesRow.last + 1}
        ).returning(PaperSeriesRow.last)
    )
    return int(number or 1)


async def _give_back(db: AsyncSession, series: str, number: int) -> None:
    first = insert_into(db, PaperSeriesRow).values(series=series, last=number - 1)
    await db.execute(
        first.on_conflict_do_update(index_elements=["series"], set_={"last": number - 1})
    )


async def _find(
    db: AsyncSession, kind: PaperKind, payment_id: PaymentId, refund_id: str
) -> Paper | None:
    row = await db.scalar(
        select(PaperRow).where(
            PaperRow.kind == kind,
            PaperRow.payment_id == payment_id,
            PaperRow.refund_id == refund_id,
        )
    )
    return None if row is None else Paper(row.number, kind, row.content, row.issued_at)
