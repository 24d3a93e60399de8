"""What people see of money: payments, why an amount came back, earnings, credit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from booking import service as booking
from booking.model import SessionState
from kernel.clock import Clock
from kernel.ids import ExpertId, PaymentId, PersonId, SessionId
from kernel.money import Money
from payments import service as payments
from payments.errors import UnknownPayment
from payments.model import Earning, Payment, PayoutAccount, Purpose, Rail, Refund, RefundTo
from people import service as people
from people.model import Expert, Person
from storage.engine import SessionMaker
from workflows.cancel_session import TAKEN_BACK
from workflows.checkout import is_held_on_card
from workflows.meetings import meeting_of
from workflows.notices import Meeting


@dataclass(frozen=True)
class Paid:
    """A payment with the session it was for (None: something else), and what came back."""

    payment: Payment
    meeting: Meeting | None
    refunds: Sequence[Refund]
    earning: Earning | None
    disputed: bool


@dataclass(frozen=True)
class Due:
    """What is to be paid for a session: the amount, and what is taken off the price; or that a
    package paid it. `on_hold`: the card is only held until the session is over."""

    amount: Money
    discount: Money
    credit: Money
    can_use_credit: bool
    by_package: bool
    on_hold: bool


@dataclass(frozen=True)
class Why:
    """Why a refund is as much as it is.

    `notice_hours` is how long before the start the session was cancelled, and `percent` what
    the policy it was booked under gives back for that; both None where the policy had no say.
    `taken` is how many minutes one that is paid by the minute took.
    """

    paid: Paid
    cancelled_by: str | None
    notice_hours: float | None
    percent: int | None
    taken: int | None = None


@dataclass(frozen=True)
class ExpertMoney:
    """Everything that an expert sees of their money; the newest earnings first."""

    expert: Expert
    sums: Sequence[payments.Earnings]
    earned: Sequence[tuple[Earning, Meeting | None]]
    account: PayoutAccount | None
    now: datetime


@dataclass(frozen=True)
class MoneyQueries:
    """Every read about money that an edge makes."""

    sessions: SessionMaker
    clock: Clock

    async def history(self, person: PersonId, *, limit: int) -> list[Paid]:
        """What a person paid, newest first."""
        async with self.sessions() as db:
            found = await payments.history(db, person)
            return [await _paid(db, one) for one in found[:limit]]

    async def paid(self, payment_id: PaymentId, *, payer: PersonId | None = None) -> Paid:
        """One payment, for its payer or (None) an admin. Raises UnknownPayment."""
        async with self.sessions() as db:
            return await _paid(db, await _payment(db, payment_id, payer))

    async def why(self, payment_id: PaymentId, *, payer: PersonId | None = None) -> Why:
        """Why as much came back as did. Raises UnknownPayment."""
        async with self.sessions() as db:
            paid = await _paid(db, await _payment(db, payment_id, payer))
            if paid.meeting is None:
                return Why(paid, None, None, None)
            session = paid.meeting.session
            moves = await booking.moves(db, session.id)
        end = next((one for one in moves if one.after is SessionState.CANCELLED), None)
        if end is None or end.why == TAKEN_BACK or end.before is not SessionState.CONFIRMED:
            # no policy had a say: each refund has its reason
            taken = None if session.finished_at is None else session.minutes_taken
            return Why(paid, None, None, None, taken)
        notice = session.starts_at - end.at
        hours = notice.total_seconds() / 3600
        if end.by != session.client_id:
            return Why(paid, "expert", hours, None)
        return Why(paid, "client", hours, session.policy.percent_back(notice))

    async def due(self, session_id: SessionId, client: PersonId) -> Due:
        """What a client is to pay for their session. Raises UnknownSession."""
        async with self.sessions() as db:
            session = await booking.session(db, session_id, client=client)
            payment = await payments.payment_of(db, session_id)
            credit = await payments.credit_of(db, client)
        nothing = Money(0, session.price.currency)
        due = payment.amount if payment else session.price
        usable = any(one.currency == due.currency and one.minor > 0 for one in credit)
        return Due(
            amount=due,
            discount=payment.discount if payment else nothing,
            credit=payment.credit if payment else nothing,
            can_use_credit=usable and bool(due),
            by_package=payment is not None and payment.rail is Rail.PACKAGE,
            on_hold=payment is not None and is_held_on_card(payment, session),
        )

    async def way_back(self, session_id: SessionId, client: PersonId) -> RefundTo | None:
        """Where a session's latest refund went, None where nothing came back.

        Raises UnknownSession.
        """
        async with self.sessions() as db:
            await booking.session(db, session_id, client=client)
            payment = await payments.payment_of(db, session_id)
            refunds = await payments.refunds_of(db, payment.id) if payment else []
        return refunds[-1].to if refunds else None

    async def credit(self, person: PersonId) -> list[Money]:
        """A person's credit, an amount a currency."""
        async with self.sessions() as db:
            return await payments.credit_of(db, person)

    async def expert_money(self, expert_id: ExpertId, *, limit: int) -> ExpertMoney:
        """Raises UnknownExpert."""
        now = self.clock()
        async with self.sessions() as db:
            earned = (await payments.earnings_of(db, expert_id))[:limit]
            return ExpertMoney(
                expert=await people.expert(db, expert_id),
                sums=await payments.summary(db, expert_id, now=now),
                earned=[(one, await _meeting(db, one.purpose, one.subject)) for one in earned],
                account=await payments.account_of(db, expert_id),
                now=now,
            )

    async def payable(self) -> list[tuple[Expert, Money, bool]]:
        """Experts with something payable: how much, and whether a transfer will take it."""
        now = self.clock()
        found = []
        async with self.sessions() as db:
            for expert_id, currency in await payments.payable(db, now=now):
                expert = await people.expert(db, expert_id)
                account = await payments.account_of(db, expert_id)
                ready = payments.goes_by_transfer(account, currency)
                found += [
                    (expert, one.payable, ready)
                    for one in await payments.summary(db, expert_id, now=now)
                    if one.payable.currency == currency and one.payable
                ]
        return found

    async def payer(self, telegram_id: int) -> Person | None:
        """Who an admin means by a Telegram id."""
        async with self.sessions() as db:
            return await people.by_telegram(db, telegram_id)


async def _payment(db: AsyncSession, payment_id: PaymentId, payer: PersonId | None) -> Payment:
    found = await payments.payment(db, payment_id)
    if payer is not None and found.payer != payer:
        raise UnknownPayment
    return found


async def _paid(db: AsyncSession, payment: Payment) -> Paid:
    return Paid(
        payment=payment,
        meeting=await _meeting(db, payment.purpose, payment.subject),
        refunds=await payments.refunds_of(db, payment.id),
        earning=await payments.earning_of(db, payment.id),
        disputed=await payments.is_disputed(db, payment.id),
    )


async def _meeting(db: AsyncSession, purpose: Purpose, subject: str) -> Meeting | None:
    if purpose not in {Purpose.SESSION, Purpose.TIP}:
        return None
    return await meeting_of(db, SessionId(subject))
