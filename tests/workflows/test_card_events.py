"""Every event five times, shuffled, and a crash at every step of handling: one effect."""

import itertools
import random
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, cast

import pytest
from sqlalchemy import event as sql_event
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from booking import service as booking
from booking.model import SessionState
from booking.question_model import QuestionState
from kernel.ids import PaymentId, SessionId
from kernel.money import Money
from payments import ledger, ledger_check
from payments import service as payments
from payments.approvals import MoneyAction
from payments.errors import RailDown, RailRefused
from payments.model import (
    DisputeState,
    Fetched,
    FetchedDispute,
    StoredEvent,
)
from payments.rails.card import CardRail
from storage.engine import Database
from tests.booking.builders import EXPERT, at
from tests.workflows.builders import LINK, PRICE, World
from workflows.admin_money import AdminMoney
from workflows.card_events import FollowDispute, HandleStripeEvents, TakeBackRefund
from workflows.settle_payment import SettlePayment
from workflows.tell_admins import TellAdmins


class Crash(BaseException):
    """The process dies here; the database rolls back what was not committed."""


@dataclass
class Steps:
    """Counts every statement, commit and call, and crashes at one of them."""

    crash_at: int | None = None
    done: int = 0

    def step(self) -> None:
        self.done += 1
        if self.done == self.crash_at:
            raise Crash


@dataclass
class Processor:
    """What the card processor knows; a stand-in for its server, not for our code."""

    steps: Steps
    pages: dict[str, Fetched] = field(default_factory=dict)
    disputes: dict[str, FetchedDispute] = field(default_factory=dict)

    async def fetch(self, reference: str) -> Fetched:
        self.steps.step()
        if reference not in self.pages:
            raise RailRefused("No such checkout.session")
        return self.pages[reference]

    async def dispute(self, reference: str) -> FetchedDispute:
        self.steps.step()
        return self.disputes[reference]


@contextmanager
def counted(database: Database, steps: Steps) -> Any:
    engine = database.engines[0].sync_engine

    def before(*_: object) -> None:
        steps.step()

    sql_event.listen(engine, "before_cursor_execute", before)
    sql_event.listen(Session, "before_commit", before)
    try:
        yield
    finally:
        sql_event.remove(engine, "before_cursor_execute", before)
        sql_event.remove(Session, "before_commit", before)


def handler(world: World, processor: Processor) -> HandleStripeEvents:
    settle = SettlePayment(world.database.write, world.clock, LINK)
    tell = TellAdmins(world.clock, frozenset({77}))
    follow, back = FollowDispute(world.clock, tell), TakeBackRefund(world.clock, tell)
    cards = cast("CardRail", processor)
    return HandleStripeEvents(world.database.write, world.clock, cards, settle, follow, back)


async def store(world: World, *events: StoredEvent) -> None:
    async with world.database.write.begin() as db:
        for one in events:
            await payments.store_event(db, one, source="stripe", body="{}", now=world.now)


def page(payment: PaymentId, *, amount: Money = PRICE, charge: str = "pi_1") -> Fetched:
    return Fetched(payment, open=False, paid=True, amount=amount, charge=charge,
                   fee=Money(291, "USD"))  # fmt: skip


KINDS = (
    "checkout.session.completed", "checkout.session.async_payment_succeeded", "charge.succeeded",
    "payment_intent.succeeded", "charge.dispute.created", "charge.dispute.funds_withdrawn",
    "charge.dispute.closed", "customer.created",
)  # fmt: skip


def events_of(name: str) -> list[StoredEvent]:
    about = {"dispute": f"dp_{name}", "checkout": f"cs_{name}"}
    found = []
    for kind in KINDS:
        part = "dispute" if "dispute" in kind else "checkout"
        found.append(StoredEvent(f"evt_{name}_{kind}", kind, about[part]))
    return found


@pytest.fixture
async def world(database: Database) -> World:
    found = World(database)
    await found.open()
    return found


async def effects(db: AsyncSession, session: str, payment: PaymentId) -> dict[str, Any]:
    """What one payment did, however often it was told."""
    keys = [key for key, _, _ in await ledger.entries_of(db, f"paid:{payment}")]
    found = await booking.session(db, SessionId(session))
    moves = await booking.moves(db, SessionId(session))
    return {
        "posted": len(set(keys)),
        "state": found.state,
        "confirmed": [one.after for one in moves].count(SessionState.CONFIRMED),
        "problems": (await ledger_check.check(db))["problems"],
    }


ONCE = {"posted": 1, "state": SessionState.CONFIRMED, "confirmed": 1, "problems": []}


async def test_a_crash_at_every_step_leaves_one_posting_one_booking_one_message(world: World):
    shuffle = random.Random(6)
    mia = await world.join(1, "Mia")
    hours = [at(hour, day=day) for day in (9, 10, 11, 12, 13) for hour in range(9, 17)]
    hours += [at(hour, day=day) for day in (16, 17, 18, 19, 20) for hour in range(9, 17)]
    steps_seen = 0
    for crash_at in itertools.count(1):
        name = f"{crash_at}"
        start = hours.pop(0) if hours else None
        assert start is not None, "more steps than free times: add some"
        session, payment = await world.hold(mia, start)
        steps = Steps(crash_at)
        processor = Processor(steps, {f"cs_{name}": page(payment, charge=f"pi_{name}")})
        processor.disputes[f"dp_{name}"] = FetchedDispute(
            f"dp_{name}", f"pi_{name}", PRICE, Money(1500, "USD"), DisputeState.WON
        )
        told = events_of(name) * 5
        shuffle.shuffle(told)
        await store(world, *told)
        with counted(world.database, steps), suppress(Crash):
            await handler(world, processor)()
        crashed = steps.done == crash_at
        steps.crash_at = None
        await store(world, *told)
        for _ in range(2):
            await handler(world, processor)()
        async with world.database.read() as db:
            assert await effects(db, session, payment) == ONCE, f"crash at step {crash_at}"
            assert await payments.events_due(db) == []
        planned = await world.planned()
        assert planned.count("notice-confirmed") == crash_at
        steps_seen += 1
        if not crashed:
            break
    assert steps_seen > 30


async def paid_behind(
    world: World, first: StoredEvent
) -> tuple[SessionId, PaymentId, HandleStripeEvents]:
    """A session whose payment is told of behind another event, and what handles both."""
    session, payment = await world.hold(await world.join(1, "Mia"), at(9, day=9))
    await store(world, first, StoredEvent("evt_1", "checkout.session.completed", "cs_1"))
    return session, payment, handler(world, Processor(Steps(), {"cs_1": page(payment)}))


async def test_an_event_that_cannot_be_handled_stands_in_nobodys_way(world: World):
    first = StoredEvent("evt_0", "checkout.session.completed", "cs_of_somebody_else")
    session, payment, handle = await paid_behind(world, first)
    await handle()
    async with world.database.read() as db:
        assert await effects(db, session, payment) == ONCE
        assert await payments.events_due(db) == []


async def test_a_bug_of_ours_keeps_one_event_waiting_and_no_other(world: World):
    first = StoredEvent("evt_0", "charge.dispute.created", "one that our stand-in does not know")
    session, payment, handle = await paid_behind(world, first)
    with pytest.raises(KeyError):
        await handle()
    async with world.database.read() as db:
        assert await effects(db, session, payment) == ONCE
        assert [one.id for one in await payments.events_due(db)] == ["evt_0"]


async def test_an_event_waits_while_the_processor_is_down(world: World):
    class Down(Processor):
        async def fetch(self, reference: str) -> Fetched:
            raise RailDown("no answer")

    mia = await world.join(1, "Mia")
    session, payment = await world.hold(mia, at(9, day=9))
    await store(world, StoredEvent("evt_1", "checkout.session.completed", "cs_1"))
    await handler(world, Down(Steps()))()
    async with world.database.read() as db:
        assert len(await payments.events_due(db)) == 1
    await handler(world, Processor(Steps(), {"cs_1": page(payment)}))()
    async with world.database.read() as db:
        assert await effects(db, session, payment) == ONCE


@pytest.mark.parametrize("amount", [PRICE - Money(1, "USD"), Money(1, "USD"), Money(9000, "EUR")])
async def test_another_amount_than_agreed_goes_back(world: World, amount: Money):
    mia = await world.join(1, "Mia")
    session, payment = await world.hold(mia, at(9, day=9))
    processor = Processor(Steps(), {"cs_1": page(payment, amount=amount)})
    await store(world, StoredEvent("evt_1", "checkout.session.completed", "cs_1"))
    await handler(world, processor)()
    async with world.database.read() as db:
        assert (await booking.session(db, SessionId(session))).state is SessionState.HELD
        assert [one.amount for one, _ in await payments.refunds_due(db)] == [amount]
        assert (await ledger_check.check(db))["problems"] == []
    assert "notice-paid-on-top" in await world.planned()


async def test_a_page_of_somebody_else_is_not_ours(world: World):
    processor = Processor(Steps(), {"cs_1": page(PaymentId("unknown"))})
    await store(world, StoredEvent("evt_1", "checkout.session.completed", "cs_1"))
    await handler(world, processor)()
    async with world.database.read() as db:
        assert await payments.events_due(db) == []
        assert await ledger.balances(db) == {}


async def lose(world: World, processor: Processor, charge: str, amount: Money) -> None:
    """The bank decides for the cardholder, twice told."""
    processor.disputes["dp_lost"] = FetchedDispute(
        "dp_lost", charge, amount, Money(1500, "USD"), DisputeState.LOST
    )
    for number in range(2):
        await store(world, StoredEvent(f"evt_{number}", "charge.dispute.closed", "dp_lost"))
        await handler(world, processor)()


@pytest.mark.parametrize("amount", [PRICE, Money(40_00, "USD")])
async def test_a_lost_dispute_cancels_the_session_ahead_and_frees_its_time(
    world: World, amount: Money
):
    mia, ben = await world.join(1, "Mia"), await world.join(2, "Ben")
    start = at(9, day=9)
    session, payment = await world.hold(mia, start)
    await world.pay(payment)
    await lose(world, Processor(Steps()), "pi_1", amount)
    async with world.database.read() as db:
        assert (await booking.session(db, SessionId(session))).state is SessionState.CANCELLED
        back = await payments.refunds_due(db)
        assert sum(one.amount.minor for one, _ in back) == PRICE.minor - amount.minor
        assert (await ledger_check.check(db))["problems"] == []
    planned = await world.planned()
    assert [planned.count(f"notice-{one}taken-back") for one in ("", "expert-")] == [1, 1]
    assert not any("reminder" in key or "start" in key for key in planned)
    await world.hold(ben, start)


async def test_a_lost_dispute_withdraws_the_question_that_waits_for_its_answer(world: World):
    question, _ = await world.ask(await world.join(1, "Mia"), Money(40_00, "USD"))
    await lose(world, Processor(Steps()), "pi_1", Money(30_00, "USD"))
    async with world.database.read() as db:
        assert (await booking.question(db, question)).state is QuestionState.WITHDRAWN
        assert await booking.questions_waiting(db, EXPERT) == []
        assert sum(one.amount.minor for one, _ in await payments.refunds_due(db)) == 10_00
        assert (await ledger_check.check(db))["problems"] == []
    planned = await world.planned()
    for told in ("notice-question-taken-back", "notice-question-withdrawn"):
        assert planned.count(told) == 1
    assert "notice-question-waits" not in planned


async def test_a_question_that_an_admin_gave_all_back_for_needs_no_answer(world: World):
    question, payment = await world.ask(await world.join(1, "Mia"), Money(40_00, "USD"))
    admins = AdminMoney(world.database.write, world.clock, TellAdmins(world.clock, frozenset()), 0)
    for minor, state in ((10_00, QuestionState.ASKED), (30_00, QuestionState.WITHDRAWN)):
        action = MoneyAction("refund", payment, Money(minor, "USD"), "sorry")
        assert await admins(7, action, command=world.command())
        async with world.database.read() as db:
            assert (await booking.question(db, question)).state is state
            assert (await ledger_check.check(db))["problems"] == []
    planned = await world.planned()
    assert planned.count("notice-question-withdrawn") == 1
    assert "notice-question-waits" not in planned


async def test_a_lost_dispute_leaves_a_session_that_has_begun(world: World):
    mia = await world.join(1, "Mia")
    session, payment = await world.hold(mia, at(9, day=9))
    await world.pay(payment)
    world.now = at(9, day=9)
    async with world.database.write.begin() as db:
        await booking.begin_due(db, now=world.now)
    await lose(world, Processor(Steps()), "pi_1", PRICE)
    async with world.database.read() as db:
        assert (await booking.session(db, SessionId(session))).state is SessionState.UNDER_WAY
