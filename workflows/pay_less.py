"""Before a session or an item is paid: with one's own credit, or with a promo code."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

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
from workflows.library import ordered_item
from workflows.settle_payment import Came, SettlePayment

# the payment as it was agreed before, and the rail by which the rest is paid
_Open = Callable[[AsyncSession, datetime], Awaitable[tuple[Payment, Rail]]]


@dataclass(frozen=True)
class PayLess:
    """The price of a held session or an item is agreed anew: less a promo code, and as much of
    one's credit as there is. A card page of the old price is closed; what is paid by credit alone
    is booked, or handed over, at once.

    Raises HoldGone, UnknownItem, NotForSale, AlreadyOwned, and the refusals of
    `payments.service.apply_code`.
    """

    sessions: SessionMaker
    clock: Clock
    cards: CardRail
    settle: SettlePayment
    terms: Terms

    async def by_code(
        self, person: Person, session_id: SessionId, code: str, *, command: str
    ) -> None:
        """Use a promo code for a session, in place of an earlier one."""
        await self._agree(self._session(person, session_id), command=command, code=code)

    async def by_credit(self, person: Person, session_id: SessionId, *, command: str) -> None:
        """Use one's credit for a session."""
        await self._agree(self._session(person, session_id), command=command, code=None)

    async def item_by_code(self, person: Person, item_id: str, code: str, *, command: str) -> None:
        """Use a promo code for an item, in place of an earlier one."""
        await self._agree(self._item(person, item_id), command=command, code=code)

    async def item_by_credit(self, person: Person, item_id: str, *, command: str) -> None:
        """Use one's credit for an item."""
        await self._agree(self._item(person, item_id), command=command, code=None)

    def _session(self, person: Person, session_id: SessionId) -> _Open:
        async def found(db: AsyncSession, now: datetime) -> tuple[Payment, Rail]:
            meeting = await held_meeting(db, person, session_id, now=now)
            payment = await payment_for(db, meeting, terms=self.terms, now=now)
            return payment, Rail(meeting.offer.rail)

        return found

    def _item(self, person: Person, item_id: str) -> _Open:
        async def found(db: AsyncSession, now: datetime) -> tuple[Payment, Rail]:
            item, payment = await ordered_item(db, person.id, item_id, terms=self.terms, now=now)
            return payment, Rail(item.rail)

        return found

    async def _agree(self, find: _Open, *, command: str, code: str | None) -> None:
        now = self.clock()
        async with self.sessions.begin() as db:
            if await commands.earlier(db, command):
                return
            before, rail = await find(db, now)
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
            await close_page(self.cards, before.reference, self.settle)
