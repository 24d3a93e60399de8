"""Refunds that were decided go out through the rail that the money came by."""

import logging
from dataclasses import dataclass

from kernel.clock import Clock
from payments import service as payments
from payments.model import Payment, Rail, Refund
from payments.rails.card import CardRail
from payments.rails.telegram import StarRail
from people import service as people
from storage import outbox
from storage.engine import SessionMaker
from workflows import notices

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class SendRefunds:
    """Each refund is asked of its processor with its own id as the idempotency key, then
    recorded and told; one that fails is tried again at the next turn."""

    sessions: SessionMaker
    clock: Clock
    cards: CardRail
    stars: StarRail

    async def __call__(self) -> None:
        async with self.sessions() as db:
            due = await payments.refunds_due(db)
        for refund, payment in due:
            try:
                reference = await self._send(refund, payment)
            except Exception:
                _log.exception("refund %s could not be sent, trying again later", refund.id)
                continue
            await self._record(refund, payment, reference)

    async def _send(self, refund: Refund, payment: Payment) -> str:
        if payment.rail is Rail.STARS:
            async with self.sessions() as db:
                payer = await people.get(db, payment.payer)
            return await self.stars.refund(payer.telegram_id, payment)
        return await self.cards.refund(payment, refund)

    async def _record(self, refund: Refund, payment: Payment, reference: str) -> None:
        now = self.clock()
        async with self.sessions.begin() as db:
            await payments.refund_done(db, refund.id, reference=reference, now=now)
            await outbox.add(db, notices.refunded(refund.id, payment.payer, refund.amount, now=now))
