"""A cardholder's bank takes money back: frozen until it is decided, then settled either way."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from payments import accounts, ledger
from payments.earning import DISPUTED
from payments.ledger import Entry
from payments.model import (
    HELD_MONEY,
    DisputeNews,
    DisputeState,
    FetchedDispute,
    Payment,
    PaymentState,
    Purpose,
    Rail,
)
from payments.refunds import settle_state, take
from payments.repository import disputes, earnings, refunds
from payments.repository import payments as rows


async def follow_dispute(
    db: AsyncSession, dispute: FetchedDispute, *, now: datetime
) -> DisputeNews | None:
    """Bring our books to what the processor says of a dispute.

    Returns None when nothing is new or the charge is not ours.
    """
    of = await rows.by_charge(db, dispute.charge)
    if of is None:
        return None
    of = await rows.locked(db, of.id)
    news = None
    if await disputes.add(db, dispute, of.id, now=now):
        await _open(db, dispute, of, now=now)
        news = DisputeNews(of, DisputeState.OPEN)
    closed = dispute.state is not DisputeState.OPEN
    if closed and await disputes.close(db, dispute.id, dispute.state, now=now):
        news = DisputeNews(of, dispute.state, await _close(db, dispute, of, now=now))
    return news


async def disputed_payments(db: AsyncSession, charge: str) -> list[Payment]:
    """What a dispute over a charge is about: the payment, and what a package paid."""
    of = await rows.by_charge(db, charge)
    return [] if of is None else await _about(db, of)


async def _open(db: AsyncSession, dispute: FetchedDispute, of: Payment, *, now: datetime) -> None:
    processor = accounts.processor(of.rail)
    await ledger.post(
        db, key=f"dispute:{dispute.id}", reason="disputed by the cardholder", now=now,
        entries=[
            Entry(accounts.DISPUTES, dispute.amount), Entry(accounts.fees(of.rail), dispute.fee),
            Entry(processor, -dispute.amount - dispute.fee),
        ],
    )  # fmt: skip
    for one in await _about(db, of):
        await earnings.freeze_disputed(db, one.id, DISPUTED)


async def _close(
    db: AsyncSession, dispute: FetchedDispute, of: Payment, *, now: datetime
) -> tuple[Payment, ...]:
    taken_back: tuple[Payment, ...] = ()
    if dispute.state is DisputeState.WON:
        await ledger.post(
            db, key=f"dispute-won:{dispute.id}", reason="dispute won", now=now,
            entries=[Entry(accounts.processor(of.rail), dispute.amount),
                     Entry(accounts.DISPUTES, -dispute.amount)],
        )  # fmt: skip
    else:
        taken_back = await _lose(db, dispute, of, now=now)
    for one in await _about(db, of):
        await earnings.thaw_disputed(db, one.id, DISPUTED)
    return taken_back


async def _about(db: AsyncSession, of: Payment) -> list[Payment]:
    """The payment, and what a package paid: its dispute is about that as well."""
    if of.purpose is not Purpose.PACKAGE:
        return [of]
    return [of, *await rows.paid_from(db, Rail.PACKAGE, of.subject)]


async def _lose(
    db: AsyncSession, dispute: FetchedDispute, of: Payment, *, now: datetime
) -> tuple[Payment, ...]:
    """The payer has their money: refunds not sent yet are done by it, the rest is taken from
    where the money is (of a package what is left in it, then what it paid, the latest first), and
    what nobody has any more is the platform's loss. Returns what was taken from."""
    entries, left = [], dispute.amount
    for one in await refunds.refunds_of(db, of.id):
        if one.sent_at is None and one.amount <= left:
            await refunds.mark_sent(db, one.id, reference=dispute.id, now=now)
            entries.append(Entry(accounts.REFUNDS, one.amount))
            left -= one.amount
    from_whom, taken_back = await _about(db, of), []
    for each in from_whom:
        part = min(left, each.refundable, each.amount - each.by_rail, key=lambda money: money.minor)
        if part:
            entries += (await take(db, each, part, by_rail=part)).entries
            left -= part
            taken_back.append(each)
    entries += [Entry(accounts.REVENUE, left), Entry(accounts.DISPUTES, -dispute.amount)]
    await ledger.post(
        db, key=f"dispute-lost:{dispute.id}", reason="dispute lost", now=now, entries=entries,
        may_owe=True,
    )  # fmt: skip
    for each in from_whom:
        after = await rows.payment(db, each.id)
        if after.refunded or each is of:
            await rows.move(db, each.id, frm=HELD_MONEY, state=PaymentState.REFUNDING)
            await settle_state(db, after)
    return tuple(taken_back)
