"""From a free time to a payment: hold it, open the payment, or let it go."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from booking import service as booking
from booking.errors import HoldGone
from booking.model import Session, SessionState
from kernel.clock import Clock
from kernel.ids import OfferId, PersonId, SessionId
from payments import service as payments
from payments.model import HELD_MONEY, Payment, Purpose, Rail
from payments.rails.limits import SHORTEST_PAGE, can_hold
from payments.rails.telegram import read_payload
from payments.split import Terms
from people import blocks
from people.model import Person
from storage import activity, commands
from storage.engine import SessionMaker
from texts.translator import Translator
from texts.values import Localized
from workflows.cashier import Cashier, Checkout
from workflows.library import check_item_order
from workflows.meetings import meeting_for
from workflows.notices import Meeting
from workflows.settle_payment import confirm_paid

HOLD_MINUTES = 15


@dataclass(frozen=True)
class HoldTime:
    """A chosen time is held for 15 minutes; a free offer is booked at once.

    Raises the refusals of `booking.service.hold`, ExpertHidden, ExpertNotAvailable.
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
            wanted = await booking.offer(db, offer_id)
            await blocks.check_may_meet(db, person.id, wanted.expert_id)
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


async def held_meeting(
    db: AsyncSession, person: Person, session_id: SessionId, *, now: datetime
) -> Meeting:
    """A time that is held for this person now. Raises UnknownSession, HoldGone."""
    mine = await booking.session(db, session_id, client=person.id)
    until = mine.held_until
    if mine.state is not SessionState.HELD or until is None or until <= now:
        raise HoldGone
    return await meeting_for(db, mine)


async def payment_for(
    db: AsyncSession, meeting: Meeting, *, terms: Terms, now: datetime
) -> Payment:
    """The payment of a held session, with the partner who brought the client."""
    client = meeting.client.id
    partner = await payments.partner_of(db, client)
    if partner is not None:
        terms = replace(terms, partner=partner.code, partner_share=partner.share)
    return await payments.open_payment(
        db, subject=meeting.session.id, payer=client, amount=meeting.session.price,
        rail=Rail(meeting.offer.rail), terms=terms, now=now,
    )  # fmt: skip


@dataclass(frozen=True)
class PayForSession:
    """Opens the payment of a held session; asking again gives the same one.

    A card page lives at least half an hour, so it is opened for longer than the hold and closed
    by call when the hold is gone. Raises HoldGone when the hold ran out, PaymentPageClosed.
    """

    sessions: SessionMaker
    clock: Clock
    cashier: Cashier
    terms: Terms

    async def __call__(self, person: Person, session_id: SessionId) -> Checkout:
        now = self.clock()
        async with self.sessions.begin() as db:
            meeting = await held_meeting(db, person, session_id, now=now)
            payment = await payment_for(db, meeting, terms=self.terms, now=now)
        translate = Translator(person.language, person.time_zone or "UTC")
        session = meeting.session
        return await self.cashier(
            payment,
            title=translate.plain("payment-title", title=Localized(meeting.offer.title)),
            description=translate.plain(
                "payment-description", expert=meeting.expert.name, when=session.starts_at
            ),
            language=person.language,
            # counted from the hold, so that asking again asks for the same page
            expires_at=(session.held_until or now) + SHORTEST_PAGE,
            capture_later=is_held_on_card(payment, session),
        )


def is_held_on_card(payment: Payment, session: Session) -> bool:
    """Whether the card is only held until the session is over: where it is likely that not all
    is kept, as by the minute or until the expert confirms, and a hold lasts that long."""
    unsure = session.by_minute or session.needs_confirmation
    return unsure and can_hold(payment.rail, session.starts_at, opened_at=payment.created_at)


@dataclass(frozen=True)
class CheckBeforePaying:
    """Telegram asks whether an invoice may be paid: hold still theirs, payer, amount, currency,
    the price as it is agreed now, not paid already.

    Raises HoldGone, PaymentMismatch, PriceChanged, AlreadyPaid, UnknownPayment,
    AlreadySubscribed, NotForSale, AlreadyOwned, ExpertHidden, ExpertNotAvailable.
    """

    sessions: SessionMaker
    clock: Clock

    async def __call__(
        self, payload: str, *, payer: PersonId | None, minor: int, currency: str
    ) -> None:
        payment_id, version = read_payload(payload)
        async with self.sessions() as db:
            payment = await payments.payment(db, payment_id)
            again = await self._again(db, payment)
            payments.precheck(
                payment, version=version, payer=payer, minor=minor, currency=currency, again=again
            )
            if payment.purpose is Purpose.SUBSCRIPTION and not again:
                ordered = await payments.subscription_of(db, payment)
                await payments.refuse_second(db, ordered.client, ordered.expert_id)
                await blocks.check_may_meet(db, ordered.client, ordered.expert_id)
            if payment.purpose is Purpose.ITEM:
                await check_item_order(db, payment)
            if payment.purpose is not Purpose.SESSION:
                return
            held = await booking.session(db, payment.session_id)
        until = held.held_until
        if held.state is not SessionState.HELD or until is None or until <= self.clock():
            raise HoldGone

    async def _again(self, db: AsyncSession, payment: Payment) -> bool:
        """A subscription whose 30 days end: Telegram does not say whether it asks before it
        renews, so that is never refused."""
        if payment.purpose is not Purpose.SUBSCRIPTION or payment.state not in HELD_MONEY:
            return False
        return payments.is_due_again(await payments.subscription_of(db, payment), now=self.clock())
