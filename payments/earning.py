"""What a session earned: split between expert, platform, tax office and partner."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from kernel.ids import ExpertId, PaymentId, SessionId, new_id
from kernel.money import Money
from payments import accounts, ledger
from payments.ledger import Entry
from payments.model import Earning, Payment, Purpose, Rail
from payments.repository import disputes, earnings
from payments.repository import payments as rows
from payments.split import Split, Terms, part_of, split

PAYABLE_AFTER = timedelta(hours=48)
DISPUTED = "dispute"


async def release(
    db: AsyncSession, session_id: SessionId, *, expert_id: ExpertId, now: datetime
) -> Money | None:
    """What is still held for a session goes to its expert, the platform, the tax office and the
    partner, as was agreed when the payment was opened.

    Returns the expert's part, None when nothing was held.
    """
    of = await rows.paid_for(db, session_id)
    return None if of is None else await release_payment(db, of, expert_id=expert_id, now=now)


async def release_payment(
    db: AsyncSession, of: Payment, *, expert_id: ExpertId | None, now: datetime
) -> Money | None:
    """The same for any payment. Payable after 48 hours, unless a dispute is open.

    Without an expert, by terms that leave nothing to one, it is what the operator itself sold.
    """
    of = await rows.locked(db, of.id)
    held = of.still_held
    if held.minor <= 0 or not await rows.take_from_held(db, of.id, release=held.minor):
        return None
    terms = of.terms if of.purpose is not Purpose.TIP else Terms(tax=of.terms.tax)
    parts = split(held, terms)
    if expert_id is not None:
        disputed = await _is_disputed(db, of)
        await earnings.add(
            db,
            Earning(
                id=new_id(), payment_id=of.id, purpose=of.purpose, subject=of.subject,
                expert_id=expert_id, split=parts, returned=Money(0, held.currency),
                released_at=now, payable_at=now + PAYABLE_AFTER,
                frozen=DISPUTED if disputed else None, payout_id=None,
            ),
        )  # fmt: skip
    await ledger.post(
        db, key=f"released:{of.id}", reason=f"{of.purpose} settled", now=now,
        entries=[Entry(accounts.held(of.subject), held), *_shares(parts, expert_id, terms)],
    )  # fmt: skip
    return parts.expert


async def _is_disputed(db: AsyncSession, of: Payment) -> bool:
    """Whether a bank asks for it back, or for the package that paid it."""
    bought = None
    if of.rail is Rail.PACKAGE:
        bought = await rows.payment_for(db, Purpose.PACKAGE, of.paid_from)
    disputed = [of.id] if bought is None else [of.id, bought.id]
    return any([await disputes.is_disputed(db, one) for one in disputed])


async def freeze(db: AsyncSession, payment_id: PaymentId, why: str | None) -> bool:
    """Keep an earning from being paid out, or let it (None), unless a bank asks for it back: then
    that keeps it. False when it is paid out."""
    if why is None and await _is_disputed(db, await rows.payment(db, payment_id)):
        why = DISPUTED
    return await earnings.freeze(db, payment_id, why)


def _shares(parts: Split, expert_id: ExpertId | None, terms: Terms) -> list[Entry]:
    shares = [Entry(accounts.REVENUE, -parts.commission), Entry(accounts.TAX, -parts.tax)]
    if expert_id is not None:
        shares.append(Entry(accounts.expert(expert_id), -parts.expert))
    if terms.partner:
        shares.append(Entry(accounts.partner(terms.partner), -parts.partner))
    return shares


def kept_by_expert(earned: Earning) -> Money:
    """The expert's part of what was not taken back."""
    nothing = Money(0, earned.returned.currency)
    if not earned.returned:
        return earned.split.expert
    return earned.split.expert - part_of(earned.split, nothing, earned.returned).expert


@dataclass(frozen=True)
class Earnings:
    """What an expert has coming in one currency, and what they were paid.

    `owed` is what they have to give back after refunds, 0 or more.
    """

    pending: Money
    payable: Money
    frozen: Money
    paid: Money
    owed: Money


async def summary(db: AsyncSession, expert_id: ExpertId, *, now: datetime) -> list[Earnings]:
    """An expert's earnings, one entry a currency."""
    sums: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for one in await earnings.not_paid_out(db, expert_id):
        kept = kept_by_expert(one)
        sums[kept.currency][one.state(now)] += kept.minor
    for out in await earnings.payouts_of(db, expert_id):
        left = out.amount - out.reversed
        sums[left.currency]["paid"] += left.minor
    found = []
    for currency, of in sums.items():
        balance = await ledger.balance(db, accounts.expert(expert_id), currency)
        coming = of["pending"] + of["payable"] + of["frozen"]
        debt = max(0, coming - balance.minor)
        payable = max(0, of["payable"] - debt)
        found.append(
            Earnings(
                pending=Money(of["pending"], currency), payable=Money(payable, currency),
                frozen=Money(of["frozen"], currency), paid=Money(of["paid"], currency),
                owed=Money(debt, currency),
            )
        )  # fmt: skip
    return found


async def earned_so_far(db: AsyncSession, expert_id: ExpertId) -> list[Money]:
    """What an expert earned and was not paid out, an amount a currency."""
    return await ledger.holdings(db, accounts.expert(expert_id))
