"""Paid means booked or refunded: what happens when money has come."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

from sqlalchemy.ext.asyncio import AsyncSession

from booking import service as booking
from booking.errors import HoldGone, StateMoved
from booking.model import Session, SessionState
from kernel.clock import Clock
from kernel.ids import PaymentId, PersonId, SessionId
from kernel.money import Money
from payments import service as payments
from payments.errors import AlreadyPaid, PaymentMismatch, PriceChanged, UnknownPayment
from payments.model import Fetched, Payment, Purpose, Rail, StoredEvent
from payments.rails.limits import CARD_HOLD_LASTS
from payments.rails.telegram import read_payload
from people import blocks
from people import service as people
from storage import activity, outbox
from storage.engine import SessionMaker
from workflows import follow_up_notices, money_notices, notices
from workflows.blocking import give_back_ahead, let_package_go
from workflows.hold_window import show_again
from workflows.library import hand_over_paid
from workflows.meetings import meeting_of, meeting_with_need
from workflows.subscriptions import begin_paid, renew_paid
from workflows.written_questions import ask_paid

_PERIOD = timedelta(days=30)


async def confirm_paid(
    db: AsyncSession, session_id: SessionId, *, now: datetime, meeting_url: str
) -> Session:
    """The session is paid or free: it is confirmed, or asked of the expert, and all are told.

    Raises HoldGone when the hold ran out and somebody else has the time.
    """
    session = await booking.paid(db, session_id, now=now)
    if session.state is SessionState.CONFIRMED:
        return await announce_confirmed(db, session, now=now, meeting_url=meeting_url)
    await outbox.add(db, *notices.requested(await meeting_with_need(db, session, now=now), now=now))
    return session


async def announce_confirmed(
    db: AsyncSession, session: Session, *, now: datetime, meeting_url: str
) -> Session:
    """Give a confirmed session its link and plan all that is said about it."""
    link = await booking.group_link(db, session) or meeting_url.format(session=session.id)
    linked = await booking.set_link(db, session.id, link)
    meeting = await meeting_with_need(db, linked, now=now)
    await outbox.void(db, about=follow_up_notices.rebooking(session.client_id, session.expert_id))
    await outbox.add(db, *notices.booked(meeting, now=now))
    return linked


@dataclass(frozen=True)
class Came:
    """Money that a processor says has come. `charge` is None where credit paid all of it;
    `until` is the end of what was paid of a subscription; `held`: on the card, not taken yet."""

    payment_id: PaymentId
    charge: str | None
    amount: Money
    fee: Money | None = None
    until: datetime | None = None
    held: bool = False

    @classmethod
    def by(cls, page: Fetched) -> Self:
        """What was paid on a card page."""
        return cls(page.payment_id, page.charge, page.amount, page.fee, held=page.held)

    def hold_until(self, now: datetime) -> datetime | None:
        """When the hold on the card ends, if it is one."""
        return now + CARD_HOLD_LASTS if self.held else None


@dataclass(frozen=True)
class SettlePayment:
    """Money has come: what was paid for happens, or the money goes back in full.

    The same money again changes nothing. Money that was not owed (paid twice, or another
    amount) goes back as well.
    """

    sessions: SessionMaker
    clock: Clock
    meeting_url: str

    async def __call__(
        self, payment_id: PaymentId, *, charge: str | None, amount: Money
    ) -> Session | None:
        async with self.sessions.begin() as db:
            return await self.within(db, Came(payment_id, charge, amount))

    async def within(self, db: AsyncSession, came: Came) -> Session | None:
        """The same inside a transaction. Raises UnknownPayment."""
        now = self.clock()
        try:
            payment = await payments.mark_paid(
                db, came.payment_id, charge=came.charge, amount=came.amount, fee=came.fee, now=now,
                hold_until=came.hold_until(now),
            )  # fmt: skip
        except (AlreadyPaid, PaymentMismatch):
            of = await payments.payment(db, came.payment_id)
            if not await _renewed(db, of, came, now=now):
                await give_back_stray(db, of.payer, of.rail, came, now=now)
            return None
        if payment is None:
            return None
        payer = await people.get(db, payment.payer)
        await activity.record(
            db, payer.id, "paid", at=now, about=payment.subject, profiling=payer.profiling
        )
        if payment.purpose is Purpose.SESSION:
            return await self._book(db, payment, now=now)
        until = came.until or now + _PERIOD
        await _happen(db, payment, charge=came.charge or "", until=until, now=now)
        return None

    async def _book(self, db: AsyncSession, payment: Payment, *, now: datetime) -> Session | None:
        try:
            paid = await confirm_paid(db, payment.session_id, now=now, meeting_url=self.meeting_url)
        except (HoldGone, StateMoved):
            if payment.total:
                await payments.request_refund(
                    db, payment.id, payment.total, reason="time gone before the money", now=now
                )
            meeting = await meeting_of(db, payment.session_id)
            await outbox.add(db, *notices.paid_too_late(meeting, paid=payment.total, now=now))
            return None
        await show_again(db, paid, "paid")
        return paid


async def _happen(
    db: AsyncSession, payment: Payment, *, charge: str, until: datetime, now: datetime
) -> None:
    """What was paid for, if it is no session."""
    match payment.purpose:
        case Purpose.TIP:
            await _tip(db, payment, now=now)
        case Purpose.VOUCHER:
            gift = await payments.issue_voucher(db, payment, now=now)
            await outbox.add(db, money_notices.gift_ready(gift, now=now))
        case Purpose.PACKAGE:
            await _begin_package(db, payment, now=now)
        case Purpose.QUESTION:
            await ask_paid(db, payment, now=now)
        case Purpose.ITEM:
            await hand_over_paid(db, payment, now=now)
        case Purpose.SUBSCRIPTION:
            await begin_paid(db, payment, charge=charge, until=until, now=now)
        case _:
            raise LookupError(f"nothing is sold as {payment.purpose}")


async def give_back_stray(
    db: AsyncSession, payer: PersonId, rail: Rail, came: Came, *, now: datetime
) -> None:
    """Money that was not owed is booked, and goes back in full; nor is it taken again."""
    if came.charge is None:
        return
    if came.until is not None:
        await payments.ask_stop(db, came.charge, payer, now=now)
    stray = await payments.take_stray(
        db, payer=payer, rail=rail, charge=came.charge, amount=came.amount, now=now,
        hold_until=came.hold_until(now),
    )  # fmt: skip
    if stray is not None:
        await payments.request_refund(db, stray.id, stray.amount, reason="not owed", now=now)
        await outbox.add(db, money_notices.paid_on_top(stray, now=now))


async def _renewed(db: AsyncSession, of: Payment, came: Came, *, now: datetime) -> bool:
    if came.until is None or came.charge is None:
        return False
    return await renew_paid(
        db, of, charge=came.charge, amount=came.amount, until=came.until, now=now
    )


async def _begin_package(db: AsyncSession, payment: Payment, *, now: datetime) -> None:
    package = await payments.begin_package(db, payment, now=now)
    offer = await booking.offer(db, package.offer_id)
    expert = await people.expert(db, offer.expert_id)
    if await blocks.between(db, package.client, expert.id):
        await give_back_ahead(db, package.client, expert, now=now)
    elif not offer.active:
        await let_package_go(db, package, expert, now=now)
    # a series tells by itself what could be booked
    elif package.series_of is None:
        await outbox.add(db, money_notices.package_ready(package, offer, expert, now=now))


async def _tip(db: AsyncSession, payment: Payment, *, now: datetime) -> None:
    meeting = await meeting_of(db, payment.session_id)
    earned = await payments.release_payment(db, payment, expert_id=meeting.expert.id, now=now)
    if earned is not None:
        await outbox.add(
            db, *money_notices.tipped(meeting.expert, payment.id, payment.amount, now=now)
        )


@dataclass(frozen=True)
class TelegramPaid:
    """A payment inside Telegram as its message tells it; `until` for a subscription."""

    payload: str
    charge: str
    provider_charge: str
    amount: Money
    telegram_user: int
    until: datetime | None = None

    @property
    def rail(self) -> Rail:
        return Rail.STARS if self.amount.currency == "XTR" else Rail.INVOICE

    @property
    def to_refund(self) -> str:
        """The charge that a refund names."""
        return self.charge if self.rail is Rail.STARS else self.provider_charge


@dataclass(frozen=True)
class TakeTelegramPayment:
    """Telegram says that somebody paid: stored by its charge and settled in one transaction.

    Money for something unknown goes back.
    """

    sessions: SessionMaker
    clock: Clock
    settle: SettlePayment

    async def __call__(self, paid: TelegramPaid) -> None:
        now = self.clock()
        event = StoredEvent(f"telegram:{paid.charge}", "successful_payment", paid.payload)
        async with self.sessions.begin() as db:
            await payments.store_event(db, event, source="telegram", body=repr(paid), now=now)
            if not await payments.event_done(db, event.id, now=now):
                return
            await self._settle(db, paid, now=now)

    async def _settle(self, db: AsyncSession, paid: TelegramPaid, *, now: datetime) -> None:
        payment_id = PaymentId(paid.payload.partition(":")[0])
        came = Came(payment_id, paid.to_refund, paid.amount, until=paid.until)
        try:
            read_payload(paid.payload)
            await self.settle.within(db, came)
        except (UnknownPayment, PriceChanged):
            person = await people.by_telegram(db, paid.telegram_user)
            payer = person.id if person else PersonId(f"telegram:{paid.telegram_user}")
            await give_back_stray(db, payer, paid.rail, came, now=now)
