"""Paid means booked or refunded, and nothing is said that is not true any more."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from booking import service as booking
from booking.errors import HoldGone
from booking.model import SessionState, Side
from kernel.ids import SessionId
from kernel.money import Money
from payments import ledger, ledger_check
from payments import service as payments
from payments.approvals import MoneyAction
from payments.model import Rail
from payments.offers_of_money import PromoCode
from storage import outbox
from storage.activity import ActivityRow
from storage.engine import Database
from tests.booking.builders import EXPERT, OFFER, an_offer, at
from tests.workflows.builders import LINK, PRICE, World
from texts.values import from_json
from workflows.admin_money import AdminMoney
from workflows.cancel_session import CancelSession, MoveSession
from workflows.checkout import CheckBeforePaying, HoldTime
from workflows.decide_request import ApproveSession, DeclineSession
from workflows.money_queries import MoneyQueries
from workflows.onboard import ChangePreferences
from workflows.queries import Queries
from workflows.run_session import BeginSessions, EndSessions, ExpireHolds
from workflows.settle_payment import SettlePayment
from workflows.tell_admins import TellAdmins

MONDAY_NINE = at(9, day=9)


@pytest.fixture
async def world(database: Database) -> World:
    found = World(database)
    await found.open()
    return found


async def state(world: World, session: str) -> SessionState:
    async with world.database.read() as db:
        return (await booking.session(db, SessionId(session))).state


async def refunds(world: World) -> list[Money]:
    async with world.database.read() as db:
        assert (await ledger_check.check(db))["balanced"]
        return [refund.amount for refund, _ in await payments.refunds_due(db)]


async def test_a_payment_confirms_and_plans_everything_that_is_said(world: World):
    mia = await world.join(1, "Mia")
    session, payment = await world.hold(mia, MONDAY_NINE)
    assert await world.pay(payment) is not None
    assert await state(world, session) is SessionState.CONFIRMED
    planned = await world.planned()
    assert planned.count("notice-confirmed") == 1
    assert planned.count("notice-expert-booked") == 1
    assert planned.count("notice-reminder-client") == 3
    assert planned.count("notice-reminder-expert") == 3
    assert planned.count("notice-start-video") == 2


@pytest.mark.parametrize("agreed", [True, False])
async def test_paying_is_noted_with_what_the_payer_agreed_to(world: World, *, agreed: bool):
    mia = await world.join(1, "Mia")
    change = ChangePreferences(world.database.write, world.clock)
    mia = await change.profiling(mia.id, wanted=agreed)
    _, payment = await world.hold(mia, MONDAY_NINE)
    await world.pay(payment)
    async with world.database.read() as db:
        noted = await db.execute(
            select(ActivityRow.verb, ActivityRow.profiling).where(ActivityRow.about.is_not(None))
        )
        flags = {verb: profiling for verb, profiling in noted}
    assert flags == {"held": agreed, "paid": agreed}


async def test_the_same_payment_again_changes_nothing(world: World):
    mia = await world.join(1, "Mia")
    _, payment = await world.hold(mia, MONDAY_NINE)
    await world.pay(payment)
    before = await world.planned()
    assert await world.pay(payment) is None
    assert await world.planned() == before


async def test_reminders_that_are_already_late_are_not_planned(world: World):
    mia = await world.join(1, "Mia")
    _, payment = await world.hold(mia, at(9, 30, day=2))
    await world.pay(payment)
    assert (await world.planned()).count("notice-reminder-client") == 2


async def test_money_that_comes_late_gets_the_time_if_it_is_still_free(world: World):
    mia = await world.join(1, "Mia")
    session, payment = await world.hold(mia, MONDAY_NINE)
    world.later(minutes=16)
    await ExpireHolds(world.database.write, world.clock)()
    assert await state(world, session) is SessionState.EXPIRED
    assert await world.pay(payment) is not None
    assert await state(world, session) is SessionState.CONFIRMED


async def test_money_that_comes_when_the_time_is_gone_goes_back_in_full(world: World):
    mia, ben = await world.join(1, "Mia"), await world.join(2, "Ben")
    session, payment = await world.hold(mia, MONDAY_NINE)
    world.later(minutes=16)
    taken, _ = await world.hold(ben, MONDAY_NINE)
    assert await world.pay(payment) is None
    assert await state(world, session) is SessionState.EXPIRED
    assert await state(world, taken) is SessionState.HELD
    assert await refunds(world) == [PRICE]
    assert "notice-paid-too-late" in await world.planned()
    assert "notice-confirmed" not in await world.planned()


@pytest.mark.parametrize(
    ("hours_before", "back"), [(25, PRICE), (23, PRICE.percent(50)), (2, None)]
)
async def test_cancelling_follows_the_policy_and_leaves_no_reminder(
    world: World, hours_before: float, back: Money | None
):
    mia = await world.join(1, "Mia")
    session, payment = await world.hold(mia, MONDAY_NINE)
    await world.pay(payment)
    world.now = MONDAY_NINE
    world.later(hours=-hours_before)
    cancel = CancelSession(world.database.write, world.clock)
    command = world.command()
    for _ in range(2):
        got = await cancel(SessionId(session), by="client", person=mia.id, command=command)
        assert got == (back or Money(0, "USD"))
    assert await refunds(world) == ([back] if back else [])
    late = "" if back == PRICE else "-late"
    assert await world.planned() == [f"notice-expert-cancelled{late}"]


async def test_moving_keeps_the_payment_and_the_reminders_follow(world: World):
    mia = await world.join(1, "Mia")
    session, payment = await world.hold(mia, MONDAY_NINE)
    await world.pay(payment)
    move = MoveSession(world.database.write, world.clock)
    await move(SessionId(session), client=mia.id, start=at(11, day=10), command=world.command())
    planned = await world.planned()
    assert planned.count("notice-reminder-client") == 3
    assert planned.count("notice-moved") == 1
    assert planned.count("notice-confirmed") == 0
    assert await refunds(world) == []


async def test_a_request_is_approved_or_refunded(database: Database):
    world = World(database)
    await world.open(needs_confirmation=True)
    mia = await world.join(1, "Mia")
    first, payment = await world.hold(mia, MONDAY_NINE)
    await world.pay(payment)
    assert await state(world, first) is SessionState.REQUESTED
    approve = ApproveSession(database.write, world.clock, LINK)
    async with database.read() as db:
        expert = (await booking.session(db, SessionId(first))).expert_id
    await approve(SessionId(first), expert=expert, command=world.command())
    assert await state(world, first) is SessionState.CONFIRMED
    second, payment = await world.hold(mia, at(11, day=10))
    await world.pay(payment)
    decline = DeclineSession(database.write, world.clock)
    await decline(SessionId(second), expert=expert, command=world.command())
    assert await state(world, second) is SessionState.DECLINED
    assert await refunds(world) == [PRICE]


async def test_a_session_begins_ends_and_is_settled(world: World):
    mia = await world.join(1, "Mia")
    session, payment = await world.hold(mia, MONDAY_NINE)
    await world.pay(payment)
    world.now = MONDAY_NINE
    await BeginSessions(world.database.write, world.clock)()
    assert await state(world, session) is SessionState.UNDER_WAY
    world.later(hours=1)
    await EndSessions(world.database.write, world.clock)()
    assert await state(world, session) is SessionState.ENDED
    planned = await world.planned()
    assert planned.count("notice-survey") == 1
    assert planned.count("notice-expert-note") == 1
    async with world.database.read() as db:
        balances = await ledger.balances(db)
    assert balances[("revenue", "USD")] == -PRICE.percent(15).minor


async def test_a_hold_that_ran_out_cannot_be_paid_in_the_chat(world: World):
    mia = await world.join(1, "Mia")
    _, payment = await world.hold(mia, MONDAY_NINE)
    check = CheckBeforePaying(world.database.read, world.clock)
    payload = f"{payment}:1"
    await check(payload, payer=mia.id, minor=PRICE.minor, currency="USD")
    world.later(minutes=15)
    with pytest.raises(HoldGone):
        await check(payload, payer=mia.id, minor=PRICE.minor, currency="USD")


async def test_an_expert_who_confirms_each_time_confirms_also_another_one(database: Database):
    world = World(database)
    await world.open(needs_confirmation=True)
    mia = await world.join(1, "Mia")
    held, payment = await world.hold(mia, MONDAY_NINE)
    await world.pay(payment)
    session = SessionId(held)
    approve = ApproveSession(world.database.write, world.clock, LINK)
    await approve(session, expert=EXPERT, command=world.command())
    move = MoveSession(world.database.write, world.clock)
    await move(session, client=mia.id, start=at(11, day=9), command=world.command())
    assert await state(world, held) is SessionState.REQUESTED
    planned = await world.planned()
    assert {"notice-move-requested", "notice-expert-move-request"} <= {*planned}
    assert not [one for one in planned if "reminder" in one or "start" in one]
    await approve(session, expert=EXPERT, command=world.command())
    assert await state(world, held) is SessionState.CONFIRMED
    assert (await world.planned()).count("notice-reminder-client") == 3


async def test_what_cancelling_gives_back_is_shown_as_it_is_done(database: Database):
    world = World(database)
    await world.open(needs_confirmation=True)
    mia = await world.join(1, "Mia")
    held, payment = await world.hold(mia, MONDAY_NINE)
    await world.pay(payment)
    world.now = MONDAY_NINE - timedelta(hours=4)
    shown = await Queries(world.database.read, world.clock).cancellation(SessionId(held), mia.id)
    done = await CancelSession(world.database.write, world.clock)(
        SessionId(held), by="client", person=mia.id, command=world.command()
    )
    assert shown.refund == done == PRICE


async def test_a_request_that_nobody_answers_leaves_nothing_planned(database: Database):
    world = World(database)
    await world.open(needs_confirmation=True)
    mia = await world.join(1, "Mia")
    _, payment = await world.hold(mia, MONDAY_NINE)
    await world.pay(payment)
    world.now = MONDAY_NINE
    await ExpireHolds(world.database.write, world.clock)()
    assert "notice-expert-request" not in await world.planned()


async def give_a_part_back(world: World, payment: str, amount: Money) -> None:
    """An admin says sorry before the session."""
    action = MoneyAction("refund", payment, amount, "sorry")
    admins = AdminMoney(
        world.database.write, world.clock, TellAdmins(world.clock, frozenset()), limit=0
    )
    assert await admins(7, action, command=world.command())


@pytest.mark.parametrize("before", [Money(20_00, "USD"), PRICE], ids=["a part", "all"])
@pytest.mark.parametrize("by", ["client", "expert"])
async def test_what_an_admin_gave_back_before_keeps_nobody_from_cancelling(
    world: World, by: Side, before: Money
):
    mia = await world.join(1, "Mia")
    held, payment = await world.hold(mia, MONDAY_NINE)
    await world.pay(payment)
    await give_a_part_back(world, payment, before)
    session, rest = SessionId(held), PRICE - before
    shown = await Queries(world.database.read, world.clock).cancellation(session, mia.id)
    done = await CancelSession(world.database.write, world.clock)(
        session, by=by, person=mia.id, expert=EXPERT, command=world.command()
    )
    assert shown.refund == done == rest
    assert await state(world, held) is SessionState.CANCELLED
    assert sum(one.minor for one in await refunds(world)) == PRICE.minor


@pytest.mark.parametrize("before", [Money(20_00, "USD"), PRICE], ids=["a part", "all"])
async def test_a_request_of_which_a_part_was_given_back_expires_like_any_other(
    database: Database, before: Money
):
    world = World(database)
    await world.open(needs_confirmation=True)
    mia, ben = await world.join(1, "Mia"), await world.join(2, "Ben")
    asked, payment = await world.hold(mia, MONDAY_NINE)
    await world.pay(payment)
    await give_a_part_back(world, payment, before)
    world.now = MONDAY_NINE - timedelta(minutes=5)
    held, _ = await world.hold(ben, at(11, day=10))
    world.later(minutes=20)
    await ExpireHolds(world.database.write, world.clock)()
    assert await state(world, asked) is await state(world, held) is SessionState.EXPIRED
    assert sum(one.minor for one in await refunds(world)) == PRICE.minor
    planned = await world.planned()
    assert planned.count("notice-cancelled-by-time") == 1
    assert planned.count("notice-hold-expired") == 1


async def test_both_are_told_of_a_free_request_that_nobody_answers(database: Database):
    world = World(database)
    await world.open(needs_confirmation=True, price=Money(0, "USD"))
    mia = await world.join(1, "Mia")
    asked = await HoldTime(database.write, world.clock, LINK)(
        mia, OFFER, MONDAY_NINE, command=world.command()
    )
    assert asked.state is SessionState.REQUESTED
    world.now = MONDAY_NINE
    await ExpireHolds(database.write, world.clock)()
    planned = await world.planned()
    assert "notice-hold-expired" not in planned
    assert {"notice-cancelled-by-time", "notice-expert-no-answer"} <= {*planned}


async def test_who_pays_too_late_is_told_what_they_paid(world: World):
    mia, ben = await world.join(1, "Mia"), await world.join(2, "Ben")
    _, payment = await world.hold(mia, MONDAY_NINE)
    async with world.database.write.begin() as db:
        await payments.save_code(db, PromoCode("SPRING", per_mille=500))
        of = await payments.payment(db, payment)
        less = await payments.apply_code(db, of, "SPRING", rail=Rail.CARD, now=world.now)
    world.later(minutes=16)
    await world.hold(ben, MONDAY_NINE)
    settle = SettlePayment(world.database.write, world.clock, LINK)
    await settle(payment, charge="pi_1", amount=less.amount)
    async with world.database.write.begin() as db:
        found = await outbox.claim(db, now=world.now, real_now=world.now, limit=200)
        await db.rollback()
    [told] = [one.notice for one in found if one.notice.key == "notice-paid-too-late"]
    assert from_json(told.values)["price"] == less.amount == PRICE.percent(50)


async def test_money_for_what_is_offered_no_more_goes_back(world: World):
    mia = await world.join(1, "Mia")
    session, payment = await world.hold(mia, MONDAY_NINE)
    world.later(minutes=16)
    await ExpireHolds(world.database.write, world.clock)()
    async with world.database.write.begin() as db:
        await booking.save_offer(db, an_offer(active=False))
    await world.pay(payment)
    assert await state(world, session) is SessionState.EXPIRED
    assert await refunds(world) == [PRICE]


async def test_who_takes_a_request_back_is_not_told_of_a_policy(database: Database):
    world = World(database)
    await world.open(needs_confirmation=True)
    mia = await world.join(1, "Mia")
    asked, payment = await world.hold(mia, MONDAY_NINE)
    await world.pay(payment)
    world.now = MONDAY_NINE - timedelta(hours=4)
    await CancelSession(database.write, world.clock)(
        SessionId(asked), by="client", person=mia.id, command=world.command()
    )
    assert await refunds(world) == [PRICE]
    why = await MoneyQueries(database.read, world.clock).why(payment)
    assert (why.cancelled_by, why.percent) == (None, None)


async def test_what_is_said_of_a_session_is_its_own_length(world: World):
    mia = await world.join(1, "Mia")
    session, payment = await world.hold(mia, MONDAY_NINE)
    async with world.database.write.begin() as db:
        await booking.save_offer(db, an_offer(minutes=30))
    await world.pay(payment)
    meeting = await Queries(world.database.read, world.clock).meeting(SessionId(session))
    assert meeting.values["minutes"] == 60
