"""Money to experts: decided, sent, and taken back when a refund comes after it."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from kernel.ids import ExpertId, new_id
from kernel.money import Money
from payments import accounts, ledger
from payments.earning import kept_by_expert
from payments.errors import NoPayoutAccount, NothingToPayOut
from payments.ledger import Entry
from payments.model import Payout, PayoutAccount, PayoutMethod, PayoutReversal
from payments.repository import earnings, reversals

_BY_CARD = accounts.processor("card")


def goes_by_transfer(account: PayoutAccount | None, currency: str) -> bool:
    """Whether a transfer takes what an expert with such an account earned in a currency."""
    return account is not None and account.ready and currency != "XTR"


async def pay_out(
    db: AsyncSession, expert_id: ExpertId, currency: str, *, method: PayoutMethod, now: datetime,
    reference: str | None = None,
) -> Payout:  # fmt: skip
    """Everything payable of an expert in one currency, less what they owe after refunds.

    By hand it is done with its `reference`; a transfer is sent later. Raises NothingToPayOut,
    NoPayoutAccount.
    """
    transfer = method is PayoutMethod.TRANSFER
    if transfer:
        account = await earnings.account_of(db, expert_id)
        if not goes_by_transfer(account, currency):
            raise NoPayoutAccount
    payout_id = new_id()
    amount = await _available(db, expert_id, currency, now=now)
    if amount.minor <= 0:
        raise NothingToPayOut
    decided = Payout(
        id=payout_id, expert_id=expert_id, amount=amount, method=method, reference=reference,
        reversed=Money(0, currency), requested_at=now, sent_at=None if transfer else now,
    )  # fmt: skip
    await earnings.add_payout(db, decided)
    await earnings.take_payable(db, expert_id, currency, payout_id=payout_id, now=now)
    source = accounts.PAYOUTS if transfer else accounts.BANK
    await ledger.post(
        db, key=f"payout:{payout_id}", reason=f"payout {method}", now=now,
        entries=[Entry(accounts.expert(expert_id), amount), Entry(source, -amount)],
    )  # fmt: skip
    return decided


async def _available(
    db: AsyncSession, expert_id: ExpertId, currency: str, *, now: datetime
) -> Money:
    """The expert's balance without what is not payable yet; one payout at a time sees it."""
    found = await earnings.not_paid_out(db, expert_id, lock=True)
    mine = [one for one in found if one.split.expert.currency == currency]
    if not any(one.state(now) == "payable" for one in mine):
        return Money(0, currency)
    later = sum(
        kept_by_expert(one).minor for one in mine if one.state(now) in {"pending", "frozen"}
    )
    balance = await ledger.balance(db, accounts.expert(expert_id), currency)
    return balance - Money(later, currency)


async def payout_sent(db: AsyncSession, payout: Payout, *, reference: str, now: datetime) -> bool:
    """The processor took a transfer; False when that was known."""
    if not await earnings.mark_payout_sent(db, payout.id, reference=reference, now=now):
        return False
    return await ledger.post(
        db, key=f"payout-sent:{payout.id}", reason="transfer sent", now=now,
        entries=[Entry(accounts.PAYOUTS, payout.amount), Entry(_BY_CARD, -payout.amount)],
    )  # fmt: skip


async def reversals_wanted(db: AsyncSession) -> bool:
    """Whether `plan_reversals` would ask anything back."""
    for expert_id, debt in await reversals.in_debt(db):
        if await reversals.reversible(db, expert_id, debt.currency):
            return True
    return False


async def plan_reversals(db: AsyncSession, *, now: datetime) -> None:
    """Experts who owe after a refund: what they were sent by transfer is asked back.

    What was paid by hand stays a debt, and the next payout is less by it.
    """
    for expert_id, debt in await reversals.in_debt(db, lock=True):
        left = debt
        for sent in await reversals.reversible(db, expert_id, debt.currency):
            part = min(left, sent.amount - sent.reversed, key=lambda one: one.minor)
            if not part:
                break
            await _plan(db, sent, part, now=now)
            left -= part


async def _plan(db: AsyncSession, sent: Payout, part: Money, *, now: datetime) -> None:
    if not await earnings.count_reversed(db, sent.id, part.minor):
        return
    planned = PayoutReversal(new_id(), sent.id, sent.reference or "", part)
    await reversals.add(db, planned, now=now)
    await ledger.post(
        db, key=f"reversal-asked:{planned.id}", reason="transfer asked back after a refund",
        now=now, may_owe=True,
        entries=[Entry(accounts.PAYOUTS, part), Entry(accounts.expert(sent.expert_id), -part)],
    )  # fmt: skip


async def reversal_done(
    db: AsyncSession, planned: PayoutReversal, *, reference: str, now: datetime
) -> None:
    """The processor took a transfer back; telling it twice changes nothing."""
    if await reversals.settle(db, planned.id, reference=reference, now=now):
        await ledger.post(
            db, key=f"reversal-done:{planned.id}", reason="transfer taken back", now=now,
            entries=[Entry(_BY_CARD, planned.amount), Entry(accounts.PAYOUTS, -planned.amount)],
        )  # fmt: skip


async def reversal_refused(db: AsyncSession, planned: PayoutReversal, *, now: datetime) -> None:
    """The processor cannot take it back (the expert has spent it): it stays a debt."""
    payout = await earnings.payout(db, planned.payout_id)
    if payout is None or not await reversals.settle(db, planned.id, reference=None, now=now):
        return
    await ledger.post(
        db, key=f"reversal-refused:{planned.id}", reason="transfer could not be taken back",
        now=now, may_owe=True,
        entries=[Entry(accounts.expert(payout.expert_id), planned.amount),
                 Entry(accounts.PAYOUTS, -planned.amount)],
    )  # fmt: skip
