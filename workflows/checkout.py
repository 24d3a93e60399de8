"""From a free time to a payment: hold it, open the payment, or let it go."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from booking import service as booking
from booking.errors import HoldGone
from booking.model import Session, SessionState
from kernel.clock import Clock
from kernel.errors import DomainError
from kernel.ids import OfferId, PaymentId, PersonId, SessionId
from payments import service as payments
from payments.errors import RailDown
from payments.model import Payment, Rail
from payments.rails.card import CardRail
from payments.rails.telegram import invoice_fields
from people.model import Person
from storage import activity, commands
from storage.engine import SessionMaker
from texts.translator import Translator
from texts.values import Localized
from workflows.meetings import meeting_for
from workflows.settle_payment import confirm_paid

_log = logging.getLogger(__name__)

HOLD_MINUTES = 15
_SHORTEST_CHECKOUT = timedelta(minutes=31)


class PaymentPageClosed(DomainError):
    """The card processor did not answer; the hold stays, and the page can be asked for again."""

    key = "error-payment-page"


@dataclass(frozen=True)
class HoldTime:
    """A chosen time is held for 15 minutes; a free offer is booked at once.

    Raises the refusals of `booking.service.hold`.
    """

    sessions: SessionMaker
    clock: Clock
    meeting_url: str

    async def __call__(
        self, person: Person, offer_id: OfferId, start: datetime, *, command: str,
        insist: bool = False,
    ) -> Session:  # fmt: skip
        now = self.clock()
        async with self.sessions.begin() as db:
            if done := await commands.earlier(db, command):
                return await booking.session(db, SessionId(done.result))
            held = await booking.hold(
                db, offer_id=offer_id, client=person.id, start=start, now=now,
                hold_minutes=HOLD_MINUTES, insist=insist,
            )  # fmt: skip
            if not held.price:
                held = await confirm_paid(db, held.id, now=now, meeting_url=self.meeting_url)
            await activity.record(
                db, person.id, "held", at=now, about=held.id, profiling=person.profiling
            )
            await commands.record(db, command, now=now, result=held.id)
        return held


@dataclass(frozen=True)
class LetGo:
    """The client gives up a hold: the time is free at once, an open card page is closed later
    by the reconciler."""

    sessions: SessionMaker
    clock: Clock

    async def __call__(self, person: Person, session_id: SessionId, *, command: str) -> None:
        now = self.clock()
        async with self.sessions.begin() as db:
            if await commands.earlier(db, command) is None:
                await booking.release(db, session_id, client=person.id, now=now)
                await commands.record(db, command, now=now)


@dataclass(frozen=True)
class Checkout:
    """What the client pays with: a card page, or the arguments of an invoice in the chat."""

    url: str | None
    invoice: Mapping[str, Any] | None


@dataclass(frozen=True)
class PayForSession:
    """Opens the payment of a held session; asking again gives the same one.

    Raises HoldGone when the hold ran out.
    """

    sessions: SessionMaker
    clock: Clock
    cards: CardRail
    provider_token: str

    async def __call__(self, person: Person, session_id: SessionId) -> Checkout:
        now = self.clock()
        async with self.sessions.begin() as db:
            mine = await booking.session(db, session_id, client=person.id)
            meeting = await meeting_for(db, mine)
            held = meeting.session
            until = held.held_until
            if held.state is not SessionState.HELD or until is None or until <= now:
                raise HoldGone
            payment = await payments.open_payment(
                db, session_id=held.id, payer=person.id, amount=held.price,
                rail=Rail(meeting.offer.rail), now=now,
            )  # fmt: skip
        translate = Translator(person.language, person.time_zone or "UTC")
        title = translate.plain("payment-title", title=Localized(meeting.offer.title))
        description = translate.plain(
            "payment-description", expert=meeting.expert.name, when=held.starts_at
        )
        if payment.rail is Rail.CARD and payment.url is None:
            try:
                # counted from the hold, so that asking again asks for the same page
                payment = await self._open_page(
                    payment, title, person.language, expires_at=until + _SHORTEST_CHECKOUT
                )
            except RailDown as error:
                _log.warning("no payment page for %s: %s", payment.id, error)
                raise PaymentPageClosed from error
        if payment.rail is Rail.CARD:
            return Checkout(payment.url, None)
        invoice = invoice_fields(
            payment, title=title, description=description, provider_token=self.provider_token
        )
        return Checkout(None, invoice)

    async def _open_page(
        self, payment: Payment, title: str, language: str, *, expires_at: datetime
    ) -> Payment:
        opened = await self.cards.open(
            payment, title=title, language=language, expires_at=expires_at
        )
        async with self.sessions.begin() as db:
            return await payments.opened(db, payment.id, reference=opened.reference, url=opened.url)


@dataclass(frozen=True)
class CheckBeforePaying:
    """Telegram asks whether an invoice may be paid: hold still theirs, payer, amount, currency.

    Raises HoldGone or PaymentMismatch.
    """

    sessions: SessionMaker
    clock: Clock

    async def __call__(
        self, payment_id: PaymentId, *, payer: PersonId | None, minor: int, currency: str
    ) -> None:
        async with self.sessions() as db:
            payment = await payments.payment(db, payment_id)
            payments.precheck(payment, payer=payer, minor=minor, currency=currency)
            held = await booking.session(db, payment.session_id)
        until = held.held_until
        if held.state is not SessionState.HELD or until is None or until <= self.clock():
            raise HoldGone
