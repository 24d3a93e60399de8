"""What the ticker runs."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from aiogram import Bot
from sqlalchemy.ext.asyncio import AsyncSession

from booking import service as booking
from bot.live_progress import LiveProgress
from kernel.clock import Clock
from payments import service as payments
from payments.rails.card import CardRail
from payments.rails.telegram import StarRail
from scheduler.delivery import Delivery
from scheduler.jobs import Job
from storage.engine import Database
from workflows.calendars import RefreshCalendars
from workflows.card_events import HandleStripeEvents
from workflows.expert_facts import RefreshRecords
from workflows.hold_window import CountDown
from workflows.housekeeping import Purge, RefreshMatching
from workflows.introductions import RewardFriends
from workflows.learn_weights import LearnWeights
from workflows.make_profiles import MakeProfiles
from workflows.next_times import KeepNextTimes
from workflows.packages import EndPackages
from workflows.payouts import (
    PayExperts,
    SendPayouts,
    TakeBackTransfers,
    transfers_to_take_back,
)
from workflows.recommend import LearnTastes
from workflows.reconcile import GiveUpUnpaid, Reconcile, ReconcileStars
from workflows.refund import SendRefunds
from workflows.repeat_broadcasts import StartRounds
from workflows.run_broadcasts import FinishBroadcasts, PlanBroadcasts, TidyBroadcasts
from workflows.run_session import BeginSessions, EndSessions, ExpireHolds
from workflows.sequences import PlanSequences
from workflows.series import BookSeries
from workflows.settle_holds import SettleHolds, holds_due
from workflows.subscriptions import EndSubscriptions, SendStops
from workflows.tell_admins import TellAdmins
from workflows.use_cases import UseCases
from workflows.waitlist import OfferFreedTimes
from workflows.watch_broadcasts import WatchBroadcasts
from workflows.written_questions import GiveBackUnanswered

if TYPE_CHECKING:
    from hourwise.wiring import Ground

_OFTEN, _SELDOM = timedelta(seconds=1), timedelta(seconds=30)


def make_jobs(
    ground: "Ground",
    cards: CardRail,
    bot: Bot,
    use_cases: UseCases,
    delivery: Delivery,
    handle_events: HandleStripeEvents,
) -> list[Job]:
    """All jobs, in the order in which one may cause the next."""
    clock, database, settings = ground.clock, ground.database, ground.settings
    write, settle, stars = database.write, use_cases.settle_payment, StarRail(bot)
    moves, follow = partial(_sessions_move, database, clock), handle_events.follow_dispute
    tell_admins = TellAdmins(clock, settings.admin_ids)
    refunds = SendRefunds(write, clock, cards, stars, tell_admins)
    payouts = SendPayouts(write, clock, cards, tell_admins)
    take_back = TakeBackTransfers(write, clock, cards)
    calendars = RefreshCalendars(write, clock, use_cases.import_calendars.read, tell_admins)
    holds = SettleHolds(write, clock, cards, tell_admins)
    reconcile = Reconcile(write, clock, cards, settle, follow, handle_events.take_back_refund)
    tastes = LearnTastes(database, clock, ground.matcher)
    weights = LearnWeights(database, clock)
    making = MakeProfiles(database, clock, ground.matcher.fields)
    next_times = KeepNextTimes(database, clock)
    series = BookSeries(use_cases.packages)
    stars_seen = ReconcileStars(write, stars, use_cases.take_telegram_payment)
    return [
        Job("holds", _OFTEN, ExpireHolds(write, clock), moves),
        Job("waitlist", timedelta(seconds=3), OfferFreedTimes(write, clock)),
        Job("beginnings", _OFTEN, BeginSessions(write, clock), moves),
        Job("endings", _OFTEN, EndSessions(write, clock), moves),
        Job("countdown", timedelta(seconds=5), CountDown(database, clock)),
        Job("next times", _OFTEN, next_times, next_times.due),
        Job("events", _OFTEN, handle_events, _any(database, payments.events_due)),
        Job("reconciliation", _SELDOM, reconcile),
        Job("stars", _SELDOM, stars_seen),
        Job("set aside", _SELDOM, GiveUpUnpaid(write, clock)),
        Job("questions", _SELDOM, GiveBackUnanswered(write, clock)),
        Job("packages", _SELDOM, EndPackages(write, clock)),
        Job("series", _OFTEN, series, _any(database, payments.packages_in_series)),
        Job("subscriptions", _SELDOM, EndSubscriptions(write, clock)),
        Job("stops", _OFTEN, SendStops(write, clock, stars), _any(database, payments.stops_due)),
        Job("card holds", _OFTEN, holds, _any(database, partial(_holds, clock))),
        Job("refunds", _OFTEN, refunds, _any(database, payments.refunds_due)),
        Job("friends", _SELDOM, RewardFriends(write, clock, settings.referral_percent)),
        Job("earnings", _SELDOM, PayExperts(write, clock)),
        Job("payouts", _SELDOM, payouts, _any(database, payments.payouts_due)),
        Job("reversals", _SELDOM, take_back, _any(database, transfers_to_take_back)),
        Job("rounds", _OFTEN, StartRounds(database, clock)),
        Job("sequences", _SELDOM, PlanSequences(database, clock)),
        Job("planning", _OFTEN, PlanBroadcasts(database)),
        Job("delivery", timedelta(seconds=0.5), delivery, stop=delivery.stop),
        Job("progress", timedelta(seconds=3), LiveProgress(bot, WatchBroadcasts(database, clock))),
        Job("broadcasts", _OFTEN, FinishBroadcasts(database, clock)),
        Job("leftovers", _OFTEN, TidyBroadcasts(database)),
        Job("calendars", _SELDOM, calendars),
        Job("knowledge", timedelta(seconds=5), ground.learn),
        Job("matching", timedelta(seconds=5), RefreshMatching(database, ground.matcher)),
        Job("track records", timedelta(hours=1), RefreshRecords(database, clock)),
        Job("tastes", timedelta(minutes=10), tastes, tastes.due),
        Job("weights", timedelta(minutes=10), weights, weights.due),
        Job("profiles", timedelta(minutes=10), making, making.due),
        Job("purge", timedelta(hours=1), Purge(write, clock)),
    ]


async def _holds(clock: Clock, db: AsyncSession) -> bool:
    return bool(await holds_due(db, now=clock()))


async def _sessions_move(database: Database, clock: Clock) -> bool:
    async with database.read() as db:
        return await booking.anything_due(db, now=clock())


def _any(
    database: Database, due: Callable[[AsyncSession], Awaitable[Any]]
) -> Callable[[], Awaitable[bool]]:
    async def look() -> bool:
        async with database.read() as db:
            return bool(await due(db))

    return look
