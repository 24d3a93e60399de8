"""Money that goes back: out of what is held, or out of what was released already."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from kernel.ids import PaymentId, new_id
from kernel.money import Money
from payments import accounts, ledger
from payments.errors import RefundTooLarge
from payments.ledger import Entry
from payments.model import HELD_MONEY, PREPAID, Payment, PaymentState, Rail, Refund, RefundTo
from payments.repository import earnings, packages, refunds, subscriptions
from payments.repository import payments as rows
from payments.split import part_of, split

_FIRST_WAIT = timedelta(seconds=5)
_LONGEST_WAIT = timedelta(hours=1)
_LONGEST_DOUBLING = 10


@dataclass(frozen=True)
class Taken:
    """Where an amount came from: the entries that take it, and what they sum to."""

    entries: list[Entry]
    amount: Money


def by_rail(of: Payment, amount: Money) -> Money:
    """How much of a refund can go back the way the money came; the rest becomes credit.

    Stars and what a package or subscription paid go back only whole, so a part is all credit.
    """
    nothing = Money(0, amount.currency)
    left = of.amount - of.by_rail
    match of.rail:
        case Rail.FREE:
            return nothing
        case Rail.STARS | Rail.PACKAGE | Rail.SUBSCRIPTION:
            return left if left == of.amount and left <= amount else nothing
        case Rail.CARD | Rail.INVOICE:
            return min(amount, left, key=lambda one: one.minor)


async def request_refund(
    db: AsyncSession, payment_id: PaymentId, amount: Money, *, reason: str, now: datetime,
    as_credit: bool = False,
) -> list[Refund]:  # fmt: skip
    """An amount shall go back: first what is held, then what was released, each of its parts
    in proportion; first by the rail, what it cannot take back (or with `as_credit` all of it)
    as credit at once. What a package or subscription paid goes back into it at once, unless it
    is over. Where the payer was erased nothing becomes credit: it waits to be told as unclaimed.

    Raises RefundTooLarge when it is more than what was not given back yet, UnknownPayment.
    """
    of = await rows.locked(db, payment_id)
    if of.state not in HELD_MONEY or amount.minor <= 0 or of.refundable < amount:
        raise RefundTooLarge
    back = Money(0, amount.currency) if as_credit else by_rail(of, amount)
    way, source = RefundTo.RAIL, accounts.REFUNDS
    if back and of.rail in PREPAID:
        way, source = RefundTo(of.rail), accounts.held(of.paid_from)
        if not await _put_back(db, of, back):
            back = Money(0, amount.currency)
    rest, rest_to = RefundTo.CREDIT, accounts.credit(of.payer)
    if of.payer_gone:
        rest, rest_to = RefundTo.UNCLAIMED, accounts.REFUNDS
    taken = await take(db, of, amount, by_rail=back)
    asked = [
        Refund(
            id=new_id(), payment_id=payment_id, amount=part, to=to, reason=reason,
            requested_at=now,
            sent_at=None if to in (RefundTo.RAIL, RefundTo.UNCLAIMED) else now,
        )
        for part, to in ((back, way), (amount - back, rest))
        if part
    ]  # fmt: skip
    for one in asked:
        await refunds.add(db, one)
    await ledger.post(
        db, key=f"refund:{asked[0].id}", reason=f"refund: {reason}", now=now, may_owe=True,
        entries=[*taken.entries, Entry(source, -back), Entry(rest_to, back - amount)],
    )  # fmt: skip
    sending = any(one.sent_at is None for one in asked)
    waiting = sending or of.state is PaymentState.REFUNDING
    after = PaymentState.REFUNDING if waiting else _after(of.refunded + amount, of)
    await rows.move(db, payment_id, frm=HELD_MONEY, state=after)
    return asked


async def _put_back(db: AsyncSession, of: Payment, amount: Money) -> bool:
    if of.rail is Rail.PACKAGE:
        return await packages.put_back(db, of.paid_from, amount)
    return await subscriptions.put_back(db, of.paid_from, amount)


async def take(db: AsyncSession, of: Payment, amount: Money, *, by_rail: Money) -> Taken:
    """Count an amount as refunded and say whose it was. Raises RefundTooLarge."""
    held = min(amount, of.still_held, key=lambda one: one.minor)
    released = amount - held
    entries = []
    if held:
        part = by_rail if not released else Money(0, amount.currency)
        if not await rows.take_from_held(db, of.id, refund=held.minor, by_rail=part.minor):
            raise RefundTooLarge
        entries.append(Entry(accounts.held(of.subject), held))
    if released:
        if not await rows.take_back(db, of.id, refund=released.minor, by_rail=by_rail.minor):
            raise RefundTooLarge
        entries += await _from_earned(db, of, released)
    return Taken(entries, amount)


async def _from_earned(db: AsyncSession, of: Payment, amount: Money) -> list[Entry]:
    earned = await earnings.earning_of(db, of.id)
    # what the operator itself sold earned nobody else anything
    whole, before = split(of.released, of.terms), of.returned
    if earned is not None:
        whole, before = earned.split, earned.returned
    parts = part_of(whole, before, amount)
    entries = [Entry(accounts.REVENUE, parts.commission), Entry(accounts.TAX, parts.tax)]
    if earned is not None:
        await earnings.count_returned(db, of.id, amount.minor)
        entries.append(Entry(accounts.expert(earned.expert_id), parts.expert))
    if of.terms.partner:
        entries.append(Entry(accounts.partner(of.terms.partner), parts.partner))
    return entries


async def refund_done(db: AsyncSession, refund_id: str, *, reference: str, now: datetime) -> bool:
    """The processor took a refund; False when that was known."""
    if not await refunds.mark_sent(db, refund_id, reference=reference, now=now):
        return False
    sent = await refunds.refund(db, refund_id)
    if sent is None:
        return False
    of = await rows.locked(db, sent.payment_id)
    entries = [
        Entry(accounts.REFUNDS, sent.amount),
        Entry(accounts.processor(of.rail), -sent.amount),
    ]
    await ledger.post(
        db, key=f"refunded:{refund_id}", reason="refund sent", entries=entries, now=now
    )
    await settle_state(db, of)
    return True


async def put_off(db: AsyncSession, refund: Refund, *, now: datetime) -> int:
    """No answer came: it is asked for again after 5 seconds, and each time after twice as long,
    up to an hour. Returns how often it was asked for in vain."""
    wait = _FIRST_WAIT * 2 ** min(refund.tries, _LONGEST_DOUBLING)
    try_at = now + min(wait, _LONGEST_WAIT)
    await refunds.note_try(db, refund.id, tries=refund.tries + 1, try_at=try_at)
    return refund.tries + 1


async def refund_failed(
    db: AsyncSession, refund: Refund, *, now: datetime, known: bool = True
) -> bool:
    """The payer's bank sent a refund back, or nothing can be sent: it becomes credit, or where
    the payer is not `known` any more it is owed to nobody, for the operator to see.

    False when that was done.
    """
    of = await rows.locked(db, refund.payment_id)
    to = RefundTo.CREDIT if known else RefundTo.UNCLAIMED
    if not await refunds.redirect(db, refund, to, now=now):
        return False
    account = accounts.credit(of.payer) if known else accounts.UNCLAIMED
    source = accounts.REFUNDS if refund.sent_at is None else accounts.processor(of.rail)
    await ledger.post(
        db, key=f"refund-failed:{refund.id}", reason=f"refund failed: {to}", now=now,
        entries=[Entry(source, refund.amount), Entry(account, -refund.amount)],
    )  # fmt: skip
    await settle_state(db, of)
    return True


async def settle_state(db: AsyncSession, of: Payment) -> None:
    """The state after a refund is out of the house: all back, or a part."""
    waiting = [one for one in await refunds.refunds_of(db, of.id) if one.sent_at is None]
    if not waiting:
        await rows.move(
            db, of.id, frm=[PaymentState.REFUNDING], state=_after(of.refunded, of)
        )  # fmt: skip


def _after(refunded: Money, of: Payment) -> PaymentState:
    return PaymentState.REFUNDED if refunded == of.total else PaymentState.PARTLY_REFUNDED
