"""The card processor's events: stored first, then handled with their effect; none is trusted."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field

from sqlalchemy.ext.asyncio import AsyncSession

from booking import service as booking
from kernel.clock import Clock
from kernel.errors import DomainError
from kernel.ids import SessionId
from payments import service as payments
from payments.errors import RailDown, RailRefused, UnknownPayment
from payments.model import (
    DisputeState,
    FetchedDispute,
    Payment,
    Purpose,
    StoredEvent,
)
from payments.rails.card import CardRail
from storage.engine import SessionMaker
from workflows.cancel_session import cancel_taken_back
from workflows.library import take_back_refunded
from workflows.refund import keep_for_payer
from workflows.settle_payment import Came, SettlePayment
from workflows.tell_admins import TellAdmins
from workflows.written_questions import withdraw_taken_back

_log = logging.getLogger(__name__)

Effect = Callable[[AsyncSession], Awaitable[object]]


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
class FollowDispute:
    """Our books follow what the processor says of a dispute; the admins are told. A session that
    is ahead and whose money a lost one took is cancelled, a question that waits for its answer
    is withdrawn, an item is theirs no more."""

    clock: Clock
    tell_admins: TellAdmins

    async def __call__(self, db: AsyncSession, dispute: FetchedDispute) -> None:
        now = self.clock()
        if dispute.state is DisputeState.LOST:
            # sessions and questions before their payments, as whoever ends one locks them
            about = await payments.disputed_payments(db, dispute.charge)
            await booking.lock(db, _sessions_of(about))
            await booking.lock_questions(db, _questions_of(about))
        news = await payments.follow_dispute(db, dispute, now=now)
        if news is None:
            return
        of = news.payment
        await self.tell_admins(
            db, f"notice-dispute-{news.state}", once=of.id, amount=of.amount, payment=of.id
        )
        for session_id in _sessions_of(news.taken_back):
            await cancel_taken_back(db, session_id, now=now)
        for question_id in _questions_of(news.taken_back):
            await withdraw_taken_back(db, question_id, now=now)
        for one in news.taken_back:
            if one.purpose is Purpose.ITEM:
                await take_back_refunded(db, await payments.payment(db, one.id))


def _sessions_of(paid: Iterable[Payment]) -> list[SessionId]:
    return [one.session_id for one in paid if one.purpose is Purpose.SESSION]


def _questions_of(paid: Iterable[Payment]) -> list[str]:
    return [one.subject for one in paid if one.purpose is Purpose.QUESTION]


@dataclass(frozen=True)
class TakeBackRefund:
    """A refund that the payer's bank sent back is kept for them. Raises UnknownPayment."""

    clock: Clock
    tell_admins: TellAdmins

    async def __call__(self, db: AsyncSession, reference: str) -> None:
        refund = await payments.refund_by_reference(db, reference)
        if refund is None:
            raise UnknownPayment
        await keep_for_payer(db, refund, now=self.clock(), tell_admins=self.tell_admins)


@dataclass(frozen=True)
class HandleStripeEvents:
    """Stored events have their effect, each in one transaction with "done"; the object is
    fetched again rather than trusted, so that repeated, late and reordered ones are harmless.

    One run after another: a payment brings several events at once, and each run does them all.
    An event that cannot be handled says why, and stands in nobody's way; nor does one that a bug
    of ours keeps from being handled, which waits and is raised when all others are done.
    """

    sessions: SessionMaker
    clock: Clock
    cards: CardRail
    settle: SettlePayment
    follow_dispute: FollowDispute
    take_back_refund: TakeBackRefund
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def __call__(self) -> None:
        async with self._turn:
            async with self.sessions() as db:
                due = await payments.events_due(db)
            bugs = []
            for event in due:
                try:
                    await self._handle(event)
                except Exception as bug:
                    _log.exception("event %s (%s) waits", event.id, event.kind)
                    bugs.append(bug)
            if bugs:
                raise bugs[0]

    async def _handle(self, event: StoredEvent) -> None:
        problem = None
        try:
            await self._carry_out(event)
        except RailRefused as error:
            problem = str(error)
        except RailDown as error:
            _log.warning("event %s waits: %s", event.id, error)
        except DomainError as refusal:
            problem = refusal.key
        if problem is not None:
            _log.warning("event %s (%s) has no effect: %s", event.id, event.kind, problem)
            async with self.sessions.begin() as db:
                await payments.event_done(db, event.id, now=self.clock(), problem=problem)

    async def _carry_out(self, event: StoredEvent) -> None:
        effect = await self._effect(event)
        async with self.sessions.begin() as db:
            if await payments.event_done(db, event.id, now=self.clock()) and effect is not None:
                await effect(db)

    async def _effect(self, event: StoredEvent) -> Effect | None:
        match event.kind.split("."):
            case ["checkout", "session", _]:
                return await self._page(event.reference)
            case ["charge", "dispute", _]:
                dispute = await self.cards.dispute(event.reference)
                return lambda db: self.follow_dispute(db, dispute)
            case ["refund", "failed" | "updated"]:
                return await self._refund(event.reference)
            case ["account", "updated"]:
                ready = await self.cards.account_ready(event.reference)
                return lambda db: payments.set_ready(db, event.reference, ready=ready)
            case _:
                return None

    async def _page(self, reference: str) -> Effect | None:
        page = await self.cards.fetch(reference)
        if not page.paid:
            return None
        return lambda db: self.settle.within(db, Came.by(page))

    async def _refund(self, reference: str) -> Effect | None:
        if not await self.cards.refund_failed(reference):
            return None
        return lambda db: self.take_back_refund(db, reference)
