"""What the webhooks and updates lost is found by asking the processors."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession

from booking import service as booking
from booking.model import SessionState
from kernel.clock import Clock
from kernel.errors import DomainError
from payments import service as payments
from payments.errors import RailDown
from payments.model import Payment, Purpose, Rail
from payments.rails.card import CardRail
from payments.rails.telegram import StarRail
from storage.engine import SessionMaker
from workflows.card_events import FollowDispute, TakeBackRefund
from workflows.settle_payment import (
    Came,
    SettlePayment,
    TakeTelegramPayment,
    TelegramPaid,
)

_log = logging.getLogger(__name__)

_RECONCILE_AFTER = timedelta(minutes=1)
# longer than any invoice or card page that is not for a session can be paid
_SET_ASIDE = timedelta(days=1)


@dataclass(frozen=True)
class Reconcile:
    """Payments that are open for a while are compared with the processor: what a lost webhook
    would have told is settled, and card pages whose hold is gone are closed. So are disputes
    and refunds that came back."""

    sessions: SessionMaker
    clock: Clock
    cards: CardRail
    settle: SettlePayment
    follow_dispute: FollowDispute
    take_back_refund: TakeBackRefund

    async def __call__(self) -> None:
        before = self.clock() - _RECONCILE_AFTER
        async with self.sessions() as db:
            waiting = await payments.open_since(db, rail=Rail.CARD, before=before)
        for payment in waiting:
            await self._try(partial(self._compare, payment), payment.id)
        await self._try(self._disputes, "disputes")
        await self._try(self._came_back, "refunds")

    async def _try(self, step: Callable[[], Awaitable[None]], what: str) -> None:
        try:
            await step()
        except (RailDown, DomainError) as error:
            _log.warning("%s could not be compared: %s", what, error)

    async def _compare(self, payment: Payment) -> None:
        if payment.reference is None:
            return
        page = await self.cards.fetch(payment.reference)
        if page.paid:
            async with self.sessions.begin() as db:
                await self.settle.within(db, Came.by(page))
            return
        if page.open and await self._wanted(payment):
            return
        if page.open:
            await self.cards.expire(payment.reference)
        async with self.sessions.begin() as db:
            await payments.close_page(db, payment)

    async def _wanted(self, payment: Payment) -> bool:
        if payment.purpose is not Purpose.SESSION:
            return True
        async with self.sessions() as db:
            session = await booking.session(db, payment.session_id)
        return session.state is SessionState.HELD

    async def _disputes(self) -> None:
        for dispute in await self.cards.recent_disputes():
            async with self.sessions.begin() as db:
                await self.follow_dispute(db, dispute)

    async def _came_back(self) -> None:
        for reference in await self.cards.recent_failed_refunds():
            async with self.sessions.begin() as db:
                if await payments.refund_by_reference(db, reference) is not None:
                    await self.take_back_refund(db, reference)


@dataclass(frozen=True)
class ReconcileStars:
    """Stars that Telegram's list has and no message told of are settled or given back."""

    sessions: SessionMaker
    stars: StarRail
    take_payment: TakeTelegramPayment

    async def __call__(self) -> None:
        async with self.sessions() as db:
            place = await payments.cursor(db, Rail.STARS)
        try:
            async for entry, paid in self.stars.paid(skip=place):
                if paid is not None:
                    await self.take_payment(
                        TelegramPaid(
                            paid.payload,
                            paid.charge,
                            "",
                            paid.amount,
                            paid.telegram_user,
                            paid.until,
                        )
                    )
                async with self.sessions.begin() as db:
                    await payments.set_cursor(db, Rail.STARS, entry + 1)
        except RailDown as error:
            _log.warning("Stars could not be compared: %s", error)


@dataclass(frozen=True)
class GiveUpUnpaid:
    """Credit and codes that were set aside for a payment are free again when its time is."""

    sessions: SessionMaker
    clock: Clock

    async def __call__(self) -> None:
        async with self.sessions() as db:
            waiting = await payments.unpaid_with_something(db)
        for payment in waiting:
            async with self.sessions.begin() as db:
                if await self._is_over(db, payment):
                    await payments.give_up(db, payment, now=self.clock())

    async def _is_over(self, db: AsyncSession, payment: Payment) -> bool:
        if payment.purpose is Purpose.SESSION:
            session = await booking.session(db, payment.session_id)
            return session.state is not SessionState.HELD
        return payment.created_at + _SET_ASIDE <= self.clock()
