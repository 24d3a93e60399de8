"""Subscriptions: an expert's written answers for 30 days at a time, paid in Stars.

Each period is a payment of its own, and Telegram names the first one whenever it renews. What is
left of a period at its end is its expert's: they were there for it.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from kernel.ids import ExpertId, PersonId, new_id
from kernel.money import Money
from payments.earning import release_payment
from payments.errors import AlreadySubscribed, NoPackage, NoSubscription
from payments.model import Payment, Purpose, Rail
from payments.offers_of_money import Subscription
from payments.paying import mark_paid, open_payment
from payments.prepaid import parts_left, pay_from
from payments.refunds import request_refund
from payments.repository import payments as rows
from payments.repository import subscriptions
from payments.subscription_tables import SubscriptionRow

STOPPED = "subscription given back"

_ANOTHER_PERIOD = timedelta(days=1)


async def order_subscription(
    db: AsyncSession, client: PersonId, expert_id: ExpertId
) -> Subscription:
    """A subscription as it is sold now, which begins once it is paid.

    Raises NoSubscription where none is sold, AlreadySubscribed.
    """
    plan = await subscriptions.plan_of(db, expert_id)
    if plan is None or not plan.active:
        raise NoSubscription
    await refuse_second(db, client, expert_id)
    new = Subscription(new_id(), client, expert_id, questions=plan.questions, each=plan.each)
    await subscriptions.add(db, new)
    return new


async def refuse_second(db: AsyncSession, client: PersonId, expert_id: ExpertId) -> None:
    """Raises AlreadySubscribed."""
    if await subscriptions.running(db, client=client, expert=expert_id):
        raise AlreadySubscribed


def is_due_again(of: Subscription, *, now: datetime) -> bool:
    """Whether Telegram may be about to renew it."""
    return not of.stopped and of.until is not None and of.until - now < _ANOTHER_PERIOD


async def subscription_of(
    db: AsyncSession, payment: Payment, *, lock: bool = False
) -> Subscription:
    """The subscription that a payment is for. Raises NoSubscription."""
    found = await subscriptions.subscription(db, payment.subject.rpartition("-")[0], lock=lock)
    if found is None:
        raise NoSubscription
    return found


async def begin_subscription(
    db: AsyncSession, of: Payment, *, charge: str, until: datetime
) -> Subscription:
    """The first 30 days are paid. `charge` is Telegram's name of the subscription.

    Raises NoSubscription.
    """
    found = await subscription_of(db, of, lock=True)
    begun = replace(found, period=1, charge=charge, until=until)
    if found.period == 0:
        await subscriptions.change(db, found.id, period=1, charge=charge, until=until)
    return begun


async def renew(
    db: AsyncSession, first: Payment, *, charge: str, amount: Money, until: datetime, now: datetime
) -> Subscription | None:
    """Telegram took the money for the next 30 days; what is left of those before is the expert's.

    None when it is not owed, and is to go back: the subscription was stopped, or `until` is not
    the end of another 30 days, as when somebody paid for the same one twice. Raises
    NoSubscription.
    """
    found = await subscription_of(db, first, lock=True)
    if found.stopped or found.until is None or until - found.until < _ANOTHER_PERIOD:
        return None
    if amount != found.price:
        return None
    await _close_period(db, found, now=now)
    renewed = replace(found, period=found.period + 1, until=until, over=False)
    payment = await open_payment(
        db, subject=renewed.subject, payer=first.payer, amount=found.price, rail=Rail.STARS,
        purpose=Purpose.SUBSCRIPTION, terms=first.terms, now=now,
    )  # fmt: skip
    await mark_paid(db, payment.id, charge=charge, amount=amount, now=now)
    await subscriptions.change(
        db, found.id, period=renewed.period, until=until, reminded_at=None, ended_at=None
    )
    return renewed


async def answers_left(db: AsyncSession, of: Subscription) -> int:
    """How many questions the period that runs still pays."""
    return await parts_left(db, Purpose.SUBSCRIPTION, of.subject, of.each)


async def usable_subscription(
    db: AsyncSession, client: PersonId, expert_id: ExpertId, *, now: datetime
) -> tuple[Subscription, int] | None:
    """A person's subscription to an expert with how many answers are left in it, if any."""
    for one in await subscriptions.running(db, client=client, expert=expert_id):
        left = await answers_left(db, one) if one.runs(now) else 0
        if left:
            return one, left
    return None


async def use_subscription(
    db: AsyncSession, of: Payment, expert_id: ExpertId, *, now: datetime
) -> Payment:
    """A question is paid by its asker's subscription. Raises NoPackage, AlreadyPaid."""
    found = await usable_subscription(db, of.payer, expert_id, now=now)
    if found is None:
        raise NoPackage
    one = found[0]
    return await pay_from(
        db, of, Purpose.SUBSCRIPTION, one.subject, one.each, rail=Rail.SUBSCRIPTION, now=now
    )


async def stop(db: AsyncSession, of: Subscription, *, now: datetime) -> bool:
    """It is not renewed any more, and lasts to the end of its period; False when that was known."""
    if not await subscriptions.change(
        db, of.id, SubscriptionRow.stopped_at.is_(None), stopped_at=now
    ):
        return False
    if of.charge is not None:
        await subscriptions.ask_stop(db, of.charge, of.client, now=now)
    return True


async def untouched(db: AsyncSession, of: Subscription) -> Payment | None:
    """The payment of the running period when nothing of it was used: Stars go back only whole."""
    payment = await rows.payment_for(db, Purpose.SUBSCRIPTION, of.subject)
    return payment if payment is not None and payment.still_held == payment.total else None


async def give_back(db: AsyncSession, of: Subscription, *, now: datetime) -> Money:
    """The subscription ends now, and what is left of its period goes back: all of it as Stars
    where nothing was used, a part as credit. Returns the amount."""
    await stop(db, of, now=now)
    # it may have been renewed since it was read: then the new period goes back
    of = await subscriptions.subscription(db, of.id, lock=True) or of
    payment = await rows.payment_for(db, Purpose.SUBSCRIPTION, of.subject)
    left = Money(0, of.each.currency)
    if payment is not None and (left := (await rows.locked(db, payment.id)).still_held):
        await request_refund(db, payment.id, left, reason=STOPPED, now=now)
    await subscriptions.change(db, of.id, SubscriptionRow.ended_at.is_(None), ended_at=now)
    return left


async def end_subscription(db: AsyncSession, of: Subscription, *, now: datetime) -> bool:
    """Its time is over and nobody renewed it; False when that was known."""
    # an answer of it that is still open comes back as credit from here on
    over = await subscriptions.change(
        db, of.id, SubscriptionRow.ended_at.is_(None), SubscriptionRow.period == of.period,
        ended_at=now,
    )  # fmt: skip
    if over:
        await _close_period(db, of, now=now)
    return over


async def note_told(db: AsyncSession, of: Subscription, *, now: datetime) -> bool:
    """Its client is told that its period ends soon; False when they were told."""
    return await subscriptions.change(
        db, of.id, SubscriptionRow.reminded_at.is_(None), SubscriptionRow.period == of.period,
        reminded_at=now,
    )  # fmt: skip


async def _close_period(db: AsyncSession, of: Subscription, *, now: datetime) -> None:
    payment = await rows.payment_for(db, Purpose.SUBSCRIPTION, of.subject)
    if payment is not None:
        await release_payment(db, payment, expert_id=of.expert_id, now=now)
