"""Two who do something in the same moment, on PostgreSQL, where they do not queue by themselves.

The first has done its part and has not committed yet when the second comes.
"""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from booking import service as booking
from booking.question_model import WrittenOffer
from kernel.ids import PaymentId, SessionId
from kernel.money import Money
from payments import ledger_check
from payments import service as payments
from payments.model import PayoutAccount, Purpose, Rail, RefundTo
from payments.offers_of_money import Plan, Subscription
from people import service as people
from people.model import Person, Trigger
from people.polls import read_questions
from scheduler import broadcasts
from scheduler.broadcasts import BroadcastState
from storage import outbox
from storage.engine import Database
from storage.outbox import Message, Notice
from tests.booking.builders import EXPERT, at
from tests.turns import over_or_waiting
from tests.workflows.builders import LINK, PRICE, World
from workflows.cancel_session import CancelSession
from workflows.join_session import JoinSession
from workflows.payouts import PayExperts
from workflows.polls import Polls
from workflows.remind import ChangeReminders, SayComing
from workflows.repeat_broadcasts import StartRounds
from workflows.sequences import PlanSequences, Sequences
from workflows.settle_payment import Came, SettlePayment
from workflows.subscriptions import Subscriptions

pytestmark = pytest.mark.parametrize("database_url", ["postgres"], indirect=True)

NINE = at(9, day=9)
STARS = Money(600, "XTR")
PERIOD = timedelta(days=30)


@pytest.fixture
async def world(database: Database) -> World:
    return World(database)


async def money_comes(world: World, money: Came) -> None:
    async with world.database.write.begin() as db:
        await SettlePayment(world.database.write, world.clock, LINK).within(db, money)


async def test_a_group_meets_in_one_place_also_when_two_pay_at_once(world: World):
    await world.open(seats=3)
    seats, money = list[SessionId](), list[Came]()
    for number, name in enumerate(("Mia", "Ben")):
        session, payment = await world.hold(await world.join(number, name), NINE)
        seats.append(session)
        money.append(Came(payment, f"pi_{number}", PRICE))
    first, second = money
    async with world.database.write.begin() as db:
        await SettlePayment(world.database.write, world.clock, LINK).within(db, first)
        paying = asyncio.create_task(money_comes(world, second))
        await over_or_waiting(world.database, paying)
    await paying
    async with world.database.read() as db:
        links = {(await booking.session(db, one)).link for one in seats}
    assert links == {LINK.format(session=seats[0])}


async def subscribed(world: World) -> tuple[Person, PaymentId, Subscription]:
    """Mia has paid for three answers of Ana's in 30 days."""
    await world.open()
    mia = await world.join(1, "Mia")
    async with world.database.write.begin() as db:
        await booking.save_written_offer(db, WrittenOffer(EXPERT, Money(250, "XTR"), "stars"))
        await payments.save_plan(db, Plan(EXPERT, questions=3, each=Money(200, "XTR")))
    subscriptions = Subscriptions(world.database.write, world.clock, world.terms)
    first = (await subscriptions.order(mia, EXPERT, command="order")).payment
    await money_comes(world, Came(first.id, "first", STARS, until=world.now + PERIOD))
    (owned,) = await subscriptions.owned(mia.id)
    return mia, first.id, owned.subscription


async def test_who_gives_back_a_subscription_as_it_is_renewed_gets_the_new_stars(world: World):
    mia, first, mine = await subscribed(world)
    world.later(days=30)
    renewal = Came(first, "second", STARS, until=world.now + PERIOD)
    subscriptions = Subscriptions(world.database.write, world.clock, world.terms)
    async with world.database.write.begin() as db:
        await SettlePayment(world.database.write, world.clock, LINK).within(db, renewal)
        giving = asyncio.create_task(subscriptions.give_back(mia, mine.id, command="back"))
        await over_or_waiting(world.database, giving)
    assert await giving == STARS
    async with world.database.read() as db:
        due = [(one.amount, one.to, of.charge) for one, of in await payments.refunds_due(db)]
        assert due == [(STARS, RefundTo.RAIL, "second")]
        assert (await ledger_check.check(db))["problems"] == []


async def test_an_answer_that_is_just_being_paid_is_not_given_back_as_well(world: World):
    mia, _, mine = await subscribed(world)
    write = world.database.write

    async def give_back() -> Money:
        async with write.begin() as db:
            return await payments.give_back(db, mine, now=world.now)

    async with write.begin() as db:
        question = await payments.open_payment(
            db, subject="question", payer=mia.id, amount=Money(250, "XTR"), rail=Rail.STARS,
            purpose=Purpose.QUESTION, now=world.now,
        )  # fmt: skip
        await payments.use_subscription(db, question, EXPERT, now=world.now)
        giving = asyncio.create_task(give_back())
        await over_or_waiting(world.database, giving)
    assert await giving == Money(400, "XTR")
    async with world.database.read() as db:
        assert (await ledger_check.check(db))["problems"] == []


async def test_two_schedulers_take_back_once_what_an_expert_owes(world: World):
    await world.open()
    _, payment = await world.hold(await world.join(1, "Mia"), NINE)
    await world.pay(payment)
    await world.live_through(NINE)
    world.later(hours=48)
    write = world.database.write
    async with write.begin() as db:
        await payments.set_account(db, PayoutAccount(EXPERT, "acct_1", ready=True))
    await PayExperts(write, world.clock)()
    async with write.begin() as db:
        (transfer,) = await payments.payouts_due(db)
        await payments.payout_sent(db, transfer, reference="tr_1", now=world.now)
        third = PRICE.percent(33)
        await payments.request_refund(db, payment, third, reason="complaint", now=world.now)

    async def plan() -> None:
        async with write.begin() as db:
            await payments.plan_reversals(db, now=world.now)

    async with write.begin() as db:
        await payments.plan_reversals(db, now=world.now)
        planning = asyncio.create_task(plan())
        await over_or_waiting(world.database, planning)
    await planning
    async with world.database.read() as db:
        assert len(await payments.reversals_due(db)) == 1
        assert await payments.earned_so_far(db, EXPERT) == []


async def test_a_round_that_begins_as_its_survey_is_stopped_asks_nobody(world: World):
    await world.join(1, "Mia")
    database = world.database
    polls = Polls(database, world.clock)
    poll = await polls.ask(
        read_questions("text | What is missing?"),
        audience="all",
        every=None,
        author="77",
        command="ask",
    )
    async with database.write.begin() as db:
        # so that the round waits in its middle
        await db.execute(text("LOCK TABLE broadcasts IN SHARE MODE"))
        beginning = asyncio.create_task(StartRounds(database, world.clock)())
        await over_or_waiting(database, beginning)
        stopping = asyncio.create_task(polls.stop(poll))
        await over_or_waiting(database, beginning, stopping)
    await asyncio.gather(beginning, stopping)
    async with database.read() as db:
        states = [one.state for one in await broadcasts.latest(db, limit=9)]
    assert states == [BroadcastState.CANCELLED]


async def test_a_step_that_is_planned_as_its_sequence_is_stopped_is_not_said(world: World):
    database = world.database
    sequences = Sequences(database, world.clock)
    step = (1, Message({"en": "day one"}))
    started = await sequences.start(Trigger.JOINED, [step], command="start")
    world.later(minutes=1)
    mia = await world.join(1, "Mia")
    world.later(days=1, hours=4)
    async with database.write() as db:
        # so that the planner waits in its middle
        mine = Notice(f"sequence:{started}:0:{mia.id}", mia.id, world.now)
        await outbox.add(db, mine)
        planning = asyncio.create_task(PlanSequences(database, world.clock)())
        await over_or_waiting(database, planning)
        stopping = asyncio.create_task(sequences.stop(started))
        await over_or_waiting(database, planning, stopping)
        await db.rollback()
    await asyncio.gather(planning, stopping)
    async with database.read() as db:
        counts = await outbox.counts(db, about=f"sequence:{started}:0")
    assert (counts[outbox.PLANNED], counts[outbox.VOID]) == (0, 1)


async def _changes_reminders(world: World, _: Person, ana: Person, __: SessionId) -> None:
    await ChangeReminders(world.database.write, world.clock).plan(ana.id, [5])


async def _says_coming(world: World, mia: Person, _: Person, session: SessionId) -> None:
    await SayComing(world.database.write, world.clock)(session, mia.id, command="coming")


async def _joins(world: World, mia: Person, _: Person, session: SessionId) -> None:
    await JoinSession(world.database.write, world.clock, "")(session, mia.id)


@pytest.mark.parametrize(
    ("does", "key"),
    [
        (_changes_reminders, "{session}:0:notice-reminder-expert-5:{ana}"),
        (_says_coming, "{session}:0:notice-coming-client:{ana}"),
        (_joins, "waiting:{session}:0:{ana}"),
    ],
)
async def test_nothing_is_said_of_a_session_that_is_called_off_meanwhile(
    world: World,
    does: Callable[[World, Person, Person, SessionId], Coroutine[Any, Any, None]],
    key: str,
):
    await world.open()
    database, write = world.database, world.database.write
    mia = await world.join(1, "Mia")
    session, payment = await world.hold(mia, NINE)
    await world.pay(payment)
    async with database.read() as db:
        ana = await people.by_telegram(db, 77)
    assert ana is not None
    world.now = NINE - timedelta(minutes=10)
    async with write() as db:
        # so that it waits in its middle
        await outbox.add(db, Notice(key.format(session=session, ana=ana.id), ana.id, NINE))
        doing = asyncio.create_task(does(world, mia, ana, session))
        await over_or_waiting(database, doing)
        cancel = CancelSession(write, world.clock)
        leaving = asyncio.create_task(cancel(session, by="client", person=mia.id, command="cancel"))
        await over_or_waiting(database, doing, leaving)
        await db.rollback()
    await asyncio.gather(doing, leaving)
    assert await world.planned() == ["notice-expert-cancelled-late"]
