"""Payments for tests, with only what matters spelt out."""

from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from kernel.ids import ExpertId, PaymentId, PersonId, SessionId
from kernel.money import Money
from payments import ledger
from payments import service as payments
from payments.model import Payment, PaymentState, Purpose, Rail
from payments.split import Terms
from tests.clock import NOON

PRICE = Money(6001, "USD")
MIA, BEN = PersonId("mia"), PersonId("ben")
SESSION, DANIEL = SessionId("session"), ExpertId("daniel")
TERMS = Terms(commission=150)
NOTHING = Money(0, "USD")


def a_payment(**changes: Any) -> Payment:
    """A payment as a value, not stored."""
    values: dict[str, Any] = {
        "id": PaymentId("payment1"), "purpose": Purpose.SESSION, "subject": "s", "payer": MIA,
        "price": PRICE, "discount": NOTHING, "credit": NOTHING, "amount": PRICE,
        "rail": Rail.CARD, "state": PaymentState.NEW, "version": 1, "terms": TERMS, "code": None,
        "reference": None, "url": None, "charge": None, "refunded": NOTHING, "by_rail": NOTHING,
        "returned": NOTHING, "released": NOTHING, "created_at": NOON, "paid_at": None,
    }  # fmt: skip
    return Payment(**(values | changes))


async def opened(
    db: AsyncSession, *, subject: str = SESSION, payer: PersonId = MIA, amount: Money = PRICE,
    rail: Rail = Rail.CARD, terms: Terms = TERMS, purpose: Purpose = Purpose.SESSION,
) -> Payment:  # fmt: skip
    """A payment that nobody paid yet."""
    return await payments.open_payment(
        db, subject=subject, payer=payer, amount=amount, rail=rail, terms=terms,
        purpose=purpose, now=NOON,
    )  # fmt: skip


async def paid(db: AsyncSession, *, charge: str = "pi_1", **what: Any) -> Payment:
    """A payment whose money came."""
    payment = await opened(db, **what)
    got = await payments.mark_paid(db, payment.id, charge=charge, amount=payment.amount, now=NOON)
    assert got is not None
    return got


async def released(db: AsyncSession, *, now: datetime = NOON, **what: Any) -> Payment:
    """A payment whose session is over."""
    payment = await paid(db, **what)
    await payments.release_payment(db, payment, expert_id=DANIEL, now=now)
    return await payments.payment(db, payment.id)


async def accounts(db: AsyncSession) -> dict[str, int]:
    """What is not zero: debits positive, credits negative."""
    return {account: total for (account, _), total in (await ledger.balances(db)).items() if total}
