"""Stars on their way back: what Telegram refuses ends, what it does not answer waits longer each
time, and nothing becomes the credit of nobody."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from kernel.ids import PaymentId
from kernel.money import Money
from payments import ledger, ledger_check
from payments import service as payments
from payments.model import Purpose, Rail, Refund, RefundTo
from payments.rails.card import CardRail
from payments.rails.telegram import StarRail
from people.model import Person
from storage.engine import Database
from tests.sandbox.kit import Sandbox, running_sandbox
from tests.workflows.builders import World
from workflows.privacy import EraseMe
from workflows.refund import SendRefunds
from workflows.tell_admins import TellAdmins

ADMIN = 77
STARS = Money(500, "XTR")


@dataclass
class Telegram:
    """A Telegram, and the job that sends refunds to it."""

    sandbox: Sandbox
    send: SendRefunds

    async def asked(self) -> int:
        return len(await self.sandbox.calls("refundStarPayment"))


@pytest.fixture
async def world(database: Database) -> World:
    found = World(database)
    await found.open()
    return found


@pytest.fixture
async def telegram(world: World) -> AsyncIterator[Telegram]:
    cards = CardRail(key="sk_x", webhook_secret="x", return_to="x", api="http://127.0.0.1:9")
    async with running_sandbox(product_url="http://127.0.0.1:1") as sandbox:
        session = AiohttpSession(api=TelegramAPIServer.from_base(f"{sandbox.url}/telegram"))
        async with Bot("1:x", session=session).context() as bot:
            tell = TellAdmins(world.clock, frozenset({ADMIN}))
            yield Telegram(
                sandbox, SendRefunds(world.database.write, world.clock, cards, StarRail(bot), tell)
            )


async def paid(world: World, payer: Person, charge: str) -> PaymentId:
    async with world.database.write.begin() as db:
        payment = await payments.open_payment(
            db, subject="question", payer=payer.id, amount=STARS, rail=Rail.STARS,
            purpose=Purpose.QUESTION, now=world.now,
        )  # fmt: skip
        await payments.mark_paid(db, payment.id, charge=charge, amount=STARS, now=world.now)
    return payment.id


async def to_go_back(world: World, payment: PaymentId, amount: Money = STARS) -> None:
    async with world.database.write.begin() as db:
        await payments.request_refund(db, payment, amount, reason="x", now=world.now)


async def refunds_of(world: World, payment: PaymentId) -> list[Refund]:
    async with world.database.read() as db:
        assert (await ledger_check.check(db))["problems"] == []
        return await payments.refunds_of(db, payment)


async def pay_in_chat(sandbox: Sandbox, person: int) -> str:
    """Telegram's name of what somebody paid in its chat."""
    await sandbox.post("users", id=person, first_name="Mia")
    await sandbox.says(person, "/start")
    sent = await sandbox.call(
        "sendInvoice", chat_id=person, title="x", description="x", payload="x", provider_token="",
        currency="XTR", prices=[{"label": "x", "amount": STARS.minor}],
    )  # fmt: skip
    await sandbox.post(f"users/{person}/payments", message_id=sent["message_id"])
    query = (await sandbox.last_update())["pre_checkout_query"]
    await sandbox.call("answerPreCheckoutQuery", pre_checkout_query_id=query["id"], ok=True)
    done = (await sandbox.last_update())["message"]["successful_payment"]
    return str(done["telegram_payment_charge_id"])


@pytest.mark.parametrize("status", [400, 403])
async def test_what_telegram_refuses_becomes_credit_and_is_told_once(
    world: World, telegram: Telegram, status: int
):
    mia = await world.join(1, "Mia")
    payment = await paid(world, mia, "no such charge")
    await to_go_back(world, payment)
    if status == 403:
        await telegram.sandbox.post("faults", method="refundStarPayment", status=403, times=1)
    for _ in range(2):
        await telegram.send()
        world.later(hours=2)
    assert await telegram.asked() == 1
    [refund] = await refunds_of(world, payment)
    assert refund.to is RefundTo.CREDIT
    async with world.database.read() as db:
        assert await payments.credit_of(db, mia.id) == [STARS]
    told = await world.planned()
    assert told.count("notice-refund-refused") == told.count("notice-refunded-as-credit") == 1


async def test_without_an_answer_it_waits_longer_each_time_and_goes_back_once(
    world: World, telegram: Telegram
):
    mia = await world.join(1, "Mia")
    payment = await paid(world, mia, await pay_in_chat(telegram.sandbox, 1))
    await to_go_back(world, payment)
    await telegram.sandbox.post("faults", method="refundStarPayment", status=500, times=11)
    start, asked_at = world.now, []
    while world.now < start + timedelta(hours=3):
        before = await telegram.asked()
        await telegram.send()
        if await telegram.asked() > before:
            asked_at.append(world.now - start)
        [refund] = await refunds_of(world, payment)
        if refund.sent_at is not None:
            break
        assert refund.try_at is not None
        world.now = refund.try_at - timedelta(seconds=1)
        await telegram.send()
        world.later(seconds=1)
    waits = [after - at for at, after in pairwise(asked_at)]
    assert waits[:3] == [timedelta(seconds=one) for one in (5, 10, 20)]
    assert max(waits) == timedelta(hours=1)
    assert (len(asked_at), refund.to) == (12, RefundTo.RAIL)
    assert (await world.planned()).count("notice-refund-waits") == 1


async def test_a_part_of_what_somebody_erased_paid_is_unclaimed_and_nobodys_credit(
    world: World, telegram: Telegram
):
    mia = await world.join(1, "Mia")
    payment = await paid(world, mia, "charge")
    await EraseMe(world.database.write, world.clock)(mia)
    part = Money(200, "XTR")
    await to_go_back(world, payment, part)
    for _ in range(2):
        await telegram.send()
    assert await telegram.asked() == 0
    [refund] = await refunds_of(world, payment)
    assert (refund.to, refund.sent_at) == (RefundTo.UNCLAIMED, world.now)
    async with world.database.read() as db:
        assert (await ledger.balances(db))["unclaimed", "XTR"] == -part.minor
        assert await payments.credit_of(db, mia.id) == []
    told = await world.planned()
    assert (told.count("notice-refund-unclaimed"), "notice-refund-refused" in told) == (1, False)


async def test_credit_set_aside_by_somebody_who_leaves_is_given_up_as_well(world: World):
    mia = await world.join(1, "Mia")
    ten = Money(10_00, "USD")
    async with world.database.write.begin() as db:
        await payments.grant(db, mia.id, ten, key="k", reason="sorry", now=world.now)
        payment = await payments.open_payment(
            db, subject="question", payer=mia.id, amount=Money(30_00, "USD"), rail=Rail.CARD,
            purpose=Purpose.QUESTION, now=world.now,
        )  # fmt: skip
        nothing = Money(0, "USD")
        await payments.agree(
            db, payment, discount=nothing, use_credit=True, code=None, rail=Rail.CARD,
            now=world.now,
        )  # fmt: skip
    await EraseMe(world.database.write, world.clock)(mia)
    async with world.database.read() as db:
        assert await payments.credit_of(db, mia.id) == []
        assert not any((await ledger.balances(db)).values())
