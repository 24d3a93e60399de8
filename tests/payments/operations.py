"""A random life of money: what anybody may do at any moment, one operation after another."""

import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from kernel.errors import DomainError
from kernel.ids import ExpertId, PaymentId, PersonId
from kernel.money import Money
from payments import service as payments
from payments.model import (
    DisputeState,
    FetchedDispute,
    Payment,
    PayoutAccount,
    PayoutMethod,
    Purpose,
    Rail,
)
from payments.offers_of_money import PromoCode
from payments.split import Terms
from storage.engine import SessionMaker
from tests.clock import NOON

PEOPLE = [PersonId(f"person{number}") for number in range(20)]
EXPERTS = [ExpertId(f"expert{number}") for number in range(5)]
CURRENCIES = ("USD", "JPY", "KWD", "XTR")
CODES = (PromoCode("TENTH", per_mille=100, per_person=10**6),
         PromoCode("FIVE", amount=Money(500, "USD"), units=50, per_person=10**6))  # fmt: skip
_KEPT = 60

Operation = Callable[[AsyncSession], Awaitable[object]]


@dataclass
class RandomLife:
    """Does random operations, and remembers what may be done next."""

    sessions: SessionMaker
    chance: random.Random
    now: datetime = NOON
    number: int = 0
    refused: int = 0
    open: list[PaymentId] = field(default_factory=list)
    paid: list[PaymentId] = field(default_factory=list)
    over: list[PaymentId] = field(default_factory=list)
    bought: list[PaymentId] = field(default_factory=list)
    disputed: list[FetchedDispute] = field(default_factory=list)
    gifts: list[str] = field(default_factory=list)

    async def begin(self) -> None:
        """Codes, and accounts for some of the experts."""
        async with self.sessions.begin() as db:
            for code in CODES:
                await payments.save_code(db, code)
            for expert in EXPERTS[:3]:
                await payments.set_account(db, PayoutAccount(expert, f"acct_{expert}", ready=True))

    async def step(self) -> None:
        """One operation in one transaction; what the rules refuse is undone and counted."""
        self.number += 1
        self.now += timedelta(minutes=self.chance.randrange(60))
        operations, weights = zip(*self.operations(), strict=True)
        operation = self.chance.choices(operations, weights)[0]
        try:
            async with self.sessions.begin() as db:
                await operation(db)
        except DomainError:
            self.refused += 1
        for kept in (self.open, self.paid, self.over):
            del kept[:-_KEPT]

    def operations(self) -> Sequence[tuple[Operation, int]]:
        """What may happen, with how often it does."""
        return [
            (self._open, 20), (self._pay, 20), (self._agree, 6), (self._release, 12),
            (self._refund, 8), (self._send, 8), (self._dispute, 2), (self._decide, 2),
            (self._pay_out, 4), (self._transfers, 4), (self._give, 3), (self._gift, 2),
            (self._redeem, 2), (self._freeze, 1), (self._give_up, 2),
        ]  # fmt: skip

    def _any(self, of: list[PaymentId]) -> PaymentId | None:
        return self.chance.choice(of) if of else None

    def _part(self, of: Money) -> Money:
        share = self.chance.choice([of.minor, self.chance.randint(1, max(1, of.minor))])
        return Money(share, of.currency)

    async def _open(self, db: AsyncSession) -> None:
        currency = self.chance.choice(CURRENCIES)
        rail = Rail.STARS if currency == "XTR" else self.chance.choice([Rail.CARD, Rail.INVOICE])
        terms = Terms(self.chance.randint(0, 1000), self.chance.choice([0, 77, 190]),
                      "cafe", self.chance.choice([0, 333]))  # fmt: skip
        made = await payments.open_payment(
            db, subject=f"s{self.number}", payer=self.chance.choice(PEOPLE),
            amount=Money(self.chance.randint(1, 100_000), currency), rail=rail, terms=terms,
            purpose=self.chance.choice([Purpose.SESSION, Purpose.SESSION, Purpose.TIP]),
            now=self.now,
        )  # fmt: skip
        self.open.append(made.id)

    async def _pay(self, db: AsyncSession) -> None:
        payment = self._any(self.open)
        if payment is None:
            return
        of = await payments.payment(db, payment)
        charge = f"pi_{payment}" if of.amount else None
        await payments.mark_paid(
            db, payment, charge=charge, amount=of.amount, fee=of.amount.percent(3), now=self.now
        )
        self.paid.append(payment)

    async def _agree(self, db: AsyncSession) -> None:
        payment = self._any(self.open)
        if payment is None:
            return
        of = await payments.payment(db, payment)
        rail = Rail.STARS if of.price.currency == "XTR" else Rail.CARD
        if self.chance.random() < 0.5:
            await payments.apply_code(
                db, of, self.chance.choice(CODES).code, rail=rail, now=self.now
            )
        else:
            await payments.agree(
                db, of, discount=of.discount, use_credit=True, code=of.code, rail=rail,
                now=self.now,
            )  # fmt: skip

    async def _give_up(self, db: AsyncSession) -> None:
        payment = self._any(self.open)
        if payment is not None:
            await payments.give_up(db, await payments.payment(db, payment), now=self.now)

    async def _release(self, db: AsyncSession) -> None:
        payment = self._any(self.paid)
        if payment is not None:
            of = await payments.payment(db, payment)
            await payments.release_payment(
                db, of, expert_id=self.chance.choice(EXPERTS), now=self.now
            )
            self.over.append(payment)

    async def _refund(self, db: AsyncSession) -> None:
        payment = self._any(self.paid + self.over + self.bought)
        if payment is not None:
            of = await payments.payment(db, payment)
            await payments.request_refund(
                db, payment, self._part(of.refundable), reason="random", now=self.now,
                as_credit=self.chance.random() < 0.2,
            )  # fmt: skip

    async def _send(self, db: AsyncSession) -> None:
        for refund, of in (await payments.refunds_due(db))[:3]:
            if of.hold_until is not None:
                continue
            if self.chance.random() < 0.2:
                await payments.refund_failed(db, refund, now=self.now)
            else:
                await payments.refund_done(db, refund.id, reference=refund.id, now=self.now)

    async def _dispute(self, db: AsyncSession) -> None:
        payment = self._any(self.paid + self.over + self.bought)
        if payment is None:
            return
        of: Payment = await payments.payment(db, payment)
        charge = of.charge or ""
        if not charge.startswith("pi_") or of.hold_until is not None:
            return
        opened = FetchedDispute(
            f"dp_{self.number}", charge, of.amount, Money(15, of.amount.currency),
            DisputeState.OPEN,
        )  # fmt: skip
        if not await payments.is_disputed(db, payment):
            await payments.follow_dispute(db, opened, now=self.now)
            self.disputed.append(opened)

    async def _decide(self, db: AsyncSession) -> None:
        if self.disputed:
            opened = self.disputed.pop(self.chance.randrange(len(self.disputed)))
            state = self.chance.choice([DisputeState.WON, DisputeState.LOST])
            decided = FetchedDispute(opened.id, opened.charge, opened.amount, opened.fee, state)
            await payments.follow_dispute(db, decided, now=self.now)

    async def _pay_out(self, db: AsyncSession) -> None:
        await payments.pay_out(
            db, self.chance.choice(EXPERTS), self.chance.choice(CURRENCIES), now=self.now,
            method=self.chance.choice(list(PayoutMethod)), reference="random",
        )  # fmt: skip

    async def _transfers(self, db: AsyncSession) -> None:
        for payout in await payments.payouts_due(db):
            await payments.payout_sent(db, payout, reference=f"tr_{payout.id}", now=self.now)
        await payments.plan_reversals(db, now=self.now)
        for planned in await payments.reversals_due(db):
            if self.chance.random() < 0.3:
                await payments.reversal_refused(db, planned, now=self.now)
            else:
                await payments.reversal_done(db, planned, reference=planned.id, now=self.now)

    async def _give(self, db: AsyncSession) -> None:
        amount = Money(self.chance.randint(1, 5000), self.chance.choice(CURRENCIES))
        person, key = self.chance.choice(PEOPLE), f"{self.number}"
        if self.chance.random() < 0.3:
            await payments.take_credit(db, person, amount, key=key, reason="random", now=self.now)
        else:
            await payments.grant(db, person, amount, key=key, reason="random", now=self.now)

    async def _gift(self, db: AsyncSession) -> None:
        amount = Money(self.chance.randint(1, 10_000), "USD")
        buyer = self.chance.choice(PEOPLE)
        gift = await payments.order_voucher(db, buyer, amount)
        made = await payments.open_payment(
            db, subject=gift.id, payer=buyer, amount=amount, rail=Rail.CARD,
            purpose=Purpose.VOUCHER, now=self.now,
        )  # fmt: skip
        await payments.mark_paid(db, made.id, charge=f"pi_{made.id}", amount=amount, now=self.now)
        await payments.issue_voucher(db, made, now=self.now)
        self.gifts.append(gift.code)

    async def _redeem(self, db: AsyncSession) -> None:
        if self.gifts:
            await payments.redeem_voucher(
                db, self.chance.choice(self.gifts), by=self.chance.choice(PEOPLE), now=self.now
            )

    async def _freeze(self, db: AsyncSession) -> None:
        payment = self._any(self.over)
        if payment is not None:
            await payments.freeze(db, payment, self.chance.choice([None, "random"]))


@dataclass
class Balanced:
    """Whether what was booked since the last look sums to zero in each currency (SQLite)."""

    seen: int = 0

    async def look(self, db: AsyncSession) -> dict[str, int]:
        """The currencies that do not; the next look begins where this one ended."""
        found = await db.execute(
            text("SELECT currency, SUM(minor), MAX(rowid) FROM ledger_entries "
                 "WHERE rowid > :seen GROUP BY currency"),
            {"seen": self.seen},
        )  # fmt: skip
        rows = found.all()
        self.seen = max([self.seen, *(last for _, _, last in rows)])
        return {currency: total for currency, total, _ in rows if total}
