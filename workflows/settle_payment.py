"""Paid means booked or refunded: what happens when money has come."""

import asyncio
import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from booking import service as booking
from booking.errors import HoldGone, StateMoved
from booking.model import Session, SessionState
from kernel.clock import Clock
from kernel.ids import PaymentId, SessionId
from kernel.money import Money
from payments import service as payments
from payments.errors import RailDown
from payments.model import Payment, Rail
from payments.rails.card import CardRail
from storage import activity, outbox
from storage.engine import SessionMaker
from workflows import notices
from workflows.meetings import meeting_for, meeting_of

_log = logging.getLogger(__name__)

_RECONCILE_AFTER = timedelta(minutes=1)


async def confirm_paid(
    db: AsyncSession, session_id: SessionId, *, now: datetime, meeting_url: str
) -> Session:
    """The session is paid or free: it is confirmed, or asked of the expert, and all are told.

    Raises HoldGone when the hold ran out and somebody else has the time.
    """
    session = await booking.paid(db, session_id, now=now)
    if session.state is SessionState.CONFIRMED:
        return await announce_confirmed(db, session, now=now, meeting_url=meeting_url)
    await outbox.add(db, *notices.requested(await meeting_for(db, session), now=now))
    return session


async def announce_confirmed(
    db: AsyncSession, session: Session, *, now: datetime, meeting_url: str
) -> Session:
    """Give a confirmed session its link and plan all that is said about it."""
    link = await booking.group_link(db, session) or meeting_url.format(session=session.id)
    linked = await booking.set_link(db, session.id, link)
    await outbox.add(db, *notices.booked(await meeting_for(db, linked), now=now))
    return linked


@dataclass(frozen=True)
class SettlePayment:
    """Money has come: the session is confirmed, or the money goes back in full.

    The same payment again changes nothing.
    """

    sessions: SessionMaker
    clock: Clock
    meeting_url: str

    async def __call__(
        self, payment_id: PaymentId, *, charge: str, amount: Money
    ) -> Session | None:
        now = self.clock()
        async with self.sessions.begin() as db:
            payment = await payments.mark_paid(
                db, payment_id, charge=charge, amount=amount, now=now
            )
            if payment is None:
                return None
            await activity.record(db, payment.payer, "paid", at=now, about=payment.session_id)
            try:
                return await confirm_paid(
                    db, payment.session_id, now=now, meeting_url=self.meeting_url
                )
            except (HoldGone, StateMoved):
                await payments.request_refund(
                    db, payment.id, payment.amount, reason="time gone before the money", now=now
                )
                meeting = await meeting_of(db, payment.session_id)
                await outbox.add(db, *notices.paid_too_late(meeting, now=now))
                return None


@dataclass(frozen=True)
class TakeStripeEvent:
    """A webhook: stored by its id first, then handled; a repeated one is known.

    Raises BadSignature for an event that is not the processor's.
    """

    sessions: SessionMaker
    clock: Clock
    cards: CardRail
    handle_events: "HandleStripeEvents"

    async def __call__(self, body: bytes, signature: str) -> None:
        event = self.cards.read_event(body, signature)
        async with self.sessions.begin() as db:
            await payments.store_event(
                db, event, source="stripe", body=body.decode(), now=self.clock()
            )
        await self.handle_events()


@dataclass(frozen=True)
class HandleStripeEvents:
    """Stored events have their effect; the object is fetched again rather than trusted.

    One run after another: a payment brings several events at once, and each run does them all.
    """

    sessions: SessionMaker
    clock: Clock
    cards: CardRail
    settle: SettlePayment
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def __call__(self) -> None:
        async with self._turn:
            await self._handle_all()

    async def _handle_all(self) -> None:
        async with self.sessions() as db:
            due = await payments.events_due(db)
        for event in due:
            if event.kind.startswith("checkout.session."):
                await self._settle(event.reference)
            async with self.sessions.begin() as db:
                await payments.event_done(db, event.id, now=self.clock())

    async def _settle(self, reference: str) -> None:
        fetched = await self.cards.fetch(reference)
        if fetched.paid:
            await self.settle(
                fetched.payment_id, charge=fetched.charge or "", amount=fetched.amount
            )


@dataclass(frozen=True)
class Reconcile:
    """Payments that are open for a while are compared with the processor: what a lost webhook
    would have told is settled, and card pages whose hold is gone are closed."""

    sessions: SessionMaker
    clock: Clock
    cards: CardRail
    settle: SettlePayment

    async def __call__(self) -> None:
        now = self.clock()
        async with self.sessions() as db:
            waiting = await payments.open_since(db, rail=Rail.CARD, before=now - _RECONCILE_AFTER)
        for payment in waiting:
            try:
                await self._compare(payment)
            except RailDown as error:
                _log.warning("payment %s could not be compared: %s", payment.id, error)

    async def _compare(self, payment: Payment) -> None:
        if payment.reference is None:
            return
        fetched = await self.cards.fetch(payment.reference)
        if fetched.paid:
            await self.settle(payment.id, charge=fetched.charge or "", amount=fetched.amount)
            return
        async with self.sessions() as db:
            session = await booking.session(db, payment.session_id)
        if fetched.open and session.state is SessionState.HELD:
            return
        if fetched.open:
            await self.cards.expire(payment.reference)
        async with self.sessions.begin() as db:
            await payments.close_page(db, payment.id)
