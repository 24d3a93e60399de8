"""A person's own data: to take along, and to erase."""

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from booking import service as booking
from booking.model import Session
from catalogue import service as catalogue
from insights import profiles
from kernel.clock import Clock
from kernel.errors import DomainError
from kernel.ids import PersonId
from matching import service as matching
from matching import shown
from payments import service as payments
from payments.model import Rail
from payments.packages import GIVEN_BACK
from people import service as people
from people.model import Expert, Person
from storage import activity, conversation, outbox
from storage.engine import SessionMaker
from workflows.expert_facts import refresh_facts
from workflows.packages import call_off_packages
from workflows.subscriptions import call_off_all
from workflows.written_questions import open_question

_LONGEST_SESSION = timedelta(days=1)


class SessionsAhead(DomainError):
    """Somebody with sessions ahead cancels them first, so that money and experts are safe."""

    key = "error-sessions-ahead"


class SubscriptionRuns(DomainError):
    """Somebody whose subscription is renewed stops it first, so that nothing is taken from them."""

    key = "error-subscription-runs"


class MoneyUnderWay(DomainError):
    """Somebody whose refund is not settled yet waits until it is, a matter of minutes; an expert
    also for who is just paying for their time."""

    key = "error-money-under-way"


class PageStillOpen(DomainError):
    """Somebody who may still pay on a page waits until it closes, a day at most."""

    key = "error-page-still-open"


class QuestionWaits(DomainError):
    """Who asked and who is asked wait for the answer to a written question, or its deadline."""

    key = "error-question-waits"


class DisputeOpen(DomainError):
    """Somebody whose bank asks for a payment back waits until that is decided, which takes weeks."""

    key = "error-dispute-open"


class EarningsNotPaid(DomainError):
    """An expert whose earnings an admin is to pay out waits for them: nobody knows whose they are
    afterwards."""

    key = "error-earnings-not-paid"


@dataclass(frozen=True)
class ExportMyData:
    """Everything that is stored about a person, as the text of a JSON file."""

    sessions: SessionMaker

    async def __call__(self, person: Person) -> str:
        async with self.sessions() as db:
            found: dict[str, Any] = {
                **await people.export(db, person.id),
                "profile": await profiles.export(db, person.id),
                "sessions": await booking.export(db, person.id),
                "questions": [
                    {"expert": one.expert_id, "asked": one.text, "answer": one.answer,
                     "state": str(one.state), "created_at": one.created_at.isoformat()}
                    for one in await booking.questions_of(db, person.id)
                ],
                "payments": [
                    {"amount": {"amount": one.amount.minor, "currency": one.amount.currency},
                     "state": str(one.state), "created_at": one.created_at.isoformat()}
                    for one in await payments.history(db, person.id)
                ],
                "subscriptions": [
                    {"expert": one.expert_id, "until": one.until and one.until.isoformat(),
                     "renewed": not one.stopped}
                    for one in await payments.subscriptions_running(db, client=person.id)
                ],
                "shown": await shown.export(db, person.id),
                "library": await catalogue.export(db, person.id),
                "activity": [
                    {"at": one.at.isoformat(), "did": one.verb, "about": one.about,
                     "campaign": one.campaign}
                    for one in await activity.of(db, person.id)
                ],
            }  # fmt: skip
        return json.dumps(found, ensure_ascii=False, indent=2)


@dataclass(frozen=True)
class EraseMe:
    """What a person told about themselves is erased; the ledger stays, without their name.

    A held time is given up; an expert's offers and items are withdrawn. What is left of packages goes back
    the way it was paid, and has to be on its way before its payer is forgotten; credit, which
    nothing can take back, is given up. Raises SessionsAhead, MoneyUnderWay, EarningsNotPaid,
    PageStillOpen, QuestionWaits, DisputeOpen and SubscriptionRuns.
    """

    sessions: SessionMaker
    clock: Clock

    async def __call__(self, person: Person) -> None:
        now = self.clock()
        async with self.sessions.begin() as db:
            expert = await people.expert_of_person(db, person.id)
            await _refuse_to_leave_others_alone(db, person.id, expert, now=now)
            for package in await payments.bought_by(db, person.id):
                await payments.end_package(db, package, now=now, reason=GIVEN_BACK, as_credit=False)
            waits = await _is_given_back_to(db, person.id)
            if not waits:
                await self._erase(db, person, expert, now=now)
        if waits:
            raise MoneyUnderWay

    async def _erase(
        self, db: AsyncSession, person: Person, expert: Expert | None, *, now: datetime
    ) -> None:
        if held := await booking.held(db, person.id, now=now):
            await booking.release(db, held.id, client=person.id, now=now)
        await payments.forget_payer(db, person.id, now=now)
        if expert is not None:
            await _withdraw(db, expert, now=now)
        await booking.leave_waitlists(db, person.id)
        await booking.forget_feed(db, person.id)
        await booking.forget_questions(db, person.id)
        await catalogue.forget(db, person.id)
        await profiles.forget(db, person.id)
        await shown.forget(db, person.id)
        reviewed = await people.reviewed_by(db, person.id)
        await people.erase(db, person.id, now=now)
        await refresh_facts(db, [one for one in reviewed if expert is None or one != expert.id])
        await conversation.forget(db, str(person.telegram_id))
        await outbox.void_for(db, person.id)


async def _refuse_to_leave_others_alone(
    db: AsyncSession, person: PersonId, expert: Expert | None, *, now: datetime
) -> None:
    ahead: list[Session] = await booking.upcoming(db, person, after=now)
    if expert is not None:
        found = await booking.expert_sessions(
            db, expert.id, frm=now - _LONGEST_SESSION, until=datetime.max.replace(tzinfo=UTC)
        )
        ahead += [one for one in found if one.ends_at > now]
    if ahead:
        raise SessionsAhead
    if expert is not None and await booking.held_with(db, expert.id, now=now):
        raise MoneyUnderWay
    if expert is not None and await _is_paid_by_hand(db, expert):
        raise EarningsNotPaid
    await _refuse_while_money_moves(db, person, now=now)
    if await open_question(db, person, expert.id if expert else None):
        raise QuestionWaits
    if any(not one.stopped for one in await payments.subscriptions_running(db, client=person)):
        raise SubscriptionRuns


async def _refuse_while_money_moves(db: AsyncSession, person: PersonId, *, now: datetime) -> None:
    pages = await payments.open_since(db, rail=Rail.CARD, before=now)
    if any(one.payer == person for one in pages):
        raise PageStillOpen
    for _, payment in await payments.open_disputes(db):
        if (await payments.payment(db, payment)).payer == person:
            raise DisputeOpen
    if await _is_given_back_to(db, person) or any(
        payer == person for _, payer in await payments.stops_due(db)
    ):
        raise MoneyUnderWay


async def _is_given_back_to(db: AsyncSession, person: PersonId) -> bool:
    """Whether a refund of theirs is still to be sent."""
    return any(paid.payer == person for _, paid in await payments.refunds_due(db))


async def _is_paid_by_hand(db: AsyncSession, expert: Expert) -> bool:
    """Whether they earned something that no transfer will take to them."""
    account = await payments.account_of(db, expert.id)
    earned = [one for one in await payments.earned_so_far(db, expert.id) if one.minor > 0]
    return any(not payments.goes_by_transfer(account, one.currency) for one in earned)


async def _withdraw(db: AsyncSession, expert: Expert, *, now: datetime) -> None:
    for offer in await booking.offers(db, expert.id):
        await booking.save_offer(db, replace(offer, active=False))
    await booking.end_written_offer(db, expert.id)
    await catalogue.withdraw_all(db, expert.id)
    await call_off_all(db, expert.id, now=now)
    await call_off_packages(db, expert, now=now)
    await matching.forget_facts(db, expert.id)
