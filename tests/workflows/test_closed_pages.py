"""Card pages that are paid no more: what was paid on one already is not lost; through `stripe`."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import aiohttp
import pytest

from kernel.clock import real_now
from kernel.ids import SessionId
from kernel.money import Money
from payments import ledger_check
from payments import service as payments
from payments.rails.card import CardRail
from sandbox.app import create_app
from sandbox.server import serving
from storage.engine import Database
from tests.workflows.builders import LINK, PRICE, World
from workflows.cashier import Cashier
from workflows.checkout import PayForSession
from workflows.gifts import Gifts
from workflows.pay_less import PayLess
from workflows.settle_payment import SettlePayment

FIVE, TEN = Money(5_00, "USD"), Money(10_00, "USD")


@dataclass
class Paying:
    """Clients at the sandbox's processor, whose webhooks are all lost."""

    world: World
    cards: CardRail
    cashier: Cashier
    settle: SettlePayment
    nine: datetime
    address: str


@pytest.fixture
async def paying(database: Database) -> AsyncIterator[Paying]:
    world = World(database, now=real_now())
    await world.open()
    monday = world.now + timedelta(days=7 - world.now.weekday())
    async with serving(create_app(product_url="http://127.0.0.1:1"), port=0) as port:
        address = f"http://127.0.0.1:{port}"
        cards = CardRail(
            key="sk_test_x", webhook_secret="whsec_x", return_to=address, api=f"{address}/stripe"
        )
        yield Paying(
            world, cards, Cashier(database.write, cards, ""),
            SettlePayment(database.write, world.clock, LINK),
            monday.replace(hour=9, minute=0, second=0, microsecond=0), address,
        )  # fmt: skip
        await cards.close()


async def test_what_was_paid_before_the_price_became_less_goes_back(paying: Paying):
    world = paying.world
    write, mia = world.database.write, await world.join(1, "Mia")
    held, payment = await world.hold(mia, paying.nine)
    opened = await PayForSession(write, world.clock, paying.cashier, world.terms)(
        mia, SessionId(held)
    )
    page = f"{paying.address}/sandbox/api/stripe/{opened.payment.reference}"
    async with aiohttp.ClientSession() as http:
        await http.post(page, json={"outcome": "pay"})
    async with write.begin() as db:
        await payments.grant(db, mia.id, TEN, key="k", reason="sorry", now=world.now)
    less = PayLess(write, world.clock, paying.cards, paying.settle, world.terms)
    await less.by_credit(mia, SessionId(held), command="credit")
    async with world.database.read() as db:
        assert [one.amount for one, _ in await payments.refunds_due(db)] == [PRICE]
        assert (await payments.payment(db, payment)).amount == PRICE - TEN
        assert (await ledger_check.check(db))["problems"] == []
    assert "notice-paid-on-top" in await world.planned()


async def test_a_tip_is_asked_anew_when_its_page_has_closed(paying: Paying):
    world = paying.world
    mia = await world.join(1, "Mia")
    session, _ = await world.hold(mia, paying.nine)
    gifts = Gifts(
        world.database.write, world.clock, paying.cashier, world.terms, paying.settle
    )  # fmt: skip
    first = (await gifts.tip(mia, SessionId(session), FIVE)).payment
    assert (await gifts.tip(mia, SessionId(session), FIVE)).payment.url == first.url
    async with world.database.write.begin() as db:
        await payments.close_page(db, first)
    second = (await gifts.tip(mia, SessionId(session), FIVE)).payment
    assert second.reference not in {first.reference, None}
    third = (await gifts.tip(mia, SessionId(session), TEN)).payment
    assert not (await paying.cards.fetch(second.reference or "")).open
    assert (await paying.cards.fetch(third.reference or "")).open
