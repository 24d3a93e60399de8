"""The random life with what is bought in advance: packages, subscriptions, and holds on cards."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from kernel.ids import OfferId
from kernel.money import Money
from payments import service as payments
from payments.model import Captured, Payment, PaymentState, Purpose, Rail
from payments.offers_of_money import BoughtPackage, Package, Plan
from tests.payments.operations import EXPERTS, PEOPLE, Operation, RandomLife

_PERIOD, _HOLD = timedelta(days=30), timedelta(days=7)


@dataclass
class FullLife(RandomLife):
    """Everything that money does."""

    packages: list[BoughtPackage] = field(default_factory=list)
    firsts: list[Payment] = field(default_factory=list)

    async def begin(self) -> None:
        """The same, and subscriptions to everybody."""
        await super().begin()
        async with self.sessions.begin() as db:
            for number, expert in enumerate(EXPERTS, start=1):
                await payments.save_plan(db, Plan(expert, 3, Money(100 * number, "XTR")))

    def operations(self) -> Sequence[tuple[Operation, int]]:
        return [
            *super().operations(),
            (self._buy, 2), (self._use, 6), (self._end, 1), (self._subscribe, 2), (self._renew, 2),
            (self._ask, 5), (self._stop, 1), (self._hold, 6), (self._capture, 4),
        ]  # fmt: skip

    async def _buy(self, db: AsyncSession) -> None:
        each = Money(self.chance.randint(50, 10_000), self.chance.choice(["USD", "JPY", "KWD"]))
        sold = Package(f"p{self.number}", OfferId("o"), self.chance.randint(2, 5), each, 30)
        buyer = self.chance.choice(PEOPLE)
        order = await payments.order_package(db, buyer, sold)
        made = await payments.open_payment(
            db, subject=order.id, payer=buyer, amount=sold.price, rail=Rail.CARD,
            purpose=Purpose.PACKAGE, now=self.now,
        )  # fmt: skip
        charge = f"pi_{made.id}"
        await payments.mark_paid(db, made.id, charge=charge, amount=sold.price, now=self.now)
        self.packages.append(await payments.begin_package(db, made, now=self.now))
        self.bought.append(made.id)
        del self.packages[:-10], self.bought[:-10]

    async def _use(self, db: AsyncSession) -> None:
        if self.packages:
            package = self.chance.choice(self.packages)
            made = await payments.open_payment(
                db, subject=f"u{self.number}", payer=package.client, amount=package.each,
                rail=Rail.CARD, now=self.now,
            )  # fmt: skip
            await payments.use_package(db, made, package, now=self.now)
            self.paid.append(made.id)

    async def _end(self, db: AsyncSession) -> None:
        if self.packages:
            package = self.packages.pop(self.chance.randrange(len(self.packages)))
            as_credit = self.chance.random() < 0.5
            await payments.end_package(db, package, now=self.now, as_credit=as_credit)

    async def _subscribe(self, db: AsyncSession) -> None:
        client = self.chance.choice(PEOPLE)
        order = await payments.order_subscription(db, client, self.chance.choice(EXPERTS))
        made = await payments.open_payment(
            db, subject=order.subject, payer=client, amount=order.price, rail=Rail.STARS,
            purpose=Purpose.SUBSCRIPTION, now=self.now,
        )  # fmt: skip
        charge = f"ch_{made.id}"
        await payments.mark_paid(db, made.id, charge=charge, amount=made.amount, now=self.now)
        await payments.begin_subscription(db, made, charge=charge, until=self.now + _PERIOD)
        self.firsts.append(made)
        del self.firsts[:-20]

    async def _renew(self, db: AsyncSession) -> None:
        if self.firsts:
            first = self.chance.choice(self.firsts)
            of = await payments.subscription_of(db, first)
            await payments.renew(
                db, first, charge=f"ch_{self.number}", amount=of.price, now=self.now,
                until=(of.until or self.now) + self.chance.choice([timedelta(0), _PERIOD]),
            )  # fmt: skip

    async def _ask(self, db: AsyncSession) -> None:
        if self.firsts:
            of = await payments.subscription_of(db, self.chance.choice(self.firsts))
            made = await payments.open_payment(
                db, subject=f"q{self.number}", payer=of.client, amount=Money(250, "XTR"),
                rail=Rail.STARS, purpose=Purpose.QUESTION, now=self.now,
            )  # fmt: skip
            await payments.use_subscription(db, made, of.expert_id, now=self.now)
            self.paid.append(made.id)

    async def _stop(self, db: AsyncSession) -> None:
        if self.firsts:
            of = await payments.subscription_of(db, self.chance.choice(self.firsts))
            stop = self.chance.choice(
                [payments.stop, payments.give_back, payments.end_subscription]
            )
            await stop(db, of, now=self.now)

    async def _hold(self, db: AsyncSession) -> None:
        payment = self._any(self.open)
        if payment is None:
            return
        of = await payments.payment(db, payment)
        if of.rail is Rail.CARD and of.amount and of.purpose is Purpose.SESSION:
            await payments.mark_paid(
                db, payment, charge=f"pi_{payment}", amount=of.amount, now=self.now,
                hold_until=self.now + _HOLD,
            )  # fmt: skip
            self.paid.append(payment)

    async def _capture(self, db: AsyncSession) -> None:
        for due in (await payments.holds_due(db, ending=self.now))[:3]:
            assert due.state is not PaymentState.NEW
            kept = payments.to_capture(due)
            if self.chance.random() < 0.1:
                kept = Money(0, kept.currency)
            captured = Captured(kept, kept.percent(3) if kept else None)
            await payments.hold_settled(db, due.id, captured, now=self.now)
