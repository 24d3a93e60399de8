"""Holds on cards are captured when the session is over, or released."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from kernel.clock import Clock
from payments import service as payments
from payments.errors import RailDown, RailRefused
from payments.model import Captured, Payment
from payments.rails.card import CardRail
from storage import outbox
from storage.engine import SessionMaker
from workflows import money_notices
from workflows.tell_admins import TellAdmins

_log = logging.getLogger(__name__)

_MARGIN = timedelta(hours=12)


async def holds_due(db: AsyncSession, *, now: datetime) -> list[Payment]:
    """Holds that are to be settled; half a day before its end, whatever became of the session."""
    return await payments.holds_due(db, ending=now + _MARGIN)


@dataclass(frozen=True)
class SettleHolds:
    """What is kept of a hold is captured, and the rest let go, which does the refunds that wait:
    once the session is settled, when something is to go back, and before the hold ends.

    A hold that ended before is the platform's loss, of which the admins are told.
    """

    sessions: SessionMaker
    clock: Clock
    cards: CardRail
    tell_admins: TellAdmins

    async def __call__(self) -> None:
        async with self.sessions() as db:
            due = await holds_due(db, now=self.clock())
        for payment in due:
            try:
                captured = await self.cards.settle_hold(payment, payments.to_capture(payment))
            except (RailDown, RailRefused) as error:
                _log.warning("the hold of %s could not be settled: %s", payment.id, error)
                continue
            await self._record(payment, captured)

    async def _record(self, payment: Payment, captured: Captured) -> None:
        now = self.clock()
        async with self.sessions.begin() as db:
            done, lost = await payments.hold_settled(db, payment.id, captured, now=now)
            for refund in done:
                notice = money_notices.hold_released(payment.payer, refund, now=now)
                await outbox.add(db, notice)
            if lost:
                await self.tell_admins(
                    db, "notice-hold-lost", once=payment.id, amount=lost, payment=payment.id
                )
