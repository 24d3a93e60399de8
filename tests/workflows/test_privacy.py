"""Erasure leaves nobody waiting, no money under way, and no page of somebody who is gone."""

import json
from collections.abc import Awaitable
from typing import Any

import pytest
from aiogram import Bot

from booking import service as booking
from booking.model import SessionState
from kernel.errors import DomainError
from kernel.ids import SessionId
from kernel.money import Money
from matching import repository
from payments import ledger, ledger_check
from payments import service as payments
from payments.model import (
    DisputeState,
    FetchedDispute,
    PaymentState,
    PayoutMethod,
    Purpose,
    Rail,
    RefundTo,
)
from payments.offers_of_money import Package
from payments.rails.card import CardRail
from payments.rails.telegram import StarRail
from people import service as people
from people.model import Person
from storage.engine import Database
from tests.booking.builders import EXPERT, OFFER, at
from tests.workflows.builders import World
from workflows.cancel_session import CancelSession
from workflows.expert_facts import RefreshFacts
from workflows.privacy import (
    DisputeOpen,
    EarningsNotPaid,
    EraseMe,
    ExportMyData,
    MoneyUnderWay,
    PageStillOpen,
    QuestionWaits,
    SessionsAhead,
)
from workflows.refund import SendRefunds
from workflows.run_session import ExpireHolds
from workflows.tell_admins import TellAdmins

MONDAY_NINE = at(9, day=9)


@pytest.fixture
async def world(database: Database) -> World:
    found = World(database)
    await found.open()
    return found


async def person(world: World, telegram_id: int) -> Person:
    async with world.database.read() as db:
        found = await people.by_telegram(db, telegram_id)
    assert found is not None
    return found


def erased(world: World, who: Person) -> Awaitable[None]:
    return EraseMe(world.database.write, world.clock)(who)


async def refused(world: World, who: Person, refusal: type[DomainError]) -> None:
    with pytest.raises(refusal):
        await erased(world, who)
    assert await person(world, who.telegram_id or 0)


async def test_an_expert_with_sessions_ahead_cannot_vanish(world: World):
    mia = await world.join(1, "Mia")
    _, payment = await world.hold(mia, MONDAY_NINE)
    await world.pay(payment)
    await refused(world, await person(world, 77), SessionsAhead)


async def test_an_expert_who_is_erased_is_neither_offered_nor_bookable(world: World):
    await RefreshFacts(world.database.write)()
    await erased(world, await person(world, 77))
    async with world.database.read() as db:
        assert await booking.offers(db, EXPERT) == []
        assert await repository.facts_of(db, [EXPERT]) == []


async def test_a_held_time_is_given_up(world: World):
    mia = await world.join(1, "Mia")
    session, _ = await world.hold(mia, MONDAY_NINE)
    await erased(world, mia)
    async with world.database.read() as db:
        assert (await booking.session(db, SessionId(session))).state is SessionState.EXPIRED


async def test_nobody_is_erased_while_money_is_under_way(world: World):
    mia = await world.join(1, "Mia")
    session, payment = await world.hold(mia, MONDAY_NINE)
    async with world.database.write.begin() as db:
        mine = await payments.payment(db, payment)
        await payments.opened(db, mine, reference="cs_1", url="https://pay.example")
    await refused(world, mia, PageStillOpen)
    await world.pay(payment)
    await CancelSession(world.database.write, world.clock)(
        SessionId(session), by="client", person=mia.id, command=world.command()
    )
    await refused(world, mia, MoneyUnderWay)


async def test_neither_side_is_erased_while_a_written_question_waits(world: World):
    mia = await world.join(1, "Mia")
    await world.ask(mia, Money(40_00, "USD"))
    for one in (mia, await person(world, 77)):
        await refused(world, one, QuestionWaits)


async def test_the_export_has_what_was_noted_about_a_person(world: World):
    mia = await world.join(1, "Mia")
    await world.hold(mia, MONDAY_NINE)
    world.later(hours=1)
    await ExpireHolds(world.database.write, world.clock)()
    told: dict[str, Any] = json.loads(await ExportMyData(world.database.read)(mia))
    assert {"joined", "held"} <= {one["did"] for one in told["activity"]}
    assert [one["state"] for one in told["sessions"]] == ["expired"]


async def test_what_is_left_of_a_package_goes_back_before_its_owner_is_forgotten(world: World):
    mia = await world.join(1, "Mia")
    each = Money(80_00, "USD")
    package = Package("three", OFFER, sessions=3, each=each, valid_days=30)
    async with world.database.write.begin() as db:
        await payments.save_package(db, package)
    _, payment = await world.order(mia, package)
    await world.pay_package(payment, package)
    await refused(world, mia, MoneyUnderWay)
    async with world.database.write.begin() as db:
        [(refund, _)] = await payments.refunds_due(db)
        assert (refund.amount, refund.to) == (package.price, RefundTo.RAIL)
        await payments.refund_done(db, refund.id, reference="re_1", now=world.now)
    await erased(world, mia)
    async with world.database.read() as db:
        assert await people.by_telegram(db, 1) is None
        assert (await ledger_check.check(db))["problems"] == []


async def test_credit_is_given_up_by_who_leaves(world: World):
    mia = await world.join(1, "Mia")
    async with world.database.write.begin() as db:
        ten = Money(10_00, "USD")
        await payments.grant(db, mia.id, ten, key="k", reason="sorry", now=world.now)
    await erased(world, mia)
    async with world.database.read() as db:
        assert await payments.credit_of(db, mia.id) == []
        assert not any((await ledger.balances(db)).values())


async def test_nobody_is_forgotten_while_their_bank_asks_for_money_back(world: World):
    mia = await world.join(1, "Mia")
    session, payment = await world.hold(mia, MONDAY_NINE)
    await world.pay(payment)
    await CancelSession(world.database.write, world.clock)(
        SessionId(session), by="client", person=mia.id, command=world.command()
    )
    dispute = FetchedDispute(
        "dp", "pi_1", Money(90_00, "USD"), Money(15_00, "USD"), DisputeState.OPEN
    )
    async with world.database.write.begin() as db:
        [(refund, _)] = await payments.refunds_due(db)
        await payments.refund_done(db, refund.id, reference="re_1", now=world.now)
        await payments.follow_dispute(db, dispute, now=world.now)
    await refused(world, mia, DisputeOpen)


async def test_stars_of_somebody_erased_are_unclaimed_and_not_tried_again(world: World):
    mia = await world.join(1, "Mia")
    stars = Money(500, "XTR")
    write, tell = world.database.write, TellAdmins(world.clock, frozenset({77}))
    async with write.begin() as db:
        payment = await payments.open_payment(
            db, subject="question", payer=mia.id, amount=stars, rail=Rail.STARS,
            purpose=Purpose.QUESTION, now=world.now,
        )  # fmt: skip
        await payments.mark_paid(db, payment.id, charge="stars_1", amount=stars, now=world.now)
    await erased(world, mia)
    async with write.begin() as db:
        await payments.request_refund(db, payment.id, stars, reason="x", now=world.now)
    cards = CardRail(key="sk_x", webhook_secret="x", return_to="x", api="http://127.0.0.1:9")
    async with Bot("1:x").context() as bot:
        for _ in range(2):
            await SendRefunds(write, world.clock, cards, StarRail(bot), tell)()
    async with world.database.read() as db:
        assert await payments.refunds_due(db) == []
        [refund] = await payments.refunds_of(db, payment.id)
        assert refund.to is RefundTo.UNCLAIMED
        assert (await payments.payment(db, payment.id)).state is PaymentState.REFUNDED
        assert (await ledger.balances(db))["unclaimed", "XTR"] == -stars.minor
        assert (await ledger_check.check(db))["problems"] == []
    assert (await world.planned()).count("notice-refund-unclaimed") == 1


async def test_an_expert_waits_for_who_is_paying_for_their_time(world: World):
    mia = await world.join(1, "Mia")
    await world.hold(mia, MONDAY_NINE)
    await refused(world, await person(world, 77), MoneyUnderWay)
    world.later(minutes=15)
    await erased(world, await person(world, 77))


@pytest.mark.parametrize("late", [False, True], ids=["paid before", "paid after"])
async def test_packages_of_an_expert_who_leaves_go_back(world: World, *, late: bool):
    mia = await world.join(1, "Mia")
    package = Package("three", OFFER, sessions=3, each=Money(80_00, "USD"), valid_days=30)
    _, payment = await world.order(mia, package)
    if not late:
        await world.pay_package(payment, package)
    await erased(world, await person(world, 77))
    if late:
        await world.pay_package(payment, package)
    async with world.database.read() as db:
        assert [one.amount for one, _ in await payments.refunds_due(db)] == [package.price]
        assert await payments.packages_running(db) == []
        assert (await ledger_check.check(db))["problems"] == []
    told = await world.planned()
    assert told.count("notice-package-let-go") == 1


async def test_an_expert_is_paid_before_nobody_knows_whose_the_money_is(world: World):
    mia = await world.join(1, "Mia")
    _, payment = await world.hold(mia, MONDAY_NINE)
    await world.pay(payment)
    await world.live_through(MONDAY_NINE)
    world.later(hours=48)
    await refused(world, await person(world, 77), EarningsNotPaid)
    async with world.database.write.begin() as db:
        await payments.pay_out(
            db, EXPERT, "USD", method=PayoutMethod.BY_HAND, reference="SEPA 1", now=world.now
        )
    await erased(world, await person(world, 77))
