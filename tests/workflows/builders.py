"""A small world: Mia and Ben are clients, Ana is an expert with one offer."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from booking import service as booking
from booking.question_model import WrittenOffer
from kernel.ids import OfferId, PaymentId, SessionId
from kernel.money import Money
from payments import service as payments
from payments.model import Purpose, Rail
from payments.offers_of_money import BoughtPackage, Package
from payments.split import Terms
from people import service as people
from people.model import ExpertDraft, Person
from storage import outbox
from storage.engine import Database
from tests.booking.builders import EXPERT, NOW, OFFER, open_for_business
from workflows.checkout import HoldTime
from workflows.onboard import Join, Newcomer
from workflows.run_session import BeginSessions, EndSessions
from workflows.settle_payment import SettlePayment

LINK = "https://meet.example/{session}"
PRICE = Money(90_00, "USD")


@dataclass
class World:
    """The parts that the tests of workflows share; `now` moves only by hand."""

    database: Database
    now: datetime = NOW
    steps: int = field(default=0)
    terms: Terms = field(default_factory=lambda: Terms(commission=150))

    def clock(self) -> datetime:
        return self.now

    def later(self, **by: float) -> None:
        self.now += timedelta(**by)

    def command(self) -> str:
        self.steps += 1
        return f"test:{self.steps}"

    async def join(self, telegram_id: int, name: str) -> Person:
        newcomer = Newcomer(telegram_id, name, None, "en")
        return await Join(self.database.write, self.clock)(newcomer, command=self.command())

    async def open(self, **offer: object) -> OfferId:
        """Ana, who has started the bot, works from nine to five UTC."""
        draft = ExpertDraft(
            EXPERT, "Ana", {"en": "Coach"}, ("en",), ("job-change",), "UTC", telegram_id=77
        )
        async with self.database.write.begin() as db:
            await people.save_expert(db, draft, self.now)
            await open_for_business(db, **offer)
        await self.join(77, "Ana")
        return OFFER

    async def hold(self, client: Person, start: datetime) -> tuple[SessionId, PaymentId]:
        """A held session and its open payment."""
        held = await HoldTime(self.database.write, self.clock, LINK)(
            client, OFFER, start, command=self.command()
        )
        async with self.database.write.begin() as db:
            payment = await payments.open_payment(
                db, subject=held.id, payer=client.id, amount=held.price, rail=Rail.CARD,
                terms=self.terms, now=self.now,
            )  # fmt: skip
        return held.id, payment.id

    async def pay(self, payment: PaymentId) -> object:
        settle = SettlePayment(self.database.write, self.clock, LINK)
        return await settle(payment, charge="pi_1", amount=PRICE)

    async def ask(self, client: Person, price: Money) -> tuple[str, PaymentId]:
        """A paid written question that waits for its answer, and its payment."""
        async with self.database.write.begin() as db:
            await booking.save_written_offer(db, WrittenOffer(EXPERT, price, "card"))
            question = await booking.draft_question(
                db, expert_id=EXPERT, client=client.id, text="How do I negotiate?", now=self.now
            )
            payment = await payments.open_payment(
                db, subject=question.id, payer=client.id, amount=price, rail=Rail.CARD,
                purpose=Purpose.QUESTION, terms=self.terms, now=self.now,
            )  # fmt: skip
        settle = SettlePayment(self.database.write, self.clock, LINK)
        await settle(payment.id, charge="pi_1", amount=price)
        return question.id, payment.id

    async def order(self, client: Person, package: Package) -> tuple[BoughtPackage, PaymentId]:
        """An ordered package and its open payment."""
        async with self.database.write.begin() as db:
            ordered = await payments.order_package(db, client.id, package)
            payment = await payments.open_payment(
                db, subject=ordered.id, payer=client.id, amount=package.price, rail=Rail.CARD,
                purpose=Purpose.PACKAGE, now=self.now,
            )  # fmt: skip
        return ordered, payment.id

    async def pay_package(self, payment: PaymentId, package: Package) -> object:
        settle = SettlePayment(self.database.write, self.clock, LINK)
        return await settle(payment, charge="pi_p", amount=package.price)

    async def live_through(self, start: datetime) -> None:
        """The session at `start` begins, and is over an hour later, which is now."""
        self.now = start
        await BeginSessions(self.database.write, self.clock)()
        self.later(hours=1)
        await EndSessions(self.database.write, self.clock)()

    async def planned(self) -> list[str]:
        """Keys of what is planned to be said, in order of time."""
        async with self.database.write.begin() as db:
            claimed = await outbox.claim(
                db, now=self.now + timedelta(days=365), real_now=self.now, limit=200
            )
            await db.rollback()
        ordered = sorted(claimed, key=lambda one: one.notice.due_at)
        return [str(one.notice.key) for one in ordered]
