"""Before a session is paid: with one's own credit, or with a promo code."""

from dataclasses import dataclass

from kernel.clock import Clock
from kernel.ids import SessionId
from kernel.money import Money
from payments import service as payments
from payments.model import Payment, Rail
from payments.rails.card import CardRail
from payments.split import Terms
from people.model import Person
from storage import commands
from storage.engine import SessionMaker
from workflows.checkout import held_meeting, payment_for
from workflows.closing import close_page
from workflows.settle_payment import Came, SettlePayment


@dataclass(frozen=True)
class PayLess:
    """A held session's price is agreed anew: less a promo code, and as much of one's credit as
    there is. A card page of the old price is closed; what is paid by credit alone is booked at
    once.

    Raises HoldGone, and the refusals of `payments.service.apply_code`.
    """

    sessions: SessionMaker
    clock: Clock
    cards: CardRail
    settle: SettlePayment
    terms: Terms

    async def by_code(
        self, person: Person, session_id: SessionId, code: str, *, command: str
    ) -> None:
        """Use a promo code, in place of an earlier one."""
        await self._agree(person, session_id, command=command, code=code)

    async def by_credit(self, person: Person, session_id: SessionId, *, command: str) -> None:
        """Use one's credit."""
        await self._agree(person, session_id, command=command, code=None)

    async def _agree(
        self, person: Person, session_id: SessionId, *, command: str, code: str | None
    ) -> None:
        now = self.clock()
        async with self.sessions.begin() as db:
            if await commands.earlier(db, command):
                return
            meeting = await held_meeting(db, person, session_id, now=now)
            before = await payment_for(db, meeting, terms=self.terms, now=now)
            rail = Rail(meeting.offer.rail)
            if code is not None:
                after = await payments.apply_code(db, before, code, rail=rail, now=now)
            else:
                after = await payments.agree(
                    db, before, discount=before.discount, use_credit=True, code=before.code,
                    rail=rail, now=now,
                )  # fmt: skip
            if after.rail is Rail.FREE:
                nothing = Money(0, after.price.currency)
                await self.settle.within(db, Came(after.id, None, nothing))
            await commands.record(db, command, now=now)
        await self._close(before)

    async def _close(self, before: Payment) -> None:
        if before.rail is Rail.CARD and before.reference is not None:
            await close_page(self.cards, before.reference)
