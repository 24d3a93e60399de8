"""The card rail against the sandbox's processor, through the official package."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import aiohttp
import pytest

from kernel.clock import real_now
from kernel.money import Money
from payments.errors import BadSignature, RailDown, RailRefused
from payments.model import Refund, RefundTo
from payments.rails.card import CardRail
from sandbox.app import create_app
from sandbox.server import serving
from tests.payments.builders import a_payment

AMOUNT = Money(6000, "USD")
PAYMENT = a_payment(price=AMOUNT, amount=AMOUNT)


@pytest.fixture
async def sandbox() -> AsyncIterator[str]:
    app = create_app(product_url="http://127.0.0.1:1")
    async with serving(app, port=0) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
async def cards(sandbox: str) -> AsyncIterator[CardRail]:
    rail = CardRail(
        key="sk_test_x", webhook_secret="whsec_x", return_to="http://127.0.0.1:1",
        api=f"{sandbox}/stripe",
    )  # fmt: skip
    yield rail
    await rail.close()


async def open_page(cards: CardRail) -> tuple[str, str]:
    expires = real_now() + timedelta(minutes=31)
    opened = await cards.open(PAYMENT, title="Career session", language="en", expires_at=expires)
    return opened.reference, opened.url


async def test_a_page_is_opened_paid_and_given_back(cards: CardRail, sandbox: str):
    reference, url = await open_page(cards)
    assert "/stripe/pay/" in url
    before = await cards.fetch(reference)
    assert (before.open, before.paid, before.amount) == (True, False, AMOUNT)
    async with aiohttp.ClientSession() as http:
        await http.post(f"{sandbox}/sandbox/api/stripe/{reference}", json={"outcome": "pay"})
    after = await cards.fetch(reference)
    assert (after.open, after.paid, after.payment_id) == (False, True, PAYMENT.id)
    assert after.fee == Money(204, "USD")
    paid = replace(PAYMENT, charge=after.charge)
    half = Money(3000, "USD")
    refund = Refund("refund1", PAYMENT.id, half, RefundTo.RAIL, "policy", real_now(), None)
    assert await cards.refund(paid, refund) == await cards.refund(paid, refund)


async def test_a_refund_waits_while_the_bank_asks_for_the_money(cards: CardRail, sandbox: str):
    reference, _ = await open_page(cards)
    async with aiohttp.ClientSession() as http:
        for outcome in ("pay", "dispute"):
            page = f"{sandbox}/sandbox/api/stripe/{reference}"
            await http.post(page, json={"outcome": outcome})
    paid = replace(PAYMENT, charge=(await cards.fetch(reference)).charge)
    refund = Refund("refund1", PAYMENT.id, AMOUNT, RefundTo.RAIL, "policy", real_now(), None)
    with pytest.raises(RailDown) as waits:
        await cards.refund(paid, refund)
    assert not isinstance(waits.value, RailRefused)


async def test_a_closed_page_is_neither_open_nor_paid(cards: CardRail):
    reference, _ = await open_page(cards)
    await cards.expire(reference)
    found = await cards.fetch(reference)
    assert (found.open, found.paid) == (False, False)
    with pytest.raises(RailDown):
        await cards.expire(reference)


async def test_an_account_that_was_opened_for_something_else_takes_no_transfers(
    cards: CardRail, sandbox: str
):
    form = {"type": "express", "capabilities[card_payments][requested]": "true"}
    headers = {"Authorization": "Bearer sk_test_x"}
    async with (
        aiohttp.ClientSession(headers=headers) as http,
        http.post(f"{sandbox}/stripe/v1/accounts", data=form) as answer,
    ):
        account = (await answer.json())["id"]
    assert not await cards.account_ready(account)


async def test_a_processor_that_does_not_answer_is_no_traceback():
    rail = CardRail(key="sk_x", webhook_secret="x", return_to="x", api="http://127.0.0.1:9")
    with pytest.raises(RailDown):
        await rail.fetch("cs_1")
    await rail.close()


async def test_a_forged_event_is_refused(cards: CardRail):
    with pytest.raises(BadSignature):
        cards.read_event(b'{"id": "evt_1"}', "t=1,v1=00")
