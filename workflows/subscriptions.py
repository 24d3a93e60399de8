"""Subscriptions to an expert's written answers: 30 days at a time, renewed by Telegram."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from booking import service as booking
from booking.errors import UnknownQuestion
from kernel.clock import Clock
from kernel.ids import ExpertId, PersonId
from kernel.money import Money
from payments import service as payments
from payments.errors import NoSubscription, RailDown
from payments.model import Payment, Purpose, Rail
from payments.offers_of_money import Plan, Subscription
from payments.rails.telegram import StarRail, subscription_fields
from payments.split import Terms
from people import blocks
from people import service as people
from people.model import Expert, Person
from storage import commands, outbox
from storage.engine import SessionMaker
from texts.translator import Translator
from workflows import subscription_notices as told
from workflows.blocking import give_back_ahead
from workflows.cashier import Checkout
from workflows.refund import telegram_user
from workflows.written_questions import ask_paid

_log = logging.getLogger(__name__)

_REMIND_BEFORE = timedelta(days=3)

LATE = timedelta(hours=1)
"""How long after its time Telegram may still tell of a renewal."""


@dataclass(frozen=True)
class Subscribed:
    """A running subscription, how many answers are left of its 30 days, and with whom it is.

    `untouched`: nothing of them was used, so that all the Stars can go back.
    """

    subscription: Subscription
    left: int
    expert: Expert
    untouched: bool


@dataclass(frozen=True)
class Subscriptions:
    """What is sold and owned, beginning one, asking with one, and stopping it."""

    sessions: SessionMaker
    clock: Clock
    terms: Terms

    async def offered(self, expert_id: ExpertId) -> Plan | None:
        """What a subscription to an expert is; None where none is sold."""
        async with self.sessions() as db:
            plan = await payments.plan_of(db, expert_id)
            answers = await booking.written_offer(db, expert_id)
        return plan if plan is not None and plan.active and answers is not None else None

    async def order(self, person: Person, expert_id: ExpertId, *, command: str) -> Checkout:
        """A subscription to pay for; its invoice is for a link, which alone can be renewed.

        Raises NoSubscription, AlreadySubscribed, ExpertHidden, ExpertNotAvailable.
        """
        now = self.clock()
        async with self.sessions.begin() as db:
            expert = await people.expert(db, expert_id)
            if done := await commands.earlier(db, command):
                new = await _known(db, str(done.result))
            else:
                await blocks.check_may_meet(db, person.id, expert_id)
                new = await payments.order_subscription(db, person.id, expert_id)
                await commands.record(db, command, now=now, result=new.id)
            payment = await payments.open_payment(
                db, subject=new.subject, payer=person.id, amount=new.price, rail=Rail.STARS,
                purpose=Purpose.SUBSCRIPTION, terms=self.terms, now=now,
            )  # fmt: skip
        translate = Translator(person.language)
        fields = subscription_fields(
            payment, title=translate.plain("subscription-title", expert=expert.name),
            description=translate.plain("subscription-description", questions=new.questions),
        )  # fmt: skip
        return Checkout(payment, fields)

    async def owned(self, client: PersonId) -> list[Subscribed]:
        """A person's subscriptions, the one whose 30 days end first first."""
        async with self.sessions() as db:
            return [
                await _subscribed(db, one)
                for one in await payments.subscriptions_running(db, client=client)
            ]

    async def one(self, subscription_id: str, client: PersonId) -> Subscribed:
        """One of a person's subscriptions. Raises NoSubscription when it is over or not theirs."""
        for found in await self.owned(client):
            if found.subscription.id == subscription_id:
                return found
        raise NoSubscription

    async def left_of(self, client: PersonId, expert_id: ExpertId) -> int:
        """How many answers of an expert a person's subscription still pays."""
        async with self.sessions() as db:
            found = await payments.usable_subscription(db, client, expert_id, now=self.clock())
        return found[1] if found else 0

    async def ask(self, person: Person, question_id: str, *, command: str) -> None:
        """Pay a question with the subscription to its expert; it reaches them at once.

        Raises UnknownQuestion, NoPackage, AlreadyPaid.
        """
        now = self.clock()
        async with self.sessions.begin() as db:
            if await commands.earlier(db, command):
                return
            question = await booking.question(db, question_id)
            if question.client_id != person.id:
                raise UnknownQuestion
            payment = await payments.open_payment(
                db, subject=question.id, payer=person.id, amount=question.price,
                rail=Rail(question.rail), purpose=Purpose.QUESTION, terms=self.terms, now=now,
            )  # fmt: skip
            paid = await payments.use_subscription(db, payment, question.expert_id, now=now)
            await ask_paid(db, paid, now=now)
            await commands.record(db, command, now=now)

    async def stop(self, person: Person, subscription_id: str, *, command: str) -> None:
        """It is not renewed; what is paid lasts to its end. Raises NoSubscription."""
        now = self.clock()
        async with self.sessions.begin() as db:
            if await commands.earlier(db, command):
                return
            mine = await _own(db, subscription_id, person.id)
            await payments.stop(db, mine, now=now)
            await commands.record(db, command, now=now)

    async def give_back(self, person: Person, subscription_id: str, *, command: str) -> Money:
        """Nothing of the 30 days was used: they end now, and all the Stars go back.

        Raises NoSubscription, also once something was used.
        """
        now = self.clock()
        async with self.sessions.begin() as db:
            if done := await commands.earlier(db, command):
                return Money(*done.result)
            mine = await _own(db, subscription_id, person.id)
            if await payments.untouched(db, mine) is None:
                raise NoSubscription
            back = await payments.give_back(db, mine, now=now)
            await commands.record(db, command, now=now, result=[back.minor, back.currency])
        return back


async def begin_paid(
    db: AsyncSession, payment: Payment, *, charge: str, until: datetime, now: datetime
) -> None:
    """The first 30 days are paid: both sides are told."""
    begun = await payments.begin_subscription(db, payment, charge=charge, until=until)
    expert = await people.expert(db, begun.expert_id)
    client = await people.get(db, begun.client)
    await outbox.add(db, *told.begun(begun, expert, client, now=now))
    if await blocks.between(db, client.id, expert.id):
        await give_back_ahead(db, client.id, expert, now=now)


async def renew_paid(
    db: AsyncSession, first: Payment, *, charge: str, amount: Money, until: datetime, now: datetime
) -> bool:
    """Another payment for the same subscription: its next 30 days; False when it is not owed."""
    if first.purpose is not Purpose.SUBSCRIPTION:
        return False
    renewed = await payments.renew(db, first, charge=charge, amount=amount, until=until, now=now)
    if renewed is None:
        return False
    expert = await people.expert(db, renewed.expert_id)
    await outbox.add(db, told.renewed(renewed, expert, now=now))
    return True


async def call_off_all(db: AsyncSession, expert_id: ExpertId, *, now: datetime) -> None:
    """An expert answers no more: their subscriptions end, and what is left of each goes back."""
    plan = await payments.plan_of(db, expert_id)
    if plan is not None and plan.active:
        await payments.save_plan(db, Plan(expert_id, plan.questions, plan.each, active=False))
    expert = await people.expert(db, expert_id)
    for one in await payments.subscriptions_running(db, expert=expert_id):
        back = await payments.give_back(db, one, now=now)
        await outbox.add(db, told.called_off(one, expert, back, now=now))


@dataclass(frozen=True)
class EndSubscriptions:
    """30 days that run out: told some days before; over when Telegram did not renew them."""

    sessions: SessionMaker
    clock: Clock

    async def __call__(self) -> None:
        now = self.clock()
        async with self.sessions() as db:
            ending = await payments.subscriptions_ending(
                db, over_since=now - LATE, remind_until=now + _REMIND_BEFORE
            )
        for one in ending:
            async with self.sessions.begin() as db:
                if one.until is not None and one.until <= now - LATE:
                    await self._end(db, one, now=now)
                else:
                    await self._remind(db, one, now=now)

    async def _end(self, db: AsyncSession, one: Subscription, *, now: datetime) -> None:
        if await payments.end_subscription(db, one, now=now):
            expert = await people.expert(db, one.expert_id)
            await outbox.add(db, told.ended(one, expert, now=now))

    async def _remind(self, db: AsyncSession, one: Subscription, *, now: datetime) -> None:
        if await payments.note_told(db, one, now=now):
            found = await _subscribed(db, one)
            await outbox.add(db, told.ends_soon(one, found.expert, left=found.left, now=now))


@dataclass(frozen=True)
class SendStops:
    """Telegram is told which subscriptions it is not to renew, again until it has heard."""

    sessions: SessionMaker
    clock: Clock
    stars: StarRail

    async def __call__(self) -> None:
        async with self.sessions() as db:
            due = await payments.stops_due(db)
        for charge, payer in due:
            async with self.sessions() as db:
                user = await telegram_user(db, payer)
            try:
                await self.stars.stop(user, charge)
            except RailDown as error:
                _log.warning("subscription %s could not be stopped: %s", charge, error)
                continue
            async with self.sessions.begin() as db:
                await payments.stop_sent(db, charge, now=self.clock())


async def _known(db: AsyncSession, subscription_id: str) -> Subscription:
    found = await payments.subscription(db, subscription_id)
    if found is None:
        raise NoSubscription
    return found


async def _own(db: AsyncSession, subscription_id: str, client: PersonId) -> Subscription:
    found = await _known(db, subscription_id)
    if found.client != client or found.over or not found.period:
        raise NoSubscription
    return found


async def _subscribed(db: AsyncSession, one: Subscription) -> Subscribed:
    return Subscribed(
        subscription=one,
        left=await payments.answers_left(db, one),
        expert=await people.expert(db, one.expert_id),
        untouched=await payments.untouched(db, one) is not None,
    )
