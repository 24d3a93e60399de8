"""Refunds that were decided go out through the rail that the money came by."""

import logging
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from kernel.clock import Clock
from kernel.ids import PersonId
from payments import service as payments
from payments.errors import RailDown, RailRefused
from payments.model import Payment, Rail, Refund, RefundTo
from payments.rails.card import CardRail
from payments.rails.telegram import StarRail
from people import service as people
from storage import outbox
from storage.engine import SessionMaker
from workflows import money_notices
from workflows.tell_admins import TellAdmins

_log = logging.getLogger(__name__)

_STRANGER = "telegram:"
# an hour and a half after the first
_TELL_AFTER_TRIES = 11


@dataclass(frozen=True)
class SendRefunds:
    """Each refund is asked of its processor with its own id as the idempotency key, then
    recorded and told; one that gets no answer is tried again, later each time, and the admins are
    told of one that waits for over an hour. One that the processor refuses becomes credit, or is
    unclaimed where its payer was erased, and the admins are told what they can do. While a payment
    is disputed its refund waits."""

    sessions: SessionMaker
    clock: Clock
    cards: CardRail
    stars: StarRail
    tell_admins: TellAdmins

    async def __call__(self) -> None:
        async with self.sessions() as db:
            due = [
                (refund, payment)
                for refund, payment in await payments.refunds_due(db)
                if (refund.try_at is None or refund.try_at <= self.clock())
                # what is only held on a card is let go instead
                and payment.hold_until is None
                and not await payments.is_disputed(db, payment.id)
            ]
        for refund, payment in due:
            try:
                reference = await self._send(refund, payment)
            except RailRefused as error:
                _log.warning("refund %s is refused: %s", refund.id, error)
                await self._keep(refund, payment, str(error))
            except RailDown as error:
                _log.warning("refund %s could not be sent, trying again: %s", refund.id, error)
                await self._put_off(refund, payment, str(error))
            else:
                await self._record(refund, payment, reference)

    async def _send(self, refund: Refund, payment: Payment) -> str:
        if refund.to is RefundTo.UNCLAIMED:
            raise RailRefused(f"whoever paid {payment.id} is not known any more")
        if payment.rail is Rail.STARS:
            return await self.stars.refund(await self._telegram_id(payment.payer), payment)
        return await self.cards.refund(payment, refund)

    async def _telegram_id(self, payer: PersonId) -> int | None:
        async with self.sessions() as db:
            return await telegram_user(db, payer)

    async def _keep(self, refund: Refund, payment: Payment, problem: str) -> None:
        async with self.sessions.begin() as db:
            if await keep_for_payer(db, refund, now=self.clock(), tell_admins=self.tell_admins):
                await self.tell_admins(
                    db, "notice-refund-refused", once=refund.id, amount=refund.amount,
                    payment=payment.id, charge=payment.charge or "—", problem=problem,
                )  # fmt: skip

    async def _put_off(self, refund: Refund, payment: Payment, problem: str) -> None:
        async with self.sessions.begin() as db:
            if await payments.put_off(db, refund, now=self.clock()) == _TELL_AFTER_TRIES:
                await self.tell_admins(
                    db, "notice-refund-waits", once=refund.id, amount=refund.amount,
                    payment=payment.id, problem=problem,
                )  # fmt: skip

    async def _record(self, refund: Refund, payment: Payment, reference: str) -> None:
        now = self.clock()
        async with self.sessions.begin() as db:
            if await payments.refund_done(db, refund.id, reference=reference, now=now):
                await outbox.add(db, money_notices.refunded(payment.payer, refund, now=now))


async def keep_for_payer(
    db: AsyncSession, refund: Refund, *, now: datetime, tell_admins: TellAdmins
) -> bool:
    """A refund that cannot go back the way the money came becomes its payer's credit: True, when
    that was not done yet. Of somebody who was erased it stays unclaimed, which the admins are told.
    """
    payer = (await payments.payment(db, refund.payment_id)).payer
    known = await telegram_user(db, payer) is not None
    if not await payments.refund_failed(db, refund, now=now, known=known):
        return False
    if known:
        given = replace(refund, to=RefundTo.CREDIT)
        await outbox.add(db, money_notices.refunded(payer, given, now=now))
    else:
        await tell_admins(
            db, "notice-refund-unclaimed", once=refund.id, amount=refund.amount,
            payment=refund.payment_id,
        )  # fmt: skip
    return known


async def telegram_user(db: AsyncSession, payer: PersonId) -> int | None:
    """Telegram's id of who paid, also of somebody who never joined; None once erased."""
    if payer.startswith(_STRANGER):
        return int(payer.removeprefix(_STRANGER))
    return (await people.get(db, payer)).telegram_id
