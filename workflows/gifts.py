"""Gift vouchers and tips: bought like a session, and a voucher's code redeemed as credit."""

from dataclasses import dataclass, replace
from datetime import timedelta

from booking import service as booking
from kernel.clock import Clock
from kernel.ids import SessionId
from kernel.money import Money
from payments import service as payments
from payments.model import PaymentState, Purpose, Rail
from payments.split import Terms
from people.model import Person
from storage import commands
from storage.engine import SessionMaker
from texts.translator import Translator
from workflows.cashier import Cashier, Checkout
from workflows.closing import close_page
from workflows.meetings import meeting_for
from workflows.settle_payment import SettlePayment

# a card page lives 24 hours at most
_PAGE_OPEN = timedelta(hours=23)


@dataclass(frozen=True)
class Gifts:
    """What clients give: a voucher to a friend, a tip to an expert."""

    sessions: SessionMaker
    clock: Clock
    cashier: Cashier
    terms: Terms
    settle: SettlePayment

    async def give(self, person: Person, amount: Money, *, command: str) -> Checkout:
        """Buy a gift voucher by card; its code comes once it is paid."""
        now = self.clock()
        async with self.sessions.begin() as db:
            if done := await commands.earlier(db, command):
                subject = str(done.result)
            else:
                subject = (await payments.order_voucher(db, person.id, amount)).id
                await commands.record(db, command, now=now, result=subject)
            payment = await payments.open_payment(
                db, subject=subject, payer=person.id, amount=amount, rail=Rail.CARD,
                purpose=Purpose.VOUCHER, now=now,
            )  # fmt: skip
        title = Translator(person.language).plain("voucher-title")
        return await self.cashier(
            payment, title=title, description=title, language=person.language,
            expires_at=payment.created_at + _PAGE_OPEN,
        )  # fmt: skip

    async def redeem(self, person: Person, code: str, *, command: str) -> Money:
        """The gift becomes this person's credit. Raises UnknownCode, CodeUsedUp."""
        now = self.clock()
        async with self.sessions.begin() as db:
            if done := await commands.earlier(db, command):
                return Money(*done.result)
            gift = await payments.redeem_voucher(db, code, by=person.id, now=now)
            amount = gift.amount
            await commands.record(db, command, now=now, result=[amount.minor, amount.currency])
        return amount

    async def tip(self, person: Person, session_id: SessionId, amount: Money) -> Checkout:
        """A tip for a session of one's own, once; all of it is the expert's.

        Raises UnknownSession, AlreadyPaid.
        """
        now = self.clock()
        async with self.sessions.begin() as db:
            session = await booking.session(db, session_id, client=person.id)
            meeting = await meeting_for(db, session)
            payment = await payments.open_payment(
                db, subject=session_id, payer=person.id, amount=amount, rail=Rail.CARD,
                purpose=Purpose.TIP, terms=replace(self.terms, commission=0), now=now,
            )  # fmt: skip
            closing = None
            # a page that has closed by itself is asked for anew
            if payment.price != amount or payment.state is PaymentState.EXPIRED:
                closing = payment.reference if payment.state is PaymentState.OPEN else None
                payment = await payments.reprice(db, payment, amount)
        if closing is not None:
            await close_page(self.cashier.cards, closing, self.settle)
        title = Translator(person.language).plain("tip-title", expert=meeting.expert.name)
        return await self.cashier(
            payment, title=title, description=title, language=person.language,
            expires_at=now.replace(minute=0, second=0, microsecond=0) + _PAGE_OPEN,
        )  # fmt: skip
